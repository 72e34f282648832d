"""Losses: one number for how wrong the outputs are, which training makes small.

A loss is a record of pure functions. `value` is the loss itself. `scale` times `slope` is the error that goes back
through the network: `slope` is how fast the unscaled loss rises with each output, output - target for all losses here,
and `scale` is the factor that a mean brings with it. For the squared losses that product is dL/d(output), which is
still to be carried through the output's activation. A cross-entropy is fused with the activation named in
`fused_activation`: the slope of that activation cancels, and the same product is already dL/dz
(C. M. Bishop, Pattern Recognition and Machine Learning, 2006, sections 4.3.6 and 5.2).

All arrays are (samples, targets); `logits` are the z of the output layer. `value` also takes a stack of tables,
(..., samples, targets), and gives (...,): it reduces the last two axes. To add a loss, add an entry to `LOSSES`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.model.types import Array, Translation

INF = float("inf")


def difference(outputs: Array, targets: Array) -> Array:
    return outputs - targets


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One loss."""

    label: str  # as the page writes it
    formula: str  # LaTeX; o is the output, y the target, n the samples, k the targets
    about: str  # one sentence for a learner
    value: Callable[[Array, Array, Array], Array]  # of logits, outputs and targets; a number, or one a table
    scale: Callable[[int, int], float]  # the factor of the error, from the numbers of samples and targets
    slope: Callable[[Array, Array], Array] = difference  # of outputs and targets
    slope_formula: str = "a - y"  # LaTeX of `slope`; a is the output
    uses_logits: bool = True  # whether `value` looks at the logits, which training would else not have to keep
    fused_activation: str | None = None  # the only output activation it can have; None where any will do
    target_low: float = -INF  # targets must lie in [target_low, target_high]
    target_high: float = INF
    targets_sum_to_one: bool = False  # whether the targets of each row must, being shares of one whole
    pytorch: Translation | None = None  # of (outputs or logits, targets); None: PyTorch has no equivalent
    keras: Translation | None = None  # a function of (targets, outputs or logits)
    javascript: str | None = None  # one row's part of `value`, from its arrays z, o and y and the number of samples n

    @property
    def fits_any_target(self) -> bool:
        """Whether the targets may be any numbers."""
        return self.target_low == -INF and self.target_high == INF and not self.targets_sum_to_one

    def error(self, outputs: Array, targets: Array) -> Array:
        """scale * slope, (samples, targets): dL/d(output), or dL/dz where the loss is fused with its activation."""
        return self.slope(outputs, targets) * self.scale(*targets.shape)


def half_squared_error(logits: Array, outputs: Array, targets: Array) -> Array:
    found: Array = 0.5 * np.square(outputs - targets).sum(axis=(-2, -1))
    return found


def mean_squared_error(logits: Array, outputs: Array, targets: Array) -> Array:
    found: Array = np.square(outputs - targets).mean(axis=(-2, -1))
    return found


def binary_cross_entropy(logits: Array, outputs: Array, targets: Array) -> Array:
    # -[y ln s(z) + (1 - y) ln(1 - s(z))], rearranged so that no large z overflows
    surprise = np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits)))
    found: Array = surprise.mean(axis=(-2, -1))
    return found


def categorical_cross_entropy(logits: Array, outputs: Array, targets: Array) -> Array:
    top = logits.max(axis=-1, keepdims=True)
    log_softmax = logits - top - np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
    found: Array = -(targets * log_softmax).sum(axis=-1).mean(axis=-1)
    return found


LOSSES: dict[str, Loss] = {
    "half_squared_error": Loss(
        label="Half squared error",
        formula=r"\tfrac12 \sum (o - y)^2",
        about="Half the squared misses, added up. The lesson's own.",
        value=half_squared_error,
        uses_logits=False,
        scale=lambda samples, targets: 1.0,
        pytorch=Translation('0.5 * nn.functional.mse_loss(found, wanted, reduction="sum")'),
        keras=Translation(
            "half_squared_error",
            """def half_squared_error(wanted, found):
    return keras.ops.sum(keras.ops.square(keras.ops.subtract(found, wanted))) / 2""",
        ),
        javascript="y.reduce((sum, t, k) => sum + (o[k] - t) ** 2, 0) / 2",
    ),
    "mean_squared_error": Loss(
        label="Mean squared error",
        formula=r"\tfrac1{nk} \sum (o - y)^2",
        about="The squared misses, averaged: the size of the table does not matter.",
        value=mean_squared_error,
        uses_logits=False,
        scale=lambda samples, targets: 2 / (samples * targets),
        pytorch=Translation("nn.functional.mse_loss(found, wanted)"),
        keras=Translation("keras.losses.MeanSquaredError()"),
        javascript="y.reduce((sum, t, k) => sum + (o[k] - t) ** 2, 0) / (n * y.length)",
    ),
    "binary_cross_entropy": Loss(
        label="Binary cross-entropy",
        formula=r"-\tfrac1{nk} \sum y \ln o + (1 - y) \ln (1 - o)",
        about="For yes-or-no answers: an output near the wrong end costs most. Needs the sigmoid output.",
        value=binary_cross_entropy,
        scale=lambda samples, targets: 1 / (samples * targets),
        fused_activation="sigmoid",
        target_low=0.0,
        target_high=1.0,
        pytorch=Translation("nn.functional.binary_cross_entropy_with_logits(found, wanted)"),
        keras=Translation("keras.losses.BinaryCrossentropy(from_logits=True)"),
        javascript="y.reduce((sum, t, k) => sum + Math.max(z[k], 0) - z[k] * t"
        " + Math.log1p(Math.exp(-Math.abs(z[k]))), 0) / (n * y.length)",
    ),
    "categorical_cross_entropy": Loss(
        label="Categorical cross-entropy",
        formula=r"-\tfrac1n \sum y \ln o",
        about="For one answer of several: a small output for the right one costs most. Needs the softmax output.",
        value=categorical_cross_entropy,
        scale=lambda samples, targets: 1 / samples,
        fused_activation="softmax",
        target_low=0.0,
        target_high=1.0,
        targets_sum_to_one=True,
        pytorch=Translation("nn.functional.cross_entropy(found, wanted)"),
        keras=Translation("keras.losses.CategoricalCrossentropy(from_logits=True)"),
        javascript="""((top) => -y.reduce((sum, t, k) => sum + t * (z[k] - top - Math.log(
z.reduce((all, each) => all + Math.exp(each - top), 0))), 0))(Math.max(...z)) / n""",
    ),
}
