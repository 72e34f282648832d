"""A check refuses what cannot be trained, in words that name the place and the way out."""

import math
import re
from collections.abc import Container, Sequence
from numbers import Integral, Real
from typing import Any

Rows = tuple[tuple[float, ...], ...]

LIMITS: dict[str, int] = {
    "rows": 1_000,
    "inputs": 64,
    "targets": 10,
    "cells": 5_000,
    "hidden layers": 6,
    "units": 64,
    "weights": 5_000,
    "epochs": 1_000_000,
    "seconds": 120,
    "name": 24,
    "number": 1_000_000_000,
    "seed": 2**32 - 1,
}
"""The most that one experiment may ask for, so that one visitor cannot take a shared server down."""

NAME = re.compile(r"[^\W_][\w .()/%+-]*")


class ExperimentError(ValueError):
    """An experiment that cannot be trained; `field` is the part of it at fault, the message says where and what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def number(field: str, place: str, value: object) -> float:
    """A finite float of a size that can be trained on, or ExperimentError with `place` in front."""
    if value is None:
        raise ExperimentError(field, f"{place} is empty: type a number.")
    if not isinstance(value, Real) or math.isnan(value):
        raise ExperimentError(field, f"{place}: {shown(value)} is not a number.")
    result = float(value) if abs(value) <= LIMITS["number"] else math.inf
    if not math.isfinite(result):
        raise ExperimentError(field, f"{place}: {shown(value)} is too large: stay within {LIMITS['number']:,}.")
    return result


def whole(field: str, place: str, value: object, low: int, high: int) -> int:
    """An int from low to high, or ExperimentError; a float that is whole counts."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise ExperimentError(field, f"{place}: {shown(value)} is not a whole number.")
    if not low <= value <= high:
        raise ExperimentError(field, f"{place}: {shown(value)} is outside {low:,} to {high:,}.")
    return int(value)


def known(field: str, kind: str, name: object, registry: Container[str]) -> str:
    """The name, if the registry has it, or ExperimentError."""
    if not isinstance(name, str) or name not in registry:
        choices = ", ".join(registry) if isinstance(registry, dict) else ""
        raise ExperimentError(field, f"There is no {kind} called {shown(name)}: choose from {choices}.")
    return name


def items(field: str, value: object) -> tuple[Any, ...]:
    """What a list, tuple or array holds, or ExperimentError."""
    if not hasattr(value, "tolist") and not isinstance(value, Sequence):
        raise ExperimentError(field, f"{field}: {shown(value)} is not a list.")
    if isinstance(value, str | bytes):
        raise ExperimentError(field, f"{field}: {shown(value)} is text, not a list.")
    return tuple(value.tolist() if hasattr(value, "tolist") else value)


def table(field: str, value: object) -> tuple[tuple[object, ...], ...]:
    """Rows of equal width, with at least one row and one column, not yet numbers; or ExperimentError."""
    rows = tuple(items(field, row) for row in items(field, value))
    if not rows:
        raise ExperimentError(field, "The table has no rows: add one.")
    if len(rows) > LIMITS["rows"]:
        raise ExperimentError(field, f"{len(rows):,} rows in the table, at most {LIMITS['rows']:,}: delete some.")
    width = len(rows[0])
    if not width:
        raise ExperimentError(field, f"The table has no column of {field}: add one.")
    if width > LIMITS[field]:
        raise ExperimentError(field, f"{width:,} columns of {field}, at most {LIMITS[field]}: remove some.")
    for index, row in enumerate(rows, 1):
        if len(row) != width:
            raise ExperimentError(field, f"Row {index} has {len(row)} {field}, row 1 has {width}: make them equal.")
    return rows


def cells(field: str, rows: tuple[tuple[object, ...], ...], names: tuple[str, ...]) -> Rows:
    """The same rows as floats, or ExperimentError that names the row and the column."""
    return tuple(
        tuple(number(field, f"Row {index}, column {name}", v) for name, v in zip(names, row, strict=True))
        for index, row in enumerate(rows, 1)
    )


def column_names(field: str, value: object, prefix: str, width: int) -> tuple[str, ...]:
    """The names given, or `prefix` and a number where there are none; ExperimentError for one that could do harm."""
    names = items(field, value) or tuple(f"{prefix}{i + 1}" for i in range(width))
    if len(names) != width:
        raise ExperimentError(field, f"{len(names)} names for {width} columns: give every column one.")
    for index, name in enumerate(names, 1):
        place = f"The name of {'input' if prefix == 'x' else 'target'} column {index}"
        if not isinstance(name, str) or not name.strip():
            raise ExperimentError(field, f"{place} is empty: type one.")
        if len(name) > LIMITS["name"]:
            raise ExperimentError(field, f"{place} has {len(name)} characters, at most {LIMITS['name']}: shorten it.")
        if not NAME.fullmatch(name) or name != name.strip():
            raise ExperimentError(
                field,
                f"{place}, {shown(name)}: use letters, digits, spaces and . - + _ ( ) / %, a letter or digit first.",
            )
    return names


def distinct(field: str, names: tuple[str, ...]) -> None:
    """ExperimentError where two columns have one name."""
    for index, name in enumerate(names):
        if name in names[:index]:
            raise ExperimentError(field, f"Two columns are called {name}: rename one.")


def given(field: str, value: object, shapes: tuple[tuple[int, int], ...]) -> tuple[Rows, ...]:
    """Start values by hand: one (fan_in, fan_out) a layer, as floats; ExperimentError where a shape is wrong."""
    layers = items(field, value)
    words = field.replace("initial_", "start ")
    if len(layers) != len(shapes):
        raise ExperimentError(field, f"{len(layers)} layers of {words} for a network of {len(shapes)}.")
    result = []
    for index, (layer, (fan_in, fan_out)) in enumerate(zip(layers, shapes, strict=True), 1):
        rows = tuple(items(field, row) for row in items(field, layer))
        if len(rows) != fan_in or any(len(row) != fan_out for row in rows):
            raise ExperimentError(field, f"The {words} of layer {index} must be {fan_in} x {fan_out}.")
        result.append(tuple(tuple(number(field, f"The {words} of layer {index}", v) for v in row) for row in rows))
    return tuple(result)


def shown(value: object) -> str:
    """A short, quoted form of anything, safe to put into a message."""
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:36]} ..."
