"""The grid: inputs, targets and, beside each target, the network's output at the cursor's epoch.

Streamlit keeps the edits of a grid only while the cells passed to it stay the same. So output columns are passed empty,
and a pandas Styler displays the outputs, which change with every move of the cursor.
"""

from collections.abc import Iterator
from functools import partial
from itertools import cycle
from typing import Any

import pandas as pd
import streamlit as st

from engine.model.targets import correct_outputs
from pages.charts.style.format import format_number
from pages.charts.style.palette import palette_for
from pages.reading.cells import cell_text
from pages.reading.edited_table import HELD_OUT, EditedTable
from pages.state.visit import Visit

ROW_COLUMN = "row"


def show_grid(visit: Visit) -> None:
    """Draw the grid; its edits are in the session state under `visit.draft.grid_key`."""
    base = visit.draft.base
    outputs = {f"o{i + 1}": name for i, name in enumerate(base.targets)}
    texts, wrong = output_cells(visit)
    styled = grid_frame(base, visit.draft.holds_rows_out).style
    styled = styled.format({column: partial(next_text, cycle(texts[column])) for column in outputs})
    for column in filter(lambda column: any(wrong[column]), outputs):
        styled = styled.apply(lambda _, styles=wrong[column]: styles, subset=[column])
    alone = len(outputs) == 1
    config: dict[str, Any] = {
        ROW_COLUMN: st.column_config.TextColumn("#", disabled=True, width=30 if len(base.rows) < 10 else 42)
    }
    for at, (column, name) in enumerate(zip(base.columns, base.inputs + base.targets, strict=True)):
        title = f"{name} target" if alone and column.startswith("y") else name
        longest = max((len(cell_text(row[at])) for row in base.rows), default=0)
        config[column] = st.column_config.TextColumn(title, alignment="right", width=column_width(title, longest))
    for column, name in outputs.items():
        title = "output" if alone else f"→ {name}"
        config[column] = st.column_config.TextColumn(
            title,
            disabled=True,
            alignment="right",
            width=max(68, 8 * len(title) + 16),
            help="What the network answers at the epoch under the cursor. Red and ✗: not right.",
        )
    config[HELD_OUT] = st.column_config.CheckboxColumn("held out", help="Tick a row to test on it instead of training.")
    locked = "table" in visit.link.restrictions.fixed_parts
    st.data_editor(
        styled,
        key=visit.draft.grid_key,
        hide_index=True,
        disabled=locked,
        num_rows="fixed" if locked else "dynamic",
        column_config=config,
        placeholder=" ",
        alt="The table: inputs, targets and the network's outputs",
    )
    if visit.run.history:
        epoch = int(visit.run.history.epochs[visit.run.history.frame_at(visit.view.cursor)])
        st.caption(f"Outputs at epoch {epoch:,}. Red and ✗ mean not right.{' The table is locked.' * locked}")


def column_width(title: str, longest: int) -> int:
    """Pixels for a column, so that neither its title nor its longest cell is cut off.

    >>> column_width("x1", 1), column_width("x1", 8), column_width("y1 target", 8)
    (46, 82, 104)
    """
    return max(9 * len(title) + 28 if len(title) < 6 else 8 * len(title) + 32, 8 * longest + 18)


def next_text(texts: Iterator[str], _: object) -> str:
    """The text of the next output cell: pandas formats the cells of a column from top to bottom."""
    return next(texts)


def grid_frame(base: EditedTable, holding: bool) -> pd.DataFrame:
    """The base table as a data frame of texts, with empty output columns."""
    columns: dict[str, Any] = {ROW_COLUMN: [str(row + 1) for row in range(len(base.rows))]}
    for at, column in enumerate(base.columns):
        columns[column] = [cell_text(row[at]) for row in base.rows]
        if column.startswith("y"):
            columns[f"o{column[1:]}"] = [""] * len(base.rows)
    texts = pd.DataFrame(columns, dtype="str")
    return texts.assign(**{HELD_OUT: list(base.held_out)}) if holding else texts


def output_cells(visit: Visit) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The texts and styles of every output column, one per base row; "" if a row has no output."""
    history, rows = visit.run.history, len(visit.draft.base.rows)
    columns = [f"o{i + 1}" for i in range(len(visit.draft.base.targets))]
    if history is None or history.outputs.shape[1:] != (rows, len(columns)):
        return {column: [""] * rows for column in columns}, {column: [""] * rows for column in columns}
    outputs = history.outputs[history.frame_at(visit.view.cursor)]
    same_shape = len(visit.run.wanted.inputs) == rows and len(visit.run.wanted.target_names) == len(columns)
    judged = visit.run.wanted if same_shape else history.experiment
    right, questions = correct_outputs(judged, outputs), frozenset(judged.question_rows)
    tint = palette_for(st.context.theme.type).wrong_tint
    width = len(visit.draft.base.inputs)
    edited = visit.draft.base.with_edits({"edited_rows": visit.draft.edits.get("edited_rows", {})})
    own = [row[:width] == inputs for row, inputs in zip(edited.rows, history.experiment.inputs, strict=True)]
    texts, styles = {}, {}
    for i, column in enumerate(columns):
        texts[column] = [
            format_number(value) + " ✗" * (not ok) if mine else ""
            for value, ok, mine in zip(outputs[:, i].tolist(), right[:, i], own, strict=True)
        ]
        styles[column] = [
            f"background-color: {tint}" if mine and not ok and row not in questions else ""
            for row, (ok, mine) in enumerate(zip(right[:, i], own, strict=True))
        ]
    return texts, styles
