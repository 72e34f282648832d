"""The course is where a visitor stands among the lessons: which one is open, what was tried, which are answered.

It has a bench of its own, so that no lesson touches what the visitor has on the Playground.
"""

from dataclasses import dataclass, field

import streamlit as st

from engine import Experiment
from pages.server.run_store import history_of
from pages.state.bound_widget import seeded
from pages.state.edited_table import Table
from pages.state.visit import Bench
from pages.widgets.frame.messages import plain
from pages.widgets.learn.lesson import Lesson
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.playground.presets import origin


@dataclass(slots=True)
class Course:
    """One visitor's course: `answers` and `tried` hold the chosen answer and variant of each lesson, by its key.

    `lab` is the visitor's own bench, of which the course only knows the lesson; `bench` is the lessons'.
    """

    lab: Bench
    bench: Bench
    answers: dict[str, str] = field(default_factory=dict)
    tried: dict[str, str] = field(default_factory=dict)
    opened: str = ""

    @property
    def key(self) -> str:
        """The lesson that is open: the address's, or the last one; the first where that is unknown or there is none."""
        named = self.lab.lesson or self.opened
        return named if named in LESSONS else next(iter(LESSONS))

    @property
    def previous(self) -> str | None:
        """The lesson before the open one."""
        return neighbour(self.key, -1)

    @property
    def next(self) -> str | None:
        """The lesson after the open one."""
        return neighbour(self.key, 1)

    @property
    def lesson(self) -> Lesson:
        """The lesson that is open."""
        return LESSONS[self.key]

    @property
    def variant(self) -> str:
        """The variant of the lesson that is on its stage."""
        return self.tried.get(self.key, self.lesson.first)

    @property
    def experiment(self) -> Experiment:
        """The experiment that is on the lesson's stage."""
        return self.lesson.variants[self.variant]

    def open(self, key: str) -> None:
        """Turn to a lesson; its key becomes part of the address."""
        self.lab.lesson = key

    def take(self) -> None:
        """Put the lesson's network on the visitor's bench; the lesson goes from the address until they come back."""
        self.lab.preset = origin(self.experiment) or "tutorial"
        self.lab.load(self.experiment)
        self.lab.wanted, self.lab.lesson = self.experiment, ""  # wanted already, so that a cursor set now is kept

    def attend(self) -> None:
        """Put the open lesson's run on the course's bench; a new lesson begins at the row and epoch that it names."""
        if not self.lab.lesson and self.key != next(iter(LESSONS)):
            self.lab.lesson = self.key
        if self.opened != self.key:
            self.opened, self.bench.row = self.key, self.lesson.row
        elif self.bench.wanted == self.experiment:
            return
        self.bench.wanted, self.bench.history = self.experiment, history_of(self.experiment)
        self.bench.move(self.lesson.cursor)


def course(lab: Bench) -> Course:
    """The visitor's course, with the lesson that the address names on its stage."""
    if "course" not in st.session_state:
        first = Experiment()
        st.session_state.course = Course(lab, Bench(base=Table.of(first), settings={}, wanted=first))
    found: Course = st.session_state.course
    found.lab = lab
    found.attend()
    return found


def contents(course: Course) -> None:
    """Which lesson this is, a list of all to jump to, the ones before and after, and how many are answered."""
    keys = list(LESSONS)
    names = {key: f"{number}. {lesson.title}" for number, (key, lesson) in enumerate(LESSONS.items(), 1)}
    marked = {key: f"{name} ✓" if key in course.answers else name for key, name in names.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Lesson",
            keys,
            keys.index(course.key),
            format_func=marked.__getitem__,
            width=380,
            help="A tick stands behind the lessons whose question you have answered.",
            **seeded("lesson", course.key, course.open, tuple(marked.values())),
        )
        for name, key, icon in (("Previous", course.previous, "arrow_back"), ("Next", course.next, "arrow_forward")):
            st.button(name, icon=f":material/{icon}:", disabled=key is None, on_click=course.open, args=(key,))
        answered = sum(key in course.answers for key in keys)
        st.progress(answered / len(keys), f"{answered} of {len(keys)} answered", width=220)
    if course.lab.lesson not in ("", course.key):
        st.warning(
            f"There is no lesson called “{plain(course.lab.lesson)}”, so this is the first. The list has all of them.",
            icon=":material/link_off:",
        )


def neighbour(key: str, way: int) -> str | None:
    """The lesson so many places after this one, or None where the course has none."""
    place = list(LESSONS).index(key) + way
    return list(LESSONS)[place] if 0 <= place < len(LESSONS) else None
