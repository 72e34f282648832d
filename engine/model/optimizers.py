"""An optimizer turns the gradient into the step that the weights take.

Each is a pair of pure functions: `start(size)` gives the memory it begins with, an array (slots, size), and
`step(gradient, memory, rate, k)` gives (change, memory) for update number k = 1, 2, ...; the change is *added*
to the weights. The rules and constants are those of torch.optim's classes of the same names, with their defaults
(https://pytorch.org/docs/stable/optim.html).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.model.types import Array

MOMENTUM = 0.9
RMSPROP_DECAY, RMSPROP_EPSILON = 0.99, 1e-8
ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON = 0.9, 0.999, 1e-8


@dataclass(frozen=True, slots=True)
class Optimizer:
    """One optimizer; `slots` is the number of values it remembers for each weight."""

    label: str
    formula: str
    about: str
    slots: int
    step: Callable[[Array, Array, float, int], tuple[Array, Array]]

    def initial_memory(self, size: int) -> Array:
        """The memory before the first update: zeros, shape (slots, size)."""
        return np.zeros((self.slots, size))


def sgd(gradient: Array, memory: Array, rate: float, k: int) -> tuple[Array, Array]:
    return -(gradient * rate), memory


def momentum(gradient: Array, memory: Array, rate: float, k: int) -> tuple[Array, Array]:
    velocity = memory[0] * MOMENTUM + gradient
    return -(velocity * rate), np.stack([velocity])


def rmsprop(gradient: Array, memory: Array, rate: float, k: int) -> tuple[Array, Array]:
    square = memory[0] * RMSPROP_DECAY + gradient * gradient * (1 - RMSPROP_DECAY)
    return -(gradient / (np.sqrt(square) + RMSPROP_EPSILON) * rate), np.stack([square])


def adam(gradient: Array, memory: Array, rate: float, k: int) -> tuple[Array, Array]:
    """D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, 2015, algorithm 1."""
    mean = memory[0] * ADAM_BETA1 + gradient * (1 - ADAM_BETA1)
    square = memory[1] * ADAM_BETA2 + gradient * gradient * (1 - ADAM_BETA2)
    root = np.sqrt(square) / np.sqrt(1 - ADAM_BETA2**k)
    return -(mean / (root + ADAM_EPSILON) * (rate / (1 - ADAM_BETA1**k))), np.stack([mean, square])


OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": Optimizer(
        "Gradient descent",
        r"w \leftarrow w - \eta g",
        "One step straight downhill. The lesson's own.",
        0,
        sgd,
    ),
    "momentum": Optimizer(
        "Momentum",
        r"v \leftarrow 0.9 v + g, \quad w \leftarrow w - \eta v",
        "Rolls on like a ball: faster down long slopes.",
        1,
        momentum,
    ),
    "rmsprop": Optimizer(
        "RMSprop",
        r"s \leftarrow 0.99 s + 0.01 g^2, \quad w \leftarrow w - \eta g / (\sqrt s + \epsilon)",
        "Gives every weight a step of its own size.",
        1,
        rmsprop,
    ),
    "adam": Optimizer(
        "Adam",
        r"w \leftarrow w - \eta \, \hat m / (\sqrt{\hat s} + \epsilon)",
        "Momentum and RMSprop together. Try learning rates near 0.01.",
        2,
        adam,
    ),
}
