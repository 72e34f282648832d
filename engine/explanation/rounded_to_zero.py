"""The sizes below which a number is 0 up to rounding: what additions leave of a sum that should be 0.

Additions that cancel leave a few units in the last place of what was added, about 1e-16 of it, and after many epochs
some more. A gradient may truly be that small, and so may the output of a sigmoid; a weight may not, as it is added up
from changes of about the size of the others.
"""

from dataclasses import dataclass

import numpy as np

from engine.explanation.ledger import LayerLedger, Update
from engine.explanation.rounding_error import EPS
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.types import Array

ROUNDING = 1e-14
"""What rounding leaves, as a share of the numbers that were added."""

SUM_ROUNDING = 8 * EPS
"""What rounding leaves in one sum, as a share of the sizes of its terms, added up."""

ZERO = np.zeros(1)


@dataclass(frozen=True, slots=True, eq=False)
class ZeroSizes:
    """For one layer of an update, the sizes below which its numbers are 0 up to rounding."""

    pre_activations: Array  # (samples, fan_out)
    error: Array  # (samples, fan_out)
    delta: Array  # (samples, fan_out)
    gradient: Array  # (fan_in, fan_out), the bias last if there is one
    parameter: float  # of a weight or a bias


def zero_weight_size(experiment: Experiment) -> float:
    """The size below which a weight or a bias moves no neuron beyond rounding; the smaller, the larger the inputs."""
    e = experiment
    targets = 1.0 if e.target_scale else min(1.0, largest_target(e))
    return ROUNDING * targets / max(1.0, float(np.abs(e.input_array).max()))


def zero_output_size(experiment: Experiment) -> float:
    """The size below which an output is 0 up to rounding; 0 where f(0) is not 0, and so a small output is no sum of 0.

    >>> zero_output_size(Experiment()), zero_output_size(Experiment(activations=("tanh",)))
    (0.0, 1e-14)
    """
    activation = ACTIVATIONS[experiment.activations[-1]]
    if not activation.is_elementwise or float(activation.value(ZERO)[0]) != 0:
        return 0.0
    return ROUNDING * largest_target(experiment)


def largest_target(experiment: Experiment) -> float:
    """The size of the largest target; 1 if all are 0."""
    return max((abs(value) for row in experiment.labelled_targets for value in row), default=0.0) or 1.0


def zero_sizes(update: Update, experiment: Experiment) -> tuple[ZeroSizes, ...]:
    """The sizes for every layer of an update: the rounding in its own sums, and in the numbers that go into them."""
    backwards: list[ZeroSizes] = []
    parameter = zero_weight_size(experiment)
    with np.errstate(all="ignore"):
        for index, layer in reversed(list(enumerate(update.layers))):
            sums = abs(layer.inputs) @ abs(layer.weights) + (0.0 if layer.biases is None else abs(layer.biases))
            if backwards:
                above, last = update.layers[index + 1], backwards[-1]
                weights = abs(above.weights).T
                error = (SUM_ROUNDING * abs(above.delta) + last.delta) @ weights
            else:
                error = 0.5 * SUM_ROUNDING * (abs(layer.outputs) + abs(update.targets))
            delta = delta_zero_size(layer, error)
            signals = abs(with_ones(layer))
            gradient = signals.T @ (SUM_ROUNDING * abs(layer.delta) + delta)
            backwards.append(ZeroSizes(SUM_ROUNDING * sums, error, delta, gradient, parameter))
    return tuple(reversed(backwards))


def delta_zero_size(layer: LayerLedger, error: Array) -> Array:
    """The size for delta, from that for the error."""
    if layer.slope is None:
        return error
    return error * abs(layer.slope) if layer.is_elementwise else np.zeros_like(error)


def with_ones(layer: LayerLedger) -> Array:
    """A layer's inputs, with a column of ones if it has biases."""
    return layer.inputs if layer.biases is None else np.hstack([layer.inputs, np.ones((len(layer.inputs), 1))])
