"""A plan is one epoch of training as a flat list of NumPy calls over buffers that were laid out once.

On a tiny network NumPy's cost is the number of calls, so nothing is allocated, looked up or decided while training:
`for call, arguments in plan: call(*arguments)`. Units are rows here and samples columns; a bias is a weight on a row of
ones. All weights lie in one vector, all gradients in another, so that one call updates every layer, and all outputs of
a batch in a third, so that neighbouring layers with one activation share the calls for their slopes.

A sigmoid layer keeps its weights negated, so that its product is already the -z of 1 / (1 + exp(-z)). Turning a sign is
exact, and an update of minus the weights is minus their update, so no digit changes.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

import numpy as np
import numpy.typing as npt

from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.types import Array
from engine.training.optimizer_kernels import FOLLOWS_SIGN, Call, update_calls

FROM_OUTPUT = ("sigmoid", "tanh", "relu", "linear")
"""Activations whose slope can be had from the output alone: z is overwritten by it."""


@dataclass(frozen=True, slots=True)
class CompiledEpoch:
    """`epoch` is the calls of one epoch; `layers` views of the weights, (fan_in, fan_out), the biases as one more row.

    `negated` tells for each layer whether it holds minus its weights and biases. `memory` is the optimizer's, (slots,
    size), in the order of the layers; `turned`, of the same shape, tells where it holds minus its value.
    """

    calls: list[Call]
    layers: list[Array]
    negated: list[bool]
    memory: Array
    memory_negated: npt.NDArray[np.bool_]


def run_epochs(plan: CompiledEpoch, epochs: int) -> None:
    """Train for so many epochs, in place."""
    calls = plan.calls
    with np.errstate(all="ignore"):
        for _ in range(epochs):
            for call, arguments in calls:
                call(*arguments)


def compile_epoch(
    experiment: Experiment, weights: Sequence[Array], biases: Sequence[Array], memory: Array, epochs: int
) -> CompiledEpoch:
    """All buffers of a training and the calls that work on them, to go on from here after so many epochs.

    `weights` is one (fan_in, fan_out) a layer, `biases` one (fan_out,) a layer or none, `memory` the optimizer's,
    (slots, size), in the order W1, b1, W2, ...; all are copied.
    """
    extra = int(experiment.bias)
    sizes = [(fan_in + extra, fan_out) for fan_in, fan_out in experiment.shapes]
    total = sum(rows * columns for rows, columns in sizes)
    values, gradients, is_weight = np.zeros(total), np.zeros(total), np.ones(total)
    layers, negated = split_flat(values, sizes), [name == "sigmoid" for name in experiment.activations]
    for index, (layer, minus) in enumerate(zip(layers, negated, strict=True)):
        layer[:] = np.vstack([weights[index], *biases[index : index + 1]])
        layer *= -1 if minus else 1
    for layer in split_flat(is_weight, sizes):
        layer[len(layer) - extra :] = 0.0
    turned = np.outer(FOLLOWS_SIGN[experiment.optimizer], np.repeat(negated, [layer.size for layer in layers])) > 0
    memory = negate_where(memory, turned)

    rows = list(experiment.train_rows)
    inputs, targets = np.array(experiment.inputs)[rows], np.array(experiment.targets)[rows]
    inputs = np.hstack([inputs, np.ones((len(rows), extra))])
    batch = experiment.batch_size or len(rows)
    update = update_calls(experiment, values, gradients, is_weight, memory, epochs * math.ceil(len(rows) / batch))
    calls_for: dict[int, Callable[[Array, Array], list[Call]]] = {}
    epoch: list[Call] = []
    for start in range(0, len(rows), batch):
        x, y = inputs[start : start + batch], targets[start : start + batch]
        if len(x) not in calls_for:
            last_calls = update(LOSSES[experiment.loss].scale(*y.shape))
            calls_for[len(x)] = batch_calls(experiment, len(x), layers, split_flat(gradients, sizes), last_calls)
        epoch += calls_for[len(x)](x, y)
    return CompiledEpoch(epoch, layers, negated, memory, turned)


def negate_where(memory: Array, turned: npt.NDArray[np.bool_]) -> Array:
    """A copy of an optimizer's memory, its sign turned where `turned` says so: into a plan's form and out of it."""
    return np.where(turned, 0.0 - memory, memory)  # subtracted from 0, for 0 must not come out as -0


def split_flat(flat: Array, sizes: Iterable[tuple[int, int]]) -> list[Array]:
    """A flat vector as views of these (rows, columns), one after the other."""
    views, start = [], 0
    for rows, columns in sizes:
        views.append(flat[start : start + rows * columns].reshape(rows, columns))
        start += rows * columns
    return views


def batch_calls(
    experiment: Experiment, samples: int, layers: list[Array], gradients: list[Array], update: list[Call]
) -> Callable[[Array, Array], list[Call]]:
    """Forward, back and update over a batch of so many samples, as a function of its inputs and targets.

    All such batches share their buffers and most calls. `gradients` are found without the loss's scale.
    """
    names, last, fused = experiment.activations, len(layers) - 1, LOSSES[experiment.loss].fused_activation
    sizes = [(layer.shape[1] + (experiment.bias and index < last), samples) for index, layer in enumerate(layers)]
    ends = np.cumsum([0, *(rows * columns for rows, columns in sizes)])
    flat, flat_slopes = np.ones(ends[-1]), np.empty(ends[-1])
    signals, slopes = split_flat(flat, sizes), split_flat(flat_slopes, sizes)
    outputs = [signal[: layer.shape[1]] for signal, layer in zip(signals, layers, strict=True)]
    sums = [a if name in FROM_OUTPUT else np.empty_like(a) for name, a in zip(names, outputs, strict=True)]
    deltas = [np.empty_like(a) for a in outputs]

    forward: list[Call] = []
    for index, (name, z, a) in enumerate(zip(names, sums, outputs, strict=True)):
        forward += [(layers[index].T.dot, (signals[index - 1], z))] if index else []
        forward += value_calls(name, z, a)
    for name, group in groupby(range(last if fused else last + 1), names.__getitem__):
        indices = list(group)
        part = slice(ends[indices[0]], ends[indices[-1] + 1])
        forward += slope_calls(name, flat[part], flat_slopes[part])

    back: list[Call] = []
    for index in range(last, -1, -1):
        delta = deltas[index]
        if index < last or not fused:
            back += delta_calls(names[index], sums[index], slopes[index][: len(delta)], delta)
        if index:
            back += [(signals[index - 1].dot, (delta.T, gradients[index]))]
            back += [(layers[index][: len(deltas[index - 1])].dot, (delta, deltas[index - 1]))]

    def calls(inputs: Array, targets: Array) -> list[Call]:
        x, y = np.ascontiguousarray(inputs.T), np.ascontiguousarray(targets.T)
        error: Call = (np.add, (outputs[-1], -y, deltas[-1]))  # quicker to call than subtract
        if fused == "sigmoid":  # dL/d(-z)
            error = (np.subtract, (y, outputs[-1], deltas[-1]))
        first: Call = (layers[0].T.dot, (x, sums[0]))
        return [first, *forward, error, *back, (x.dot, (deltas[0].T, gradients[0])), *update]

    return calls


def value_calls(name: str, z: Array, a: Array) -> list[Call]:
    """a = f(z); a sigmoid layer has -z in z. An activation with no entry of its own is called as it stands."""
    match name:
        case "sigmoid":
            return [(np.exp, (z, a)), (np.add, (a, np.ones_like(a), a)), (np.reciprocal, (a, a))]
        case "tanh":
            return [(np.tanh, (z, a))]
        case "relu":
            # the one call that will not take its output by position
            return [(partial(np.maximum, out=a), (z, np.zeros_like(z)))]
        case "linear":
            return []
    value = ACTIVATIONS[name].value
    return [(lambda: np.copyto(a, value(z.T).T), ())]


def slope_calls(name: str, a: Array, slope: Array) -> list[Call]:
    """f'(z) from the outputs, of one layer or several; for sigmoid da/d(-z) = (a - 1) a."""
    match name:
        case "sigmoid":
            return [(np.add, (a, np.full_like(a, -1.0), slope)), (np.multiply, (slope, a, slope))]
        case "tanh":
            return [(np.square, (a, slope)), (np.subtract, (np.ones_like(a), slope, slope))]
        case "relu":
            return [(np.sign, (a, slope))]
    return []


def delta_calls(name: str, z: Array, slope: Array, delta: Array) -> list[Call]:
    """delta = error * f'(z), with the error in delta."""
    if name == "linear":
        return []
    if name in FROM_OUTPUT:
        return [(np.multiply, (delta, slope, delta))]
    carry = ACTIVATIONS[name].delta
    return [(lambda: np.copyto(delta, carry(delta.T, z.T).T), ())]
