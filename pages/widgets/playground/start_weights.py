"""Start weights and biases set by hand, in one small table per layer, to compare with a calculation on paper."""

import numpy as np
import pandas as pd
import streamlit as st

from engine import Experiment
from engine.model.network import initial_parameters
from engine.model.weight_index import layer_name, neuron_names, source_names
from pages.state.bound_widget import bind
from pages.state.visit import Visit
from pages.state.widget_values import widget_value


def show_start_weights(visit: Visit) -> None:
    """The switch for start weights set by hand and, if it is on, one table per layer."""
    e = visit.run.wanted
    given = bool(visit.draft.settings["initial_weights"])

    def switch(on: bool) -> None:
        weights, biases = initial_parameters(e)
        visit.draft.change(
            initial_weights=tuple(tuple(map(tuple, w.tolist())) for w in weights) if on else (),
            initial_biases=tuple(tuple(b.tolist()) for b in biases) if on and e.bias else (),
        )

    st.toggle(
        "Set start weights by hand",
        given,
        help="Type every weight the network starts from, for an exercise on paper.",
        **bind("by hand", given, switch),
    )
    if given and e.initial_weights:
        for layer in range(len(e.shapes)):
            show_layer(visit, e, layer)


def show_layer(visit: Visit, e: Experiment, layer: int) -> None:
    """One layer's start values: one row per input, the bias last, one column per neuron."""
    sources, neurons = source_names(e, layer), neuron_names(e, layer)
    rows = [list(row) for row in visit.draft.settings["initial_weights"][layer]]
    if visit.draft.settings["initial_biases"]:
        rows.append(list(visit.draft.settings["initial_biases"][layer]))
    columns = [str(j) for j in range(len(neurons))]
    key = f"start {layer} {visit.draft.edition} {e.shapes}"

    def take() -> None:
        for index, change in (widget_value(key, dict) or {}).get("edited_rows", {}).items():
            for column, value in change.items():
                rows[int(index)][int(column)] = value
        weights, biases = list(visit.draft.settings["initial_weights"]), list(visit.draft.settings["initial_biases"])
        weights[layer] = tuple(map(tuple, rows[: len(e.initial_weights[layer])]))
        if biases:
            biases[layer] = tuple(rows[-1])
        visit.draft.change(initial_weights=tuple(weights), initial_biases=tuple(biases))

    st.caption(f"Start weights, {layer_name(layer, len(e.shapes))} layer")
    st.data_editor(
        pd.DataFrame(np.array(rows, dtype=float), index=sources[: len(rows)], columns=columns),
        key=key,
        on_change=take,
        column_config={
            c: st.column_config.NumberColumn(n, format="%.6g") for c, n in zip(columns, neurons, strict=True)
        },
        alt=f"Start weights of the {layer_name(layer, len(e.shapes))} layer",
    )
