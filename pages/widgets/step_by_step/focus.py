"""The focus: the row and weight that the page follows, chosen in select boxes or by a click on a number."""

from collections.abc import Callable

import streamlit as st

from engine import History
from engine.explanation.ledger import Update
from engine.model.weight_index import WeightIndex, layer_name, neuron_names, source_names
from pages.charts.update.layer_view import Focus
from pages.state.bound_widget import bind
from pages.state.view import View


def focus_of(view: View, history: History, update: Update) -> Focus:
    """The chosen row and weight, or the first if this batch or network does not have them."""
    row = view.row if view.row in update.rows else update.rows[0]
    return Focus(row, view.weight if view.weight.exists_in(history.experiment) else WeightIndex())


def set_focus(view: View, focus: Focus, row: int = -1, layer: int = -1, source: int = -1, neuron: int = -1) -> None:
    """Choose another row or weight; -1 leaves a part unchanged, unless the layer changes."""
    if row >= 0:
        view.choose_row(row)
    kept = focus.weight if layer in (-1, focus.weight.layer) else WeightIndex(layer)
    view.choose_weight(
        WeightIndex(kept.layer, source if source >= 0 else kept.source, neuron if neuron >= 0 else kept.neuron)
    )


def show_focus_choices(view: View, history: History, update: Update, focus: Focus) -> None:
    """Select boxes for the row and the weight."""
    e = history.experiment
    sources, neurons = source_names(e, focus.weight.layer), neuron_names(e, focus.weight.layer)
    layers = {n: layer_name(n, len(e.shapes)) for n in range(len(e.shapes))}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        choose_from("Row", focus.row, {n: f"row {n + 1}" for n in update.rows}, lambda n: set_focus(view, focus, row=n))
        if len(layers) > 1:
            choose_from("Layer", focus.weight.layer, layers, lambda n: set_focus(view, focus, layer=n))
        choose_from(
            "Weight from", focus.weight.source, dict(enumerate(sources)), lambda n: set_focus(view, focus, source=n)
        )
        if len(neurons) > 1:
            choose_from("to", focus.weight.neuron, dict(enumerate(neurons)), lambda n: set_focus(view, focus, neuron=n))


def choose_from(name: str, value: int, options: dict[int, str], take: Callable[[int], None]) -> None:
    """A small select box; `options` are the values and their labels."""
    tied = bind(f"focus {name}", value, take, list(options.values()))
    st.selectbox(name, list(options), list(options).index(value), format_func=lambda n: options[n], width=128, **tied)
