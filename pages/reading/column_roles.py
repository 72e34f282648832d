"""A selection says which columns of a sheet go in and which come out, and makes the table of them.

A column of a few texts can be a target: it becomes a column a class, with 1 in the column of the right class. A row
with an empty cell in a selected column is left out, and so is a column of other texts; both are said in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine import LIMITS, ExperimentError
from engine.diagnosis.finding import list_numbers
from engine.model.validation import short_repr
from engine.serialization.url_format import write_number
from pages.reading.csv_cells import Cell
from pages.reading.csv_columns import Sheet, clean_name
from pages.reading.edited_table import EditedTable


@dataclass(frozen=True, slots=True)
class ColumnRoles:
    """Places of the columns that go in and that should come out; `spread` are targets of numbers taken for classes."""

    inputs: tuple[int, ...]
    targets: tuple[int, ...]
    classes: tuple[int, ...] = ()


def is_numeric(sheet: Sheet, at: int) -> bool:
    """Whether a column has numbers only, empty cells aside."""
    return not any(isinstance(cell, str) for cell in sheet.columns[at])


def class_names(sheet: Sheet, at: int) -> tuple[str, ...]:
    """The different entries of a column in the order in which they come, () where they are too many for classes."""
    found = tuple(dict.fromkeys(class_text(cell) for cell in sheet.columns[at] if cell is not None))
    return found if 2 <= len(found) <= LIMITS["targets"] else ()


def class_text(cell: Cell) -> str:
    """A cell as the name of a class."""
    return write_number(cell) if isinstance(cell, float) else (cell or "")


def may_be_classes(sheet: Sheet, at: int) -> bool:
    """Whether a column of numbers may be meant as classes: three or more different whole ones, not too many."""
    whole = is_numeric(sheet, at) and all(
        isinstance(cell, float) and cell.is_integer() for cell in sheet.columns[at] if cell is not None
    )
    return whole and len(class_names(sheet, at)) > 2


def usable_columns(sheet: Sheet) -> list[int]:
    """The places of the columns that can be used: those of numbers, and those of a few classes."""
    return [at for at in range(len(sheet.names)) if is_numeric(sheet, at) or class_names(sheet, at)]


def suggest_roles(sheet: Sheet, before: EditedTable) -> ColumnRoles:
    """The table's own targets where the sheet has its columns; else a last group of 0 and 1, or the last column."""
    places = usable_columns(sheet)
    if sheet.names == before.inputs + before.targets:
        targets = tuple(range(len(before.inputs), len(sheet.names)))
    else:
        targets = tuple(places[-1:])
        for size in range(2, min(LIMITS["targets"], len(places) - 1) + 1):
            group = places[-size:]
            rows = list(zip(*(sheet.columns[at] for at in group), strict=True))
            if all(set(row) == {0.0, 1.0} and row.count(1.0) == 1 for row in rows):
                targets = tuple(group)
    inputs = tuple(at for at in places if at not in targets and is_numeric(sheet, at))[: LIMITS["inputs"]]
    return ColumnRoles(inputs, targets)


def make_table(sheet: Sheet, selection: ColumnRoles) -> tuple[EditedTable, tuple[str, ...]]:
    """The table of the selected columns, and in words what is not in it; ExperimentError where that cannot be one."""
    if not selection.targets:
        raise ExperimentError("targets", "Choose a target: the column that the network should learn to give.")
    if not selection.inputs:
        raise ExperimentError("inputs", "Choose an input: a column of numbers that the network starts from.")
    used = (*selection.inputs, *selection.targets)
    rows = range(len(sheet.columns[0]))
    empty = [row for row in rows if any(sheet.columns[at][row] is None for at in used)]
    kept = sorted(set(rows) - set(empty))
    if not kept:
        raise ExperimentError("file", "Every row has an empty cell in these columns: choose others.")
    size = len(kept) * len(used)
    if size > LIMITS["cells"]:
        raise ExperimentError(
            "inputs",
            f"{size:,} cells in these columns, at most {LIMITS['cells']:,} are trained on: choose fewer inputs.",
        )
    notes = _unused_text_columns(sheet, used)
    if empty:
        rows_are, cells = ("is", "an empty cell") if len(empty) == 1 else ("are", "empty cells")
        notes.append(f"{list_numbers('row', (row + 1 for row in empty)).capitalize()} {rows_are} left out for {cells}.")
    for at in selection.inputs:
        _check_numbers(sheet, at, kept)
    names = [sheet.names[at] for at in selection.inputs]
    columns: list[Sequence[Cell]] = [sheet.columns[at] for at in selection.inputs]
    for at in selection.targets:
        if is_numeric(sheet, at) and at not in selection.classes:
            _check_numbers(sheet, at, kept)
            names.append(clean_name(sheet.names[at], names, f"column {at + 1}"))
            columns.append(sheet.columns[at])
            continue
        for number, label in enumerate(class_names(sheet, at), 1):
            whose = label if not is_numeric(sheet, at) else f"{sheet.names[at][: LIMITS['name'] - 3]} {label}"
            names.append(clean_name(whose, names, f"class {number}"))
            columns.append([1.0 if class_text(cell) == label else 0.0 for cell in sheet.columns[at]])
    width = len(selection.inputs)
    return EditedTable(
        tuple(names[:width]),
        tuple(names[width:]),
        tuple(tuple(column[row] for column in columns) for row in kept),
        tuple(sheet.held_out[row] for row in kept) if sheet.held_out else (False,) * len(kept),
    ), tuple(notes)


def _unused_text_columns(sheet: Sheet, used: Sequence[int]) -> list[str]:
    """Which columns of text are not used, each with the entry that makes it one."""
    notes = []
    for at, name in enumerate(sheet.names):
        if at not in used and not is_numeric(sheet, at):
            row = next(row for row, cell in enumerate(sheet.columns[at]) if isinstance(cell, str))
            entry = short_repr(sheet.columns[at][row])
            notes.append(f"Column {name} is left out: it has text, first {entry} in row {row + 1}.")
    return notes


def _check_numbers(sheet: Sheet, at: int, rows: Sequence[int]) -> None:
    """ExperimentError with the file's own row where a number is too large."""
    for row in rows:
        cell = sheet.columns[at][row]
        if not isinstance(cell, float):
            raise ExperimentError(
                "inputs", f"Row {row + 1}, column {sheet.names[at]}: {short_repr(cell)} is not a number."
            )
        if abs(cell) > LIMITS["number"]:
            raise ExperimentError(
                "inputs",
                f"Row {row + 1}, column {sheet.names[at]}: {short_repr(cell)} is too large: "
                f"stay within {LIMITS['number']:,}, or leave the column out.",
            )
