"""Validation of rows: of equal width, and numbers in all of them, each refusal with its row and column."""

from collections.abc import Sequence

import numpy as np

from engine.model.validation.checks import LIMITS, ExperimentError, Rows, TargetRows, finite_number, list_items


def table_rows(field: str, value: object) -> tuple[tuple[object, ...], ...]:
    """Rows of equal width, with at least one row and one column, not yet numbers; or ExperimentError.

    Targets may be a flat list, which is one column.
    """
    listed = list_items(field, value)
    if field == "targets" and listed and not any(isinstance(entry, Sequence | np.ndarray) for entry in listed):
        listed = tuple((entry,) for entry in listed)  # a flat list is one column
    if not listed:
        raise ExperimentError(field, "The table has no rows: add one.")
    if len(listed) > LIMITS["rows"]:
        raise ExperimentError(field, f"{len(listed):,} rows in the table, at most {LIMITS['rows']:,}: delete some.")
    rows: list[tuple[object, ...]] = []
    for index, entry in enumerate(listed, 1):
        row = list_items(field, entry)
        width = len(rows[0] if rows else row)
        if not width:
            raise ExperimentError(field, f"The table has no column of {field}: add one.")
        if width > LIMITS[field]:
            raise ExperimentError(field, f"{width:,} columns of {field}, at most {LIMITS[field]}: remove some.")
        if len(row) != width:
            raise ExperimentError(field, f"Row {index} has {len(row)} {field}, row 1 has {width}: make them equal.")
        rows.append(row)
    return tuple(rows)


def table_cells(field: str, rows: tuple[tuple[object, ...], ...], names: tuple[str, ...], first: int = 1) -> Rows:
    """The same rows as floats, or ExperimentError that names the row, counted from `first`, and the column."""
    return tuple(
        tuple(finite_number(field, f"Row {number}, column {name}", v) for name, v in zip(names, row, strict=True))
        for number, row in enumerate(rows, first)
    )


def target_cells(rows: tuple[tuple[object, ...], ...], names: tuple[str, ...]) -> TargetRows:
    """The targets as floats, or ExperimentError that names the row and the column; a row of None stays: a question."""
    if True not in [cell is None for row in rows for cell in row]:
        return table_cells("targets", rows, names)
    targets: list[tuple[float | None, ...]] = []
    for number, row in enumerate(rows, 1):
        empty = [name for name, cell in zip(names, row, strict=True) if cell is None]
        if len(empty) == len(names):
            targets.append((None,) * len(names))
        elif empty:
            raise ExperimentError(
                "targets",
                f"Row {number}, column {empty[0]} is empty: type a number, or empty all targets of the row to have the "
                "network answer it.",
            )
        else:
            targets += table_cells("targets", (row,), names, number)
    if all(row[0] is None for row in targets):
        raise ExperimentError("targets", "No row has a target: type what the network should learn to give.")
    return tuple(targets)
