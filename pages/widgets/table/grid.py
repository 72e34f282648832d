"""The grid: each row's number, its outputs at the cursor's epoch, and its inputs and targets, which can be edited.

Streamlit keeps the edits of a grid only while the cells passed to it stay the same. So the cells of the first columns
are passed empty, and the outputs, which change with every move of the cursor, are only displayed there.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from engine.diagnosis.finding import list_numbers
from pages.charts.style.palette import palette_for
from pages.private_api.displayed_table import DisplayedTable
from pages.reading.cells import cell_text
from pages.reading.edited_table import HELD_OUT, EditedTable
from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.table.column_width import column_width, telling_letters
from pages.widgets.table.derived_columns import derived_columns, derived_settings, read_derived
from pages.widgets.table.grid_outputs import output_columns, read_outputs

ROW_COLUMN = "row"
OUTPUT_WIDTH = 80
"""Pixels for an output, the longest too, such as -1.23e-05. Like all widths it may not change while the grid has edits:
Streamlit would take it for another grid."""

PHONE_WIDTH, ROW_BOXES, BOX_WIDTH = 376, 33, 90
"""Pixels that a phone has for the grid, see page.css; those of the boxes that choose rows, and that hold them out."""

SHORT_NAME = 2
"""Characters of a name that has room for "target" behind it."""

SHORT_CELLS = 2
"""Columns of no longer cells are centred: a 1 is then seen even where a phone's edge cuts its column."""

ROW_HELP = "! a cell of the row is in the way, ○ held out of training, ? a question: the network answers it."


def grid_columns(table: EditedTable, has_boxes: bool, derived: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The columns from left to right: number and outputs stand first and stay in view, derived inputs last."""
    boxes = (HELD_OUT,) if has_boxes else ()
    return (ROW_COLUMN, *output_columns(table), *boxes, *table.columns, *derived_columns(derived))


def show_grid(visit: Visit) -> dict[str, Any]:
    """Draw the grid, whose edits are in the session state under `visit.draft.grid_key`; gives how its columns look."""
    base, has_boxes = visit.draft.base, visit.draft.holds_rows_out
    locked = "table" in visit.link.restrictions.fixed_parts
    of_table = column_settings(base, has_boxes)
    columns = of_table | derived_settings(visit.draft.derived, OUTPUT_WIDTH)
    st.data_editor(
        displayed_grid(visit),
        key=visit.draft.grid_key,
        hide_index=True,
        disabled=locked,
        num_rows="fixed" if locked else "dynamic",
        column_config=columns,
        placeholder=" ",
        alt="The table: the network's outputs, inputs and targets",
    )
    if visit.run.history:
        epoch = int(visit.run.history.epochs[visit.run.history.frame_at(visit.view.cursor)])
        words = "Outputs come back when the table can be trained."
        if not visit.run.is_refused:
            words = f"Outputs at epoch {epoch:,}. Red and ✗ mean not right."
            if start := visit.run.history.experiment.table_start:
                last = int(visit.run.history.epochs[-1])
                words += f" Until epoch {min(start, last):,} the network learned the rows as they were then"
                words += "." if last <= start else ", and the loss is theirs."
            if known := visit.run.history.experiment.test_rows_learned_before:
                rows = list_numbers("row", (row + 1 for row in known))
                words += f" No fair test: {rows}, held out now, {'was' if len(known) == 1 else 'were'} learned then."
        st.caption(f"{words}{' The table is locked.' * locked}")
    if is_beyond_phone(of_table):
        with st.container(key="swipe"):  # is seen on a phone only
            st.caption(f"The table goes on to the right, to its target {escape_markdown(base.targets[-1])}: swipe it.")
    return columns


def displayed_grid(visit: Visit) -> DisplayedTable:
    """The cells of the grid with what is displayed in the empty ones, and the tints of wrong and of bad ones."""
    base, palette = visit.draft.base, palette_for(st.context.theme.type)
    tint, rows = f"background-color: {palette.wrong_tint}", len(base.rows)
    outputs = read_outputs(visit)
    styles = {column: [tint * bad for bad in cells] for column, cells in outputs.wrong.items()}
    for cell in visit.run.bad_cells:
        if cell.row < rows and visit.draft.has_rows_of_base:
            for column in (ROW_COLUMN, cell.column):
                styles.setdefault(column, [""] * rows)[cell.row] = tint
    styles |= dict.fromkeys(derived_columns(visit.draft.derived), [f"color: {palette.muted}"] * rows)
    numbers = [f"{row}{mark}" for row, mark in enumerate(row_marks(visit), 1)]
    texts = {ROW_COLUMN: numbers} | outputs.texts | read_derived(visit)
    return DisplayedTable(grid_frame(base, visit.draft.holds_rows_out, visit.draft.derived), texts, styles)


def column_settings(base: EditedTable, has_boxes: bool) -> dict[str, Any]:
    """Title, width and place of every column."""
    alone = len(base.targets) == 1
    width = 8 * len(str(len(base.rows))) + 26
    number = st.column_config.TextColumn("#", disabled=True, width=width, pinned=True, help=ROW_HELP)
    config: dict[str, Any] = {ROW_COLUMN: number}
    for column, name in zip(output_columns(base), base.targets, strict=True):
        title = "output" if alone else f"→ {name}"
        config[column] = st.column_config.TextColumn(
            title,
            disabled=True,
            pinned=True,
            alignment="right",
            width=max(OUTPUT_WIDTH, 8 * len(title) + 16),
            help="What the network answers at the epoch under the cursor. Red and ✗: not right.",
        )
    if has_boxes:
        config[HELD_OUT] = st.column_config.CheckboxColumn(
            "held out", pinned=True, width=BOX_WIDTH, help="Tick a row to test on it instead of training."
        )
    for at, (column, name) in enumerate(zip(base.columns, base.inputs + base.targets, strict=True)):
        is_target = column.startswith("y")
        title = f"{name} target" if alone and is_target and len(name) <= SHORT_NAME else name
        longest = max((len(cell_text(row[at])) for row in base.rows), default=0)
        config[column] = st.column_config.TextColumn(
            title,
            alignment="center" if longest <= SHORT_CELLS else "right",
            width=column_width(title, longest, telling_letters(name, base.inputs + base.targets)),
            help=f"{name}: a target, what the network should answer. Empty: a question." if is_target else None,
        )
    return config


def is_beyond_phone(columns: dict[str, Any]) -> bool:
    """Whether some of the last of these columns lies beyond a phone's edge until the grid is moved."""
    return ROW_BOXES + sum(int(column["width"]) for column in columns.values()) > PHONE_WIDTH


def output_place(visit: Visit, columns: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where the outputs stand in the grid, for the browser to draw those of other epochs there (grid_outputs.js).

    `columns` is how the grid's columns look; None where its rows are not those of the run on the page.
    """
    if visit.run.is_refused or not visit.run.is_shown:
        return None
    in_order = [columns[c] for c in grid_columns(visit.draft.base, visit.draft.holds_rows_out, visit.draft.derived)]
    return {
        "key": visit.draft.grid_key.replace(" ", "-"),  # as its class has it
        "titles": [column["label"] for column in in_order],
        "widths": [column["width"] for column in in_order],
        "first": 1,
        "count": len(visit.draft.base.targets),
    }


def grid_frame(base: EditedTable, has_boxes: bool, derived: tuple[str, ...] = ()) -> pd.DataFrame:
    """The base table as a data frame of texts, with empty cells where something is displayed."""
    columns = grid_columns(base, has_boxes, derived)
    texts = dict.fromkeys(columns, [""] * len(base.rows))
    texts[ROW_COLUMN] = [str(row + 1) for row in range(len(base.rows))]
    for at, column in enumerate(base.columns):
        texts[column] = [cell_text(row[at]) for row in base.rows]
    frame = pd.DataFrame(texts, dtype="str")
    if has_boxes:
        frame[HELD_OUT] = list(base.held_out)
    return frame


def row_marks(visit: Visit) -> list[str]:
    """What stands after each row's number: a cell of it is in the way, or it is held out of training, or a question."""
    draft, run = visit.draft, visit.run
    bad = {cell.row for cell in run.bad_cells}
    held, questions = set(run.wanted.test_rows), set(run.wanted.question_rows)
    if not draft.has_rows_of_base or (not bad and len(run.wanted.inputs) != len(draft.base.rows)):
        return [""] * len(draft.base.rows)
    return [
        " !" if row in bad else " ○" if row in held else " ?" if row in questions else ""
        for row in range(len(draft.base.rows))
    ]
