"""A paste into the grid or the start weights: cell for cell where it fits, else a table that is previewed."""

from collections.abc import Sequence

import streamlit as st

from engine import ExperimentError
from engine.model.validation import short_repr
from pages.reading.cells import read_cell
from pages.reading.edited_table import HELD_OUT
from pages.reading.sheets.columns import read_sheet
from pages.reading.sheets.layout import guess_layout
from pages.reading.sheets.pasted_block import Block, fits_table, insert_block, split_block
from pages.state.visit import Visit
from pages.widgets.files.file_preview import Source, show_preview
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.frame.tab_component import Paste
from pages.widgets.settings.start_weights import paste_start_weights
from pages.widgets.table.grid import column_settings, grid_columns, row_marks
from pages.widgets.table.grid_outputs import read_outputs

MOVED = "Nothing was pasted: columns of the grid were moved or hidden. Paste into one column at a time."
LOCKED = (
    "What you pasted is another table than this one, and whoever made this link has fixed parts of the page, so it was "
    "not opened. Paste what fits into this table, or ask them for a link with nothing fixed."
)


def take_paste(visit: Visit, paste: Paste) -> None:
    """Put what was pasted into the table, or keep it to be looked at; what is no table is told and changes nothing."""
    try:
        block = split_block(paste.text)
    except ExperimentError as error:
        st.toast(escape_markdown(f"Nothing was pasted. {error}"), icon=":material/info:")
        return
    if paste.key.startswith("start"):
        paste_start_weights(visit, block, paste)
    elif "table" not in visit.link.restrictions.fixed_parts:
        paste_cells(visit, block, paste)


def paste_cells(visit: Visit, block: Block, paste: Paste) -> None:
    """The same for the grid. Pasted onto the columns before the first input, a block begins there.

    Not onto computed columns after the last target, and a single column not onto the boxes that hold rows out.
    """
    table = visit.draft.table
    columns, is_moved = shown_columns(visit, paste)
    block, is_copy = take_copied_rows(visit, block)
    name = columns[paste.column] if paste.column < len(columns) else ""
    if not name or (name == HELD_OUT and len(block[0]) == 1):
        st.toast("Nothing was pasted. Choose a cell of an input or a target first.", icon=":material/info:")
        return
    column = table.columns.index(name) if name in table.columns and not is_copy else 0
    width = len(block[0])
    if is_moved and columns[paste.column : paste.column + width] != table.columns[column : column + width]:
        st.toast(MOVED, icon=":material/info:")
        return
    row = min(paste.row, len(table.rows))
    if fits_table(block, table, row, column):
        visit.draft.put(insert_block(block, table, row, column))
        tell_missing(block, (table.inputs + table.targets)[column:], row)
    elif word := find_word(paste.text, block):
        words = (
            f"Nothing was pasted. {short_repr(word)} is not a number: copy numbers alone, with 1 for yes and 0 for no."
        )
        st.toast(escape_markdown(words), icon=":material/info:")
    elif visit.link.restrictions.fixed_parts:
        st.toast(LOCKED, icon=":material/info:")
    else:
        visit.keep_paste(paste.text)


def shown_columns(visit: Visit, paste: Paste) -> tuple[tuple[str, ...], bool]:
    """The columns as the grid shows them, "" for one out of view, and whether it was told to hide or to move some."""
    columns = grid_columns(visit.draft.base, visit.draft.holds_rows_out)
    settings = column_settings(visit.draft.base, visit.draft.holds_rows_out)
    by_title = {settings[column]["label"]: column for column in columns}
    shown = {at: by_title[title] for at, title in paste.titles if title in by_title}
    if all(at < len(columns) and columns[at] == column for at, column in shown.items()):
        return columns, False
    return tuple(shown.get(at, "") for at in range(max(shown) + 1)), True


def take_copied_rows(visit: Visit, block: Block) -> tuple[Block, bool]:
    """The inputs and targets of a block that is whole rows copied from the grid, and True; else the block as it is.

    Such rows begin with their number and their outputs, which are nobody's inputs.
    """
    table, outputs, marks = visit.draft.base, read_outputs(visit).texts, row_marks(visit)
    columns = grid_columns(table, visit.draft.holds_rows_out, visit.draft.derived)
    beginnings = {
        (f"{row + 1}{marks[row]}", *(texts[row] for texts in outputs.values())) for row in range(len(table.rows))
    }
    width = 1 + len(outputs)
    if len(block[0]) != len(columns) or any(tuple(cells[:width]) not in beginnings for cells in block):
        return block, False
    places = [columns.index(column) for column in table.columns]
    return tuple(tuple(cells[at] for at in places) for cells in block), True


def tell_missing(block: Block, names: Sequence[str], first_row: int) -> None:
    """Say which signs in a block were read as empty cells, such as #DIV/0!: unseen, a target would be a question."""
    missing = [
        (cell, f"row {first_row + at + 1}, column {name}")
        for at, cells in enumerate(block)
        for cell, name in zip(cells, names, strict=False)
        if cell.strip() and read_cell(cell).kind == "missing"
    ]
    if missing:
        cell, place = missing[0]
        first = f"{short_repr(cell.strip())} in {place}"
        words = (
            f"{len(missing):,} cells were read as empty, first {first}." if missing[1:] else f"Read as empty: {first}."
        )
        st.toast(escape_markdown(words), icon=":material/info:")


def find_word(text: str, block: Block) -> str:
    """The first word of a column that is no table of several either; "" where it is one, or there is no word."""
    if len(block[0]) > 1:
        return ""
    try:
        read_sheet(text, guess_layout(text))
    except ExperimentError:
        return next((cell for (cell,) in block if read_cell(cell).kind == "text"), "")
    return ""


def show_pasted_table(visit: Visit) -> None:
    """The dialog about what was pasted and did not fit."""
    if visit.pasted is not None:
        source = Source("The clipboard", f"paste {visit.pastes}", visit.pasted)
        show_preview(visit, source, "Open what you pasted", visit.dismiss_paste)
