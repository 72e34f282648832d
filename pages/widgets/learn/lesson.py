"""A lesson is a few sentences, a network to try them on, and a question to think about before the answer is shown.

It is all data: what a lesson says about a run, and the answer to its question, are worked out when the page shows them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from engine import Experiment
from pages.charts.style.format import format_number

Number: TypeAlias = float | str
"""What an answer hangs on: a number, or a text of numbers, such as a shape."""


def number_text(number: Number) -> str:
    """A number as it is read on the page; a text as it is.

    >>> number_text(0.5), number_text("3 × 2")
    ('0.5', '3 × 2')
    """
    return number if isinstance(number, str) else format_number(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with choices, each beside the condition under which it is the right one.

    `number` works out, with the engine, the number that decides; it must meet exactly one condition. `measure` says
    what that number is, `because` why it comes out so; "{number}" stands for it there.
    """

    ask: str
    choices: Mapping[str, Callable[[Number], bool]]
    number: Callable[[], Number]
    measure: str
    because: str

    def answer(self) -> tuple[str, str]:
        """The choice that is right, and the number that decides, as it is read; ValueError if not exactly one is."""
        number = self.number()
        right = [choice for choice, holds in self.choices.items() if holds(number)]
        if len(right) != 1:
            raise ValueError(f"{self.ask!r}: {number!r} makes {len(right)} choices right, not one.")
        return right[0], number_text(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One lesson. `text` is Markdown of three to six sentences, `formulas` LaTeX.

    `facts` gives what "{name}" stands for in the text. `vary` names what can be tried, `variants` an experiment for
    each choice; `first` is the one that the lesson opens with. The stage draws the `charts`, begins at the epoch
    `cursor`, None the end, and lets the drawing look at `row`, counted from 0. `hint` says what to try and look for.
    `outcome` is whether what became of the run stands below: which rows are right, since when, and the loss.
    """

    title: str
    text: str
    formulas: tuple[str, ...]
    hint: str
    vary: str
    variants: Mapping[str, Experiment]
    first: str
    charts: tuple[str, ...]
    question: Question
    facts: Mapping[str, Callable[[], Number]] = field(default_factory=dict)
    cursor: int | None = None
    row: int = 0
    outcome: bool = True

    def text_with_facts(self) -> str:
        """The text with its facts worked out."""
        return self.text.format(**{name: number_text(fact()) for name, fact in self.facts.items()})
