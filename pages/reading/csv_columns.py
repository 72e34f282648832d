"""A file's columns under names that an experiment takes; what was renamed or left out on the way is said in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from engine import LIMITS
from engine.model.table_validation import COLUMN_NAME
from engine.model.validation import short_repr
from pages.reading.csv_cells import Cell, read_value
from pages.reading.csv_text import Layout, file_error, read_rows

MOST_COLUMNS = 100
"""Columns that a file may have: more than an experiment's, for some are left out."""

MOST_CELLS = 25_000
"""Cells that a file may have, five times an experiment's: a thousand rows of twenty-five columns."""

LONGEST_NAME = 200
"""Of a name, so many characters are looked at."""

HELD_OUT_NAME = "held out?"
"""The column of rows held out in our own files: no column of an experiment may be called so."""

TRUTH_VALUES = {"true": 1.0, "false": 0.0}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns under names that an experiment takes; a cell is a number, a text, or None where it is empty.

    `held` says which rows are held out of training, () where the file does not; `notes` what became of names and
    columns, in words.
    """

    names: tuple[str, ...]
    columns: tuple[tuple[Cell, ...], ...]
    held_out: tuple[bool, ...]
    notes: tuple[str, ...]


def read_sheet(text: str, layout: Layout) -> Sheet:
    """The columns of a text, or ExperimentError that names the line."""
    top, rows = _names_and_rows(text, layout)
    cells = [[read_value(cell, layout.decimal) for cell in column] for column in zip(*rows, strict=True)]
    return _make_sheet(top, [_read_truth_values(column) for column in cells])


def _names_and_rows(text: str, layout: Layout) -> tuple[list[str], list[list[str]]]:
    """The names, if there are any, and the rows, all of one width; too much of anything is refused when it is seen."""
    top: list[str] = []
    rows: list[list[str]] = []
    width = 0
    for line, row in read_rows(text, layout.separator):
        if len(row) > MOST_COLUMNS:
            raise file_error(
                f"The file has {len(row):,} columns, at most {MOST_COLUMNS} are read: keep those that matter."
            )
        if layout.header and not top:
            top = row
            continue
        if top and not rows and len(top) == len(row) - 1:  # R writes no name over the names of the rows
            top = ["", *top]
        width = width or len(top) or len(row)
        rows.append(row)
        if len(row) != width:
            raise file_error(f"Line {line} has {len(row)} cells where others have {width}: make them equal.")
        if len(rows) > LIMITS["rows"]:
            raise file_error(f"The file has more than {LIMITS['rows']:,} rows: keep fewer, say every third.")
        if len(rows) * width > MOST_CELLS:
            raise file_error(
                f"The file has more than {MOST_CELLS // width:,} rows of {width} columns, and {MOST_CELLS:,} cells are "
                "the most that are read: keep fewer rows, or the columns that matter."
            )
    if not rows:
        raise file_error("There are names but no rows under them." if top else "The file has no rows.")
    return top, rows


def clean_name(name: str, taken: Iterable[str], otherwise: str) -> str:
    """The nearest name that an experiment takes and that is not taken yet.

    >>> clean_name("=size [cm]", (), "column 1"), clean_name("<b>", ("b",), "column 2"), clean_name("!", (), "column 3")
    ('size (cm)', 'b 2', 'column 3')
    """
    base = name.strip()[:LONGEST_NAME]
    if not COLUMN_NAME.fullmatch(base) or len(base) > LIMITS["name"]:
        text = re.sub(r"[^\w .()/%+-]+", " ", base.translate(str.maketrans("[]{}", "()()")))
        base = re.sub(r"^[\W_]+", "", " ".join(text.split()))[: LIMITS["name"]].rstrip() or otherwise
    result, number, known = base, 1, set(taken)
    while result in known:
        number += 1
        result = f"{base[: LIMITS['name'] - len(str(number)) - 1].rstrip()} {number}"
    return result


def _read_truth_values(column: list[Cell]) -> list[Cell]:
    """TRUE and FALSE as 1 and 0, where a column has nothing else."""
    words = {cell.lower() if isinstance(cell, str) else "1" for cell in column if cell is not None}
    if not words or not words <= TRUTH_VALUES.keys():
        return column
    return [TRUTH_VALUES[cell.lower()] if isinstance(cell, str) else cell for cell in column]


def _make_sheet(top: list[str], columns: list[list[Cell]]) -> Sheet:
    """The columns that are worth having, under names that an experiment takes."""
    names: list[str] = []
    kept: list[tuple[Cell, ...]] = []
    held: tuple[bool, ...] = ()
    notes: list[str] = []
    for at, column in enumerate(columns):
        given = top[at].strip() if top else ""
        if top and at == 0 and not given and _is_row_label(column):
            notes.append("The first column has no name and only labels the rows: it is left out.")
        elif given == HELD_OUT_NAME and all(cell in (0.0, 1.0) for cell in column):
            held = tuple(cell == 1.0 for cell in column)
        elif all(cell is None for cell in column):
            notes.append(f"Column {at + 1} is empty: it is left out.")
        else:
            names.append(clean_name(given, names, f"column {at + 1}"))
            kept.append(tuple(column))
            if given and given != names[-1]:
                notes.append(f"Column {at + 1}, {short_repr(given)}, is now called {names[-1]}.")
    if len(kept) < 2:
        raise file_error("The table needs two columns or more: what goes in, and what should come out.")
    return Sheet(tuple(names), tuple(kept), held, tuple(notes))


def _is_row_label(column: list[Cell]) -> bool:
    """Whether a column counts its rows, or names each of them."""
    numbers = [cell for cell in column if isinstance(cell, float)]
    if len(numbers) == len(column):
        return all(cell.is_integer() for cell in numbers) and all(a < b for a, b in pairwise(numbers))
    return not numbers and None not in column and len(set(column)) == len(column)
