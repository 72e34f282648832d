"""The forward and the backward pass over a batch, as NumPy calls on preallocated buffers."""

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES, difference
from engine.model.types import Array, split_flat
from engine.training.activation_kernels import in_place, is_negated
from engine.training.optimizer_kernels import Call


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
