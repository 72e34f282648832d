"""One epoch of training, compiled to a flat list of NumPy calls on preallocated buffers.

On a tiny network NumPy's cost is the number of calls, so training allocates, looks up and decides nothing:
`for call, arguments in calls: call(*arguments)`. Units are rows here and samples columns; a bias is the weight of a row
of ones. One vector holds all weights and another all gradients, so that one call updates every layer. A third holds all
outputs of a batch, so that adjacent layers with the same activation share the calls for their slopes.

A sigmoid layer stores its weights negated: their product is then the -z of 1 / (1 + exp(-z)). Negation is exact, and
the update of a negated weight is the negated update, so no digit changes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES, difference
from engine.model.types import Array, Flags, split_flat
from engine.training.activation_kernels import in_place, is_negated
from engine.training.optimizer_kernels import Call, UpdateSettings, memory_follows_sign, update_calls


@dataclass(frozen=True, slots=True)
class TableForward:
    """The forward pass of the next epoch, if an epoch is one batch of the whole table in its order.

    It computes every row's output with the current weights, so recording an epoch costs no forward pass of its own.
    `outputs` and `logits` are (targets, samples); `logits` hold -z if `negated`.
    """

    calls: list[Call]
    calls_after: list[Call]  # the rest of that epoch
    outputs: Array
    logits: Array
    negated: bool


@dataclass(frozen=True, slots=True)
class CompiledEpoch:
    """The calls of one epoch, and the buffers they work on."""

    calls: list[Call]
    table: TableForward | None
    values: Array  # all weights and biases, (size,), in the order W1 row by row, b1, W2, ...
    negated: Flags  # which of them are held negated, (size,)
    memory: Array  # the optimizer's, (slots, size)
    memory_negated: Flags  # (slots, size)
    inputs: Array  # of the whole table, (samples, features), as the network takes them
    targets: Array  # (samples, targets), as they are trained on
    train_rows: list[int]


def run_epochs(compiled: CompiledEpoch, epochs: int) -> None:
    """Train for this many epochs, in place; NumPy warns of overflow unless the caller silences it."""
    calls = compiled.calls
    for _ in range(epochs):
        for call, arguments in calls:
            call(*arguments)


def run_calls(calls: list[Call]) -> None:
    for call, arguments in calls:
        call(*arguments)


def negate_where(values: Array, negated: Flags) -> Array:
    """A copy with these numbers negated: from the form of a compiled epoch to the plain one, or back."""
    return np.where(negated, 0.0 - values, values)  # subtracted from 0, so that 0 does not become -0


def compile_epoch(
    experiment: Experiment, weights: Sequence[Array], biases: Sequence[Array], memory: Array, epochs: int
) -> CompiledEpoch:
    """Allocate the buffers of a training, and list the calls of one epoch, after `epochs` epochs already trained.

    `weights` has one (fan_in, fan_out) per layer, `biases` one (fan_out,) per layer or none; `memory` is the
    optimizer's, (slots, size), in the order W1, b1, W2, ... All are copied.
    """
    e, extra = experiment, int(experiment.bias)
    shapes = [(fan_in + extra, fan_out) for fan_in, fan_out in e.shapes]
    sizes = [rows * columns for rows, columns in shapes]
    negated = np.repeat([is_negated(name) for name in e.activations], sizes)
    parameters = [np.vstack([w, *biases[i : i + 1]]) for i, w in enumerate(weights)]
    values = negate_where(np.concatenate(parameters, axis=None), negated)
    gradients, is_weight = np.zeros_like(values), np.ones_like(values)
    for layer in split_flat(is_weight, shapes):
        layer[len(layer) - extra :] = 0.0
    memory_negated = np.outer(memory_follows_sign(e.optimizer), negated).astype(bool)
    memory = negate_where(memory, memory_negated)
    layers, layer_gradients = split_flat(values, shapes), split_flat(gradients, shapes)

    rows = list(e.train_rows)
    table_inputs, targets = e.input_array, e.target_array
    inputs = np.hstack([table_inputs, np.ones((len(table_inputs), 1))]) if extra else table_inputs
    batch = e.batch_size or len(rows)
    done = epochs * math.ceil(len(rows) / batch)
    settings = UpdateSettings(e.optimizer, e.learning_rate, e.l1, e.l2)
    update = update_calls(settings, values, gradients, negated, is_weight, memory, done)
    batches: dict[int, CompiledBatch] = {}
    calls: list[Call] = []
    for start in range(0, len(rows), batch):
        x, y = inputs[rows[start : start + batch]], targets[rows[start : start + batch]]
        if len(x) not in batches:
            batches[len(x)] = CompiledBatch(e, len(x), layers, layer_gradients)
        compiled = batches[len(x)]
        calls += compiled.forward_calls(x) + compiled.backward_calls(x, y) + update(LOSSES[e.loss].scale(*y.shape))
    table = batches[len(inputs)].as_table_forward(inputs, calls) if len(rows) == len(inputs) <= batch else None
    return CompiledEpoch(calls, table, values, negated, memory, memory_negated, table_inputs, targets, rows)


class CompiledBatch:
    """The buffers of a batch of one size, and the calls of its forward and backward pass.

    Batches of the same size share buffers and most calls. Gradients are computed without the scale of the loss.
    """

    def __init__(self, experiment: Experiment, samples: int, layers: list[Array], gradients: list[Array]) -> None:
        self.experiment, self.layers, self.gradients = experiment, layers, gradients
        self.kernels = [in_place(name) for name in experiment.activations]
        last, bias = len(layers) - 1, experiment.bias
        shapes = [(layer.shape[1] + (bias and index < last), samples) for index, layer in enumerate(layers)]
        ends = np.cumsum([0, *(rows * columns for rows, columns in shapes)])
        flat, flat_slopes = np.ones(ends[-1]), np.empty(ends[-1])
        self.signals, slopes = split_flat(flat, shapes), split_flat(flat_slopes, shapes)
        self.outputs = [signal[: layer.shape[1]] for signal, layer in zip(self.signals, layers, strict=True)]
        self.pre_activations = [
            a if kernel else np.empty_like(a) for kernel, a in zip(self.kernels, self.outputs, strict=True)
        ]
        self.slopes = [slope[: layer.shape[1]] for slope, layer in zip(slopes, layers, strict=True)]
        self.deltas = [np.empty_like(a) for a in self.outputs]
        self.fused = LOSSES[experiment.loss].fused_activation is not None

        self.forward: list[Call] = []  # without the first product, which needs the inputs
        for index, (kernel, z, a) in enumerate(zip(self.kernels, self.pre_activations, self.outputs, strict=True)):
            self.forward += [(layers[index].T.dot, (self.signals[index - 1], z))] if index else []
            self.forward += kernel.value_calls(z, a) if kernel else self._generic_value_calls(index)
        self.slope_calls: list[Call] = []
        for name, group in groupby(range(last if self.fused else last + 1), experiment.activations.__getitem__):
            indices, kernel = list(group), in_place(name)
            if kernel:
                part = slice(ends[indices[0]], ends[indices[-1] + 1])
                self.slope_calls += kernel.slope_calls(flat[part], flat_slopes[part])

    def forward_calls(self, inputs: Array) -> list[Call]:
        """The forward pass from these inputs, (samples, features), with a column of ones if there is a bias."""
        return [(self.layers[0].T.dot, (np.ascontiguousarray(inputs.T), self.pre_activations[0])), *self.forward]

    def as_table_forward(self, inputs: Array, epoch: list[Call]) -> TableForward:
        """The forward pass from these inputs with which `epoch` begins, and the rest of that epoch."""
        calls, logits = self.forward_calls(inputs), self.pre_activations[-1]
        after = epoch[len(calls) :]
        if LOSSES[self.experiment.loss].uses_logits and self.kernels[-1]:  # the activation has overwritten its z
            signal = self.signals[-2] if len(self.layers) > 1 else np.ascontiguousarray(inputs.T)
            logits = np.empty_like(self.outputs[-1])
            calls = [*calls, (self.layers[-1].T.dot, (signal, logits))]
        return TableForward(calls, after, self.outputs[-1], logits, is_negated(self.experiment.activations[-1]))

    def backward_calls(self, inputs: Array, targets: Array) -> list[Call]:
        """The backward pass, from the error to every gradient."""
        x, last = np.ascontiguousarray(inputs.T), len(self.layers) - 1
        calls = self.slope_calls + self._error_calls(np.ascontiguousarray(targets.T))
        for index in range(last, -1, -1):
            delta = self.deltas[index]
            if index < last or not self.fused:
                calls += self._delta_calls(index)
            signal = self.signals[index - 1] if index else x
            calls += [(signal.dot, (delta.T, self.gradients[index]))]
            if index:
                below = self.deltas[index - 1]
                calls += [(self.layers[index][: len(below)].dot, (delta, below))]
        return calls

    def _error_calls(self, y: Array) -> list[Call]:
        """The error without the scale of the loss; dL/d(-z) if the loss is fused and the output layer is negated."""
        slope, outputs, delta = LOSSES[self.experiment.loss].slope, self.outputs[-1], self.deltas[-1]
        negated = self.fused and is_negated(self.experiment.activations[-1])
        if slope is not difference:
            sign = -1.0 if negated else 1.0
            return [(lambda: np.copyto(delta, sign * slope(outputs.T, y.T).T), ())]
        if negated:
            return [(np.subtract, (y, outputs, delta))]
        return [(np.add, (outputs, -y, delta))]  # np.add takes less time per call than np.subtract

    def _generic_value_calls(self, index: int) -> list[Call]:
        """a = f(z), by the activation's own function."""
        value, z, a = (
            ACTIVATIONS[self.experiment.activations[index]].value,
            self.pre_activations[index],
            self.outputs[index],
        )
        return [(lambda: np.copyto(a, value(z.T).T), ())]

    def _delta_calls(self, index: int) -> list[Call]:
        """delta = error * f'(z); the buffer of delta holds the error before."""
        kernel, delta = self.kernels[index], self.deltas[index]
        if kernel:
            return [] if kernel.slope_is_one else [(np.multiply, (delta, self.slopes[index], delta))]
        carry, z = ACTIVATIONS[self.experiment.activations[index]].delta, self.pre_activations[index]
        return [(lambda: np.copyto(delta, carry(delta.T, z.T).T), ())]
