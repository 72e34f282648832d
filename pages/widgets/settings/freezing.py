"""Weights and biases are frozen one by one or a layer at a time: training leaves them as they start."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from engine import Experiment, ExperimentError
from engine.model.plan.frozen import flag_parts, frozen_parts, name_parts, split_by_name
from engine.model.weight_index import layer_name, neuron_names, source_names
from pages.state.bound_widget import bind
from pages.state.visit import Visit
from pages.state.widget_values import widget_value

Locks = dict[str, npt.NDArray[np.bool_]]
"""By the name of its array, "W1" or "b1", whether each weight or bias is frozen."""


def show_freezing(visit: Visit, is_locked: bool) -> None:
    """The switch and, if it is on, a table of boxes for every layer; switched off, nothing is frozen."""
    e, frozen = visit.run.wanted, bool(visit.draft.settings["frozen"])
    shows = frozen or visit.view.shows_locks

    def switch(on: bool) -> None:
        visit.view.show_locks(on)
        if not on:
            visit.draft.change(frozen=())

    st.toggle(
        "Freeze weights",
        shows,
        disabled=is_locked,
        help="Tick what training shall leave as it starts. Its gradient is still computed and shown.",
        **bind("freezing", shows, switch),
    )
    if shows:
        for layer in range(len(e.shapes)):
            show_layer(visit, e, layer, is_locked)


def show_layer(visit: Visit, e: Experiment, layer: int, is_locked: bool) -> None:
    """One layer: a box for all of it, and one for each weight, the biases last."""
    name, arrays = f"{layer_name(layer, len(e.shapes))} layer", [f"W{layer + 1}", f"b{layer + 1}"][: 1 + e.bias]
    _, locks = read_locks(visit, e)
    boxes = np.vstack([locks[array] for array in arrays])
    columns = [str(j) for j in range(boxes.shape[1])]
    key = f"locks {layer} {visit.draft.edition} {e.shapes} {e.bias}"

    def take(change: dict[int, dict[str, Any]] | None = None, *, whole: bool | None = None) -> None:
        flags, parts = read_locks(visit, e)
        rows = [row for array in arrays for row in np.atleast_2d(parts[array])]
        for index, cells in (change or {}).items():
            for column, value in cells.items():
                rows[int(index)][int(column)] = bool(value)
        for row in rows if whole is not None else ():
            row[:] = whole
        visit.draft.change(frozen=name_parts(flags, e.shapes, e.bias))

    st.checkbox(
        f"Freeze the {name}",
        bool(boxes.all()),
        disabled=is_locked,
        **bind(f"freeze {layer}", bool(boxes.all()), lambda on: take(whole=on)),
    )
    st.data_editor(
        pd.DataFrame(boxes, index=pd.Index(source_names(e, layer), name="from"), columns=columns),
        key=key,
        disabled=is_locked,
        on_change=lambda: take((widget_value(key, dict) or {}).get("edited_rows")),
        column_config={
            column: st.column_config.CheckboxColumn(neuron)
            for column, neuron in zip(columns, neuron_names(e, layer), strict=True)
        },
        alt=f"Which weights of the {name} are frozen",
    )


def read_locks(visit: Visit, e: Experiment) -> tuple[npt.NDArray[np.bool_], Locks]:
    """What is frozen of the network, as one vector and as views of it by array; nothing where the draft is refused."""
    try:
        names = frozen_parts(visit.draft.settings["frozen"], e.shapes, e.bias)
    except ExperimentError:
        names = ()
    flags = flag_parts(names, e.shapes, e.bias)
    return flags, dict(split_by_name(flags, e.shapes, e.bias))
