"""A column becomes numbers as it is, as 0 and 1, or as one column a class; its empty cells may be filled.

Each way is a choice, and is said in words with the cells that it concerns.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from statistics import fmean
from typing import Literal, TypeAlias

from engine import LIMITS
from engine.diagnosis.finding import list_names, list_numbers
from engine.model.validation import short_repr
from engine.serialization.url_values import write_number
from pages.reading.cells import Cell
from pages.reading.sheets.columns import UNNAMED, Column, column_title
from pages.reading.sheets.yes_and_no import NO, YES

Coding: TypeAlias = Literal["numbers", "second_is_1", "first_is_1", "classes"]
"""How a column becomes numbers: as it is; one of its two words as 1 and the other as 0; a column a class."""


def possible_codings(column: Column) -> tuple[Coding, ...]:
    """The ways in which a column may become numbers, the usual one first; () for one of too many different words."""
    if column.words:
        if len(column.words) == 2:
            return ("second_is_1", "first_is_1", "classes")
        return ("classes",) if 2 < len(column.words) <= LIMITS["targets"] and _words_repeat(column) else ()
    return ("numbers", "classes") if may_be_classes(column) else ("numbers",)


def _words_repeat(column: Column) -> bool:
    return len(column.words) < len(column.cells) - column.empty


def may_be_classes(column: Column) -> bool:
    """Whether a column of numbers may be meant as classes: a few different whole ones, but for 0 and 1."""
    values = {cell for cell in column.cells if cell is not None}
    if not 2 <= len(values) <= LIMITS["targets"] or values == {0.0, 1.0}:
        return False
    return all(isinstance(v, float) and v.is_integer() for v in values)


def ordered_words(column: Column) -> tuple[str, str]:
    """The two words of a column, the one for 0 first: no before yes, else as in a dictionary."""
    first, second = sorted(column.words, key=str.casefold)
    first_is_yes = bool(YES.fullmatch(first) and not YES.fullmatch(second))
    second_is_no = bool(NO.fullmatch(second) and not NO.fullmatch(first))
    return (second, first) if first_is_yes or (second_is_no and not YES.fullmatch(second)) else (first, second)


def class_names(column: Column) -> tuple[str, ...]:
    """The different entries of a column: words as they come, numbers in their order."""
    if column.words:
        return column.words
    return tuple(write_number(value) for value in sorted({cell for cell in column.cells if isinstance(cell, float)}))


def describe_coding(column: Column, coding: Coding) -> str:
    """How a column becomes numbers, in words."""
    if coding == "classes":
        return f"a column each for {list_names(list(class_names(column)))}"
    if coding == "numbers":
        return "its numbers"
    zero, one = ordered_words(column)
    return f"{one} is 1, {zero} is 0" if coding == "second_is_1" else f"{zero} is 1, {one} is 0"


def coded_width(column: Column, coding: Coding) -> int:
    """How many columns of numbers a column becomes."""
    return len(class_names(column)) if coding == "classes" else 1


def why_unusable(column: Column) -> str:
    """Why a column can become no numbers, with a cell; "" where it can."""
    if possible_codings(column):
        return ""
    row = next(row for row, cell in enumerate(column.cells) if cell is not None)
    entry = f"{short_repr(column.cells[row])} in row {row + 1}"
    if len(column.words) == 1:
        return f"it has one word only, first {entry}"
    return f"it has {len(column.words)} different words, first {entry}"


def fill_empty_cells(column: Column, held_out: Sequence[bool]) -> tuple[tuple[Cell, ...], str]:
    """The cells of a column with the mean or the commonest word in the empty ones, and that in words."""
    known = [cell for cell, out in zip_longest(column.cells, held_out) if cell is not None and not out]
    known = known or [cell for cell in column.cells if cell is not None]
    value: Cell = (
        Counter(known).most_common(1)[0][0] if column.words else fmean(v for v in known if isinstance(v, float))
    )
    shown = f"the commonest, {value}" if isinstance(value, str) else f"the mean, {value:.6g}"
    rows = [row for row, cell in enumerate(column.cells) if cell is None]
    cells = "1 empty cell" if len(rows) == 1 else f"{len(rows)} empty cells"
    note = (
        f"{column_title(column.name)}: {cells} filled with {shown} ({list_numbers('row', (row + 1 for row in rows))})."
    )
    return tuple(value if cell is None else cell for cell in column.cells), note


def coded_columns(
    column: Column, cells: Sequence[Cell], coding: Coding, is_input: bool
) -> Iterable[tuple[str, list[float]]]:
    """The columns of numbers that a column becomes, each with a name; an empty cell is 0, for its row is left out."""
    if coding == "numbers":
        yield column.name, [cell if isinstance(cell, float) else 0.0 for cell in cells]
        return
    if coding != "classes":
        one = ordered_words(column)[coding == "second_is_1"]
        yield column.name, [float(cell == one) for cell in cells]
        return
    texts = [write_number(cell) if isinstance(cell, float) else cell for cell in cells]
    for label in class_names(column):
        yield _class_name(column, label, is_input), [float(text == label) for text in texts]


def _class_name(column: Column, label: str, is_input: bool) -> str:
    """A name for the column of a class; words that come out stand for themselves."""
    if column.words and not is_input:
        return label
    name = "class" if UNNAMED.fullmatch(column.name) else column.name
    room = LIMITS["name"] - 1 - len(label)
    return f"{name[: max(room, 0)].rstrip()} {label}" if not column.words or len(name) <= room else label
