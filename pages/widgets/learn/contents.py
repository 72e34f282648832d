"""The contents of the course: the list of lessons with their marks, Previous and Next, and what the tab keeps of it."""

from pathlib import Path

import streamlit as st

from pages.private_api.scroll import SCROLL_JS
from pages.state.bound_widget import bind
from pages.state.widget_values import component_value
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.learn.course import Course
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.learn.lessons.lesson import PLAYER

JS = SCROLL_JS + Path(__file__).with_name("course_tab.js").read_text(encoding="utf-8")
KEY = "course"
MARKS = {True: " ✓", False: " ✗"}
"""The mark of a lesson whose question was answered, by whether that was right."""


def show_contents(course: Course) -> None:
    """The list of lessons, with Previous and Next, and the count of answered questions."""
    keys = list(LESSONS)
    names = {key: f"{number}. {lesson.title}" for number, (key, lesson) in enumerate(LESSONS.items(), 1)}
    answers = course.progress.answers
    marked = {key: name + (MARKS[answers[key].is_right] if key in answers else "") for key, name in names.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Lesson",
            keys,
            keys.index(course.key),
            format_func=marked.__getitem__,
            width=380,
            label_visibility="collapsed",
            **bind("lesson", course.key, course.open, tuple(marked.values())),
        )
        for name, key, icon in (("Previous", course.previous, "arrow_back"), ("Next", course.next, "arrow_forward")):
            st.button(name, icon=f":material/{icon}:", disabled=key is None, on_click=course.open, args=(key,))
        right = sum(answer.is_right for answer in answers.values())
        words = f"{len(answers)} of {len(keys)} answered" + (f", {right} right" if answers else "")
        st.progress(len(answers) / len(keys), words, width=220)
    if course.visit.lesson not in ("", course.key):
        st.warning(
            f"There is no lesson called “{escape_markdown(course.visit.lesson)}”, so this is the first. "
            "The list has all of them.",
            icon=":material/link_off:",
        )


def mount_course_tab(course: Course) -> None:
    """Have the tab keep the answers through a reload, show a new lesson from its top, and an explanation whole.

    This is the last element of the page: when its message arrives, all that it may scroll to is there. It also has the
    charts drawn anew when the page turns dark or light, which elsewhere the player does.
    """
    progress = course.progress
    data = {
        "began": str(course.visit.began),
        "progress": progress.to_text(),
        "restored": progress.is_restored,
        "lesson": course.key,
        "answers": progress.answers_given,
        "scheme": "" if course.has_introduced(PLAYER) else st.context.theme.type or "light",
    }
    st.components.v2.component("glassbox_course", js=JS)(
        key=KEY,
        data=data,
        on_kept_change=lambda: course.restore(component_value(KEY, "kept", str)),
        on_scheme_change=lambda: None,
    )
