"""The optimizers as NumPy calls that work in place on flat vectors: the last part of a compiled epoch.

The formulas are those of `model.optimizers`; a test holds both to the same bits. For an optimizer without a kernel here
its own function is called.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from engine.model.optimizers import (
    ADAM_BETA1,
    ADAM_BETA2,
    ADAM_EPSILON,
    MOMENTUM,
    OPTIMIZERS,
    RMSPROP_DECAY,
    RMSPROP_EPSILON,
    adam,
    momentum,
    rmsprop,
    sgd,
)
from engine.model.types import Array, Flags

Call: TypeAlias = tuple[Callable[..., Any], tuple[Any, ...]]
Factor: TypeAlias = float | Array
"""One number for all values, or an array with one for each of them: in a stack every network has its own."""


@dataclass(frozen=True, slots=True)
class UpdateSettings:
    """What decides how gradients change the values."""

    optimizer: str
    rate: Factor
    l1: Factor
    l2: Factor


def memory_follows_sign(optimizer: str) -> tuple[bool, ...]:
    """For each slot of an optimizer's memory, whether it is negated along with the weight.

    A mean of gradients is, a mean of their squares is not. Without a kernel, memory is never negated.
    """
    record = OPTIMIZERS[optimizer]
    kernel = KERNELS.get(record.step)
    return kernel.memory_follows_sign if kernel else (False,) * record.slots


def update_calls(
    settings: UpdateSettings,
    values: Array,
    gradients: Array,
    negated: Flags,
    is_weight: Array,
    memory: Array,
    updates: int,
) -> Callable[[float], list[Call]]:
    """The calls of one update, penalties included, as a function of the scale of the loss, which gradients lack.

    All arrays are (size,), except `memory`, (slots, size); `gradients` is overwritten. `negated` says which values and
    gradients are negated, `is_weight` is 1 for weights and 0 for biases, `updates` is the number of earlier updates by
    this optimizer.
    """
    rate, penalties = settings.rate, penalty_calls(settings, values, gradients, is_weight)
    step = OPTIMIZERS[settings.optimizer].step
    if step is sgd and not penalties:
        return lambda scale: sgd_calls(values, gradients, scale * rate)
    if step in KERNELS:
        calls = penalties + KERNELS[step].calls(values, gradients, memory, rate, updates)
    else:
        calls = penalties + generic_calls(step, values, gradients, negated, memory, float(rate), updates)
    return lambda scale: scale_calls(gradients, scale) + calls


def put_back_calls(frozen: Flags | None, values: Array) -> list[Call]:
    """The calls that put frozen values back after an update: to what they are now; none where nothing is frozen."""
    return [] if frozen is None else [(np.putmask, (values, frozen, values.copy()))]


def scale_calls(gradients: Array, scale: Factor) -> list[Call]:
    return [(np.multiply, (gradients, np.full_like(gradients, scale), gradients))] if np.any(scale != 1) else []


def penalty_calls(settings: UpdateSettings, values: Array, gradients: Array, is_weight: Array) -> list[Call]:
    """Add l2 * w and l1 * sign(w) to the gradient, for weights and never for biases."""
    extra = np.empty_like(values)
    calls: list[Call] = []
    if np.any(settings.l2):
        calls += [(np.multiply, (values, is_weight * settings.l2, extra)), (np.add, (gradients, extra, gradients))]
    if np.any(settings.l1):
        calls += [(np.sign, (values, extra)), (np.multiply, (extra, is_weight * settings.l1, extra))]
        calls += [(np.add, (gradients, extra, gradients))]
    return calls


def sgd_calls(values: Array, gradients: Array, rate: Factor) -> list[Call]:
    if np.all(rate == 1):
        return [(np.subtract, (values, gradients, values))]
    return [*scale_calls(gradients, -rate), (np.add, (values, gradients, values))]  # less time per call than subtract


def momentum_calls(values: Array, gradients: Array, memory: Array, rate: Factor, updates: int) -> list[Call]:
    (velocity,) = memory
    return [
        (np.multiply, (velocity, np.full_like(values, MOMENTUM), velocity)),
        (np.add, (velocity, gradients, velocity)),
        (np.multiply, (velocity, np.full_like(values, rate), gradients)),
        (np.subtract, (values, gradients, values)),
    ]


def rmsprop_calls(values: Array, gradients: Array, memory: Array, rate: Factor, updates: int) -> list[Call]:
    (square,) = memory
    root = np.empty_like(values)
    return [
        *average_calls(square, gradients, RMSPROP_DECAY, root, squared=True),
        (np.sqrt, (square, root)),
        (np.add, (root, np.full_like(values, RMSPROP_EPSILON), root)),
        (np.divide, (gradients, root, gradients)),
        *sgd_calls(values, gradients, rate),
    ]


def adam_calls(values: Array, gradients: Array, memory: Array, rate: Factor, updates: int) -> list[Call]:
    mean, square = memory
    root, step, correction = np.empty_like(values), np.empty_like(values), np.empty_like(values)

    def count_update() -> None:
        nonlocal updates
        updates += 1
        step[:] = rate / (1 - ADAM_BETA1**updates)
        correction.fill(np.sqrt(1 - ADAM_BETA2**updates))

    return [
        (count_update, ()),
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


def generic_calls(
    step: Callable[[Array, Array, float, int], tuple[Array, Array]],
    values: Array,
    gradients: Array,
    negated: Flags,
    memory: Array,
    rate: float,
    updates: int,
) -> list[Call]:
    """One update by the optimizer's own function, which takes the gradient with its true sign."""
    sign = np.where(negated, -1.0, 1.0)

    def update() -> None:
        nonlocal updates
        updates += 1
        change, memory[:] = step(gradients * sign, memory, rate, updates)
        np.add(values, change * sign, values)

    return [(update, ())]


@dataclass(frozen=True, slots=True)
class Kernel:
    """An optimizer as calls, from values, gradients, memory, the learning rate and the number of earlier updates."""

    calls: Callable[[Array, Array, Array, Factor, int], list[Call]]
    memory_follows_sign: tuple[bool, ...]  # a flag a slot


KERNELS: dict[Callable[..., tuple[Array, Array]], Kernel] = {
    sgd: Kernel(lambda values, gradients, memory, rate, updates: sgd_calls(values, gradients, rate), ()),
    momentum: Kernel(momentum_calls, (True,)),
    rmsprop: Kernel(rmsprop_calls, (False,)),
    adam: Kernel(adam_calls, (True, False)),
}
"""By the `step` of the optimizer's record."""
