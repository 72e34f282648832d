"""Validation of the table: rows of equal width under column names, each refusal with its row and column."""

import re
from collections.abc import Sequence

import numpy as np

from engine.model.validation import LIMITS, ExperimentError, Rows, finite_number, list_items, short_repr

COLUMN_NAME = re.compile(r"[^\W_][\w .()/%+-]*")


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


def table_cells(field: str, rows: tuple[tuple[object, ...], ...], names: tuple[str, ...]) -> Rows:
    """The same rows as floats, or ExperimentError that names the row and the column."""
    return tuple(
        tuple(finite_number(field, f"Row {index}, column {name}", v) for name, v in zip(names, row, strict=True))
        for index, row in enumerate(rows, 1)
    )


def column_names(field: str, value: object, prefix: str, width: int) -> tuple[str, ...]:
    """The names given, or `prefix` and a number where there are none; ExperimentError for one that could do harm."""
    names = list_items(field, value) or tuple(f"{prefix}{i + 1}" for i in range(width))
    if len(names) != width:
        raise ExperimentError(field, f"{len(names)} names for {width} columns: give every column one.")
    for index, name in enumerate(names, 1):
        place = f"The name of {'input' if prefix == 'x' else 'target'} column {index}"
        if not isinstance(name, str) or not name.strip():
            raise ExperimentError(field, f"{place} is empty: type one.")
        if len(name) > LIMITS["name"]:
            raise ExperimentError(field, f"{place} has {len(name)} characters, at most {LIMITS['name']}: shorten it.")
        if not COLUMN_NAME.fullmatch(name) or name != name.strip():
            raise ExperimentError(
                field,
                f"{place}, {short_repr(name)}: use letters, digits, spaces and . - + _ ( ) / %, a letter or "
                "digit first.",
            )
    return tuple(map(str, names))


def require_different_names(input_names: tuple[str, ...], target_names: tuple[str, ...]) -> None:
    """ExperimentError where two columns have one name."""
    names = input_names + target_names
    for index, name in enumerate(names):
        if name in names[:index]:
            field = "input_names" if index < len(input_names) else "target_names"
            raise ExperimentError(field, f"Two columns are called {name}: rename one.")


def start_values(field: str, value: object, shapes: tuple[tuple[int, int], ...]) -> tuple[Rows, ...]:
    """Start values by hand: one (fan_in, fan_out) a layer, as floats; ExperimentError where a shape is wrong."""
    layers = list_items(field, value)
    words = field.replace("initial_", "start ")
    if len(layers) != len(shapes):
        raise ExperimentError(field, f"{len(layers)} layers of {words} for a network of {len(shapes)}.")
    result = []
    for index, (layer, (fan_in, fan_out)) in enumerate(zip(layers, shapes, strict=True), 1):
        place, listed = f"The {words} of layer {index}", list_items(field, layer)
        rows = tuple(list_items(field, row) for row in listed[: fan_in + 1])
        if len(rows) != fan_in or any(len(row) != fan_out for row in rows):
            raise ExperimentError(field, f"{place} must be {fan_in} x {fan_out}.")
        one = "weight" if field == "initial_weights" else "bias"
        result.append(
            tuple(
                tuple(
                    finite_number(field, f"The start {one} of layer {index}, row {i}, neuron {j}", v)
                    for j, v in enumerate(row, 1)
                )
                for i, row in enumerate(rows, 1)
            )
        )
    return tuple(result)
