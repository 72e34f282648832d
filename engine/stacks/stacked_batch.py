"""The forward and the backward pass of a stack of networks over one batch, as NumPy calls: `CompiledBatch` for many."""

from collections.abc import Callable

import numpy as np

from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.types import Array
from engine.stacks.stack_layouts import StackLayout, aligned_array
from engine.training.activation_kernels import in_place
from engine.training.optimizer_kernels import Call


class StackedBatch:
    """The buffers of a batch of one size, and the calls forward and back through them.

    Every number is computed by the same calls in the same order as in `CompiledBatch`, negated weights included, but
    for the order of the sums in products. All arrays are stacks in the layout's order of axes.
    """

    def __init__(
        self,
        experiment: Experiment,
        layout: StackLayout,
        stack: tuple[int, int],
        layers: list[Array],
        gradients: list[Array],
    ) -> None:
        """`stack` is the numbers of networks and of samples; the layers have a row of biases where there are any."""
        e, last = experiment, len(layers) - 1
        self.layout, self.layers, self.gradients = layout, layers, gradients
        self.networks, self.bias = stack[0], e.bias
        self.kernels = [in_place(name) for name in e.activations]
        self.activations = [ACTIVATIONS[name] for name in e.activations]
        self.fused = LOSSES[e.loss].fused_activation is not None
        self.signals, self.outputs, self.pre_activations = list[Array](), list[Array](), list[Array]()
        self.slopes, self.deltas = list[Array](), list[Array]()
        for index, (_, units) in enumerate(e.shapes):
            # what a hidden layer sends on ends in ones, which the biases of the next layer are weights of
            extra = int(e.bias and index < last)
            signal, shape = aligned_array(layout.shape(*stack, units + extra)), layout.shape(*stack, units)
            signal.fill(1.0)
            outputs = signal[:, :units]
            in_one_piece = not (extra and index == 0 and layout.first_product_needs_one_piece)
            self.signals.append(signal)
            self.outputs.append(outputs)
            self.pre_activations.append(outputs if self.kernels[index] and in_one_piece else aligned_array(shape))
            self.slopes.append(aligned_array(shape))
            self.deltas.append(aligned_array(shape))

    def calls(self, inputs: Array, targets: Array) -> list[Call]:
        """Forward from these inputs and back to every gradient, which comes without the loss's scale.

        `inputs` is (samples, features), with a column of ones where there is a bias; `targets` (samples, targets).
        """
        layout, last = self.layout, len(self.layers) - 1
        calls = [layout.first_product(inputs, self.layers[0], self.pre_activations[0]), *self._value_calls(0)]
        for index in range(1, last + 1):
            calls += [layout.product(self.signals[index - 1], self.layers[index], self.pre_activations[index])]
            calls += self._value_calls(index)
        calls += [self._error_call(layout.arrange(np.broadcast_to(targets, (self.networks, *targets.shape))))]
        for index in range(last, -1, -1):
            delta, gradient, weights = self.deltas[index], self.gradients[index], self.layers[index]
            if index < last or not self.fused:
                calls += self._delta_calls(index)
            if not index:
                return [*calls, layout.first_gradient(inputs, delta, gradient)]
            weights = layout.without_last_row(weights) if self.bias else weights
            calls += [layout.gradient(self.signals[index - 1], delta, gradient)]
            calls += [layout.error_below(delta, weights, self.deltas[index - 1])]
        return calls

    def _value_calls(self, index: int) -> list[Call]:
        """a = f(z)."""
        kernel, z, a = self.kernels[index], self.pre_activations[index], self.outputs[index]
        if kernel:
            return kernel.value_calls(z, a)
        value = self.activations[index].value
        if self.activations[index].is_elementwise:
            return [(lambda: np.copyto(a, value(z)), ())]
        return [(lambda: np.copyto(a, call_by_rows(value, z)), ())]

    def _error_call(self, y: Array) -> Call:
        """The error without the loss's scale; dL/d(-z) where the output is held negated and the loss is fused."""
        kernel, outputs, delta = self.kernels[-1], self.outputs[-1], self.deltas[-1]
        if self.fused and kernel and kernel.negated:
            return np.subtract, (y, outputs, delta)
        return np.add, (outputs, -y, delta)

    def _delta_calls(self, index: int) -> list[Call]:
        """delta = error * f'(z), with the error in delta."""
        kernel, activation = self.kernels[index], self.activations[index]
        delta, slope, z = self.deltas[index], self.slopes[index], self.pre_activations[index]
        if kernel and kernel.slope_is_one:
            return []
        if kernel:
            return [*kernel.slope_calls(self.outputs[index], slope), (np.multiply, (delta, slope, delta))]
        if activation.is_elementwise:
            return [(lambda: np.copyto(delta, activation.delta(delta, z)), ())]
        return [(lambda: np.copyto(delta, call_by_rows(activation.delta, delta, z)), ())]


def call_by_rows(function: Callable[..., Array], *stacks: Array) -> Array:
    """The result of a function of (rows, units) for stacks whose second axis is the units, as such a stack."""
    turned = [stack.swapaxes(1, 2) for stack in stacks]
    result = function(*(stack.reshape(-1, stack.shape[2]) for stack in turned))
    return result.reshape(turned[0].shape).swapaxes(1, 2)
