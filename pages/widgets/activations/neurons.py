"""The neurons of one layer on their activation's curve and on its slope, under the player."""

import streamlit as st

from engine import LOSSES, History
from engine.explanation.saturation import cancels_slope, neuron_states
from engine.model.weight_index import layer_name
from pages.charts.activations.neuron_positions import NeuronPositions, neuron_positions
from pages.charts.activations.neurons_on_curve import HEIGHT, MOST_LABELS, activation_figure, slope_figure
from pages.charts.style.palette import palette_for
from pages.charts.style.sizes import DESK
from pages.state.bound_widget import bind
from pages.state.visit import Bench
from pages.widgets.activations.neuron_table import layer_verdict, show_neuron_table
from pages.widgets.player.player import content_token, show_player
from pages.widgets.player.run_charts import choose_row, draw_figures

LAYER = "layer of neurons"
ALT_TEXTS = {
    "values": "The activation's curve, with every neuron at its z",
    "slopes": "The slope of the activation's curve, with every neuron at its z",
}
"""What each picture is for somebody who cannot see it."""

FIGURES = {"values": activation_figure, "slopes": slope_figure}
PROJECTOR_HEIGHT = 500
"""Pixels of a picture on a projector of 1280x720."""


def chosen_layer(history: History) -> int:
    """The layer that the visitor looks at: the first, until they choose another."""
    chosen: int = st.session_state.get(LAYER, 0)
    return min(chosen, len(history.weights) - 1)


def show_neurons(bench: Bench, history: History) -> None:
    """The player, the two charts of the chosen layer, and how it stands at the cursor's epoch.

    That is a line a neuron; on a projector, where the charts are as large as a wall needs, it is a sentence.
    """
    slide, frame = bench.slide, history.frame_at(bench.cursor)
    layer, row = chosen_layer(history), bench.row_of(history)
    colors = palette_for(st.context.theme.type, DESK if slide is None else slide.sizes)
    tall = HEIGHT if slide is None else round(PROJECTOR_HEIGHT * slide.scale)
    token = content_token((history.experiment, int(history.epochs[-1]), layer, row, colors))
    if slide is not None:
        with st.container(key="bar"):
            show_choices(bench, history, layer)
    show_player(bench, history, [token] * len(FIGURES))
    if slide is None:
        show_choices(bench, history, layer)
    seats = neuron_positions(history, layer, row)
    figures = {name: figure(seats, colors, token, tall) for name, figure in FIGURES.items()}
    draw_figures(figures, ALT_TEXTS, st.columns(2, gap="medium" if slide is None else "small"))
    if slide is None:
        st.caption(" ".join(remarks(seats)))
        show_neuron_table(history, layer, frame)
    else:
        st.markdown(f"Large marks: row {row + 1}. {layer_verdict(seats.names, neuron_states(history, layer, frame))}")


def show_choices(bench: Bench, history: History, layer: int) -> None:
    """Which layer is shown, where there are several, and which row has the large marks."""
    layers = len(history.weights)

    def choose(chosen: int | None) -> None:
        st.session_state[LAYER] = layer if chosen is None else chosen

    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if layers > 1:
            st.segmented_control(
                "Layer",
                range(layers),
                default=layer,
                format_func=lambda index: layer_name(index, layers).capitalize(),
                **bind("neurons layer", layer, choose, layers),
            )
        choose_row(bench, history)


def remarks(seats: NeuronPositions) -> list[str]:
    """What has to be said about the two pictures: what a mark is, and what is not drawn as elsewhere."""
    e, rows = seats.history.experiment, len(seats.history.experiment.inputs)
    shown = "every row" if seats.has_every_row else f"{len(seats.rows):,} of {rows:,} rows, evenly spread"
    many = len(seats.names) > MOST_LABELS
    large = f"The large ones are row {seats.row + 1}{'' if many else ', and so are the numbers beside them'}."
    found = [f"A mark is how one neuron answers one row; drawn: {shown}. {large} Each neuron has a colour."]
    if many:
        found.append("There are more neurons than colours: point at a mark to read whose it is.")
    if not seats.activation.is_elementwise:
        found.append(
            f"In {seats.activation.label} what a neuron sends on depends on the z of all of them: "
            "so there is no one curve, only the neurons themselves."
        )
    if cancels_slope(e, seats.layer):
        found.append(
            f"{LOSSES[e.loss].label} is made for {seats.activation.label}: their slopes cancel, and the error goes "
            "through whole, however flat the curve is here."
        )
    if not seats.inside.all():
        found.append("This run grew beyond all bounds: its last epochs lie beyond the edges of the picture.")
    return found
