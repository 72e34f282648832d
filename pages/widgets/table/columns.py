"""The list of columns: add, remove and rename them, and hold rows out of training."""

from functools import partial

import streamlit as st

from engine import LIMITS
from pages.reading.derived_formulas import formulas_over, rename_formulas
from pages.state.bound_widget import bind
from pages.state.visit import Visit
from pages.widgets.settings.reshape import reshape_network
from pages.widgets.table.held_out_rows import show_held_out_rows


def show_columns(visit: Visit) -> None:
    """An expander with one line per column; it pushes what follows down, where a popover would cover the table."""
    fold = st.expander("Columns and held-out rows", icon=":material/view_column:", key="columns", on_change="rerun")
    if not fold.open:
        return
    with fold:
        table, restrictions = visit.draft.table, visit.link.restrictions
        # the rows that were trained on before have these columns, and a lesson may not let them go
        is_fixed = bool(visit.draft.settings["earlier_tables"]) and "controls" in restrictions.fixed_parts
        lines = st.container(key="pairs of columns")
        for column, name in zip(table.columns, table.inputs + table.targets, strict=True):
            lines.text_input(
                f"{'Input' if column.startswith('x') else 'Target'} {column[1:]}",
                name,
                max_chars=LIMITS["name"],
                **bind(f"name {column}", name, partial(rename_column, visit, column)),
            )
            lines.button(
                "",
                icon=":material/delete:",
                key=f"remove {column}",
                help=f"Remove column {column}",
                disabled=is_fixed,
                on_click=partial(remove_column, visit, column),
            )
        line = st.container(horizontal=True, gap="small")
        line.button(
            "Add input",
            width="stretch",
            disabled=is_fixed,
            on_click=lambda: reshape_network(visit, visit.draft.table.with_column(target=False)),
        )
        line.button(
            "Add target",
            width="stretch",
            disabled=is_fixed,
            on_click=lambda: reshape_network(visit, visit.draft.table.with_column(target=True)),
        )
        show_held_out_rows(visit)


def rename_column(visit: Visit, column: str, name: str) -> None:
    """Give a column another name, in the formulas of derived inputs too."""
    before = visit.draft.table
    after = before.with_name(column, name)
    visit.draft.put(after)
    visit.draft.change(derived=rename_formulas(visit.draft.derived, before.inputs, after.inputs))


def remove_column(visit: Visit, column: str) -> None:
    """Remove a column, and the derived inputs that are computed from it."""
    table = visit.draft.table.without_column(column)
    reshape_network(visit, table, derived=formulas_over(visit.draft.derived, table.inputs))
