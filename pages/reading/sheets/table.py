"""The table of numbers that the chosen columns of a sheet make, and what became of every column and row, in words."""

import math
from collections.abc import Iterable, Sequence

from engine import LIMITS, ExperimentError
from engine.diagnosis.finding import list_names, list_numbers
from engine.model.validation import short_repr
from engine.serialization.url_values import write_number
from pages.reading.cells import Cell
from pages.reading.edited_table import EditedTable
from pages.reading.sheets.column_roles import ColumnRoles
from pages.reading.sheets.column_values import (
    coded_columns,
    describe_coding,
    fill_empty_cells,
    possible_codings,
    why_unusable,
)
from pages.reading.sheets.columns import Sheet, clean_name, column_title


def make_table(sheet: Sheet, roles: ColumnRoles) -> tuple[EditedTable, tuple[str, ...]]:
    """The table of the chosen columns, and in words what became of each; ExperimentError where that is no table."""
    _require_columns(sheet, roles)
    used = (*roles.inputs, *roles.targets)
    cells = {at: sheet.columns[at].cells for at in used}
    notes = list(_coding_notes(sheet, roles))
    for at in roles.inputs if roles.missing == "fill" else ():
        if sheet.columns[at].empty:
            cells[at], note = fill_empty_cells(sheet.columns[at], sheet.held_out)
            notes.append(note)
    rows = range(len(sheet.columns[0].cells))
    lacks = {row: lack for row in rows if (lack := {at for at in used if cells[at][row] is None})}
    questions = {row for row, lack in lacks.items() if lack == set(roles.targets)}
    empty = sorted(lacks.keys() - questions)
    kept = sorted(set(rows) - set(empty))
    if questions >= set(kept):
        raise ExperimentError("file", "Every row has an empty cell in these columns: choose others, or fill them in.")
    notes += _empty_rows(sheet, used, empty, cells)
    notes += _question_rows(sorted(questions))
    names: list[str] = []
    columns: list[Sequence[float | None]] = []
    width = 0
    for at in used:
        for name, values in coded_columns(sheet.columns[at], cells[at], roles.coding(sheet, at), at in roles.inputs):
            names.append(clean_name(name, names, f"column {at + 1}"))
            columns.append([None if at in lacks.get(row, ()) else values[row] for row in kept])
        width = len(names) if at in roles.inputs else width
    _require_size(sheet, used, cells, kept, len(names))
    return EditedTable(
        tuple(names[:width]),
        tuple(names[width:]),
        tuple(zip(*columns, strict=True)),
        tuple(bool(sheet.held_out) and row not in questions and sheet.held_out[row] for row in kept),
    ), (*notes, *_unused_columns(sheet, roles))


def _require_columns(sheet: Sheet, roles: ColumnRoles) -> None:
    if sheet.question:
        name, row, cell = sheet.question
        raise ExperimentError("file", f"{column_title(name)}, row {row + 1}: {cell.question}. Say what parts decimals.")
    if not any(map(possible_codings, sheet.columns)):
        reasons = " ".join(f"{column_title(column.name)}: {why_unusable(column)}." for column in sheet.columns[:3])
        raise ExperimentError("file", f"No column can be used. {reasons}")
    if not roles.targets:
        raise ExperimentError("targets", "Choose a target: the column that the network should learn to give.")
    if not roles.inputs:
        unusable = [column for column in sheet.columns if why_unusable(column)]
        reasons = "".join(f" {column_title(column.name)}: {why_unusable(column)}." for column in unusable[:3])
        raise ExperimentError("inputs", f"Choose an input: a column that the network starts from.{reasons}")


def _coding_notes(sheet: Sheet, roles: ColumnRoles) -> Iterable[str]:
    """How columns become numbers that are not taken as they are, and columns of one value, in words."""
    for at in (*roles.inputs, *roles.targets):
        column, coding = sheet.columns[at], roles.coding(sheet, at)
        if coding != "numbers":
            yield f"{column_title(column.name)}: {describe_coding(column, coding)}."
        elif len(values := set(column.cells) - {None}) == 1:
            value = write_number(float(values.pop() or 0))
            yield f"{column_title(column.name)} is {value} in every row: it tells no row from another."


def _empty_rows(
    sheet: Sheet, used: Iterable[int], rows: Sequence[int], cells: dict[int, tuple[Cell, ...]]
) -> Iterable[str]:
    """Which rows are left out, and in which columns they have an empty cell, in words."""
    if not rows:
        return
    names = [sheet.columns[at].name for at in used if any(cells[at][row] is None for row in rows)]
    which = list_numbers("row", (row + 1 for row in rows))
    if len(rows) == 1:
        yield f"{which.capitalize()} is left out for an empty cell in {list_names(names)}."
    else:
        yield f"{len(rows)} rows are left out for empty cells in {list_names(names)}: {which}."


def _question_rows(rows: Sequence[int]) -> Iterable[str]:
    """Which rows have no targets, in words."""
    if rows:
        which = list_numbers("row", (row + 1 for row in rows)).capitalize()
        ends = "has no target: it is a question" if len(rows) == 1 else "have no target: they are questions"
        yield f"{which} {ends}, which the network answers."


def _require_size(
    sheet: Sheet, used: Sequence[int], cells: dict[int, tuple[Cell, ...]], kept: Sequence[int], width: int
) -> None:
    """ExperimentError where there are too many cells, or with the row where a number is too large."""
    if (size := len(kept) * width) > LIMITS["cells"]:
        raise ExperimentError(
            "inputs",
            f"{size:,} cells in these columns, at most {LIMITS['cells']:,} are trained on: choose fewer inputs.",
        )
    for at in used:
        for row in kept:
            cell = cells[at][row]
            if isinstance(cell, float) and abs(cell) > LIMITS["number"]:
                shown = short_repr(cell) if math.isfinite(cell) else "a number of more than 300 digits"
                raise ExperimentError(
                    "inputs",
                    f"Row {row + 1}, column {sheet.columns[at].name}: {shown} is too large: "
                    f"stay within {LIMITS['number']:,}, or leave the column out.",
                )


def _unused_columns(sheet: Sheet, roles: ColumnRoles) -> Iterable[str]:
    """Every column that is not in the table, and why."""
    for at, column in enumerate(sheet.columns):
        if at not in (*roles.inputs, *roles.targets):
            reason = why_unusable(column) or dict(roles.reasons).get(at) or "it is not chosen"
            yield f"{column_title(column.name)} is left out: {reason}."
