"""The grid's columns of derived inputs: computed from the cells of their row, to be read only."""

from typing import Any

import streamlit as st

from pages.charts.style.format import format_number
from pages.state.visit import Visit


def derived_columns(formulas: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of derived inputs: "d1" for the first."""
    return tuple(f"d{number + 1}" for number in range(len(formulas)))


def read_derived(visit: Visit) -> dict[str, list[str]]:
    """What is displayed in them, a text a row; "" while what is typed cannot be trained."""
    formulas, e, rows = visit.draft.derived, visit.run.wanted, len(visit.draft.base.rows)
    columns = derived_columns(formulas)
    if visit.run.is_refused or e.derived != formulas or len(e.inputs) != rows:
        return {column: [""] * rows for column in columns}
    values = e.unscaled_features[:, len(e.input_names) :].T
    return {column: list(map(format_number, each)) for column, each in zip(columns, values.tolist(), strict=True)}


def derived_settings(formulas: tuple[str, ...], width: int) -> dict[str, Any]:
    """Title and width of each column: of the width of an output, or of its title where that is longer."""
    return {
        column: st.column_config.TextColumn(
            formula,
            disabled=True,
            alignment="right",
            width=max(width, min(8 * len(formula) + 16, 2 * width)),
            help=f"{formula}: computed, an input like the others.",
        )
        for column, formula in zip(derived_columns(formulas), formulas, strict=True)
    }
