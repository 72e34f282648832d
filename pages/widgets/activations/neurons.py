"""Two charts of one layer's neurons, on their activation's curve and on its slope, under the player."""

import streamlit as st

from engine import LOSSES, History
from engine.explanation.saturation import cancels_slope
from engine.model.weight_index import layer_name
from pages.charts.activations.alt_text import neurons_alt_texts
from pages.charts.activations.neuron_positions import NeuronPositions, neuron_positions
from pages.charts.activations.neurons_on_curve import HEIGHT, MOST_LABELS, activation_figure, slope_figure
from pages.charts.style.base import Dict
from pages.charts.style.palette import palette_for
from pages.charts.style.sizes import DESK, Sizes
from pages.state.bound_widget import bind
from pages.state.view import View
from pages.state.visit import Visit
from pages.widgets.activations.neuron_table import show_neuron_table
from pages.widgets.player.player import content_token, show_player
from pages.widgets.player.run_charts import choose_row, draw_figure, draw_figures

FIGURES = {"values": activation_figure, "slopes": slope_figure}


def show_neurons(visit: Visit, history: History) -> None:
    """The player, the two charts of the chosen layer, remarks on them, and the table of its neurons."""
    positions = draw_neurons(visit, history, DESK, HEIGHT, choices_above=True)
    st.caption(" ".join(neuron_remarks(positions)))
    show_neuron_table(history, positions.layer, history.frame_at(visit.view.cursor))


def draw_neurons(
    visit: Visit, history: History, sizes: Sizes, height: int, choices_above: bool = False
) -> NeuronPositions:
    """Draw the player and the two charts of the chosen layer, and return the positions they show."""
    view = visit.view
    layer, row = view.layer_of(history), view.row_of(history)
    colors = palette_for(st.context.theme.type, sizes)
    mounted = visit.run.mounted_history or history
    token = content_token((mounted.experiment, int(mounted.epochs[-1]), layer, row, colors))
    positions = neuron_positions(history, layer, row)

    def figures(run: NeuronPositions) -> dict[str, Dict]:
        return {name: figure(run, colors, token, height) for name, figure in FIGURES.items()}

    redraw = figures(positions) if visit.run.is_requested else None
    show_player(visit, history, [token] * len(FIGURES), redraw=redraw)
    if choices_above:
        show_choices(view, history)
    shown = positions if mounted is history else neuron_positions(mounted, layer, row)
    drawn, words = figures(shown), neurons_alt_texts(shown)
    if sizes.projector:
        draw_figures(drawn, words, st.columns(2, gap="small"))
        return positions
    with st.container(key="pairs of charts"):
        for name, figure in drawn.items():
            draw_figure(name, figure, words[name])
    return positions


def show_choices(view: View, history: History) -> None:
    """The choice of the layer, if there are several, and of the row with the large marks."""
    layers, layer = len(history.weights), view.layer_of(history)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if layers > 1:
            st.segmented_control(
                "Layer",
                range(layers),
                default=layer,
                format_func=lambda index: layer_name(index, layers).capitalize(),
                **bind(
                    "neurons layer",
                    layer,
                    lambda chosen: view.choose_layer(layer if chosen is None else chosen),
                    layers,
                ),
            )
        choose_row(view, history)


def neuron_remarks(positions: NeuronPositions) -> list[str]:
    """Remarks on the two charts: what a mark is, and what is drawn differently here or left out."""
    e, rows = positions.history.experiment, len(positions.history.experiment.inputs)
    some = "" if positions.has_every_row else f", for {len(positions.rows):,} of {rows:,} rows, evenly spread"
    many = len(positions.names) > MOST_LABELS
    large = f"The large ones are row {positions.row + 1}{'' if many else ', and so are the numbers beside them'}."
    found = [f"Each mark is the output of one neuron for one row{some}. {large} Each neuron has its own colour."]
    if many:
        found.append("There are more neurons than colours: point at a mark to read whose it is.")
    if not positions.activation.is_elementwise:
        found.append(
            f"In {positions.activation.label} what a neuron sends on depends on the z of all of them: "
            "so there is no one curve, only the neurons themselves."
        )
    if cancels_slope(e, positions.layer):
        found.append(
            f"{LOSSES[e.loss].label} is made for {positions.activation.label}: their slopes cancel, and the error goes "
            "through whole, however flat the curve is here."
        )
    if not positions.inside.all():
        found.append("This run grew beyond all bounds: its last epochs lie beyond the edges of the picture.")
    return found
