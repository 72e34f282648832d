"""The page of a lesson: text and formulas, the network to try, and the question."""

import streamlit as st

from pages.charts.history.alt_text import run_summary
from pages.state.bound_widget import bind
from pages.state.restrictions import differing_parts
from pages.widgets.learn.contents import mount_course_tab, show_contents
from pages.widgets.learn.course import Course
from pages.widgets.learn.lesson_charts import show_lesson_charts
from pages.widgets.learn.lessons.lesson import PLAYER


def show_lesson(course: Course) -> None:
    """Draw the page of the open lesson."""
    course.lesson_visit.use_projector(None)
    show_contents(course)
    left, right = st.container(key="text beside charts").columns([0.37, 0.63], gap="medium")
    with left.container(width=540):
        show_text(course)
        show_question(course)
    with right:
        show_trial(course)
    mount_course_tab(course)


def show_text(course: Course) -> None:
    """The lesson's title, text and formulas."""
    lesson = course.lesson
    st.title(lesson.title, anchor=False)
    st.markdown(lesson.text_with_facts())
    for formula in lesson.formulas:
        st.latex(formula)


def show_question(course: Course) -> None:
    """The question; after a choice, whether it is right, why, and the number that decides."""
    asked, chosen = course.lesson.question, course.choice
    choices = list(asked.choices)
    with st.container(border=True):
        st.markdown(f"**Predict.** {asked.ask}")
        st.radio(
            "Your prediction",
            choices,
            choices.index(chosen) if chosen else None,
            label_visibility="collapsed",
            **bind(f"answer {course.key}", chosen, course.answer),
        )
        if chosen is None:
            st.caption("Choose first. Then it is computed.")
            return
        show_explanation(course, chosen)


def show_explanation(course: Course, chosen: str) -> None:
    """Whether the choice is right, why, and the number that decides; which network is drawn now."""
    asked = course.lesson.question
    with st.container(key="explanation", gap="small"):
        right, number = asked.answer()
        words = f"{asked.because.format(number=number)}\n\n{asked.measure}: **{number}**"
        if chosen == right:
            st.success(f"Right. {words}", icon=":material/check:")
        else:
            st.info(f"Not this one: the answer is “{right}”. {words}", icon=":material/lightbulb:")
        if course.next:
            st.button("Next lesson", icon=":material/arrow_forward:", on_click=course.open, args=(course.next,))


def show_trial(course: Course) -> None:
    """The choice of a variant, its run, and where to look further into it."""
    choose_variant(course)
    st.caption(course.lesson.hint)
    history = course.lesson_visit.run.history
    if history:
        show_lesson_charts(course, history)
        if has_outcome(course):
            st.markdown(f"**{run_summary(history)}**")
    with st.container(horizontal=True, gap="small"):
        open_elsewhere(course)


def has_outcome(course: Course) -> bool:
    """Whether the run is summed up: the summary speaks of epochs and the loss, as the player does."""
    return course.lesson.outcome and course.has_introduced(PLAYER)


def choose_variant(course: Course, wall: bool = False) -> None:
    """The choice of a variant of the network; on a projector (`wall`) without a label."""
    lesson, key, variants = course.lesson, course.key, course.variants
    st.segmented_control(
        lesson.vary if wall else f"Try: {lesson.vary}",
        list(variants),
        default=course.variant,
        required=True,
        label_visibility="collapsed" if wall else "visible",
        **bind(f"try {key}", course.variant, lambda name: course.progress.choose_variant(key, name), tuple(variants)),
    )


def open_elsewhere(course: Course) -> None:
    """Buttons that open the lesson's network on the Playground or in Step by step, the latter at this epoch and row."""
    locked = course.visit.link.restrictions.refusal(*differing_parts(course.visit.run.wanted, course.experiment))
    shut = locked is not None
    words = locked or (
        "Takes this network there, with its table and settings, in place of what is on the Playground now. "
        "Undo there brings that back, and a table of your own stays in the list."
    )
    if st.button(
        "Open in the Playground", key="leave for playground", icon=":material/experiment:", disabled=shut, help=words
    ):
        course.take_to_playground()
        st.switch_page("pages/views/playground.py")
    if st.button("See it step by step", key="leave for step", icon=":material/footprint:", disabled=shut, help=words):
        course.take_to_playground()
        course.visit.view.choose_row(course.lesson_visit.view.row)
        course.visit.view.move(course.lesson_visit.view.cursor)
        st.switch_page("pages/views/step.py")
