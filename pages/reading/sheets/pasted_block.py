"""A block of cells from the clipboard goes into the table cell for cell, where it fits; else it is another table.

A spreadsheet copies rows as lines and parts cells by tabs; what ends in an end of line has no empty row after it.
Whatever else was copied, such as lines of a CSV, is words in one column here: it does not fit, and is read as a file.
"""

import csv
import io
from dataclasses import replace
from itertools import chain
from typing import TypeAlias

from engine import LIMITS
from pages.reading.cells import read_cell
from pages.reading.edited_table import EditedTable
from pages.reading.sheets.decoding import clean_text, file_error, unfold_table

Block: TypeAlias = tuple[tuple[str, ...], ...]
"""Rows of cells as texts, all of one width."""


def split_block(text: str) -> Block:
    """The cells of what was copied, or ExperimentError where it is nothing, no text or far too much.

    A blank line is an empty cell in one column; beside rows of several cells it is none.

    >>> split_block("1\\t2\\n3\\t\\n")
    (('1', '2'), ('3', ''))
    """
    text = unfold_table(clean_text(text))
    lines = text.removesuffix("\n").count("\n") + 1
    cells = text.count("\t") + lines
    if lines > LIMITS["rows"] or cells > LIMITS["cells"]:
        raise file_error(
            f"{cells:,} cells in {lines:,} {'row' if lines == 1 else 'rows'}, at most {LIMITS['cells']:,} in "
            f"{LIMITS['rows']:,} are taken: copy fewer."
        )
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    except csv.Error:
        raise file_error("A cell of what was copied is too long.") from None
    width = max(map(len, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows if row or width == 1)


def fits_table(block: Block, table: EditedTable, row: int, column: int) -> bool:
    """Whether a block can go into a table with its first cell at this row and column, both counted from 0.

    Not where a cell is a word or a name, where it is wider than what is left of the table, and where it would replace
    every row but not every column: then it is another table. It may go on below the last row.
    """
    width, columns = len(block[0]), len(table.columns)
    if column + width > columns or any(read_cell(cell).kind == "text" for cell in chain.from_iterable(block)):
        return False
    replaces_all_rows = row == 0 and len(block) >= len(table.rows) > 1
    return not (replaces_all_rows and column == 0 and 1 < width < columns)


def insert_block(block: Block, table: EditedTable, row: int, column: int) -> EditedTable:
    """The table with a block that fits in place of its cells, of which those of a column decide together."""
    rows = [list(cells) for cells in table.rows]
    rows += [[None] * len(table.columns) for _ in range(row + len(block) - len(rows))]
    for at, cells in enumerate(block, row):
        rows[at][column : column + len(cells)] = cells
    held_out = table.held_out + (False,) * (len(rows) - len(table.held_out))
    return replace(table, rows=tuple(map(tuple, rows)), held_out=held_out).with_numbers()
