"""A visitor's progress through the course. Lessons have a visit of their own, so none touches the Playground."""

from dataclasses import dataclass, field

import streamlit as st

from engine import Experiment
from pages.state.visit import Visit


@dataclass(slots=True)
class CourseProgress:
    """The lesson opened last, and what was chosen in each lesson, by its key."""

    visit: Visit  # the one that lessons use
    answers: dict[str, str] = field(default_factory=dict)  # the answer chosen
    variants: dict[str, str] = field(default_factory=dict)  # the variant of the network chosen
    opened: str = ""  # the key of the lesson opened last

    def open(self, lesson: str) -> None:
        """Open a lesson."""
        self.opened = lesson

    def answer(self, lesson: str, choice: str) -> None:
        """Choose an answer to a lesson's question."""
        self.answers[lesson] = choice

    def choose_variant(self, lesson: str, variant: str) -> None:
        """Choose a variant of a lesson's network."""
        self.variants[lesson] = variant


def current_progress() -> CourseProgress:
    """The visitor's progress."""
    if "course_progress" not in st.session_state:
        st.session_state.course_progress = CourseProgress(Visit.from_experiment(Experiment()))
    progress: CourseProgress = st.session_state.course_progress
    return progress
