"""The types that many modules share: arrays, flat vectors of parameters, how a part is written in another library."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]


Number = TypeVar("Number", bound=np.generic)


def split_flat(flat: npt.NDArray[Number], shapes: Iterable[tuple[int, ...]]) -> list[npt.NDArray[Number]]:
    """Views of a flat vector as arrays of these shapes, one after the other."""
    views, start = [], 0
    for shape in shapes:
        size = math.prod(shape)
        views.append(flat[start : start + size].reshape(shape))
        start += size
    return views


def join_flat(layers: Iterable[tuple[Array, Array | None]]) -> Array:
    """The weights and biases of layers as one vector, in the order W1 row by row, b1, W2, ..."""
    return np.concatenate([array for layer in layers for array in layer if array is not None], axis=None)


@dataclass(frozen=True, slots=True)
class Translation:
    """An expression in PyTorch or Keras, and the source of what that library has no name for."""

    expression: str  # "nn.Tanh()"
    source: str = ""  # a class or function that the expression calls, written into the program once
