"""The sheet is the table and its outputs to read: what stands in the grid's place where a link has locked the table."""

from typing import Any

import streamlit as st

from pages.widgets.bench import Bench
from pages.widgets.grid import ROW, frame, shown
from pages.widgets.table import HELD


def sheet(bench: Bench) -> None:
    """Draw the table of a bench, with nothing to type into."""
    table = bench.base
    texts, wrong = shown(bench)
    config: dict[str, Any] = {ROW: st.column_config.TextColumn("#", width=42)}
    for column, name in zip(table.columns, table.inputs + table.targets, strict=True):
        config[column] = st.column_config.TextColumn(name, alignment="right")
    for column, name in zip(texts, table.targets, strict=True):
        config[column] = st.column_config.TextColumn(f"→ {name}", alignment="right")
    config[HELD] = st.column_config.CheckboxColumn("held out")
    styled = frame(table, bench.holding).assign(**texts).style
    for column, styles in wrong.items():
        styled = styled.apply(lambda _, styles=styles: styles, subset=[column])
    st.dataframe(
        styled,
        hide_index=True,
        column_config=config,
        alt="The table: inputs, targets and the network's outputs",
    )
    st.caption("The link has locked the table. Orange means not right.")
