"""Derived inputs: formulas of the table's columns, chosen or typed, which go into the network beside them."""

import streamlit as st

from pages.reading.derived_formulas import read_formula, suggest_formulas
from pages.state.bound_widget import bind
from pages.state.visit import Visit
from pages.widgets.settings.reshape import reshape_network


def show_derived_inputs(visit: Visit, is_locked: bool) -> None:
    """A list to choose from, into which any formula can be typed."""
    columns, chosen = visit.draft.table.inputs, list(visit.draft.derived)
    options = list(dict.fromkeys((*suggest_formulas(columns), *chosen)))

    def take(texts: list[str]) -> None:
        formulas = dict.fromkeys(read_formula(text, visit.draft.table.inputs) for text in texts)
        reshape_network(visit, derived=tuple(formulas))

    st.multiselect(
        "Derived inputs",
        options,
        chosen,
        disabled=is_locked,
        accept_new_options=True,
        placeholder="None: choose, or type one",
        help="More inputs, computed from the table's. Type your own: x1 - x2, 2\\*sin(x1), |x2|, sqrt(x1^2 + x2^2).",
        **bind("derived", chosen, take, options),
    )
