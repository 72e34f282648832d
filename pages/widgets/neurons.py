"""The neurons of one layer on their activation's curve and on its slope, under the player."""

import streamlit as st

from engine import LOSSES, History
from engine.slopes import cancels_slope
from pages.charts import Ready, activation_slope, activation_value, palette, seat
from pages.charts.activation import LABELLED
from pages.charts.lines import layer_name
from pages.charts.seats import Seats
from pages.widgets.bench import Bench
from pages.widgets.player import player
from pages.widgets.seeded import seeded
from pages.widgets.stage import CONFIG, PILLS
from pages.widgets.standing import told

LAYER = "layer of neurons"


def layer_of(history: History) -> int:
    """The layer that the visitor looks at: the first, until they choose another."""
    chosen: int = st.session_state.get(LAYER, 0)
    return min(chosen, len(history.weights) - 1)


def neurons(bench: Bench, history: History) -> None:
    """The player, the two charts of the chosen layer, and how each of its neurons stands at the cursor's epoch."""
    colors = palette(st.context.theme.type)
    layer, row = layer_of(history), min(bench.row, len(history.experiment.inputs) - 1)
    seats = seat(history, layer, row)
    token = f"{hash((history.experiment, int(history.epochs[-1]), layer, row, colors)) & 0xFFFFFFFFFFFF:x}"
    player(bench, history, token, charts=2)
    choices(bench, history, layer, row)
    values, slopes = st.columns(2, gap="medium")
    values.plotly_chart(
        Ready(activation_value(seats, colors, token)),
        key="chart values",
        theme=None,
        config=CONFIG,
        alt="The activation's curve, with every neuron at its z",
    )
    slopes.plotly_chart(
        Ready(activation_slope(seats, colors, token)),
        key="chart slopes",
        theme=None,
        config=CONFIG,
        alt="The slope of the activation's curve, with every neuron at its z",
    )
    st.caption(" ".join(remarks(seats)))
    told(history, layer, history.frame(bench.cursor))


def choices(bench: Bench, history: History, layer: int, row: int) -> None:
    """Which layer is shown, where there are several, and which row has the large marks."""
    layers, rows = len(history.weights), len(history.experiment.inputs)

    def look(chosen: int | None) -> None:
        bench.row = bench.row if chosen is None else chosen - 1

    def choose(chosen: int | None) -> None:
        st.session_state[LAYER] = layer if chosen is None else chosen

    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if layers > 1:
            st.segmented_control(
                "Layer",
                range(layers),
                default=layer,
                format_func=lambda index: layer_name(index, layers).capitalize(),
                **seeded("neurons layer", layer, choose, layers),
            )
        words, tied = (
            "Whose marks are large, and whose numbers stand beside them.",
            seeded("neurons row", row + 1, look),
        )
        if rows <= PILLS:
            st.segmented_control("Row", range(1, rows + 1), default=row + 1, help=words, **tied)
        else:
            st.number_input("Row", 1, rows, row + 1, width=160, help=words, **tied)


def remarks(seats: Seats) -> list[str]:
    """What has to be said about the two pictures: what a mark is, and what is not drawn as elsewhere."""
    e, rows = seats.history.experiment, len(seats.history.experiment.inputs)
    shown = "every row" if seats.whole else f"{len(seats.rows):,} of {rows:,} rows, evenly spread"
    found = [f"A mark is a neuron on one row: {shown}. The large ones are row {seats.row + 1}. A colour is a neuron."]
    if len(seats.names) > LABELLED:
        found.append("There are more neurons than colours: point at a mark to read whose it is.")
    if seats.activation.mixes:
        found.append(
            f"In {seats.activation.label} what a neuron sends on depends on the z of all of them: "
            "so there is no one curve, only the neurons themselves."
        )
    if cancels_slope(e, seats.layer):
        found.append(
            f"{LOSSES[e.loss].label} is made for {seats.activation.label}: their slopes cancel, and the error goes "
            "through whole, however flat the curve is here."
        )
    if not seats.kept.all():
        found.append("This run grew beyond all bounds: its last epochs lie beyond the edges of the picture.")
    return found
