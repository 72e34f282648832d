"""The stage: the network with its answer, outputs, weights and loss under one player."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import History
from pages.charts.history.alt_text import alt_texts
from pages.charts.history.run_figures import CHART_NAMES, chart_heights, run_figures
from pages.charts.style.base import Dict, EpochAxis
from pages.charts.style.format import format_number
from pages.charts.style.palette import Palette, palette_for
from pages.reading.differences import describe_changes
from pages.state.bound_widget import bind
from pages.state.view import View
from pages.state.visit import Visit
from pages.widgets.frame.figure import show_figure
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.player.answer_space import choose_answer_space, show_answer_space
from pages.widgets.player.charts_as_text import show_charts_as_text
from pages.widgets.player.pictures import Editor, show_pictures
from pages.widgets.player.player import content_token, show_player

MOST_ROW_BUTTONS = 8
STRIP_HEIGHT = 150
"""Of the loss below the canvases, in pixels; it is as wide as they are, and `choose_loss_height` makes it higher."""
LARGE_HEIGHT = 420


def show_run_charts(
    visit: Visit,
    history: History,
    charts: Sequence[str] = CHART_NAMES,
    on_canvas: bool = False,
    has_axis_choice: bool = True,
    editor: Editor | None = None,
    table: Mapping[str, Any] | None = None,
) -> None:
    """Draw the player and the charts of a run, all four or those that are named, two in a row.

    `on_canvas`, for all four, the network comes first, with the answer beside it (pictures.py), then the loss, a strip.
    With an `editor` the network can be changed there, and the outputs in a `table` beside it follow the player.
    """
    view, colors = visit.view, palette_for(st.context.theme.type)
    mounted, row = visit.run.mounted_history or history, view.row_of(history)
    axis = EpochAxis(int(mounted.epochs[-1]), view.has_log_axis)
    plots, heights = list(charts), chart_heights(history, charts)
    if on_canvas:
        plots = ["loss", "outputs", "weights"]
        heights = chart_heights(history, plots) | {"loss": LARGE_HEIGHT if view.has_large_loss else STRIP_HEIGHT}
    before = visit.run.before if on_canvas else None
    texts = chart_texts(mounted, plots, row, axis, colors, heights, before)
    tokens = {name: content_token(text) for name, text in texts.items()}
    redraw: dict[str, Dict] = {}
    if visit.run.is_requested:
        now = replace(axis, last=int(history.epochs[-1]))
        for name in plots:
            redraw |= run_figures(history, (name,), row, now, colors, tokens[name], heights=heights, before=before)
    show_player(visit, history, list(tokens.values()), has_pictures=on_canvas, redraw=redraw or None)
    if on_canvas:
        show_pictures(visit, history, not visit.run.is_requested, editor, table)
    with st.container(key="pairs of charts"):
        for name in plots:
            draw = partial(draw_chart, mounted, name, row, axis, colors, tokens[name], heights, before)
            draw_cached_chart(texts[name], draw)
    if before:
        show_changes(before, history)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if "network" in charts:
            choose_row(view, history)
        if has_axis_choice and set(charts) - {"network"}:
            choose_axis(view)
        if on_canvas:
            choose_loss_height(view)
            choose_answer_space(view, history)
    if on_canvas:
        show_answer_space(view, history)
    show_charts_as_text(history, charts, row, view.cursor, has_answer=on_canvas)


def chart_texts(
    history: History,
    names: Sequence[str],
    row: int,
    axis: EpochAxis,
    colors: Palette,
    heights: Mapping[str, int],
    before: History | None = None,
) -> dict[str, str]:
    """The cache key of each named chart: everything its figure depends on.

    The chosen row matters to the network drawing and to the outputs, where it is in bold, the epoch axis to all but the
    drawing.
    """
    run = repr((history.experiment, len(history.epochs), axis.last, history.diverged_at, colors))
    if before is not None:
        run += repr((before.experiment, len(before.epochs), int(before.epochs[-1])))
    looks = {"network": f"{row}", "outputs": f"{row} {axis}"}
    return {name: f"{name} {heights[name]} {looks.get(name, axis)} {run}" for name in names}


@st.cache_resource(max_entries=192, show_spinner=False)
def draw_cached_chart(text: str, _draw: Callable[[], None]) -> None:
    """Draw a chart. Streamlit caches the messages sent, already serialized, and replays them.

    `text` must determine what is drawn. All else stands in one argument: Streamlit inspects the function anew for each.
    """
    _draw()


def draw_chart(
    history: History,
    name: str,
    row: int,
    axis: EpochAxis,
    colors: Palette,
    token: str,
    heights: Mapping[str, int],
    before: History | None,
) -> None:
    """Draw one chart of a run, which the player knows by its token."""
    figures = run_figures(history, (name,), row, axis, colors, token, heights=heights, before=before)
    draw_figure(name, figures[name], alt_texts(history, (name,), row)[name])


def draw_figures(figures: Mapping[str, Dict], words: Mapping[str, str], places: Iterable[DeltaGenerator]) -> None:
    """Draw figures in their places, each with its alt text."""
    for place, name in zip(places, figures, strict=False):
        with place:
            draw_figure(name, figures[name], words[name])


def draw_figure(name: str, figure: Dict, words: str) -> None:
    """Draw one figure that the player moves: its key says so."""
    show_figure(f"chart {name}", figure, words)


def show_changes(before: History, history: History) -> None:
    """A line below the charts: what is faint, what changed since, and what came of it."""
    changes = describe_changes(before.experiment, history.experiment)
    losses = [format_number(float(run.loss[-1])) for run in (before, history)]
    faint = "Faint, where the axes are the same: the run before."
    st.caption(f"{faint} {escape_markdown(changes)} Last loss: {losses[0]}, now {losses[1]}.")


def choose_row(
    view: View,
    history: History,
    label: str = "Row in the drawing",
    words: str = "Whose numbers the neurons show.",
) -> None:
    """The choice of the row whose numbers are drawn."""
    rows, row = len(history.experiment.inputs), view.row_of(history) + 1

    def look(chosen: int | None) -> None:
        view.choose_row(view.row if chosen is None else chosen - 1)

    tied = bind("look at", row, look)
    if rows <= MOST_ROW_BUTTONS:
        st.segmented_control(label, range(1, rows + 1), default=row, help=words, **tied)
    else:
        st.number_input(label, 1, rows, row, width=160, help=words, **tied)


def choose_axis(view: View) -> None:
    """The choice of a logarithmic or linear epoch axis."""
    axis = "log" if view.has_log_axis else "linear"
    st.segmented_control(
        "Epoch axis",
        ["log", "linear"],
        default=axis,
        help="Most is learned in the first epochs: log gives them room.",
        **bind("axis", axis, lambda chosen: view.set_log_axis(chosen != "linear")),
    )


def choose_loss_height(view: View) -> None:
    """The choice of a large loss curve instead of a strip."""
    st.toggle(
        "Large loss curve",
        view.has_large_loss,
        help="The loss as a high chart, to read small differences.",
        **bind("large loss", view.has_large_loss, view.set_large_loss),
    )
