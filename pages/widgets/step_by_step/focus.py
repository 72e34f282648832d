"""The focus is the row and the weight that a page follows; it is chosen beside the pictures or by a click in them."""

from collections.abc import Callable

import streamlit as st

from engine import History
from engine.explanation.ledger import Update
from pages.charts.history.series import layer_name, names_of
from pages.charts.update.layer_view import Focus
from pages.state.bound_widget import bind
from pages.state.url import exists
from pages.state.visit import Bench


def focus_of(bench: Bench, history: History, update: Update) -> Focus:
    """The chosen row and weight; the first ones where those are not in this batch or this network."""
    row = bench.row if bench.row in update.rows else update.rows[0]
    layer, source, neuron = bench.weight if exists(history.experiment, bench.weight) else (0, 0, 0)
    return Focus(row, layer, source, neuron)


def set_focus(bench: Bench, focus: Focus, row: int = -1, layer: int = -1, source: int = -1, neuron: int = -1) -> None:
    """Choose another row or weight; what is -1 stays, unless it belongs to another layer."""
    if row >= 0:
        bench.row = row
    kept = (focus.source, focus.neuron) if layer in (-1, focus.layer) else (0, 0)
    layer = focus.layer if layer < 0 else layer
    bench.weight = layer, source if source >= 0 else kept[0], neuron if neuron >= 0 else kept[1]


def show_focus_choices(bench: Bench, history: History, update: Update, focus: Focus) -> None:
    """Select boxes for the row and the weight."""
    e = history.experiment
    sources, neurons = names_of(e, focus.layer)
    layers = {n: layer_name(n, len(e.shapes)) for n in range(len(e.shapes))}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        choose_from(
            "Row", focus.row, {n: f"row {n + 1}" for n in update.rows}, lambda n: set_focus(bench, focus, row=n)
        )
        if len(layers) > 1:
            choose_from("Layer", focus.layer, layers, lambda n: set_focus(bench, focus, layer=n))
        choose_from("Weight from", focus.source, dict(enumerate(sources)), lambda n: set_focus(bench, focus, source=n))
        if len(neurons) > 1:
            choose_from("to", focus.neuron, dict(enumerate(neurons)), lambda n: set_focus(bench, focus, neuron=n))


def choose_from(name: str, value: int, options: dict[int, str], take: Callable[[int], None]) -> None:
    """A small select box; `options` are what can be taken, and its words."""
    tied = bind(f"focus {name}", value, take, list(options.values()))
    st.selectbox(name, list(options), list(options).index(value), format_func=lambda n: options[n], width=128, **tied)
