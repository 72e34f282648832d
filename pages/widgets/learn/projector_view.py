"""A lesson in projector mode, one part at a time: the text, the run, the question; a key shows the answer."""

import streamlit as st

from pages.charts.history.alt_text import run_summary
from pages.charts.style.palette import palette_for
from pages.state.projector import Projector
from pages.widgets.activations.neurons import draw_neurons
from pages.widgets.frame.projector_bar import back_and_next, highlight_buttons
from pages.widgets.learn.contents import mount_course_tab
from pages.widgets.learn.course import Course
from pages.widgets.learn.lesson_charts import draw_still_charts, still_history
from pages.widgets.learn.lesson_view import choose_variant, has_outcome, show_text
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.learn.lessons.lesson import ON_CURVE, PLAYER
from pages.widgets.player.projector_charts import GAP, projector_alt_texts, projector_figures
from pages.widgets.player.run_charts import draw_figures

PARTS = ("text", "pictures", "question")
PICTURE_HEIGHT = 504
"""Pixels for the charts, on a screen of 1280x720, below the choice of a variant."""


def show_projector_view(course: Course, projector: Projector) -> None:
    """Draw the current part of the lesson."""
    course.lesson_visit.use_projector(projector)
    show_bar(course, projector)
    if PARTS[projector.lesson_part] == "pictures":
        show_trial(course, projector)
        return
    with st.container(key="lecture"):
        if PARTS[projector.lesson_part] == "text":
            show_text(course)
        else:
            show_question(course, projector)


def show_bar(course: Course, projector: Projector) -> None:
    """The bar: Back, On, and the position in the course. On shows the answer before it leaves a question."""
    is_asking = PARTS[projector.lesson_part] == "question" and not projector.answer_shown

    def turn(way: int) -> None:
        if way > 0 and is_asking:
            show_or_hide_answer(course, projector)
            return
        part = projector.lesson_part + way
        key = course.next if way > 0 else course.previous
        if part not in range(len(PARTS)) and key is not None:
            course.open(key)
            projector.turn_to_part(0 if way > 0 else len(PARTS) - 1)
        else:
            projector.turn_to_part(min(max(part, 0), len(PARTS) - 1))
            if way > 0 and PARTS[projector.lesson_part] == "pictures":  # one tried before would give the answer away
                course.progress.choose_variant(course.key, course.lesson.first)

    first, last = (
        projector.lesson_part == 0 and course.previous is None,
        projector.lesson_part == len(PARTS) - 1 and course.next is None and not is_asking,
    )
    number = list(LESSONS).index(course.key) + 1
    with back_and_next(turn, first, last):
        if PARTS[projector.lesson_part] == "pictures" and course.lesson_visit.run.history:
            highlight_buttons(course.experiment, course.lesson_visit.view, projector)
        st.markdown(f"Lesson {number} of {len(LESSONS)}, {PARTS[projector.lesson_part]}")
        if not course.has_introduced(PLAYER):  # otherwise the player tells that the page turned dark or light
            mount_course_tab(course)


def show_trial(course: Course, projector: Projector) -> None:
    """The choice of a variant, and its run."""
    lesson, history = course.lesson, course.lesson_visit.run.history
    if history is None:
        return
    choose_variant(course, wall=True)
    visit, sums_up = course.lesson_visit, has_outcome(course)
    high = PICTURE_HEIGHT - (36 + GAP) * sums_up
    if not course.has_introduced(PLAYER):
        colors = palette_for(st.context.theme.type, projector.sizes)
        heights = dict.fromkeys(lesson.charts, round(projector.scale * high))
        draw_still_charts(course, still_history(course, history), colors, heights)
    elif lesson.charts == ON_CURVE:
        draw_neurons(visit, history, projector.sizes, round(projector.scale * high))
    else:
        figures = projector_figures(visit, history, projector, dict.fromkeys(lesson.charts, high))
        words = projector_alt_texts(history, figures, projector, visit.view.row_of(history))
        draw_figures(figures, words, st.columns(len(figures), gap="small"))
    if sums_up:
        st.markdown(f"**{run_summary(history)}**")


def show_question(course: Course, projector: Projector) -> None:
    """The question with its choices; when revealed, the answer and why."""
    question = course.lesson.question
    right, number = question.answer()
    st.subheader(course.lesson.title, anchor=False)
    st.markdown(f"**Predict.** {question.ask}")
    for choice in question.choices:
        shown = projector.answer_shown and choice == right
        st.markdown(f"- {f'**{choice}** ✓' if shown else choice}")
    st.button(
        "Hide the answer" if projector.answer_shown else "Reveal the answer",
        key="reveal",
        on_click=show_or_hide_answer,
        args=(course, projector),
        help="Key R.",
    )
    if projector.answer_shown:
        st.markdown(f"{question.because.format(number=number)}\n\n{question.measure}: **{number}**")


def show_or_hide_answer(course: Course, projector: Projector) -> None:
    """Show the answer, and its network in the pictures that Back leads to; or hide it again."""
    projector.show_or_hide_answer()
    if projector.answer_shown:
        course.reveal()
