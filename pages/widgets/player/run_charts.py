"""The stage: network, outputs, weights and loss under one player."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import History
from pages.charts.history.alt_text import described
from pages.charts.history.run_figures import CHARTS, charts_of, heights_of
from pages.charts.style.base import Dict, EpochAxis, Ready
from pages.charts.style.palette import Palette, palette
from pages.state.bound_widget import seeded
from pages.state.visit import Bench
from pages.widgets.player.charts_as_text import in_words
from pages.widgets.player.player import player, token_of

CONFIG = {"displayModeBar": False, "responsive": True}
PILLS = 8


def stage(bench: Bench, history: History, charts: Sequence[str] = CHARTS) -> None:
    """Draw the player and the charts of a run, all four or those that are named, two in a row."""
    colors = palette(st.context.theme.type)
    axis = EpochAxis(int(history.epochs[-1]), bench.log)
    row = bench.row_of(history)
    heights = heights_of(history, charts)
    run = repr((history.experiment, len(history.epochs), axis.last, history.diverged_at, colors))
    texts = {name: f"{name} {heights[name]} {row if name == 'network' else axis} {run}" for name in charts}
    player(bench, history, [token_of(text) for text in texts.values()])
    with st.container(key="pairs of charts"):
        for name in charts:
            drawn(texts[name], history, name, row, axis, colors, heights)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if "network" in charts:
            choose_row(bench, history)
        if set(charts) - {"network"}:
            choose_axis(bench)
    in_words(history, charts, row, bench.cursor)


@st.cache_resource(max_entries=192, show_spinner=False)
def drawn(
    text: str,
    _history: History,
    _name: str,
    _row: int,
    _axis: EpochAxis,
    _colors: Palette,
    _heights: Mapping[str, int],
) -> None:
    """Draw a chart. Streamlit remembers what was sent, as text ready to be sent again, and not the figure.

    `text` is all that a chart can be told apart by: its name, what it is asked to show, of which run, in which colours.
    A row changes the drawing alone, and the epoch axis everything but the drawing.
    """
    figures = charts_of(_history, (_name,), _row, _axis, _colors, token_of(text), heights=_heights)
    picture(_name, figures[_name], described(_history, (_name,), _row)[_name])


def hang(figures: Mapping[str, Dict], words: Mapping[str, str], places: Iterable[DeltaGenerator]) -> None:
    """Put figures into their places, each with its words for somebody who cannot see it."""
    for place, name in zip(places, figures, strict=False):
        with place:
            picture(name, figures[name], words[name])


def picture(name: str, figure: Dict, words: str) -> None:
    """Draw a figure here."""
    st.plotly_chart(Ready(figure), key=f"chart {name}", theme=None, config=CONFIG, alt=words)


def choose_row(bench: Bench, history: History) -> None:
    """Which row the drawing looks at."""
    rows, row = len(history.experiment.inputs), bench.row_of(history) + 1

    def look(chosen: int | None) -> None:
        bench.row = bench.row if chosen is None else chosen - 1

    words, tied = "Whose numbers the neurons show.", seeded("look at", row, look)
    if rows <= PILLS:
        st.segmented_control("Row in the drawing", range(1, rows + 1), default=row, help=words, **tied)
    else:
        st.number_input("Row in the drawing", 1, rows, row, width=160, help=words, **tied)


def choose_axis(bench: Bench) -> None:
    """Which kind of epoch axis the curves have."""
    axis = "log" if bench.log else "linear"
    st.segmented_control(
        "Epoch axis",
        ["log", "linear"],
        default=axis,
        help="Most is learned in the first epochs: log gives them room.",
        **seeded("axis", axis, lambda chosen: setattr(bench, "log", chosen != "linear")),
    )
