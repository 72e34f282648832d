"""A lesson on a projector, a part at a time: its words, then its stage, then its question, and the answer at a key."""

import streamlit as st

from pages.state.projector import Projector
from pages.widgets.learn.course import Course
from pages.widgets.learn.lesson_view import choose_variant, show_text
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.player.run_charts import draw_figures
from pages.widgets.playground.projector_view import (
    GAP,
    back_and_next,
    highlight_buttons,
    projector_alt_texts,
    projector_figures,
)
from pages.widgets.playground.summary import run_summary

PARTS = ("words", "stage", "question")
PICTURE_HEIGHT = 512
"""Pixels for the pictures, on a screen of 1280x720, with the choice of what to try above them."""


def show_projector_view(course: Course, slide: Projector) -> None:
    """Draw the part that it has come to."""
    course.lesson_visit.slide = slide
    slide.lesson_part = min(slide.lesson_part, len(PARTS) - 1)
    show_bar(course, slide)
    if PARTS[slide.lesson_part] == "stage":
        show_trial(course, slide)
        return
    with st.container(key="lecture"):
        if PARTS[slide.lesson_part] == "words":
            show_text(course)
        else:
            show_question(course, slide)


def show_bar(course: Course, slide: Projector) -> None:
    """The bar: back, on, and where in the course this is."""

    def turn(way: int) -> None:
        part, slide.answer_shown = slide.lesson_part + way, False
        key = course.next if way > 0 else course.previous
        if part not in range(len(PARTS)) and key is not None:
            course.open(key)
            slide.lesson_part = 0 if way > 0 else len(PARTS) - 1
        else:
            slide.lesson_part = min(max(part, 0), len(PARTS) - 1)

    first, last = (
        slide.lesson_part == 0 and course.previous is None,
        slide.lesson_part == len(PARTS) - 1 and course.next is None,
    )
    number = list(LESSONS).index(course.key) + 1
    with back_and_next(turn, first, last):
        if PARTS[slide.lesson_part] == "stage" and course.lesson_visit.history:
            highlight_buttons(course.lesson_visit, course.lesson_visit.history, slide)
        st.markdown(f"Lesson {number} of {len(LESSONS)}, {PARTS[slide.lesson_part]}")


def show_trial(course: Course, slide: Projector) -> None:
    """What can be tried, and the run that comes of it."""
    lesson, history = course.lesson, course.lesson_visit.history
    if history is None:
        return
    choose_variant(course, wall=True)
    high = PICTURE_HEIGHT - (36 + GAP) * lesson.outcome
    figures = projector_figures(course.lesson_visit, history, slide, dict.fromkeys(lesson.charts, high))
    words = projector_alt_texts(history, figures, slide, course.lesson_visit.row_of(history))
    draw_figures(figures, words, st.columns(len(figures), gap="small"))
    if lesson.outcome:
        st.markdown(f"**{run_summary(history)}**")


def show_question(course: Course, slide: Projector) -> None:
    """The question with its choices; the answer, and why, once it is revealed."""
    question = course.lesson.question
    right, number = question.answer()
    st.subheader(course.lesson.title, anchor=False)
    st.markdown(f"**Predict.** {question.ask}")
    for choice in question.choices:
        shown = slide.answer_shown and choice == right
        st.markdown(f"- {f'**{choice}** ✓' if shown else choice}")
    st.button(
        "Hide the answer" if slide.answer_shown else "Reveal the answer",
        key="reveal",
        on_click=lambda: setattr(slide, "answer_shown", not slide.answer_shown),
        help="Key R.",
    )
    if slide.answer_shown:
        st.markdown(f"{question.because.format(number=number)}\n\n{question.measure}: **{number}**")
