"""An activation turns the weighted sum that arrives at a neuron, z, into what the neuron sends on.

Each is a record of two pure functions, the value f(z) and its slope f'(z); both work element by element
on arrays of any shape, except `softmax`, which works along the last axis. The formulas are those of
PyTorch's modules of the same names (https://pytorch.org/docs/stable/nn.html, "Non-linear Activations").

>>> float(ACTIVATIONS["sigmoid"].value(np.array(0.0)))
0.5
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.model.types import Array

INF = float("inf")


@dataclass(frozen=True, slots=True)
class Activation:
    """One activation: `value(z)` and `slope(z)`, both of the shape of z; what it can put out lies in [low, high].

    `mixes` is true where a unit's value depends on its whole layer, as with softmax. Then `slope` is only the
    diagonal of the matrix of slopes, and `delta` takes the others into account.
    """

    label: str
    formula: str
    slope_formula: str
    about: str
    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    low: float = -INF
    high: float = INF
    mixes: bool = False

    def delta(self, error: Array, z: Array) -> Array:
        """Carry an error back through the activation: dL/dz from dL/df(z), both (samples, units).

        error * slope, and for softmax s: s * (error - sum(error * s)), the chain rule over the whole layer.
        """
        if self.mixes:
            s = self.value(z)
            shared: Array = np.sum(error * s, axis=-1, keepdims=True)
            return s * (error - shared)
        return error * self.slope(z)


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


ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation(
        "Sigmoid",
        r"\sigma(z) = \frac{1}{1 + e^{-z}}",
        r"f(z) \, (1 - f(z))",
        "Squeezes any number into 0 to 1: good for yes or no.",
        sigmoid,
        sigmoid_slope,
        0.0,
        1.0,
    ),
    "tanh": Activation(
        "Tanh",
        r"\tanh(z) = \frac{e^z - e^{-z}}{e^z + e^{-z}}",
        r"1 - f(z)^2",
        "Like sigmoid, but from -1 to 1, with 0 in the middle.",
        np.tanh,
        tanh_slope,
        -1.0,
        1.0,
    ),
    "relu": Activation(
        "ReLU",
        r"\max(0, z)",
        r"1 \text{ if } z > 0 \text{ else } 0",
        "Passes what is above 0 and silences the rest.",
        relu,
        relu_slope,
        0.0,
    ),
    "leaky_relu": Activation(
        "Leaky ReLU",
        r"z \text{ if } z > 0 \text{ else } 0.01 z",
        r"1 \text{ if } z > 0 \text{ else } 0.01",
        "ReLU with a small slope below 0, so that no neuron goes silent for good.",
        leaky_relu,
        leaky_relu_slope,
    ),
    "elu": Activation(
        "ELU",
        r"z \text{ if } z > 0 \text{ else } e^z - 1",
        r"1 \text{ if } z > 0 \text{ else } e^z",
        "ReLU with a smooth curve down to -1 below 0.",
        elu,
        elu_slope,
        -1.0,
    ),
    "softplus": Activation(
        "Softplus", r"\ln(1 + e^z)", r"\sigma(z)", "A smooth ReLU without the corner.", softplus, sigmoid, 0.0
    ),
    "silu": Activation(
        "SiLU",
        r"z \, \sigma(z)",
        r"\sigma(z) \, (1 + z \, (1 - \sigma(z)))",
        "ReLU with a soft dip just below 0.",
        silu,
        silu_slope,
        -0.2784645427610738,
    ),
    "sine": Activation(
        "Sine", r"\sin(z)", r"\cos(z)", "A wave: good for anything that repeats.", np.sin, np.cos, -1.0, 1.0
    ),
    "linear": Activation(
        "Linear", r"z", r"1", "Passes the sum on unchanged: good for outputs of any size.", linear, linear_slope
    ),
    "softmax": Activation(
        "Softmax",
        r"\frac{e^{z_i}}{\sum_j e^{z_j}}",
        r"f(z) \, (1 - f(z))",
        "Shares 100 % out among the outputs: good for one class of several. For outputs only.",
        softmax,
        softmax_slope,
        0.0,
        1.0,
        mixes=True,
    ),
    "step": Activation(
        "Step",
        r"1 \text{ if } z > 0 \text{ else } 0",
        r"0",
        "Off or on. Its slope is 0 everywhere, so nothing can learn through it.",
        step,
        step_slope,
        0.0,
        1.0,
    ),
}
