"""The charts of compared runs under one player: loss, the output of one row, one weight."""

from collections.abc import Sequence

import streamlit as st

from engine import History
from engine.model.weight_index import WeightIndex
from pages.charts.comparison.compared_curves import (
    LETTERS,
    compared_held_out_loss,
    compared_loss,
    compared_output,
    compared_weight,
)
from pages.charts.history.alt_text import change_words
from pages.charts.history.run_before import has_same_axes
from pages.charts.history.series import loss_series
from pages.charts.style.base import HEIGHT, EpochAxis
from pages.state.bound_widget import bind
from pages.state.visit import Visit
from pages.widgets.frame.colors import page_colors, page_height
from pages.widgets.player.player import content_token, show_player
from pages.widgets.player.run_charts import choose_axis, choose_row, draw_figure

PROJECTOR_HEIGHT = 330
"""Pixels of each chart on a projector of 1280x720: two are beside each other, below three runs and the player."""

MOST_LISTED = 300
"""Of so many weights any can be chosen; of more, the first ones."""


def show_charts(visit: Visit, histories: Sequence[History | None], longest: History, axis: EpochAxis) -> None:
    """Draw the player and the charts; `visit` is that of the comparison."""
    view, colors = visit.view, page_colors(visit)
    row = view.row_of(longest)
    weight = view.weight if view.weight.exists_in(longest.experiment) else WeightIndex()
    ends = [None if h is None else (h.experiment, int(h.epochs[-1])) for h in histories]
    token = content_token((tuple(ends), row, weight, axis, colors))
    height = page_height(visit, HEIGHT, PROJECTOR_HEIGHT)
    figures = {
        "compared loss": compared_loss(histories, longest, axis, colors, token, height),
        "compared output": compared_output(histories, row, longest, axis, colors, token, height),
        "compared weight": compared_weight(histories, weight, longest, axis, colors, token, height),
    }
    held_out = compared_held_out_loss(histories, longest, axis, colors, token, height)
    if held_out:
        figures["compared held-out loss"] = held_out
    words = "; ".join(
        f"{LETTERS[place]} {change_words(loss_series(history, colors)[0], '')}"
        for place, history in enumerate(histories)
        if history is not None
    )
    show_player(visit, longest, [token] * len(figures))
    others = [history.experiment for history in histories if history is not None and history is not longest]
    if others:
        st.caption(f"The loss and the marks beside the epoch are those of {LETTERS[histories.index(longest)]}.")
    if not all(has_same_axes("loss", longest.experiment, other) for other in others):
        st.caption("Their losses are not computed alike: hold accuracies against each other, not heights of the loss.")
    with st.container(key="pairs of charts"):
        for name, figure in figures.items():
            draw_figure(name, figure, f"{figure['layout']['title']['text']} over the epochs. Loss: {words}.")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        choose_row(view, longest, "Row in the chart", "Whose output is drawn.")
        choose_weight(visit, longest, weight)
        choose_axis(view)


def choose_weight(visit: Visit, longest: History, weight: WeightIndex) -> None:
    """The weight that is drawn."""
    weights = list(WeightIndex.all_of(longest.experiment))[:MOST_LISTED]
    names = [each.name(longest.experiment) for each in weights]
    st.selectbox(
        "Weight in the chart",
        weights,
        weights.index(weight) if weight in weights else 0,
        format_func=lambda each: each.name(longest.experiment),
        width=200,
        **bind("compared weight", weight, visit.view.choose_weight, names),
    )
