"""The array types that every formula takes and gives, and one helper for flat parameter vectors."""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]


def split_flat(flat: Array, shapes: Iterable[tuple[int, int]]) -> list[Array]:
    """Views of a flat vector as matrices of these (rows, columns), one after the other."""
    views, start = [], 0
    for rows, columns in shapes:
        views.append(flat[start : start + rows * columns].reshape(rows, columns))
        start += rows * columns
    return views
