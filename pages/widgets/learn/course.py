"""The course: the open lesson, the variant chosen in it, the answered questions, and the list of contents."""

from dataclasses import dataclass

import streamlit as st

from engine import Experiment
from engine.data.presets import preset_of
from pages.server.run_store import RUNS
from pages.state.bound_widget import bind
from pages.state.course_progress import CourseProgress, current_progress
from pages.state.visit import Visit, current_visit
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.learn.lesson import Lesson
from pages.widgets.learn.lessons import LESSONS


@dataclass(frozen=True, slots=True)
class Course:
    """The lessons, and a visitor's progress through them."""

    visit: Visit  # the visitor's own; the course only uses its `lesson`
    progress: CourseProgress

    @property
    def lesson_visit(self) -> Visit:
        """The visit of the lessons."""
        return self.progress.visit

    @property
    def key(self) -> str:
        """The key of the open lesson: the address's, or the last one opened; the first if there is no such lesson."""
        key = self.visit.lesson or self.progress.opened
        return key if key in LESSONS else next(iter(LESSONS))

    @property
    def previous(self) -> str | None:
        """The key of the lesson before the open one; None at the first."""
        return neighbour(self.key, -1)

    @property
    def next(self) -> str | None:
        """The key of the lesson after the open one; None at the last."""
        return neighbour(self.key, 1)

    @property
    def lesson(self) -> Lesson:
        """The open lesson."""
        return LESSONS[self.key]

    @property
    def variant(self) -> str:
        """The variant of the lesson whose run is shown."""
        return self.progress.variants.get(self.key, self.lesson.first)

    @property
    def experiment(self) -> Experiment:
        """The experiment whose run is shown."""
        return self.lesson.variants[self.variant]

    def open(self, key: str) -> None:
        """Open a lesson; its key becomes part of the address."""
        self.visit.open_lesson(key)

    def take_to_playground(self) -> None:
        """Load the lesson's network into the Playground; the address has no lesson until the visitor returns to it."""
        self.visit.load(self.experiment, preset_of(self.experiment) or "tutorial")
        self.visit.want(self.experiment)  # now, not at the next run: that would reset a cursor set after this
        self.visit.open_lesson("")

    def load_open_lesson(self) -> None:
        """Show the open lesson's run; a newly opened lesson starts at its own row and epoch."""
        shown = self.lesson_visit
        if not self.visit.lesson and self.key != next(iter(LESSONS)):
            self.visit.open_lesson(self.key)
        if self.progress.opened != self.key:
            self.progress.open(self.key)
            shown.view.choose_row(self.lesson.row)
        elif shown.run.wanted == self.experiment and shown.run.history:
            return
        shown.want(self.experiment)
        shown.show_run(RUNS.get_or_train(self.experiment))
        shown.view.move(self.lesson.cursor)


def current_course() -> Course:
    """The visitor's course, with the run of the open lesson loaded."""
    course = Course(current_visit(), current_progress())
    course.load_open_lesson()
    return course


def show_contents(course: Course) -> None:
    """The list of lessons, with Previous and Next, and the count of answered questions."""
    keys = list(LESSONS)
    names = {key: f"{number}. {lesson.title}" for number, (key, lesson) in enumerate(LESSONS.items(), 1)}
    marked = {key: f"{name} ✓" if key in course.progress.answers else name for key, name in names.items()}
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
        answered = sum(key in course.progress.answers for key in keys)
        st.progress(answered / len(keys), f"{answered} of {len(keys)} answered", width=220)
    if course.visit.lesson not in ("", course.key):
        st.warning(
            f"There is no lesson called “{escape_markdown(course.visit.lesson)}”, so this is the first. "
            "The list has all of them.",
            icon=":material/link_off:",
        )


def neighbour(key: str, way: int) -> str | None:
    """The key of the lesson `way` places after this one; None if there is none."""
    place = list(LESSONS).index(key) + way
    return list(LESSONS)[place] if 0 <= place < len(LESSONS) else None
