"""The cells of a text, as it is laid out: pandas reads them, all as texts, and what keeps it from that is said.

How the text is laid out is guessed in `layout`, or the visitor says so. Whatever is wrong is said with its line.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from engine import LIMITS, ExperimentError
from engine.model.validation import short_repr
from pages.reading.number_spelling import number_meanings
from pages.reading.sheets.decoding import file_error
from pages.reading.sheets.layout import COMMENT, MOST_LINES, SEPARATOR_LINE, Layout, prepare_line

MOST_COLUMNS = 100
"""Columns that a file may have: more than an experiment's, for some are left out."""

MOST_CELLS = 25_000
"""Cells that a file may have, five times an experiment's: a thousand rows of twenty-five columns."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """The cells of a table as texts."""

    names: tuple[str, ...]  # () where it has none
    units: tuple[str, ...]  # () where it has none
    columns: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]  # what was left out above and below the table, in words


def read_table(text: str, layout: Layout) -> TextTable:
    """The cells of a text, or ExperimentError that names the line."""
    lines = text.split("\n")
    above = [line for line in lines[: layout.lines_above] if prepare_line(line, layout.separator)]
    lines = lines[layout.lines_above :]
    prepared = [prepare_line(line, layout.separator) for line in lines[: MOST_LINES + 1]]
    prepared[0] = COMMENT.sub("", prepared[0], count=1).lstrip(" ")
    blank = f" \t{layout.separator[0]}"
    kept = [at for at, line in enumerate(prepared) if line.strip(blank) and not COMMENT.match(line)]
    body, numbers = [prepared[at] for at in kept], [layout.lines_above + at + 1 for at in kept]
    is_too_long = len(lines) > MOST_LINES
    if is_too_long and ('"' in text or len(kept) <= LIMITS["rows"] + 2):
        raise file_error(f"There are more than {MOST_LINES:,} lines: delete blank ones, and keep fewer rows.")
    rows = _read_rows(body, numbers, layout)
    names = rows.pop(0) if layout.header and rows else []
    units = rows.pop(0) if layout.has_units and rows else []
    below: list[str] = []
    while len(rows) > 1 and _is_remark(rows[-1]):
        below.insert(0, rows.pop()[0])
    if not rows:
        raise file_error("There are names but no rows under them." if names else "There are no rows.")
    if len(rows) > LIMITS["rows"]:
        raise file_error(f"The table has more than {LIMITS['rows']:,} rows: keep fewer, say every third.")
    width = len(rows[0])
    if len(rows) * width > MOST_CELLS:
        raise file_error(
            f"The table has more than {MOST_CELLS // width:,} rows of {width} columns, and {MOST_CELLS:,} cells are "
            "the most that are read: keep fewer rows, or the columns that matter."
        )
    comments = [line for line in prepared[1:] if COMMENT.match(line)]
    notes = (*_left_out("above", above), *_left_out("in", comments), *_left_out("below", below))
    return TextTable(tuple(names), tuple(units), tuple(zip(*rows, strict=True)), notes)


def _read_rows(body: list[str], numbers: list[int], layout: Layout) -> list[list[str]]:
    """The cells of lines that are not blank, all rows of one width; `numbers` are the lines' own."""
    delimiter = layout.separator[0]
    try:
        width = _width(body[:2], delimiter, layout.header)
    except csv.Error:
        raise _line_error(body, numbers, delimiter, MOST_COLUMNS) from None
    if width > MOST_COLUMNS:
        raise file_error(f"The table has {width:,} columns, at most {MOST_COLUMNS} are read: keep those that matter.")
    if not width:
        return []
    try:
        frame = pd.read_csv(
            io.StringIO("\n".join(body)),
            sep=delimiter,
            header=None,
            names=range(width),
            index_col=False,
            dtype=object,
            na_filter=False,
            skipinitialspace=True,
            engine="python",  # strict about quotation marks, and cells that are not there differ from empty ones
            nrows=LIMITS["rows"] + 20,
        )
    except (pd.errors.ParserError, csv.Error):
        raise _line_error(body, numbers, delimiter, width) from None
    rows: list[list[object]] = frame.to_numpy().tolist()
    if layout.header and rows and not isinstance(rows[0][width - 1], str):  # R writes no name over those of the rows
        rows[0] = ["", *rows[0][:-1]]
    return _equal_rows(rows, width, numbers)


def _width(first: list[str], delimiter: str, header: bool) -> int:
    """The number of cells in a row: as many as in the first, or one more where only names are one short."""
    widths = [len(row) for row in csv.reader(first, delimiter=delimiter, skipinitialspace=True)]
    if not widths:
        return 0
    return widths[0] + (header and widths[1:] == [widths[0] + 1])


def _equal_rows(rows: list[list[object]], width: int, numbers: list[int]) -> list[list[str]]:
    """The rows as texts, or ExperimentError that names the line of another width; remarks at the end may be short."""
    table = len(rows)
    while table > 1 and width > 1 and not any(isinstance(cell, str) for cell in rows[table - 1][1:]):
        if not _is_remark([str(rows[table - 1][0])]):
            break
        table -= 1
    result = []
    for at, row in enumerate(rows):
        cells = [cell for cell in row if isinstance(cell, str)]
        if len(cells) != width and at < table:
            breaks = sum(str(cell).count("\n") for above in rows[:at] for cell in above)
            raise _width_error(numbers[at + breaks], len(cells), width)
        if "".join(cells).strip():
            result.append(cells + [""] * (width - len(cells)))
    return result


def _is_remark(row: list[str]) -> bool:
    """Whether a row has a text in its first cell and nothing in the others."""
    return bool(row[0].strip()) and not any(map(str.strip, row[1:])) and number_meanings(row[0]) == (None, None)


def _line_error(body: list[str], numbers: list[int], delimiter: str, width: int) -> ExperimentError:
    """What keeps cells from being read: a line of too many, a quotation mark that is not closed, a cell too long."""
    reader = csv.reader(body, delimiter=delimiter, strict=True, skipinitialspace=True)
    line = 0
    try:
        for row in reader:
            if len(row) > width:
                return _width_error(numbers[line], len(row), width)
            line = reader.line_num
    except csv.Error:
        line = reader.line_num - 1
    place = numbers[min(line, len(numbers) - 1)]
    return file_error(f"Line {place} has a quotation mark that is not closed, or a cell that is too long.")


def _width_error(line: int, size: int, width: int) -> ExperimentError:
    return file_error(f"Line {line} has {size} cells where others have {width}: make them equal.")


def _left_out(where: str, lines: Iterable[str]) -> list[str]:
    """Lines above or below the table in words."""
    told = [line.strip() for line in lines if line.strip() and not SEPARATOR_LINE.match(f"{line}\n")]
    return [f"A line {where} the table is left out: {short_repr(line)}." for line in told[:3]] + (
        [f"So are {len(told) - 3} more."] if len(told) > 3 else []
    )
