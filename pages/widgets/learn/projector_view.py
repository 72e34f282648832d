"""A lesson on a projector, a part at a time: its words, then its stage, then its question, and the answer at a key."""

import streamlit as st

from pages.state.projector import Slide
from pages.widgets.learn.course import Course
from pages.widgets.learn.lesson_view import variants, words
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.player.run_charts import hang
from pages.widgets.playground.projector_view import ROOM, alternatives, back_and_on, pictures, spotlights
from pages.widgets.playground.summary import what_happened

PARTS = ("words", "stage", "question")
HIGH = 512
"""Pixels for the pictures, on a screen of 1280x720, with the choice of what to try above them."""


def lecture(course: Course, slide: Slide) -> None:
    """Draw the part that it has come to."""
    course.bench.slide = slide
    slide.part = min(slide.part, len(PARTS) - 1)
    steps(course, slide)
    if PARTS[slide.part] == "stage":
        tried(course, slide)
        return
    with st.container(key="lecture"):
        if PARTS[slide.part] == "words":
            words(course)
        else:
            asked(course, slide)


def steps(course: Course, slide: Slide) -> None:
    """The bar: back, on, and where in the course this is."""

    def turn(way: int) -> None:
        part, slide.answered = slide.part + way, False
        key = course.next if way > 0 else course.previous
        if part not in range(len(PARTS)) and key is not None:
            course.open(key)
            slide.part = 0 if way > 0 else len(PARTS) - 1
        else:
            slide.part = min(max(part, 0), len(PARTS) - 1)

    first, last = slide.part == 0 and course.previous is None, slide.part == len(PARTS) - 1 and course.next is None
    number = list(LESSONS).index(course.key) + 1
    with back_and_on(turn, first, last):
        if PARTS[slide.part] == "stage" and course.bench.history:
            spotlights(course.bench, course.bench.history, slide)
        st.markdown(f"Lesson {number} of {len(LESSONS)}, {PARTS[slide.part]}")


def tried(course: Course, slide: Slide) -> None:
    """What can be tried, and the run that comes of it."""
    lesson, history = course.lesson, course.bench.history
    if history is None:
        return
    variants(course, wall=True)
    high = HIGH - (36 + ROOM) * lesson.outcome
    figures = pictures(course.bench, history, slide, dict.fromkeys(lesson.charts, high))
    words = alternatives(history, figures, slide, course.bench.row_of(history))
    hang(figures, words, st.columns(len(figures), gap="small"))
    if lesson.outcome:
        st.markdown(f"**{what_happened(history)}**")


def asked(course: Course, slide: Slide) -> None:
    """The question with its choices; the answer, and why, once it is revealed."""
    question = course.lesson.question
    right, number = question.answer()
    st.subheader(course.lesson.title, anchor=False)
    st.markdown(f"**Predict.** {question.ask}")
    for choice in question.choices:
        shown = slide.answered and choice == right
        st.markdown(f"- {f'**{choice}** ✓' if shown else choice}")
    st.button(
        "Hide the answer" if slide.answered else "Reveal the answer",
        key="reveal",
        on_click=lambda: setattr(slide, "answered", not slide.answered),
        help="Key R.",
    )
    if slide.answered:
        st.markdown(f"{question.because.format(number=number)}\n\n{question.measure}: **{number}**")
