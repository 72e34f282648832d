"""The charts of a lesson: with the player once a lesson has introduced it, still before that."""

from collections.abc import Iterable, Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import History
from pages.charts.activations.alt_text import neurons_alt_texts
from pages.charts.history.alt_text import alt_texts
from pages.charts.history.run_figures import chart_heights, run_figures
from pages.charts.style.base import EpochAxis
from pages.charts.style.palette import Palette, palette_for
from pages.charts.style.sizes import DESK
from pages.widgets.activations.neurons import draw_neurons
from pages.widgets.frame.figure import show_figure
from pages.widgets.learn.course import Course
from pages.widgets.learn.lessons.lesson import EPOCH_AXIS, ON_CURVE, PLAYER
from pages.widgets.player.charts_as_text import expand_as_text, show_charts_as_text, write_texts
from pages.widgets.player.run_charts import choose_row, show_run_charts

CURVE_HEIGHT = 250
"""Pixels of a chart of a curve, so that it is on a small screen as it opens."""


def show_lesson_charts(course: Course, history: History) -> None:
    """Draw the charts that the lesson names."""
    visit, names = course.lesson_visit, course.lesson.charts
    if not course.has_introduced(PLAYER):
        show_still_charts(course, history)
    elif names == ON_CURVE:
        positions = draw_neurons(visit, history, DESK, CURVE_HEIGHT)
        choose_row(visit.view, history)
        place = expand_as_text()
        if place is not None:
            with place:
                write_texts(neurons_alt_texts(positions).values())
    else:
        show_run_charts(visit, history, names, has_axis_choice=course.has_introduced(EPOCH_AXIS))


def show_still_charts(course: Course, history: History) -> None:
    """The charts at the lesson's epoch, without the player, and with nothing that tells of epochs."""
    view = course.lesson_visit.view
    still, row = still_history(course, history), view.row_of(history)
    with st.container(key="pairs of charts"):
        draw_still_charts(course, still, palette_for(st.context.theme.type), chart_heights(still, course.lesson.charts))
    choose_row(view, history)
    show_charts_as_text(still, course.lesson.charts, row, view.cursor)


def still_history(course: Course, history: History) -> History:
    """The history at the cursor's epoch alone."""
    return history.only_frame(history.frame_at(course.lesson_visit.view.cursor))


def draw_still_charts(
    course: Course,
    still: History,
    colors: Palette,
    heights: Mapping[str, int],
    places: Iterable[DeltaGenerator] | None = None,
) -> None:
    """Draw the lesson's charts of a single epoch, each in its place or one after the other.

    Their keys are not those of charts that the player moves: these are hidden until it has.
    """
    names, row = course.lesson.charts, course.lesson_visit.view.row_of(still)
    axis = EpochAxis(int(still.epochs[-1]), True)
    figures = run_figures(still, names, row, axis, colors, "still", heights=heights)
    words = alt_texts(still, names, row)
    for name, place in zip(names, places or [st.container() for _ in names], strict=True):
        with place:
            show_figure(f"still {name}", figures[name], words[name])
