"""The activations as NumPy calls that work in place: the part of a compiled epoch between two products.

One that has no kernel here is called as it stands, which is slower and the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.model.activation_functions import (
    linear,
    linear_slope,
    relu,
    relu_slope,
    sigmoid,
    sigmoid_slope,
    tanh_slope,
)
from engine.model.activations import ACTIVATIONS
from engine.model.types import Array
from engine.training.optimizer_kernels import Call


@dataclass(frozen=True, slots=True)
class InPlaceActivation:
    """An activation as calls that work in place: its value overwrites z, and its slope comes from the value alone."""

    value_calls: Callable[[Array, Array], list[Call]]  # from z into the outputs
    slope_calls: Callable[[Array, Array], list[Call]]  # from the outputs into the slopes
    negated: bool = False  # whether z and the weights are held negated; the slope is then d output / d(-z)
    slope_is_one: bool = False


LONG = 500
"""Numbers of an array whose arithmetic takes longer than its call."""


def constant(number: float, like: Array) -> Array:
    """A number as an operand: in an array of the same shape, or alone where it takes longer to read another array."""
    return np.full_like(like, number) if like.size < LONG else np.array(number)


def invert_call(a: Array) -> Call:
    """a = 1 / a, to the same bits: `reciprocal` is quicker to call, `divide` works on several numbers at a time."""
    return (np.reciprocal, (a, a)) if a.size < LONG else (np.divide, (np.array(1.0), a, a))


IN_PLACE: dict[tuple[Callable[..., Array], Callable[..., Array]], InPlaceActivation] = {
    (sigmoid, sigmoid_slope): InPlaceActivation(
        lambda z, a: [(np.exp, (z, a)), (np.add, (a, constant(1.0, a), a)), invert_call(a)],
        lambda a, slope: [(np.add, (a, constant(-1.0, a), slope)), (np.multiply, (slope, a, slope))],
        negated=True,
    ),
    (np.tanh, tanh_slope): InPlaceActivation(
        lambda z, a: [(np.tanh, (z, a))],
        lambda a, slope: [(np.square, (a, slope)), (np.subtract, (constant(1.0, slope), slope, slope))],
    ),
    (relu, relu_slope): InPlaceActivation(
        # maximum is the one ufunc here that does not take its output by position
        lambda z, a: [(partial(np.maximum, out=a), (z, constant(0.0, z)))],
        lambda a, slope: [(np.sign, (a, slope))],
    ),
    (linear, linear_slope): InPlaceActivation(
        lambda z, a: [] if a is z else [(np.copyto, (a, z))], lambda a, slope: [], slope_is_one=True
    ),
}
"""By value and slope. An activation that is not among them is called as it stands, which is slower and the same."""


def in_place(name: str) -> InPlaceActivation | None:
    activation = ACTIVATIONS[name]
    return IN_PLACE.get((activation.value, activation.slope)) if activation.is_elementwise else None


def is_negated(name: str) -> bool:
    """Whether a layer with this activation keeps its weights negated."""
    kernel = in_place(name)
    return kernel is not None and kernel.negated
