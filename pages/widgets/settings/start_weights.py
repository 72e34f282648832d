"""Start weights and biases set by hand, in one small table per layer, to compare with a calculation on paper."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from engine import Experiment
from engine.model.network import initial_parameters
from engine.model.types import Array
from engine.model.weight_index import layer_name, neuron_names, source_names
from pages.reading.cell_block import read_block
from pages.reading.cells import Cell, cell_text, read_cell
from pages.reading.sheets.pasted_block import Block
from pages.state.bound_widget import bind
from pages.state.visit import Visit
from pages.state.widget_values import widget_value
from pages.widgets.frame.tab_component import Paste

NO_START: dict[str, Any] = {"initial_weights": (), "initial_biases": ()}


def show_start_weights(visit: Visit) -> None:
    """The switch for start weights set by hand and, if it is on, one table per layer."""
    e = visit.run.wanted
    given = bool(visit.draft.settings["initial_weights"])

    def switch(on: bool) -> None:
        visit.draft.change(**(start_settings(e, *initial_parameters(e)) if on else NO_START))

    st.toggle(
        "Set start weights by hand",
        given,
        help="Type every weight the network starts from, for an exercise on paper.",
        **bind("by hand", given, switch),
    )
    if given and e.initial_weights:
        for layer in range(len(e.shapes)):
            show_layer(visit, e, layer)


def start_settings(e: Experiment, weights: Sequence[Array], biases: Sequence[Array]) -> dict[str, Any]:
    """The settings by which a network starts from these, weights (fan_in, fan_out) and biases (fan_out,) a layer."""
    return {
        "initial_weights": tuple(tuple(map(tuple, layer.tolist())) for layer in weights),
        "initial_biases": tuple(tuple(layer.tolist()) for layer in biases) if e.bias else (),
    }


def show_layer(visit: Visit, e: Experiment, layer: int) -> None:
    """One layer's start values: a row an input, the bias last, a column a neuron."""
    sources, neurons = source_names(e, layer), neuron_names(e, layer)
    rows = start_rows(visit, layer)
    columns = [str(j) for j in range(len(neurons))]
    key = f"start {layer} {visit.draft.edition} {e.shapes}"

    def take() -> None:
        for index, change in (widget_value(key, dict) or {}).get("edited_rows", {}).items():
            for column, value in change.items():
                rows[int(index)][int(column)] = read_cell(value).cell
        take_rows(visit, layer, rows)

    st.caption(f"Start weights, {layer_name(layer, len(e.shapes))} layer")
    texts = [[cell_text(cell) for cell in row] for row in rows]
    st.data_editor(
        pd.DataFrame(texts, index=pd.Index(sources[: len(rows)], name="from"), columns=columns, dtype="str"),
        key=key,
        on_change=take,
        column_config={
            c: st.column_config.TextColumn(n, alignment="right") for c, n in zip(columns, neurons, strict=True)
        },
        alt=f"Start weights of the {layer_name(layer, len(e.shapes))} layer",
    )


def start_rows(visit: Visit, layer: int) -> list[list[Cell]]:
    """One layer's start values as they were typed, the biases last."""
    rows = [list(row) for row in visit.draft.settings["initial_weights"][layer]]
    if visit.draft.settings["initial_biases"]:
        rows.append(list(visit.draft.settings["initial_biases"][layer]))
    return rows


def take_rows(visit: Visit, layer: int, rows: list[list[Cell]]) -> None:
    """Take one layer's start values."""
    weights, biases = list(visit.draft.settings["initial_weights"]), list(visit.draft.settings["initial_biases"])
    weights[layer] = tuple(map(tuple, rows[: len(weights[layer])]))
    if biases:
        biases[layer] = tuple(rows[-1])
    visit.draft.change(initial_weights=tuple(weights), initial_biases=tuple(biases))


def paste_start_weights(visit: Visit, block: Block, paste: Paste) -> None:
    """Put a block into a layer's start weights, where it fits."""
    layers = range(len(visit.draft.settings["initial_weights"]))
    layer = next((layer for layer in layers if paste.key.startswith(f"start-{layer}-")), None)
    if layer is None:  # they have been switched off since
        return
    rows = start_rows(visit, layer)
    height, width = len(rows) - paste.row, len(rows[0]) - paste.column
    if len(block) > height or len(block[0]) > width:
        st.toast(
            f"What you pasted has {len(block)} x {len(block[0])} cells, rows by columns, and from the chosen cell on "
            f"there are {height} x {width}: choose another cell, or copy fewer.",
            icon=":material/info:",
        )
        return
    for at, cells in enumerate(read_block(list(zip(*block, strict=True))).columns, paste.column):
        for row, reading in enumerate(cells, paste.row):
            rows[row][at] = reading.cell
    take_rows(visit, layer, rows)
