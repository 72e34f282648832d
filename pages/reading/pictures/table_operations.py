"""What is done to the table on the map: points added, moved, deleted, as an edit such as the grid tells its own."""

from collections.abc import Sequence
from typing import Any, TypeGuard

from engine import LIMITS, ExperimentError
from pages.reading.edited_table import EditedTable
from pages.reading.pictures.operations import Operation

GONE = "That row is no longer in the table, so nothing was changed."


def table_edits(operation: Operation, table: EditedTable) -> dict[str, Any]:
    """An operation as an edit of the grid; ExperimentError where the table has no such row or cell."""
    match operation.kind, operation.values:
        case "add", {"rows": list(rows)}:
            return {"added_rows": added_rows(table, rows)}
        case "move", {"row": row, "were": [were], "inputs": list(inputs)}:
            (place,) = current_rows(table, [row], [were])
            return {"edited_rows": {place: moved_cells(table, inputs)}}
        case "delete", {"rows": list(rows), "were": list(were)} if rows:
            return {"deleted_rows": current_rows(table, rows, were)}
    raise ExperimentError("inputs", GONE)


def added_rows(table: EditedTable, rows: Sequence[object]) -> list[dict[str, float | None]]:
    """New rows by column; ExperimentError where there are too many, or one does not fit into the table."""
    most = most_rows(table)
    if len(table.rows) + len(rows) > most:
        raise ExperimentError("inputs", f"The table has room for {most:,} rows, so nothing was added.")
    width, added = len(table.inputs), []
    for row in rows:
        if not isinstance(row, list) or len(row) != len(table.columns):
            raise ExperimentError("inputs", "The table has other columns by now, so nothing was added.")
        is_point = all(is_finite(cell) for cell in row[:width])
        if not is_point or not all(cell is None or is_finite(cell) for cell in row[width:]):
            raise ExperimentError("inputs", "A point needs a number for every input, so nothing was added.")
        cells = [None if cell is None else float(cell) for cell in row]
        added.append(dict(zip(table.columns, cells, strict=True)))
    return added


def moved_cells(table: EditedTable, inputs: Sequence[object]) -> dict[str, float]:
    """The new values by column of pairs of an input, counted from 0, and its value."""
    cells = {}
    for pair in inputs:
        match pair:
            case [int(at), value] if not isinstance(at, bool) and 0 <= at < len(table.inputs) and is_finite(value):
                cells[table.columns[at]] = float(value)
            case _:
                raise ExperimentError("inputs", "A point needs a number for every input, so nothing was moved.")
    return cells


def most_rows(table: EditedTable) -> int:
    """How many rows a table with these columns may have."""
    return min(LIMITS["rows"], LIMITS["cells"] // len(table.columns))


def current_rows(table: EditedTable, rows: Sequence[object], were: Sequence[object]) -> list[int]:
    """Where these rows of the map are by now: the grid may have lost or got rows that the map does not show yet.

    `were` are their inputs. A row that has others by now was edited in its place. ExperimentError where there is none.
    """
    taken: list[int] = []
    if len(rows) != len(were):
        raise ExperimentError("inputs", GONE)
    for row, inputs in zip(rows, were, strict=True):
        if not isinstance(row, int) or isinstance(row, bool) or not 0 <= row < LIMITS["rows"]:
            raise ExperimentError("inputs", GONE)
        width = len(table.inputs)
        alike = [at for at, cells in enumerate(table.rows) if list(cells[:width]) == inputs and at not in taken]
        place = min(alike, key=lambda at: abs(at - row), default=row)
        if place >= len(table.rows):
            raise ExperimentError("inputs", GONE)
        taken.append(place)
    return taken


def is_finite(value: object) -> TypeGuard[float]:
    """Whether this is a number that a cell may hold; from JSON come integers of any length, and NaN."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LIMITS["number"]
