"""Helpers for the page Learn, and an assertion on its charts."""

from collections.abc import Mapping

from streamlit.testing.v1 import AppTest

from engine import Experiment, record
from pages.charts.history.alt_text import run_summary
from pages.widgets.learn.course import Course
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.learn.lessons.lesson import PLAYER
from tests.pages.visit import assert_same_run, frame_names, pictures, turn, visit

KEYS = list(LESSONS)
LEARN = "pages/views/learn.py"
PLAYGROUND = "pages/views/playground.py"


def learn(link: Mapping[str, str] | None = None) -> AppTest:
    """The Learn page as it opens, at an address with these parameters."""
    return visit(link).switch_page(LEARN).run()


def course(at: AppTest) -> Course:
    return Course(at.session_state["visit"], at.session_state["course_progress"])


def progress(at: AppTest) -> str:
    (bar,) = at.get("progress")
    return str(bar.proto.text)


def texts(at: AppTest) -> list[str]:
    return [markdown.value for markdown in at.markdown]


def drawn(at: AppTest) -> dict[str, list[str]]:
    """The names of the frames of each chart, by its key."""
    return {key: frame_names(chart) for key, chart in pictures(at).items()}


def choose(at: AppTest, choice: str) -> AppTest:
    return turn(at, "radio", f"answer {course(at).key}", choice)


def assert_on_stage(at: AppTest, experiment: Experiment) -> None:
    """Assert that the lesson's run is shown, bit for bit, in exactly the charts that the lesson names."""
    shown, expected = course(at).lesson_visit.run.history, record(experiment)
    assert shown is not None
    assert_same_run(shown, expected)
    plays, lesson = course(at).has_introduced(PLAYER), course(at).lesson
    frame = expected.frame_at(course(at).lesson_visit.view.cursor)
    names = [str(epoch) for epoch in (expected.epochs if plays else expected.epochs[frame : frame + 1])]
    assert drawn(at) == {f"{'chart' if plays else 'still'} {name}": names for name in lesson.charts}
    assert (f"**{run_summary(expected)}**" in texts(at)) == (plays and lesson.outcome)
