"""A table's columns under names that an experiment takes; what was renamed or left out on the way is said in words.

A column is of numbers or of words. A few cells of a column of numbers may be neither number nor empty, such as "Mean"
in a last row: they count as empty, and it is said.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import fsum, isclose
from statistics import fmean

from engine import LIMITS
from engine.model.table_validation import COLUMN_NAME
from engine.model.validation import short_repr
from pages.reading.cell_block import read_block
from pages.reading.cells import Cell, CellReading, Decimal
from pages.reading.sheets.decoding import file_error
from pages.reading.sheets.layout import Layout
from pages.reading.sheets.text_table import read_table
from pages.reading.sheets.yes_and_no import merge_answers

LONGEST_NAME = 200
"""Of a name, so many characters are looked at."""

HELD_OUT_NAME = "held out?"
"""The column of rows held out in our own files: no column of an experiment may be called so."""

SUMMARY_WORD = re.compile(
    "(?:mean|average|avg|(?:grand |sub-?)?total|sum|median|std|stdev|count|min|max|mittelwert|durchschnitt|anzahl|"
    "(?:gesamt|zwischen|end)?summe|gesamt|insgesamt|sous-total|total(?: (?:g[ée]n[ée]ral|geral)|e generale)|moyenne|"
    "somme|media|promedio|suma|totale|somma|média|soma|totaal|gemiddelde|razem|średnia|итого|всего|сумма|среднее|"
    "合計|平均|总计|合计|平均值|總計):?",
    re.IGNORECASE,
)
"""What stands in a last row that sums up the others."""


UNNAMED = re.compile(r"column \d+")
"""What a column is called that has no name."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers, or of words; a cell is None where there is nothing."""

    name: str
    cells: tuple[Cell, ...]
    words: tuple[str, ...] = ()  # the different words in the order in which they come, () for a column of numbers

    @property
    def empty(self) -> int:
        """How many cells have nothing in them."""
        return self.cells.count(None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns under names that an experiment takes."""

    columns: tuple[Column, ...]
    held_out: tuple[bool, ...]  # which rows are held out of training, () where the table does not say
    notes: tuple[str, ...]  # what became of names, lines, cells and empty columns, in words
    decimal: Decimal = ""  # what parts decimals; "" where nothing tells, or cells differ
    is_mixed: bool = False  # whether some cells have a decimal comma and some a decimal point
    question: tuple[str, int, CellReading] | None = None  # column, row and a cell of two meanings

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def read_sheet(text: str, layout: Layout) -> Sheet:
    """The columns of a text, or ExperimentError that names the line."""
    table = read_table(text, layout)
    given = [_with_unit(*pair) for pair in zip_longest(map(str.strip, table.names), table.units, fillvalue="")]
    given = given or [""] * len(table.columns)
    names: list[str] = []
    for at, name in enumerate(given):
        names.append(clean_name(name, names, f"column {at + 1}"))
    decimal = layout.decimal
    if layout.separator == "," and not any("," in "".join(column) for column in table.columns):
        decimal = "."
    block = read_block(table.columns, names, decimal)
    rows = len(table.columns[0])
    last = next((row for row in range(rows, 1, -1) if not _is_summary(table.columns, row - 1)), 1)
    last -= last > 2 and _sums_up(block.columns, last - 1)
    notes = list(table.notes)
    if any(map(str.strip, table.units)):
        units = ", ".join(unit.strip() or "-" for unit in table.units)
        notes.append(f"The row of units went into the names: {short_repr(units)}.")
    notes += [_summary_note(table.columns, row) for row in range(last, rows)]
    columns, held_out = [], tuple[bool, ...]()
    for at, readings in enumerate(block.columns):
        column, strays = _make_column(names[at], readings[:last])
        if given[at] == HELD_OUT_NAME and all(cell in (0.0, 1.0) for cell in column.cells):
            held_out = tuple(cell == 1.0 for cell in column.cells)
        elif column.empty == last:
            notes.append(f"Column {at + 1}{f', {names[at]},' if given[at] else ''} is empty: it is left out.")
        else:
            columns.append(column)
            notes += strays
            if given[at] and given[at] != names[at]:
                notes.append(f"Column {at + 1}, {short_repr(given[at])}, is now called {names[at]}.")
    if len(columns) < 2:
        raise file_error("The table needs two columns or more: what goes in, and what should come out.")
    question = block.question and (names[block.question[0]], *block.question[1:])
    return Sheet(tuple(columns), held_out, (*notes, *block.notes), block.decimal, block.is_mixed, question or None)


def _make_column(name: str, readings: Sequence[CellReading]) -> tuple[Column, list[str]]:
    """A column of numbers, if half of what is in it are such, with a note on what is not; else one of words."""
    kinds = [cell.kind for cell in readings]
    numbers = kinds.count("number") + kinds.count("ambiguous")
    strays = [row for row, kind in enumerate(kinds) if kind == "text"]
    if numbers and numbers >= len(strays):
        values = tuple([cell.meanings[0] if cell.meanings else cell.value for cell in readings])
        return Column(name, values), [_stray_note(name, readings, strays)] if strays else []
    texts: list[str | None] = [cell.text if cell.kind != "missing" else None for cell in readings]
    if {text for text in texts if text} == {"+"}:  # beside a plus, a minus is no missing cell
        texts = [cell.text or None for cell in readings]
    labels: dict[str, str] = {}
    words = tuple([labels.setdefault(text.casefold(), text) if text else None for text in texts])
    if same := merge_answers(tuple(labels.values())):
        others = ", ".join(f"{word} counts as {first}" for word, first in same.items() if word != first)
        words = tuple([same[word] if word else None for word in words])
        return Column(name, words, tuple(dict.fromkeys(same.values()))), [f"{column_title(name)}: {others}."]
    return Column(name, words, tuple(labels.values())), []


def _stray_note(name: str, readings: Sequence[CellReading], rows: Sequence[int]) -> str:
    first = f"{column_title(name)}, row {rows[0] + 1}: {short_repr(readings[rows[0]].text)} is no number"
    if len(rows) == 1:
        return f"{first} and counts as an empty cell."
    more = "is 1 more" if len(rows) == 2 else f"are {len(rows) - 1} more"
    return f"{first}, and so {more}: they count as empty cells."


def _is_summary(columns: Iterable[Sequence[str]], row: int) -> bool:
    """Whether a row sums up those above: a cell of it says so, and no other of its column does."""
    words = [(column, column[row].strip()) for column in columns]
    return any(
        SUMMARY_WORD.fullmatch(word) and sum(cell.strip() == word for cell in column) == 1 for column, word in words
    )


def _sums_up(columns: Iterable[Sequence[CellReading]], row: int) -> bool:
    """Whether a row has no name where all above it have one, and its numbers are the sums or means of those above."""
    is_nameless, sums = False, []
    for column in columns:
        above, last = column[:row], column[row]
        if {cell.kind for cell in above} == {"text"} and last.kind == "missing":
            is_nameless = True
        elif last.value is not None:
            values = [cell.value for cell in above if cell.value is not None and not cell.is_beyond_float]
            sums.append(bool(values) and any(isclose(last.value, of(values)) for of in (fsum, fmean)))
    return is_nameless and bool(sums) and all(sums)


def _summary_note(columns: Iterable[Sequence[str]], row: int) -> str:
    cells = ", ".join(filter(None, (column[row].strip() for column in columns)))
    return f"Row {row + 1} at the end sums up the others and is left out: {short_repr(cells)}."


def _with_unit(name: str, unit: str) -> str:
    """A name with its unit behind it, where there is room; what stands below no name is one, as below merged cells."""
    longer = f"{name} ({unit.strip().strip('()[]')})"
    if not name:
        return unit.strip()
    return longer if unit.strip() and len(longer) <= LIMITS["name"] else name


def column_title(name: str) -> str:
    """A column in a sentence; one without a name is called by its place.

    >>> column_title("size"), column_title("column 2")
    ('Column size', 'Column 2')
    """
    return name.capitalize() if UNNAMED.fullmatch(name) else f"Column {name}"


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
