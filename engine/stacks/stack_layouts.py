"""How a stack of networks lies in memory, and the matrix products of all of them at once.

A stack of matrices is (networks, rows, columns): weights (networks, fan_in, fan_out), signals (networks, samples,
units). A layout is an order of these three axes, and the calls of the five products of an epoch in that order.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from engine.model.experiment import Experiment
from engine.model.types import Array
from engine.training.optimizer_kernels import Call

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class StackLayout:
    """One layout; all arrays that the products take have its order of axes, but for `inputs`, (samples, features).

    Whatever has no network for its first axis in memory must not be summed over networks: one that has diverged would
    spoil the others, because 0 times infinity is undefined.
    """

    axes: tuple[int, int, int]
    first_product: Callable[[Array, Array, Array], Call]  # z from inputs and weights
    product: Callable[[Array, Array, Array], Call]  # z from signal and weights
    first_gradient: Callable[[Array, Array, Array], Call]  # from inputs and delta
    gradient: Callable[[Array, Array, Array], Call]  # from signal and delta
    error_below: Callable[[Array, Array, Array], Call]  # from delta and weights
    first_product_needs_one_piece: bool  # of the z that it writes

    def arrange(self, stack: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """A stack of matrices in this order of axes, in one piece."""
        return np.ascontiguousarray(stack.transpose(self.axes))

    def shape(self, networks: int, rows: int, columns: int) -> tuple[int, ...]:
        """The shape of a stack of matrices in this order of axes."""
        sizes = (networks, rows, columns)
        return tuple(sizes[axis] for axis in self.axes)

    def without_last_row(self, weights: Array) -> Array:
        """The weights of a layer without the row of its biases."""
        return weights[tuple(slice(-1) if axis == 1 else slice(None) for axis in self.axes)]


def flat(array: Array) -> Array:
    """A stack with its networks last as one matrix, (rows, columns x networks); a view."""
    return array.reshape(len(array), -1)


def error_below(delta: Array, weights: Array, below: Array) -> Call:
    if delta.shape[1] == 1:  # nothing to sum over
        return np.multiply, (delta, weights.swapaxes(0, 1), below)
    return partial(np.einsum, "son,uon->sun", out=below), (delta, weights)


NETWORKS_LAST = StackLayout(
    axes=(1, 2, 0),
    first_product=lambda inputs, weights, z: (inputs.dot, (flat(weights), flat(z))),
    product=lambda signal, weights, z: (partial(np.einsum, "sun,uon->son", out=z), (signal, weights)),
    first_gradient=lambda inputs, delta, gradient: (np.ascontiguousarray(inputs.T).dot, (flat(delta), flat(gradient))),
    gradient=lambda signal, delta, gradient: (partial(np.einsum, "sun,son->uon", out=gradient), (signal, delta)),
    error_below=error_below,
    first_product_needs_one_piece=True,
)
"""Networks are columns, (rows, columns, networks): for tiny networks, for every call works on long vectors."""

NETWORKS_FIRST = StackLayout(
    axes=(0, 2, 1),
    first_product=lambda inputs, weights, z: (np.matmul, (weights, np.ascontiguousarray(inputs.T), z)),
    product=lambda signal, weights, z: (np.matmul, (weights, signal, z)),
    first_gradient=lambda inputs, delta, gradient: (np.matmul, (delta, inputs, gradient)),
    gradient=lambda signal, delta, gradient: (np.matmul, (delta, signal.swapaxes(1, 2), gradient)),
    error_below=lambda delta, weights, below: (np.matmul, (weights.swapaxes(1, 2), delta, below)),
    first_product_needs_one_piece=False,
)
"""(networks, columns, rows): a product a network, about 25 ns for each and then as fast as any."""

ALIGNMENT = 64
"""Bytes of a processor's longest vector and of a line of its cache; NumPy aligns arrays to 16."""


def aligned_array(shape: tuple[int, ...]) -> Array:
    """Room for numbers that begins with a line of the cache: arithmetic on it is quicker by about a tenth."""
    numbers = math.prod(shape)
    room = np.empty(numbers + ALIGNMENT // np.dtype(float).itemsize)
    first = -room.ctypes.data % ALIGNMENT // room.itemsize
    return room[first : first + numbers].reshape(shape)


MOST_PRODUCTS = 100
"""Products that a layer of one network adds up in one batch, up to which it is quicker to have networks last."""


def choose_layout(experiment: Experiment) -> StackLayout:
    """The quicker layout for networks like this one; measured.

    The first layer is one product for all networks where they lie last. So is one of a single neuron, all but its sum.
    """
    e, rows = experiment, largest_batch(experiment)
    products = [rows * fan_in * fan_out for fan_in, fan_out in e.shapes[1:] if fan_out > 1]
    return NETWORKS_LAST if max(products, default=0) <= MOST_PRODUCTS else NETWORKS_FIRST


def largest_batch(experiment: Experiment) -> int:
    """Rows of the largest batch."""
    rows = len(experiment.train_rows)
    return min(experiment.batch_size or rows, rows)
