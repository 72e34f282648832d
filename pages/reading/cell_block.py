"""The cells of a block decide together: 2,104 beside 852 is a thousand, beside 0,5 it is not.

Where one cell says what parts decimals, the others follow, first those of its column, then those of all columns. Where
none says it, whole numbers in the column do: who writes 852 without a mark and 2,104 with one groups thousands. What is
left is ambiguous and is asked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from pages.reading.cells import CellReading, Decimal, decide_cell, read_cell
from pages.reading.number_spelling import Meanings, number_meanings

THREE_DIGITS = re.compile(r"[+-]?[1-9][0-9]{2}")
LARGE_WHOLE = re.compile(r"[+-]?[1-9][0-9]{3,}")
MOST_EXAMPLES = 4
"""Of numbers that were read other than typed, so many kinds are named."""

LONGEST_EXAMPLE = 24

Columns = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class BlockReading:
    """What the cells of a block were read as, a column a tuple."""

    columns: tuple[tuple[CellReading, ...], ...]
    decimal: Decimal  # what parts decimals in the block; "" where nothing tells, or cells differ
    is_mixed: bool  # whether some cells have a decimal comma and some a decimal point
    notes: tuple[str, ...]  # in words: columns of two decimal marks, and numbers that were read other than typed

    @property
    def question(self) -> tuple[int, int, CellReading] | None:
        """The first ambiguous cell: its column, its row and its two meanings."""
        for at, column in enumerate(self.columns):
            if rows := [row for row, cell in enumerate(column) if cell.kind == "ambiguous"]:
                return at, rows[0], column[rows[0]]
        return None


@dataclass(frozen=True, slots=True)
class ColumnEvidence:
    """What the cells of a column say of its decimal mark: for each claim the first row that makes it."""

    point: int | None  # a number only where a point parts decimals
    comma: int | None  # a number only where a comma does
    doubt: Literal[
        "", "ask", "group"
    ]  # "group": doubtful commas part thousands; "ask": points are as doubtful as commas

    @property
    def decimal(self) -> Decimal:
        """What parts decimals, if the cells agree on it."""
        if (self.point is None) == (self.comma is None):
            return ""
        return "," if self.point is None else "."


def read_block(columns: Columns, names: Sequence[str] = (), decimal: Decimal = "") -> BlockReading:
    """The cells of a block, given by columns; `decimal` where it is known what parts decimals in all of it.

    >>> [cell.value for cell in read_block([["2,104", "1,600", "852"]]).columns[0]]
    [2104.0, 1600.0, 852.0]
    """
    known: dict[str, Meanings] = {}
    evidence = [_column_evidence(column, known) for column in columns]
    marks = {each.decimal for each in evidence} - {""}
    is_mixed = len(marks) > 1 or any(each.point is not None and each.comma is not None for each in evidence)
    common: Decimal = decimal or ("" if is_mixed else next(iter(marks), ""))
    readings = []
    for column, each in zip(columns, evidence, strict=True):
        own: Decimal = decimal or each.decimal or common
        if not own and each.doubt == "group":
            own = "."
        readings.append(_read_column(column, known, own, each.doubt == "ask"))
    notes = [] if decimal else list(_mixed_marks(columns, evidence, names))
    notes += _read_otherwise(readings)
    return BlockReading(tuple(readings), common, is_mixed and not decimal, tuple(notes))


def _read_column(
    column: Sequence[object], known: dict[str, Meanings], decimal: Decimal, doubts_points: bool
) -> tuple[CellReading, ...]:
    texts = {value for value in column if isinstance(value, str)}
    read = {text: decide_cell(text.strip(), known[text.strip()], decimal, doubts_points) for text in texts}
    return tuple([read[value] if isinstance(value, str) else read_cell(value) for value in column])


def _column_evidence(column: Sequence[object], known: dict[str, Meanings]) -> ColumnEvidence:
    """What a column says of its decimal mark; the meanings of its texts become known on the way."""
    point = comma = None
    doubtful: list[str] = []
    for row, value in enumerate(column):
        if not isinstance(value, str):
            continue
        text = value.strip()
        if text not in known:
            known[text] = number_meanings(text)
        with_point, with_comma = known[text]
        if with_point == with_comma:
            continue
        if with_comma is None:
            point = row if point is None else point
        elif with_point is None:
            comma = row if comma is None else comma
        else:
            doubtful.append(text)
    return ColumnEvidence(point, comma, _doubt(doubtful, column))


def _doubt(doubtful: Sequence[str], column: Sequence[object]) -> Literal["", "ask", "group"]:
    """What whole numbers without a mark say of doubtful ones: that they are grouped, or that even a point is doubtful.

    A number of three digits without a mark, such as 852 beside 2,104, and none of four says that thousands are grouped.
    """
    if not doubtful:
        return ""
    commas = sum("," in text for text in doubtful)
    if 0 < commas < len(doubtful):
        return "ask"
    whole = [text for value in column if (text := _whole_text(value))]
    if any(map(LARGE_WHOLE.fullmatch, whole)) or not any(map(THREE_DIGITS.fullmatch, whole)):
        return ""
    return "group" if commas else "ask"


def _whole_text(value: object) -> str:
    """A whole number as it was typed, "" for whatever else may be in a cell."""
    text = value.strip() if isinstance(value, str) else ""
    return text if text.lstrip("+-").isdecimal() else ""


def _mixed_marks(columns: Columns, evidence: Sequence[ColumnEvidence], names: Sequence[str]) -> Iterable[str]:
    """The columns in which some cells have a decimal comma and some a decimal point, in words."""
    for at, (column, each) in enumerate(zip(columns, evidence, strict=True)):
        if each.point is not None and each.comma is not None:
            name = names[at] if names else f"{at + 1}"
            yield (
                f"Column {name} has two decimal marks: {_example(column[each.comma])} in row {each.comma + 1} and "
                f"{_example(column[each.point])} in row {each.point + 1}. Each is read as it is written."
            )


def _read_otherwise(columns: Iterable[Iterable[CellReading]]) -> list[str]:
    """One number of every kind that was read other than typed, in words."""
    kinds: dict[str, str] = {}
    for column in columns:
        for cell in dict.fromkeys([cell for cell in column if cell.read_as]):
            kinds.setdefault(re.sub("[0-9]+", "0", cell.text), f"{_example(cell.text)} is {cell.read_as}")
    examples = list(islice(kinds.values(), MOST_EXAMPLES))
    return (
        [f"Read as numbers: {', '.join(examples)}{' and more' if len(kinds) > MOST_EXAMPLES else ''}."] if kinds else []
    )


def _example(value: object) -> str:
    text = str(value).strip()
    return text if len(text) <= LONGEST_EXAMPLE else f"{text[: LONGEST_EXAMPLE - 4]} ..."
