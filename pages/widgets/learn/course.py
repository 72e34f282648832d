"""The course is where a visitor stands among the lessons: which one is open, what was tried, which are answered.

It has a bench of its own, so that no lesson touches what the visitor has on the Playground.
"""

from dataclasses import dataclass, field

import streamlit as st

from engine import Experiment
from pages.server.run_store import history_of
from pages.state.bound_widget import bind
from pages.state.edited_table import EditedTable
from pages.state.visit import Bench
from pages.widgets.frame.messages import escape_markdown
from pages.widgets.learn.lesson import Lesson
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.playground.presets import preset_of


@dataclass(slots=True)
class Course:
    """One visitor's course: `answers` and `tried` hold the chosen answer and variant of each lesson, by its key.

    `lab` is the visitor's own bench, of which the course only knows the lesson; `bench` is the lessons'.
    """

    visit: Bench
    lesson_visit: Bench
    answers: dict[str, str] = field(default_factory=dict)
    variants: dict[str, str] = field(default_factory=dict)
    opened: str = ""

    @property
    def key(self) -> str:
        """The lesson that is open: the address's, or the last one; the first where that is unknown or there is none."""
        named = self.visit.lesson or self.opened
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
        return self.variants.get(self.key, self.lesson.first)

    @property
    def experiment(self) -> Experiment:
        """The experiment that is on the lesson's stage."""
        return self.lesson.variants[self.variant]

    def open(self, key: str) -> None:
        """Turn to a lesson; its key becomes part of the address."""
        self.visit.lesson = key

    def take_to_playground(self) -> None:
        """Put the lesson's network on the visitor's bench; the lesson goes from the address until they come back."""
        self.visit.preset = preset_of(self.experiment) or "tutorial"
        self.visit.load(self.experiment)
        self.visit.wanted, self.visit.lesson = self.experiment, ""  # wanted already, so that a cursor set now is kept

    def load_open_lesson(self) -> None:
        """Put the open lesson's run on the course's bench; a new lesson begins at the row and epoch that it names."""
        if not self.visit.lesson and self.key != next(iter(LESSONS)):
            self.visit.lesson = self.key
        if self.opened != self.key:
            self.opened, self.lesson_visit.row = self.key, self.lesson.row
        elif self.lesson_visit.wanted == self.experiment:
            return
        self.lesson_visit.wanted, self.lesson_visit.history = self.experiment, history_of(self.experiment)
        self.lesson_visit.move(self.lesson.cursor)


def current_course(lab: Bench) -> Course:
    """The visitor's course, with the lesson that the address names on its stage."""
    if "course" not in st.session_state:
        first = Experiment()
        st.session_state.course = Course(lab, Bench(base=EditedTable.from_experiment(first), settings={}, wanted=first))
    found: Course = st.session_state.course
    found.visit = lab
    found.load_open_lesson()
    return found


def show_contents(course: Course) -> None:
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
            **bind("lesson", course.key, course.open, tuple(marked.values())),
        )
        for name, key, icon in (("Previous", course.previous, "arrow_back"), ("Next", course.next, "arrow_forward")):
            st.button(name, icon=f":material/{icon}:", disabled=key is None, on_click=course.open, args=(key,))
        answered = sum(key in course.answers for key in keys)
        st.progress(answered / len(keys), f"{answered} of {len(keys)} answered", width=220)
    if course.visit.lesson not in ("", course.key):
        st.warning(
            f"There is no lesson called “{escape_markdown(course.visit.lesson)}”, so this is the first. "
            "The list has all of them.",
            icon=":material/link_off:",
        )


def neighbour(key: str, way: int) -> str | None:
    """The lesson so many places after this one, or None where the course has none."""
    place = list(LESSONS).index(key) + way
    return list(LESSONS)[place] if 0 <= place < len(LESSONS) else None
