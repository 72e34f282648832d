"""The network: forward turns inputs into outputs, backward turns errors into gradients.

This is the readable form, one formula a line, and what Step by step shows is what `backward` computes.
`training.compiled_epoch` has the same arithmetic laid out for speed; a test holds the two together. Rows are samples,
columns units: inputs are (samples, fan_in), weights (fan_in, fan_out).
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
    """What one forward pass computed, both (samples, fan_out) a layer; stacked passes have more axes in front."""

    pre_activations: tuple[Array, ...]  # z
    outputs: tuple[Array, ...]  # f(z)


@dataclass(frozen=True, slots=True, eq=False)
class LayerBackward:
    """What the backward pass computed for one layer.

    Where the loss is fused with the activation, the error is already dL/dz: `slope` is None and `delta` is the error.
    """

    error: Array  # (samples, fan_out): the loss's own in the output layer, else delta W^T of the layer above
    slope: Array | None  # f'(z), (samples, fan_out); for softmax only the diagonal of its Jacobian
    delta: Array  # dL/dz, (samples, fan_out): error * slope
    weight_gradient: Array  # dL/dW = inputs^T delta, (fan_in, fan_out), without the penalty
    bias_gradient: Array  # dL/db = the sum of delta over the samples, (fan_out,)
    penalty: Array  # the penalties' own gradient, l2 w + l1 sign(w), (fan_in, fan_out)


def initial_parameters(
    experiment: Experiment, random: np.random.RandomState | None = None
) -> tuple[list[Array], list[Array]]:
    """Start weights, one (fan_in, fan_out) a layer, and biases, one (fan_out,) a layer: given, or drawn from the seed.

    `random` is a generator to be seeded anew, for who draws many networks: to make one takes longer than all the rest.

    `RandomState` is NumPy's frozen generator: a seed gives the same weights in every version, for good (NEP 19,
    https://numpy.org/neps/nep-0019-rng-policy.html).
    """
    random = random or np.random.RandomState()
    random.seed(experiment.seed)
    draw = INITIALIZERS[experiment.initializer].draw
    shapes = experiment.shapes
    weights = [np.array(rows) for rows in experiment.initial_weights]
    weights = weights or [draw(random, fan_in, fan_out) for fan_in, fan_out in shapes]
    biases = [np.array(row) for row in experiment.initial_biases]
    return weights, biases or [np.zeros(fan_out) for _, fan_out in shapes]


def forward(experiment: Experiment, weights: Sequence[Array], biases: Sequence[Array], inputs: Array) -> ForwardPass:
    """z = a W + b, then a = f(z), one layer after the other; biases may be empty.

    Weights and biases may be stacked, (..., fan_in, fan_out) and (..., fan_out): then so is the result.
    """
    pre_activations, outputs, signal = [], [], inputs
    with np.errstate(all="ignore"):
        for layer, name in enumerate(experiment.activations):
            w = weights[layer]
            z = np.dot(signal, w) if w.ndim == 2 else np.matmul(signal, w)
            if biases:
                z = z + biases[layer][..., np.newaxis, :]
            signal = ACTIVATIONS[name].value(z)
            pre_activations.append(z)
            outputs.append(signal)
    return ForwardPass(tuple(pre_activations), tuple(outputs))


def backward(
    experiment: Experiment, weights: Sequence[Array], forward_pass: ForwardPass, inputs: Array, targets: Array
) -> list[LayerBackward]:
    """The way back from the loss to every weight, a record a layer, the output layer's last.

    delta = error * slope; dL/dW = inputs^T delta; the error of the layer below is delta W^T
    (D. E. Rumelhart, G. E. Hinton and R. J. Williams, Learning representations by back-propagating errors, 1986).
    """
    loss = LOSSES[experiment.loss]
    layers: list[LayerBackward] = []
    with np.errstate(all="ignore"):
        error = loss.error(forward_pass.outputs[-1], targets)
        for layer in reversed(range(len(weights))):
            fused = loss.fused_activation is not None and layer == len(weights) - 1
            activation, z, w = (
                ACTIVATIONS[experiment.activations[layer]],
                forward_pass.pre_activations[layer],
                weights[layer],
            )
            delta = error if fused else activation.delta(error, z)
            signal = forward_pass.outputs[layer - 1] if layer else inputs
            layers.insert(
                0,
                LayerBackward(
                    error=error,
                    slope=None if fused else activation.slope(z),
                    delta=delta,
                    weight_gradient=np.dot(signal.T, delta),
                    bias_gradient=delta.sum(axis=0),
                    penalty=experiment.l2 * w + experiment.l1 * np.sign(w),
                ),
            )
            error = np.dot(delta, w.T)
    return layers


def loss_over_rows(
    experiment: Experiment, forward_pass: ForwardPass, targets: Array, rows: Sequence[int] | npt.NDArray[np.int64]
) -> float:
    """The loss over some rows of a forward pass, penalties excluded; an array of rows is quicker than a tuple."""
    z, outputs = forward_pass.pre_activations[-1], forward_pass.outputs[-1]
    if len(rows) < len(targets):
        index = np.asarray(rows)
        z, outputs, targets = z[index], outputs[index], targets[index]
    with np.errstate(all="ignore"):
        return float(LOSSES[experiment.loss].value(z, outputs, targets))
