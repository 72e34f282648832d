"""The array types that every formula takes and gives, and one helper for flat parameter vectors."""

import math
from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]


def split_flat(flat: Array, shapes: Iterable[tuple[int, ...]]) -> list[Array]:
    """Views of a flat vector as arrays of these shapes, one after the other."""
    views, start = [], 0
    for shape in shapes:
        size = math.prod(shape)
        views.append(flat[start : start + size].reshape(shape))
        start += size
    return views
