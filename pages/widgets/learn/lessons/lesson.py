"""A lesson: a few sentences, a network to try them on, and a question whose answer comes after a guess.

A lesson is data. The numbers in its text and the answer to its question are computed when the page shows them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from engine import Experiment
from pages.charts.style.format import format_number

Number: TypeAlias = float | str
"""What decides an answer: a number, or numbers as text, such as a shape."""


def number_text(number: Number) -> str:
    """A number as the page writes it; text unchanged.

    >>> number_text(0.5), number_text("3 × 2")
    ('0.5', '3 × 2')
    """
    return number if isinstance(number, str) else format_number(number)


PLAYER, EPOCH_AXIS = "player", "epoch axis"
"""Controls that a lesson can introduce: no lesson before it has them on its page, nor words that stand on them."""

ON_CURVE = ("values", "slopes")
"""The charts of the page Activations: the rows on the activation's curve, and on its slope."""


@dataclass(frozen=True, slots=True)
class AskedNetwork:
    """The network that a question is about. It joins the variants, and is shown, once the question is answered."""

    name: str  # its name among the variants
    experiment: Experiment
    cursor: int | None = None  # the epoch it is shown at; None is the last
    row: int | None = None  # the row the drawing turns to, from 0; None leaves it


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with choices, each with the condition under which it is right.

    `number` computes, with the engine, the number that decides; it must meet exactly one condition. `measure` says what
    that number is and `because` why it is so; "{number}" stands for it there.
    """

    ask: str
    choices: Mapping[str, Callable[[Number], bool]]
    number: Callable[[], Number]
    measure: str
    because: str
    network: AskedNetwork | None = None

    def answer(self) -> tuple[str, str]:
        """The right choice, and the number that decides, as text; ValueError unless exactly one choice is right."""
        number = self.number()
        right = [choice for choice, holds in self.choices.items() if holds(number)]
        if len(right) != 1:
            raise ValueError(f"{self.ask!r}: {number!r} makes {len(right)} choices right, not one.")
        return right[0], number_text(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One lesson. `text` is three to six sentences of Markdown, `formulas` are LaTeX.

    `facts` are the values of the "{name}"s in the text. `vary` is the label of the choice of a variant, `variants` has
    an experiment for each, and `first` is the one at the start. The page draws the named `charts`, starting at the
    epoch `cursor` (None: the last) and with the network drawing for `row`, counted from 0. `hint` says what to try and
    look for. `outcome` says whether the page sums up the run: which rows are right, since which epoch, and the loss.
    `introduces` names the controls that are on the page from this lesson on.
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
    introduces: tuple[str, ...] = ()

    def text_with_facts(self) -> str:
        """The text with its facts filled in."""
        return self.text.format(**{name: number_text(fact()) for name, fact in self.facts.items()})
