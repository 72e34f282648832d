"""An update turns the gradient into new weights: the penalties' and the optimizer's part of a plan.

The formulas are those of `optimizers`, as NumPy calls that work in place on three flat vectors: all weights, all
gradients (overwritten on the way), and the optimizer's memory.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.model.experiment import Experiment
from engine.model.optimizers import (
    ADAM_BETA1,
    ADAM_BETA2,
    ADAM_EPSILON,
    MOMENTUM,
    RMSPROP_DECAY,
    RMSPROP_EPSILON,
)
from engine.model.types import Array

Call = tuple[Callable[..., Any], tuple[Any, ...]]

FOLLOWS_SIGN: dict[str, tuple[bool, ...]] = {
    "sgd": (),
    "momentum": (True,),
    "rmsprop": (False,),
    "adam": (True, False),
}
"""For each slot of an optimizer's memory, whether it turns its sign when the gradients do; squares do not."""


def update_calls(
    experiment: Experiment, values: Array, gradients: Array, is_weight: Array, memory: Array, done: int
) -> Callable[[float], list[Call]]:
    """One update: penalties, then the optimizer; as a function of the loss's scale, which the gradients come without.

    All arrays are (size,), but for `memory`, (slots, size), which all the updates share; `is_weight` is 1 for weights,
    0 for biases. `done` updates have been made before.
    """
    rate, penalties = experiment.learning_rate, penalty_calls(experiment, values, gradients, is_weight)
    if experiment.optimizer == "sgd" and not penalties:
        return lambda scale: sgd_calls(values, gradients, scale * rate)
    step = penalties + OPTIMIZER_CALLS[experiment.optimizer](values, gradients, memory, rate, done)
    return lambda scale: scale_calls(gradients, scale) + step


def scale_calls(gradients: Array, scale: float) -> list[Call]:
    return [(np.multiply, (gradients, np.full_like(gradients, scale), gradients))] if scale != 1 else []


def penalty_calls(experiment: Experiment, values: Array, gradients: Array, is_weight: Array) -> list[Call]:
    """Add l2 * w and l1 * sign(w) to the gradient, for weights and never for biases."""
    extra = np.empty_like(values)
    calls: list[Call] = []
    if experiment.l2:
        calls += [(np.multiply, (values, is_weight * experiment.l2, extra)), (np.add, (gradients, extra, gradients))]
    if experiment.l1:
        calls += [(np.sign, (values, extra)), (np.multiply, (extra, is_weight * experiment.l1, extra))]
        calls += [(np.add, (gradients, extra, gradients))]
    return calls


def sgd_calls(values: Array, gradients: Array, rate: float) -> list[Call]:
    if rate == 1:
        return [(np.subtract, (values, gradients, values))]
    return [*scale_calls(gradients, -rate), (np.add, (values, gradients, values))]  # add is quicker to call


def momentum_calls(values: Array, gradients: Array, memory: Array, rate: float, done: int) -> list[Call]:
    (velocity,) = memory
    return [
        (np.multiply, (velocity, np.full_like(values, MOMENTUM), velocity)),
        (np.add, (velocity, gradients, velocity)),
        (np.multiply, (velocity, np.full_like(values, rate), gradients)),
        (np.subtract, (values, gradients, values)),
    ]


def rmsprop_calls(values: Array, gradients: Array, memory: Array, rate: float, done: int) -> list[Call]:
    (square,) = memory
    root = np.empty_like(values)
    return [
        *average_calls(square, gradients, RMSPROP_DECAY, root, squared=True),
        (np.sqrt, (square, root)),
        (np.add, (root, np.full_like(values, RMSPROP_EPSILON), root)),
        (np.divide, (gradients, root, gradients)),
        *sgd_calls(values, gradients, rate),
    ]


def adam_calls(values: Array, gradients: Array, memory: Array, rate: float, done: int) -> list[Call]:
    mean, square = memory
    root, step, correction = np.empty_like(values), np.empty_like(values), np.empty_like(values)

    def count() -> None:
        nonlocal done
        done += 1
        step.fill(rate / (1 - ADAM_BETA1**done))
        correction.fill(np.sqrt(1 - ADAM_BETA2**done))

    return [
        (count, ()),
        *average_calls(mean, gradients, ADAM_BETA1, root),
        *average_calls(square, gradients, ADAM_BETA2, root, squared=True),
        (np.sqrt, (square, root)),
        (np.divide, (root, correction, root)),
        (np.add, (root, np.full_like(values, ADAM_EPSILON), root)),
        (np.divide, (mean, root, gradients)),
        (np.multiply, (gradients, step, gradients)),
        (np.subtract, (values, gradients, values)),
    ]


def average_calls(average: Array, gradients: Array, decay: float, spare: Array, squared: bool = False) -> list[Call]:
    """average = decay * average + (1 - decay) * gradient, or its square."""
    square: list[Call] = [(np.multiply, (gradients, gradients, spare))] if squared else []
    return [
        (np.multiply, (average, np.full_like(average, decay), average)),
        *square,
        (np.multiply, (spare if squared else gradients, np.full_like(average, 1 - decay), spare)),
        (np.add, (average, spare, average)),
    ]


OPTIMIZER_CALLS: dict[str, Callable[[Array, Array, Array, float, int], list[Call]]] = {
    "sgd": lambda values, gradients, memory, rate, done: sgd_calls(values, gradients, rate),
    "momentum": momentum_calls,
    "rmsprop": rmsprop_calls,
    "adam": adam_calls,
}
