"""A spreadsheet's file is text with a separator: here its letters, its layout and its rows are made out.

Files differ in what separates cells (comma, semicolon, tab), in what separates decimals, in whether names stand on top
and in how letters are stored. Each is guessed from the file, and the visitor may say otherwise.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from engine import ExperimentError
from pages.reading.csv_cells import Cell, guess_decimal_mark, guess_decimal_mark_between_commas, read_value

MOST_MEGABYTES = 1
"""The largest file that is read: a thousand rows of a kilobyte each."""

MOST_LINES = 20_000
"""The most lines that are looked at: a thousand rows, and blank ones between and after them."""

SAMPLE_LENGTH = 20_000
"""From so many characters the layout is guessed."""

DECIMAL_SAMPLE_LENGTH = 200_000
"""In so many characters decimals are looked for: the first rows may be whole numbers all."""

SEPARATORS = (";", "\t", ",")
"""The comma comes last: between semicolons it may be a decimal comma."""

SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The line by which some spreadsheets say what separates cells."""

CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Layout:
    """What separates cells, what separates decimals, and whether the first row is names."""

    separator: str
    decimal: str
    header: bool


def file_error(message: str) -> ExperimentError:
    """What is wrong with a file."""
    return ExperimentError("file", message)


def decode_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and a note where its letters were guessed; ExperimentError where it is no text.

    UTF-8 and UTF-16 are told by themselves or by their mark; other letters are taken for those of Windows.
    """
    if len(data) > MOST_MEGABYTES * 2**20:
        raise file_error(f"The file has {len(data) / 2**20:,.1f} MB, at most {MOST_MEGABYTES} is read: use fewer rows.")
    if data.startswith(b"PK\x03\x04"):
        raise file_error("This is a spreadsheet's own format, such as .xlsx or .ods: save it as CSV and open that.")
    notes: tuple[str, ...] = ()
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16")
        else:
            try:
                text = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = data.decode("cp1252")
                notes = ("Its letters are not UTF-8 and were read as those of Windows: look at names with accents.",)
    except UnicodeDecodeError:
        raise file_error("The file is not text: save the table as CSV in UTF-8 and open that.") from None
    if CONTROL_CHARACTER.search(text):
        raise file_error("The file is not text: save the table as CSV in UTF-8 and open that.")
    if not text.strip():
        raise file_error("The file is empty.")
    return text, notes


def guess_layout(text: str) -> Layout:
    """The layout that makes the most of the text's beginning."""
    first = SEPARATOR_LINE.match(text)
    body = SEPARATOR_LINE.sub("", text, count=1) if first else text
    sample = body[:SAMPLE_LENGTH]
    if len(body) > SAMPLE_LENGTH:  # the last line may have been cut off
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    tried = {separator: _sample_rows(sample, separator) for separator in SEPARATORS}
    separator = (
        first[1]
        if first and first[1] in SEPARATORS
        else next(filter(lambda s: _has_equal_widths(tried[s]), tried), None)
    )
    separator = separator or max(SEPARATORS, key=sample.count)
    rows = tried[separator]
    decimal = (
        guess_decimal_mark_between_commas(rows[1:] or rows)
        if separator == ","
        else guess_decimal_mark(body[:DECIMAL_SAMPLE_LENGTH])
    )
    return Layout(separator, decimal, _has_names([[read_value(cell, decimal) for cell in row] for row in rows]))


def read_rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of every row that is not blank; ExperimentError names a line that cannot be read."""
    skipped = bool(SEPARATOR_LINE.match(text))
    if skipped:
        text = SEPARATOR_LINE.sub("", text, count=1)
    reader = csv.reader(_limited_lines(text), delimiter=separator, strict=True, skipinitialspace=True)
    try:
        for row in reader:
            if "".join(row).strip():
                yield reader.line_num + skipped, row
    except csv.Error:
        line = reader.line_num + skipped
        raise file_error(f"Line {line} has a quotation mark that is not closed, or a cell that is too long.") from None


def _limited_lines(text: str) -> Iterator[str]:
    """The lines of a text; ExperimentError after the last that is looked at."""
    for number, line in enumerate(io.StringIO(text, newline="")):
        if number == MOST_LINES:
            raise file_error(f"The file has more than {MOST_LINES:,} lines: delete blank ones, and keep fewer rows.")
        yield line


def _sample_rows(sample: str, separator: str) -> list[list[str]]:
    """The first rows of a sample; what is wrong with it is said when the whole is read."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, skipinitialspace=True)
    return [row for row in islice(reader, 40) if "".join(row).strip()]


def _has_equal_widths(rows: list[list[str]]) -> bool:
    """Whether all rows have the same number of cells, more than one; the names may be one short, as R writes them."""
    widths = [len(row) for row in rows]
    return bool(widths) and widths[-1] > 1 and set(widths[1:]) <= {widths[-1]} and widths[-1] - widths[0] in (0, 1)


def _has_names(rows: list[list[Cell]]) -> bool:
    """Whether the first row is names: texts only, or a text over numbers."""
    if not rows:
        return False
    first, rest = rows[0], rows[1:]
    if not any(isinstance(cell, float) for cell in first) or any(len(row) == len(first) + 1 for row in rest[:1]):
        return True
    return any(
        isinstance(cell, str) and any(isinstance(row[at], float) for row in rest if at < len(row))
        for at, cell in enumerate(first)
    )
