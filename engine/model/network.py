"""A network is a list of layers; forward turns inputs into outputs, backward turns errors into gradients.

This is the readable form, one formula a line, for whoever wants to know how it works. `plan` has the same arithmetic
laid out for speed; a test holds the two together. Rows are samples, columns units: inputs are (samples, fan_in),
weights (fan_in, fan_out).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.initializers import INITIALIZERS
from engine.model.losses import LOSSES
from engine.model.types import Array


@dataclass(frozen=True, slots=True)
class ForwardPass:
    """What one forward pass computed: `sums[l]` is z and `outputs[l]` f(z) of layer l, both (samples, fan_out)."""

    pre_activations: tuple[Array, ...]
    outputs: tuple[Array, ...]


def initial_parameters(experiment: Experiment) -> tuple[list[Array], list[Array]]:
    """Start weights, one (fan_in, fan_out) a layer, and biases, one (fan_out,) a layer: given, or drawn from the seed.

    `RandomState` is NumPy's frozen generator (NEP 19): a seed gives the same weights in every version, for good.
    """
    random = np.random.RandomState(experiment.seed)
    draw = INITIALIZERS[experiment.initializer].draw
    weights = [np.array(rows) for rows in experiment.initial_weights]
    weights = weights or [draw(random, fan_in, fan_out) for fan_in, fan_out in experiment.shapes]
    biases = [np.array(row) for row in experiment.initial_biases]
    return weights, biases or [np.zeros(fan_out) for _, fan_out in experiment.shapes]


def forward(experiment: Experiment, weights: list[Array], biases: list[Array], inputs: Array) -> ForwardPass:
    """z = a W + b, then a = f(z), a layer after the other; biases may be empty."""
    sums, outputs, signal = [], [], inputs
    with np.errstate(all="ignore"):
        for layer, name in enumerate(experiment.activations):
            z = np.dot(signal, weights[layer])
            if biases:
                z = z + biases[layer]
            signal = ACTIVATIONS[name].value(z)
            sums.append(z)
            outputs.append(signal)
    return ForwardPass(tuple(sums), tuple(outputs))


def backward(
    experiment: Experiment, weights: list[Array], passed: ForwardPass, inputs: Array, targets: Array
) -> tuple[list[Array], list[Array]]:
    """Gradients of the loss and the penalties: dL/dW and dL/db of every layer, shaped like weights and biases.

    delta = error * slope; dL/dW = inputs^T delta; the error of the layer below is delta W^T
    (D. E. Rumelhart, G. E. Hinton and R. J. Williams, Learning representations by back-propagating errors, 1986).
    """
    loss = LOSSES[experiment.loss]
    weight_gradients: list[Array] = []
    bias_gradients: list[Array] = []
    with np.errstate(all="ignore"):
        error = loss.error(passed.outputs[-1], targets)
        for layer in reversed(range(len(weights))):
            fused = loss.fused_activation is not None and layer == len(weights) - 1
            activation = ACTIVATIONS[experiment.activations[layer]]
            delta = error if fused else activation.delta(error, passed.pre_activations[layer])
            signal = passed.outputs[layer - 1] if layer else inputs
            w = weights[layer]
            penalty = experiment.l2 * w + experiment.l1 * np.sign(w)
            weight_gradients.insert(0, np.dot(signal.T, delta) + penalty)
            bias_gradients.insert(0, delta.sum(axis=0))
            error = np.dot(delta, w.T)
    return weight_gradients, bias_gradients


def loss_over_rows(
    experiment: Experiment, passed: ForwardPass, targets: Array, rows: Sequence[int] | npt.NDArray[np.int64]
) -> float:
    """The loss over the given rows of a forward pass, penalties excluded; an array of rows is quicker than a tuple."""
    index = np.asarray(rows)
    with np.errstate(all="ignore"):
        return LOSSES[experiment.loss].value(
            passed.pre_activations[-1][index], passed.outputs[-1][index], targets[index]
        )
