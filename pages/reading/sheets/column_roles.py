"""Which columns of a sheet should come out of a network and which go in, proposed; the visitor may say otherwise.

Names say most: label, class, target, y. Then numbers do: a group of 0 and 1, the outputs of a truth table, a column
beside many of one kind. Columns that number the rows, or are mostly empty, are not proposed, but offered.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal, TypeAlias

from engine import LIMITS
from engine.serialization.url_values import write_number
from pages.reading.edited_table import EditedTable
from pages.reading.sheets.column_values import Coding, coded_width, may_be_classes, possible_codings
from pages.reading.sheets.columns import UNNAMED, Column, Sheet

Missing: TypeAlias = Literal["leave_out", "fill"]
"""What is done with a row that has an empty cell: it is left out, or the cell is filled from its column."""

CLASS_NAME = re.compile(
    r"(?:.*[ _.-])?(?:labels?|class(?:es)?|targets?|species|digit|klasse|ziel|etikett|classe|cible|clase|etiqueta)"
    r"[ _.-]?\d*",
    re.IGNORECASE,
)
ANSWER_NAME = re.compile(r"(?:.*[ _.-])?(?:outputs?|outcome|answer|result|survived|passed)", re.IGNORECASE)
FIRST_CLASS_NAME = re.compile(r"kind|type|category|variety|group|letter|diagnosis|art|typ|sorte|gruppe", re.IGNORECASE)
X_NAME, Y_NAME = re.compile(r"x[ _]?\d*", re.IGNORECASE), re.compile(r"y[ _]?\d*", re.IGNORECASE)

ID_NAME = re.compile(r"(?:.*[ _.-])?(?:ids?|nr|no|num|number|idx|index|row|key|nummer|numéro|n[°º])\.?", re.IGNORECASE)
CAMEL_CASE_ID = re.compile(r".*[a-z]I[dD]")
MEANINGFUL_COUNT = re.compile(
    r".\d*|time|day|week|month|year|hour|minute|second|age|tag|woche|monat|jahr", re.IGNORECASE
)
"""Names of columns that may well count 1, 2, 3 and still mean something."""

LARGEST_CONSTANT = 10
"""A column of one value cannot be scaled; a larger one would have all others learn slowly."""

FEWEST_COUNTED_ROWS = 6
"""In fewer rows, 1, 2, 3 may be any column."""

MOST_INPUT_CLASSES = 12
"""A column of more different words is not proposed as an input."""

MOST_NUMBERED_CLASSES = 20
NUMBERED_NAME = re.compile(r"(.*?)[ _.-]?\d+")
FEWEST_ALIKE = 5
"""So many columns p1, p2, ... are of one kind, and the one before or after them is the target."""


@dataclass(frozen=True, slots=True)
class ColumnRoles:
    """Which columns of a sheet go in and which come out, and how they become numbers."""

    inputs: tuple[int, ...]  # places of columns
    targets: tuple[int, ...]
    codings: tuple[tuple[int, Coding], ...] = ()  # of columns whose coding is not the first that they may have
    missing: Missing = "leave_out"
    reasons: tuple[tuple[int, str], ...] = ()  # why columns that could be used are not proposed as inputs

    def coding(self, sheet: Sheet, at: int) -> Coding:
        """How a column becomes numbers."""
        return dict(self.codings).get(at) or possible_codings(sheet.columns[at])[0]


def suggest_roles(sheet: Sheet, before: EditedTable) -> ColumnRoles:
    """The roles that the columns most likely have; those of the table before, where the sheet has its columns."""
    usable = [at for at, column in enumerate(sheet.columns) if possible_codings(column)]
    if sheet.names == before.inputs + before.targets and len(usable) == len(sheet.columns):
        width = len(before.inputs)
        return ColumnRoles(tuple(usable[:width]), tuple(usable[width:]))
    if not usable:
        return ColumnRoles((), ())
    reasons = {at: words for at in usable if (words := _why_no_input(sheet, at))}
    places = [at for at in usable if at not in reasons]
    if len(places) < 2:  # better a column that numbers the rows than none
        places, reasons = usable, {}
    targets = _suggest_targets(sheet, places)
    codings: list[tuple[int, Coding]] = [(at, "classes") for at in targets if are_class_numbers(sheet.columns[at])]
    inputs: list[int] = []
    room = LIMITS["inputs"]
    for at in places:
        if at in targets:
            continue
        width = coded_width(sheet.columns[at], possible_codings(sheet.columns[at])[0])
        if width <= min(room, MOST_INPUT_CLASSES):
            inputs.append(at)
            room -= width
        elif width > MOST_INPUT_CLASSES:
            reasons[at] = f"it has {width} different words"
        else:
            reasons[at] = f"a network takes {LIMITS['inputs']} inputs at most"
    missing: Missing = "fill" if _loses_most_rows(sheet, inputs) else "leave_out"
    return ColumnRoles(tuple(inputs), tuple(targets), tuple(codings), missing, tuple(reasons.items()))


def _loses_most_rows(sheet: Sheet, inputs: Sequence[int]) -> bool:
    """Whether more than half of the rows have an empty cell in these columns."""
    rows = list(zip(*(sheet.columns[at].cells for at in inputs), strict=True))
    return sum(None in row for row in rows) * 2 > len(rows)


def _why_no_input(sheet: Sheet, at: int) -> str:
    """Why a column that could be used is not proposed, with a cell; "" where it is."""
    column, rows = sheet.columns[at], len(sheet.columns[at].cells)
    if column.empty * 2 > rows:
        return f"{column.empty} of {rows} cells are empty, the first in row {column.cells.index(None) + 1}"
    if isinstance(value := column.cells[0], float) and abs(value) > LARGEST_CONSTANT and set(column.cells) == {value}:
        return f"it is {write_number(value)} in every row and tells no row from another"
    if column.words or column.empty or not all(isinstance(v, float) and v.is_integer() for v in column.cells):
        return ""
    values = [cell for cell in column.cells if isinstance(cell, float)]
    rises = all(a < b for a, b in pairwise(values))
    counts = rises and values[0] in (0.0, 1.0) and values[-1] - values[0] == rows - 1 and rows >= FEWEST_COUNTED_ROWS
    name = column.name
    is_alone_unnamed = at == 0 and [each for each in sheet.names if UNNAMED.fullmatch(each)] == [name]
    is_id_name = ID_NAME.fullmatch(name) or CAMEL_CASE_ID.fullmatch(name)
    if (
        (is_id_name and len(set(values)) == rows)
        or (is_alone_unnamed and rises)
        or (at == 0 and counts and not MEANINGFUL_COUNT.fullmatch(name))
    ):
        ends = " to ".join(write_number(value) for value in (min(values), max(values)))
        return f"it only numbers the rows, {ends}, first {write_number(values[0])} in row 1"
    return ""


def _suggest_targets(sheet: Sheet, places: Sequence[int]) -> list[int]:
    """The columns that most likely come out, of those at these places."""
    names = [sheet.names[at] for at in places]
    for pattern in (CLASS_NAME, ANSWER_NAME):
        if named := [at for at, name in zip(places, names, strict=True) if pattern.fullmatch(name)]:
            is_group = len({_stem(sheet.names[at]) for at in named}) == 1
            return named if is_group and len(named) < len(places) else named[-1:]
    answers = [at for at in places if Y_NAME.fullmatch(sheet.names[at])]
    others = [sheet.names[at] for at in places if at not in answers]
    if answers and others and (answers == list(places[-len(answers) :]) or all(map(X_NAME.fullmatch, others))):
        return answers
    sizes = [len(list(group)) for _, group in groupby(map(_stem, names))]
    if len(sizes) == 2 and min(sizes) > 1 and sizes[1] <= LIMITS["targets"]:  # in1, in2, in3, out1, out2
        return list(places[-sizes[1] :])
    columns = [sheet.columns[at].cells for at in places]
    if _stands_before_columns_alike(names):
        return list(places[1:]) if _one_hot_size(columns) == len(places) - 1 else [places[0]]
    if size := _one_hot_size(columns) or _truth_table_outputs(columns):
        return list(places[-size:])
    if size := _one_hot_size(columns[::-1], fewest=3):
        return list(places[:size])
    return [places[0] if _is_first_target(sheet, places) else places[-1]]


def _stem(name: str) -> str:
    """A name without the number at its end."""
    match = NUMBERED_NAME.fullmatch(name)
    return match[1] if match else name


def _stands_before_columns_alike(names: Sequence[str]) -> bool:
    """Whether all columns but the first are numbered: label, p1, p2, p3, ..."""
    stems = [_stem(name) for name in names]
    return len(names) > FEWEST_ALIKE and len(set(stems[1:])) == 1 and stems[0] != stems[1]


def _is_first_target(sheet: Sheet, places: Sequence[int]) -> bool:
    """Whether the first column is the answer, and not the last: by its name, or by what the others are."""
    first, last = sheet.columns[places[0]], sheet.columns[places[-1]]
    others_are_numbers = not any(sheet.columns[at].words for at in places[1:])
    has_no_names = all(map(UNNAMED.fullmatch, sheet.names))
    if first.words:
        return others_are_numbers and (has_no_names or bool(FIRST_CLASS_NAME.fullmatch(first.name)))
    return has_no_names and are_class_numbers(first) and not may_be_classes(last) and len(set(last.cells)) > 2


def are_class_numbers(column: Column) -> bool:
    """Whether whole numbers are proposed as classes: 0, 1, 2, ..., with the name of a class, or sorted in blocks."""
    if column.words or not may_be_classes(column):
        return False
    values = [cell for cell in column.cells if isinstance(cell, float)]
    different = sorted(set(values))
    is_numbered = different[0] in (0.0, 1.0) and different[-1] - different[0] == len(different) - 1
    is_numbered = is_numbered or len(different) == 2
    if not is_numbered or len(different) > MOST_NUMBERED_CLASSES or len(values) < 2 * len(different):
        return False
    blocks = [len(list(block)) for _, block in groupby(values)]
    return bool(CLASS_NAME.fullmatch(column.name)) or (len(blocks) == len(different) and min(blocks) >= FEWEST_ALIKE)


def _one_hot_size(columns: Sequence[Sequence[object]], fewest: int = 2) -> int:
    """How many of the last columns have a single 1 in every row and 0 elsewhere, 0 where none have; one is left."""
    best = 0
    for size in range(fewest, min(LIMITS["targets"], len(columns) - 1) + 1):
        rows = list(zip(*columns[-size:], strict=True))
        if not all(set(row) <= {0.0, 1.0} and row.count(1.0) <= 1 for row in rows):
            break
        if all(1.0 in row for row in rows) and all(len(set(column)) == 2 for column in columns[-size:]):
            best = size
    return best


def _truth_table_outputs(columns: Sequence[Sequence[object]]) -> int:
    """How many of the last columns are the outputs of a truth table whose inputs come first; 0 where it is none.

    The inputs have every combination of 0 and 1, so that they decide the rest, such as `sum` and `carry`.
    """
    rows = set(zip(*columns, strict=True))
    inputs = len(rows).bit_length() - 1
    if len(rows) != 2**inputs or not 0 < inputs < len(columns) - 1 or any(set(row) - {0.0, 1.0} for row in rows):
        return 0
    is_complete = len({row[:inputs] for row in rows}) == len(rows)
    is_constant = any(len(set(column)) == 1 for column in columns[inputs:])
    return len(columns) - inputs if is_complete and not is_constant else 0
