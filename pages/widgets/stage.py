"""The stage: network, outputs, weights and loss under one player."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import Experiment, History
from pages.charts import EpochAxis, Ready, palette
from pages.charts.board import CHARTS, charts_of
from pages.charts.figure import Dict
from pages.charts.palette import Palette
from pages.charts.words import described
from pages.widgets.bench import Bench
from pages.widgets.player import player
from pages.widgets.reading import in_words
from pages.widgets.remembering import BY_TEXT
from pages.widgets.seeded import seeded

CONFIG = {"displayModeBar": False, "responsive": True}
PILLS = 8


def stage(bench: Bench, history: History, charts: Sequence[str] = CHARTS) -> None:
    """Draw the player and the charts of a run, all four or those that are named, two in a row."""
    colors = palette(st.context.theme.type)
    axis = EpochAxis(int(history.epochs[-1]), bench.log)
    row = bench.row_of(history)
    token = f"{hash((history.experiment, axis, row, colors, tuple(charts))) & 0xFFFFFFFFFFFF:x}"
    player(bench, history, token, len(charts))
    run = (len(history.epochs), int(history.epochs[-1]), history.diverged_at)
    drawn(history.experiment, run, tuple(charts), row, axis, colors, token, history)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if "network" in charts:
            choose_row(bench, history)
        if set(charts) - {"network"}:
            choose_axis(bench)
    in_words(history, charts, row, bench.cursor)


@st.cache_resource(max_entries=48, show_spinner=False, hash_funcs=BY_TEXT)
def drawn(
    experiment: Experiment,
    run: tuple[int, int, int | None],
    charts: tuple[str, ...],
    row: int,
    axis: EpochAxis,
    colors: Palette,
    token: str,
    _history: History,
) -> None:
    """Draw the charts. Streamlit remembers what was sent, as text ready to be sent again, and not the figures.

    `run` is what tells the runs of an experiment apart: its frames, its last epoch, where it diverged.
    """
    places = (place for _ in charts[::2] for place in st.columns(2 if len(charts) > 1 else 1, gap="small"))
    hang(charts_of(_history, charts, row, axis, colors, token), described(_history, charts, row), places)


def hang(figures: Mapping[str, Dict], words: Mapping[str, str], places: Iterable[DeltaGenerator]) -> None:
    """Put figures into their places, each with its words for somebody who cannot see it."""
    for place, (name, figure) in zip(places, figures.items(), strict=False):
        place.plotly_chart(Ready(figure), key=f"chart {name}", theme=None, config=CONFIG, alt=words[name])


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
