"""A visitor's progress through the course. Lessons have a visit of their own, so none touches the Playground."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from engine import Experiment
from pages.state.visit import Visit


@dataclass(frozen=True, slots=True)
class Answer:
    """The choice made for a lesson's question, and whether it is the right one."""

    choice: str
    is_right: bool


@dataclass(slots=True)
class CourseProgress:
    """The lesson opened last, and what was chosen in each lesson, by its key."""

    visit: Visit  # the one that lessons use
    answers: dict[str, Answer] = field(default_factory=dict)
    variants: dict[str, str] = field(default_factory=dict)  # the variant of the network chosen
    opened: str = ""  # the key of the lesson opened last
    revealed: set[str] = field(default_factory=set)  # the lessons whose answer was shown on a projector
    answers_given: int = 0  # how often a question was answered, second thoughts included
    is_restored: bool = False  # whether what the tab kept from before a reload is here

    def open(self, lesson: str) -> None:
        """Open a lesson."""
        self.opened = lesson

    def answer(self, lesson: str, choice: str, is_right: bool) -> None:
        """Choose an answer to a lesson's question."""
        self.answers[lesson] = Answer(choice, is_right)
        self.answers_given += 1

    def choose_variant(self, lesson: str, variant: str) -> None:
        """Choose a variant of a lesson's network."""
        self.variants[lesson] = variant

    def to_text(self) -> str:
        """All of it as text for the tab's storage; "" before the first choice."""
        if not self.answers and not self.variants:
            return ""
        answers = {lesson: [answer.choice, answer.is_right] for lesson, answer in self.answers.items()}
        return json.dumps({"answers": answers, "variants": self.variants, "opened": self.opened})

    def restore(self, answers: Mapping[str, Answer], variants: Mapping[str, str]) -> None:
        """Add what the tab kept from before this visit, except where something was chosen since.

        The open lesson then opens anew, with what was chosen in it.
        """
        self.is_restored, self.opened = True, ""
        self.answers = {**answers, **self.answers}
        self.variants = {**variants, **self.variants}


def read_progress(text: str | None) -> tuple[dict[str, Answer], dict[str, str], str]:
    """The answers, the variants and the lesson opened last, in a text from `to_text`.

    It comes from the visitor's browser, so it may be anything; what is none of these is left out.
    """
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}, {}, ""
    match value:
        case {"answers": dict(answers), "variants": dict(variants), "opened": str(opened)}:
            pairs = {lesson: pair for lesson, pair in answers.items() if isinstance(pair, list)}
            return (
                {lesson: Answer(pair[0], pair[1]) for lesson, pair in pairs.items() if is_answer(pair)},
                {lesson: variant for lesson, variant in variants.items() if isinstance(variant, str)},
                opened,
            )
    return {}, {}, ""


def is_answer(pair: list[object]) -> bool:
    """Whether a list from the browser is a choice and whether it is right."""
    return len(pair) == 2 and isinstance(pair[0], str) and isinstance(pair[1], bool)


def current_progress() -> CourseProgress:
    """The visitor's progress."""
    if "course_progress" not in st.session_state:
        st.session_state.course_progress = CourseProgress(Visit.from_experiment(Experiment()))
    progress: CourseProgress = st.session_state.course_progress
    return progress
