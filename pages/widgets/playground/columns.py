"""Columns are added, removed and renamed beside the grid, and rows are held out of training there."""

from functools import partial

import streamlit as st

from engine import LIMITS
from pages.state.bound_widget import bind
from pages.state.visit import Bench
from pages.widgets.frame.messages import escape_markdown


def show_columns(bench: Bench, message: str | None) -> None:
    """A popover with a line for every column."""
    with st.popover("Columns", icon=":material/view_column:", help="Add, remove and rename columns; hold rows out."):
        table = bench.table
        if message:
            st.caption(escape_markdown(message))
        lines = st.container(key="pairs of columns")
        for column, name in zip(table.columns, table.inputs + table.targets, strict=True):
            lines.text_input(
                f"{'Input' if column.startswith('x') else 'Target'} {column[1:]}",
                name,
                max_chars=LIMITS["name"],
                **bind(f"name {column}", name, partial(rename_column, bench, column)),
            )
            lines.button(
                "",
                icon=":material/delete:",
                key=f"remove {column}",
                help=f"Remove column {column}",
                on_click=lambda column=column: bench.reshape(bench.table.without_column(column)),
            )
        line = st.container(horizontal=True, gap="small")
        line.button("Add input", width="stretch", on_click=lambda: bench.reshape(bench.table.with_column(target=False)))
        line.button("Add target", width="stretch", on_click=lambda: bench.reshape(bench.table.with_column(target=True)))
        st.toggle(
            "Hold rows out of training",
            bench.holding,
            help="Adds a column of boxes: the ticked rows are tested, not trained on.",
            **bind("holding", bench.holding, lambda on: show_held_out(bench, on)),
        )


def rename_column(bench: Bench, column: str, name: str) -> None:
    """Give a column another name."""
    bench.put(bench.table.with_name(column, name))


def show_held_out(bench: Bench, on: bool) -> None:
    """Show or remove the boxes."""
    table = bench.table
    bench.holding = on
    bench.put(table)
