"""What an activation is: the record of one, and the functions of z that the records in `activations` are made of.

All work element by element on arrays of any shape, except softmax, which works along the last axis. The formulas are
those of PyTorch's modules of the same names (https://pytorch.org/docs/stable/nn.html, "Non-linear Activations").
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from engine.model.types import Array, Translation

INF = float("inf")

Monotone: TypeAlias = Literal["strictly", "weakly", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """One activation."""

    label: str  # as the page writes it
    formula: str  # LaTeX of f(z)
    slope_formula: str  # LaTeX of f'(z)
    about: str  # one sentence for a learner
    value: Callable[[Array], Array]  # f(z), of the shape of z
    slope: Callable[[Array], Array]  # f'(z), of the shape of z; for softmax the diagonal of the Jacobian
    low: float = -INF  # the outputs lie in [low, high]
    high: float = INF
    # dL/dz from dL/df(z) and z, both (samples, units), where a unit's output depends on its whole layer
    backward: Callable[[Array, Array], Array] | None = None
    delta_formula: str = r"\delta = \text{error} \cdot f'(z)"  # LaTeX of what `delta` computes
    # "strictly": f rises everywhere; "weakly": f exceeds any level between its value at 0 and `high` from one z on.
    # Only then is the border between two answers a straight line, which the separability check relies on.
    monotone: Monotone = "no"
    # What training pays beyond the matrix products: NumPy calls a layer, microseconds a cell (see model.cost).
    cost: tuple[int, float] = (40, 0.016)
    pytorch: Translation | None = None  # None: PyTorch has no equivalent, and the exported program says so
    keras: Translation | None = None
    # f(z) in JavaScript, for the pictures that the browser computes: an expression of the number z; where the
    # activation is not elementwise, statements that turn the array z of one layer into f(z). None: no pictures.
    javascript: str | None = None

    @property
    def is_elementwise(self) -> bool:
        """Whether each output depends on its own z alone; not so for softmax."""
        return self.backward is None

    def delta(self, error: Array, z: Array) -> Array:
        """Carry an error back through the activation: dL/dz from dL/df(z), both (samples, units).

        error * f'(z), or what `backward` computes for an activation that is not elementwise.
        """
        return error * self.slope(z) if self.backward is None else self.backward(error, z)


def sigmoid(z: Array) -> Array:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def sigmoid_slope(z: Array) -> Array:
    s = sigmoid(z)
    return s * (1 - s)


def tanh_slope(z: Array) -> Array:
    t = np.tanh(z)
    return 1 - t * t


def relu(z: Array) -> Array:
    return np.maximum(z, 0.0)


def relu_slope(z: Array) -> Array:
    return np.where(z > 0, 1.0, 0.0)


def leaky_relu(z: Array) -> Array:
    return np.where(z > 0, z, 0.01 * z)


def leaky_relu_slope(z: Array) -> Array:
    return np.where(z > 0, 1.0, 0.01)


def elu(z: Array) -> Array:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def elu_slope(z: Array) -> Array:
    return np.exp(np.minimum(z, 0.0))


def softplus(z: Array) -> Array:
    return np.logaddexp(0.0, z)


def silu(z: Array) -> Array:
    return z * sigmoid(z)


def silu_slope(z: Array) -> Array:
    s = sigmoid(z)
    return s + z * s * (1 - s)


def linear(z: Array) -> Array:
    return z * 1.0


def linear_slope(z: Array) -> Array:
    return np.ones_like(z)


def step(z: Array) -> Array:
    return np.where(z > 0, 1.0, 0.0)


def step_slope(z: Array) -> Array:
    return np.zeros_like(z)


def softmax(z: Array) -> Array:
    powers: Array = np.exp(z - z.max(axis=-1, keepdims=True))
    total: Array = powers.sum(axis=-1, keepdims=True)
    return powers / total


def softmax_slope(z: Array) -> Array:
    s = softmax(z)
    return s * (1 - s)


def softmax_delta(error: Array, z: Array) -> Array:
    """s * (error - sum(error * s)): the chain rule over the whole layer."""
    s = softmax(z)
    shared: Array = np.sum(error * s, axis=-1, keepdims=True)
    return s * (error - shared)
