"""Optimizers: how a gradient becomes the change of the weights.

An optimizer is a record. `step(gradient, memory, rate, k)` gives (change, memory) for update number k = 1, 2, ...; the
change is *added* to the weights. It works element by element: `gradient` is an array of any shape, `memory` has one
more axis in front, `slots` long. The rules and constants are those of torch.optim's classes of the same names, with
their defaults (https://pytorch.org/docs/stable/optim.html).

To add one, add an entry to `OPTIMIZERS`. Only the label, the formula, `about`, `slots` and `step` are required.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.model.types import Array

MOMENTUM = 0.9
RMSPROP_DECAY, RMSPROP_EPSILON = 0.99, 1e-8
ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON = 0.9, 0.999, 1e-8

Arithmetic: TypeAlias = tuple[str | float, ...]
"""A calculation as it is written: texts as they stand, numbers to be formatted by whoever shows it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an optimizer's arithmetic for one weight: `value` is None for the change of the weight itself."""

    name: str
    arithmetic: Arithmetic
    value: float | None = None


@dataclass(frozen=True, slots=True)
class WeightUpdate:
    """What one update does to one weight: `before` and `after` are the optimizer's memory of it, (slots,)."""

    gradient: str  # what the page calls the gradient at this point
    before: Sequence[float]
    after: Sequence[float]
    rate: float
    number: int  # counts the optimizer's updates from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimizer:
    """One optimizer."""

    label: str  # as the page writes it
    formula: str  # LaTeX; g is the gradient, eta the learning rate
    about: str  # one sentence for a learner
    slots: int  # numbers that it remembers for each weight
    step: Callable[[Array, Array, float, int], tuple[Array, Array]]
    # The arithmetic of one weight, line by line, for the page to print; None: only the results are shown.
    arithmetic: Callable[[WeightUpdate], tuple[Line, ...]] | None = None
    first_change: str = ""  # the first update in words for a worksheet, "{rate}" for the learning rate
    # Whether it divides by the size of the gradient: where that all but cancels, rounding decides where it goes.
    divides_by_gradient: bool = False
    cost: int = 60  # NumPy calls an update (see model.cost)
    pytorch: str | None = None  # the class in torch.optim with its arguments; None: PyTorch has no equivalent
    keras: str | None = None  # the class in keras.optimizers with its arguments

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


def sgd_arithmetic(update: WeightUpdate) -> tuple[Line, ...]:
    return (Line("change", ("−", update.rate, f" × {update.gradient}")),)


def momentum_arithmetic(update: WeightUpdate) -> tuple[Line, ...]:
    return (
        Line("velocity", (f"{MOMENTUM} × ", update.before[0], f" + {update.gradient}"), update.after[0]),
        Line("change", ("−", update.rate, " × velocity")),
    )


def rmsprop_arithmetic(update: WeightUpdate) -> tuple[Line, ...]:
    gradient, decay = update.gradient, RMSPROP_DECAY
    return (
        Line("square", (f"{decay} × ", update.before[0], " + ", 1 - decay, f" × ({gradient})²"), update.after[0]),
        Line("change", ("−", update.rate, f" × ({gradient}) / (√square + 0.00000001)")),
    )


def adam_arithmetic(update: WeightUpdate) -> tuple[Line, ...]:
    lines = []
    for name, slot, decay, term in (
        ("mean", 0, ADAM_BETA1, update.gradient),
        ("square", 1, ADAM_BETA2, f"({update.gradient})²"),
    ):
        before, after = update.before[slot], update.after[slot]
        lines.append(Line(name, (f"{decay} × ", before, " + ", 1 - decay, f" × {term}"), after))
        corrected = after / (1 - decay**update.number)
        lines.append(Line(f"{name}, corrected", (f"{name} / (1 − {decay}^{update.number:,})",), corrected))
    change = Line("change", ("−", update.rate, " × mean / (√square + 0.00000001), both corrected"))
    return (*lines, change)


OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": Optimizer(
        label="Gradient descent",
        formula=r"w \leftarrow w - \eta g",
        about="One step straight downhill. The lesson's own.",
        slots=0,
        step=sgd,
        arithmetic=sgd_arithmetic,
        first_change="change = −{rate} × gradient",
        cost=0,
        pytorch="SGD(model.parameters(), lr={rate})",
        keras="SGD({rate})",
    ),
    "momentum": Optimizer(
        label="Momentum",
        formula=r"v \leftarrow 0.9 v + g, \quad w \leftarrow w - \eta v",
        about="Rolls on like a ball: faster down long slopes.",
        slots=1,
        step=momentum,
        arithmetic=momentum_arithmetic,
        first_change="change = −{rate} × velocity; the first velocity is the gradient",
        cost=6,
        pytorch=f"SGD(model.parameters(), lr={{rate}}, momentum={MOMENTUM})",
        keras=f"SGD({{rate}}, momentum={MOMENTUM})",
    ),
    "rmsprop": Optimizer(
        label="RMSprop",
        formula=r"s \leftarrow 0.99 s + 0.01 g^2, \quad w \leftarrow w - \eta g / (\sqrt s + \epsilon)",
        about="Gives every weight a step of its own size.",
        slots=1,
        step=rmsprop,
        arithmetic=rmsprop_arithmetic,
        first_change="square = 0.01 × gradient²; change = −{rate} × gradient / √square",
        divides_by_gradient=True,
        cost=6,
        pytorch=f"RMSprop(model.parameters(), lr={{rate}}, alpha={RMSPROP_DECAY}, eps={RMSPROP_EPSILON})",
        # in Keras epsilon stands under the root
        keras=f"RMSprop({{rate}}, rho={RMSPROP_DECAY}, epsilon={RMSPROP_EPSILON**2})",
    ),
    "adam": Optimizer(
        label="Adam",
        formula=r"w \leftarrow w - \eta \, \hat m / (\sqrt{\hat s} + \epsilon)",
        about="Momentum and RMSprop together. Try learning rates near 0.01.",
        slots=2,
        step=adam,
        arithmetic=adam_arithmetic,
        first_change="in the very first update, change = −{rate} × the sign of the gradient, very nearly",
        divides_by_gradient=True,
        cost=12,
        pytorch=f"Adam(model.parameters(), lr={{rate}}, betas=({ADAM_BETA1}, {ADAM_BETA2}), eps={ADAM_EPSILON})",
        keras=f"Adam({{rate}}, beta_1={ADAM_BETA1}, beta_2={ADAM_BETA2}, epsilon={ADAM_EPSILON})",
    ),
}
