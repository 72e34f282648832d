"""The stage: network, outputs, weights and loss under one player."""

import streamlit as st

from engine import History
from pages.charts import EpochAxis, Ready, height, loss_curve, network, output_convergence, palette, weight_evolution
from pages.widgets.bench import Bench
from pages.widgets.player import player
from pages.widgets.seeded import seeded

CONFIG = {"displayModeBar": False, "responsive": True}
PILLS = 8


def stage(bench: Bench, history: History) -> None:
    """Draw the player and the four charts of a run."""
    colors = palette(st.context.theme.type)
    axis = EpochAxis(int(history.epochs[-1]), bench.log)
    row = min(bench.row, len(history.experiment.inputs) - 1)
    token = f"{hash((history.experiment, axis, row, colors)) & 0xFFFFFFFFFFFF:x}"
    player(bench, history, token, charts=4)
    upper, lower = st.columns(2, gap="small"), st.columns(2, gap="small")
    charts = (
        (
            "chart network",
            network(history, row, colors, token),
            "The network: weights on the edges, outputs in the neurons",
        ),
        (
            "chart outputs",
            output_convergence(history, axis, colors, token, height(history)),
            "Every row's output against the epoch",
        ),
        ("chart weights", weight_evolution(history, axis, colors, token), "Every weight against the epoch"),
        ("chart loss", loss_curve(history, axis, colors, token), "The loss against the epoch"),
    )
    for place, (key, figure, alt) in zip((*upper, *lower), charts, strict=True):
        place.plotly_chart(Ready(figure), key=key, theme=None, config=CONFIG, alt=alt)
    view(bench, history)


def view(bench: Bench, history: History) -> None:
    """How the stage looks at the run: which row, which epoch axis."""
    rows = len(history.experiment.inputs)
    row, axis = min(bench.row, rows - 1) + 1, "log" if bench.log else "linear"

    def look(chosen: int | None) -> None:
        bench.row = bench.row if chosen is None else chosen - 1

    words = "Whose numbers the neurons show."
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        tied = seeded("look at", row, look)
        if rows <= PILLS:
            st.segmented_control("Row in the drawing", range(1, rows + 1), default=row, help=words, **tied)
        else:
            st.number_input("Row in the drawing", 1, rows, row, width=160, help=words, **tied)
        st.segmented_control(
            "Epoch axis",
            ["log", "linear"],
            default=axis,
            help="Most is learned in the first epochs: log gives them room.",
            **seeded("axis", axis, lambda chosen: setattr(bench, "log", chosen != "linear")),
        )
