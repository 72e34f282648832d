"""A check refuses what cannot be trained, in words that name the place and the way out."""

import math
import reprlib
from collections.abc import Mapping, Sequence
from numbers import Integral, Real
from typing import Any, Protocol, runtime_checkable

import numpy as np

Rows = tuple[tuple[float, ...], ...]
TargetRows = tuple[tuple[float | None, ...], ...]
"""A row of None is a question: a row without targets."""

LIMITS: dict[str, int] = {
    "rows": 1_000,
    "inputs": 64,
    "targets": 64,
    "cells": 5_000,
    "hidden layers": 6,
    "units": 64,
    "weights": 5_000,
    "frozen parts": 500,
    "rate changes": 100,
    "optimizer changes": 100,
    "earlier tables": 20,
    "epochs": 1_000_000,
    "patience": 200,
    "seconds": 120,
    "seconds for many": 600,
    "megabytes": 32,
    "name": 24,
    "formula": 60,
    "number": 1_000_000_000,
    "seed": 2**32 - 1,
}
"""The most that one experiment may ask for, or many at once, so that one visitor cannot take a shared server down."""

LONGEST_LIST = 100_000
"""A longer list is refused unread: no experiment needs one."""


class ExperimentError(ValueError):
    """An experiment that cannot be trained: `field` is the part at fault, the message says where and what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@runtime_checkable
class HasToList(Protocol):
    """What can give its values as a list: a NumPy array, a pandas column."""

    size: int

    def tolist(self) -> object:
        """The values as plain Python numbers, or one number where there is but one."""


def finite_number(field: str, place: str, value: object) -> float:
    """A finite float of a size that can be trained on, or ExperimentError with `place` in front."""
    if value is None:
        raise ExperimentError(field, f"{place} is empty: type a number.")
    if not isinstance(value, float | Real | np.bool_):  # float first: most are, and Real is slow to ask
        raise ExperimentError(field, f"{place}: {short_repr(value)} is not a number.")
    try:
        result = float(value) + 0.0  # the sum turns -0.0 into 0.0, which equals it but is another number to NumPy
    except OverflowError:
        result = math.inf
    if math.isnan(result):
        raise ExperimentError(field, f"{place}: {short_repr(value)} is not a number.")
    if abs(result) > LIMITS["number"]:
        raise ExperimentError(field, f"{place}: {short_repr(value)} is too large: stay within {LIMITS['number']:,}.")
    return result


def non_negative_number(field: str, place: str, value: object) -> float:
    """A number that is not negative, or ExperimentError."""
    result = finite_number(field, place, value)
    if result < 0:
        raise ExperimentError(field, f"{place} is {result:g}: it must not be negative.")
    return result


def whole_number(field: str, place: str, value: object, low: int, high: int) -> int:
    """An int from low to high, or ExperimentError; a float that is whole counts."""
    if value is None:
        raise ExperimentError(field, f"{place} is empty: type a whole number.")
    if isinstance(value, float | np.floating) and value.is_integer():
        value = int(value)
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise ExperimentError(field, f"{place}: {short_repr(value)} is not a whole number.")
    result = int(value)
    if not low <= result <= high:
        raise ExperimentError(field, f"{place}: {short_repr(value)} is outside {low:,} to {high:,}.")
    return result


def boolean(field: str, place: str, value: object) -> bool:
    """True or False, or ExperimentError; 1 and 0 count."""
    if not isinstance(value, Integral | np.bool_) or value not in (0, 1):
        raise ExperimentError(field, f"{place}: {short_repr(value)} is neither on nor off: use True or False.")
    return bool(value)


def registry_name(field: str, kind: str, name: object, registry: Mapping[str, object]) -> str:
    """The name, if the registry has it, or ExperimentError."""
    if not isinstance(name, str) or name not in registry:
        raise ExperimentError(
            field, f"There is no {kind} called {short_repr(name)}: choose from {', '.join(registry)}."
        )
    return str(name)


def list_items(field: str, value: object) -> tuple[Any, ...]:
    """What a list, tuple or array holds, or ExperimentError; an array of more than one dimension holds arrays."""
    plain = isinstance(value, list | tuple)  # as most are; to ask for a protocol takes far longer
    if not plain and isinstance(value, HasToList) and not isinstance(value, type) and value.size <= LONGEST_LIST:
        value = list(value) if isinstance(value, np.ndarray) and value.ndim > 1 else value.tolist()
    if isinstance(value, str | bytes | bytearray):
        raise ExperimentError(field, f"{field}: {short_repr(value)} is text, not a list.")
    if not isinstance(value, Sequence):
        raise ExperimentError(field, f"{field}: {short_repr(value)} is not a list of a fit size.")
    if len(value) > LONGEST_LIST:
        raise ExperimentError(field, f"{field}: a list of {len(value):,} is too long.")
    return tuple(value)


def short_repr(value: object) -> str:
    """A short, quoted form of anything, on one line."""
    try:
        text = " ".join(reprlib.repr(value).split())
    except ValueError:  # an int of more digits than Python is willing to write
        text = "a very large number"
    return text if len(text) <= 40 else f"{text[:36]} ..."
