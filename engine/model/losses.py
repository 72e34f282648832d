"""A loss is one number for how wrong the outputs are; training walks downhill on it.

Each record has the loss itself and `scale`, which makes the error: for all four losses the error is
scale * (output - target). For the squared ones that is dL/d(output), still to be carried through the output's slope.
The cross-entropies are fused with the activation named in `output`: there the slope cancels and the same product is
already dL/dz (C. M. Bishop, Pattern Recognition and Machine Learning, 2006, sections 4.3.6 and 5.2).

All arrays are (samples, targets); `logits` are the sums z before the output's activation.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.model.types import Array


@dataclass(frozen=True, slots=True)
class Loss:
    """One loss: `value(logits, outputs, targets)` is a float; `scale(samples, targets)` makes the error.

    `output` names the one activation the loss is fused with, or is None where any will do.
    """

    label: str
    formula: str
    about: str
    value: Callable[[Array, Array, Array], float]
    scale: Callable[[int, int], float]
    fused_activation: str | None = None

    def error(self, outputs: Array, targets: Array) -> Array:
        """scale * (output - target), shape (samples, targets): dL/d(output), or dL/dz where the loss is fused."""
        return (outputs - targets) * self.scale(*targets.shape)


def half_squared_error(logits: Array, outputs: Array, targets: Array) -> float:
    return float(0.5 * np.square(outputs - targets).sum())


def mean_squared_error(logits: Array, outputs: Array, targets: Array) -> float:
    return float(np.square(outputs - targets).mean())


def binary_cross_entropy(logits: Array, outputs: Array, targets: Array) -> float:
    # -[y ln s(z) + (1 - y) ln(1 - s(z))], rearranged so that no large z overflows
    return float((np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits)))).mean())


def categorical_cross_entropy(logits: Array, outputs: Array, targets: Array) -> float:
    top = logits.max(axis=-1, keepdims=True)
    log_softmax = logits - top - np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
    return float(-(targets * log_softmax).sum(axis=-1).mean())


LOSSES: dict[str, Loss] = {
    "half_squared_error": Loss(
        "Half squared error",
        r"\tfrac12 \sum (o - y)^2",
        "Half the squared misses, added up. The lesson's own.",
        half_squared_error,
        lambda samples, targets: 1.0,
    ),
    "mean_squared_error": Loss(
        "Mean squared error",
        r"\tfrac1{nk} \sum (o - y)^2",
        "The squared misses, averaged: the size of the table does not matter.",
        mean_squared_error,
        lambda samples, targets: 2 / (samples * targets),
    ),
    "binary_cross_entropy": Loss(
        "Binary cross-entropy",
        r"-\tfrac1{nk} \sum y \ln o + (1 - y) \ln (1 - o)",
        "Surprise at yes-or-no answers: being sure and wrong costs most. Needs the sigmoid output.",
        binary_cross_entropy,
        lambda samples, targets: 1 / (samples * targets),
        fused_activation="sigmoid",
    ),
    "categorical_cross_entropy": Loss(
        "Categorical cross-entropy",
        r"-\tfrac1n \sum y \ln o",
        "Surprise at one answer of several. Needs the softmax output.",
        categorical_cross_entropy,
        lambda samples, targets: 1 / samples,
        fused_activation="softmax",
    ),
}
