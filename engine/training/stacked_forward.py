"""The forward pass of many networks of one shape at once, used to record a training with small batches.

The formulas are those of `network.forward`, in blocks of networks that fit into the CPU's cache. Units are rows and
samples columns; a bias is the weight of a row of ones, so adding it takes no call of its own.
"""

from collections.abc import Sequence

import numpy as np

from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.types import Array
from engine.training.train import TrainingState

BLOCK_CELLS = 16_000
"""Numbers of one layer in a block."""


def stacked_forward(experiment: Experiment, values: Array, inputs: Array) -> tuple[Array, Array]:
    """Logits (the outputs again, if the loss does not use logits) and outputs, both (networks, samples, targets).

    `values` is (networks, size): the weights and biases of each network in the order W1 row by row, b1, W2, ...;
    `inputs` is (samples, features).
    """
    e, samples, extra = experiment, len(inputs), int(experiment.bias)
    block = max(1, min(len(values), BLOCK_CELLS // max(1, samples * max(fan_out for _, fan_out in e.shapes))))
    layers, functions = split_layers(e, values), [ACTIVATIONS[name].value for name in e.activations]
    outputs = np.empty((len(values), e.shapes[-1][1], samples))
    logits = np.empty_like(outputs) if LOSSES[e.loss].uses_logits else outputs
    # each hidden layer's outputs, with a row of ones below them, whose weights are the next layer's biases
    signals = [np.ones((block, fan_out + extra, samples)) for _, fan_out in e.shapes[:-1]]
    first = np.ones((e.shapes[0][0] + extra, samples))
    first[: e.shapes[0][0]] = inputs.T
    with np.errstate(all="ignore"):
        for start in range(0, len(values), block):
            part, signal = slice(start, start + block), first
            for index, (layer, value) in enumerate(zip(layers, functions, strict=True)):
                weights = layer[part].swapaxes(1, 2)
                z = signals[index][: len(weights), : len(weights[0])] if index < len(signals) else outputs[part]
                np.matmul(weights, signal, z)
                if index == len(signals) and logits is not outputs:
                    logits[part] = z
                if isinstance(value, np.ufunc):
                    value(z, z)
                else:
                    z[:] = value(z.swapaxes(1, 2)).swapaxes(1, 2)
                if index < len(signals):
                    signal = signals[index][: len(weights)]
    return logits.swapaxes(1, 2), outputs.swapaxes(1, 2)


def stacked_losses(experiment: Experiment, logits: Array, outputs: Array, targets: Array, rows: Sequence[int]) -> Array:
    """The loss over some rows of the table for every network of a stack, (networks,), a block of networks at a time.

    `logits` and `outputs` are (networks, samples, targets), `targets` (samples, targets).
    """
    value, losses = LOSSES[experiment.loss].value, np.empty(len(outputs))
    if len(rows) < len(targets):
        logits, outputs, targets = logits.take(rows, axis=1), outputs.take(rows, axis=1), targets[list(rows)]
    block = max(1, BLOCK_CELLS // targets.size)
    with np.errstate(all="ignore"):
        for start in range(0, len(losses), block):
            part = slice(start, start + block)
            result = value(logits[part], outputs[part], targets)
            if np.shape(result) != losses[part].shape:  # a loss that only knows one table
                result = np.array([value(z, a, targets) for z, a in zip(logits[part], outputs[part], strict=True)])
            losses[part] = result
    return losses


def table_outputs(experiment: Experiment, state: TrainingState, inputs: Array) -> Array:
    """What a network answers, (samples, targets), to the last bit as a history has it; all in the table's own units."""
    return experiment.unscale_outputs(network_outputs(experiment, state, experiment.scale_inputs(inputs))[1])


def network_outputs(experiment: Experiment, state: TrainingState, inputs: Array) -> tuple[Array, Array]:
    """Logits and outputs of one network, both (samples, targets), from scaled inputs and as they are trained on."""
    layers = [np.vstack([w, *state.biases[i : i + 1]]) for i, w in enumerate(state.weights)]
    logits, outputs = stacked_forward(experiment, np.concatenate(layers, axis=None)[np.newaxis], inputs)
    return logits[0], outputs[0]


def split_layers(experiment: Experiment, values: Array) -> list[Array]:
    """Views of flat networks, (networks, size), as one stack per layer: (networks, fan_in + 1 with bias, fan_out)."""
    layers, start = [], 0
    for fan_in, fan_out in experiment.shapes:
        rows = fan_in + experiment.bias
        layers.append(values[:, start : start + rows * fan_out].reshape(len(values), rows, fan_out))
        start += rows * fan_out
    return layers
