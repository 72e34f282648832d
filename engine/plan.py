"""A plan is one epoch of training as a flat list of NumPy calls over buffers that were laid out once.

On a tiny network NumPy's cost is the number of calls, so nothing is allocated, looked up or decided while training:
`for call, arguments in plan: call(*arguments)`. Units are rows here and samples columns; a bias is a weight on a row of
ones. All weights lie in one vector, all gradients in another, so that one call updates every layer; so do the outputs
of a batch, so that one call finds the slopes of neighbouring layers with the same activation.

A sigmoid layer keeps its values negated: its sums are then -z, which is what exp(-z) wants. Turning a sign is exact, so
it changes no digit.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Array
from engine.experiment import Experiment
from engine.losses import LOSSES
from engine.network import init
from engine.updates import Call, updates


@dataclass(frozen=True, slots=True)
class Plan:
    """`epoch` is the calls of one epoch; `layers` views of the values, (fan_in, fan_out), biases as one more row.

    The weights and biases are the values times the layer's sign, in `signs`.
    """

    epoch: list[Call]
    layers: list[Array]
    signs: list[int]


def run(plan: Plan, epochs: int) -> None:
    """Train for so many epochs, in place."""
    calls = plan.epoch
    with np.errstate(all="ignore"):
        for _ in range(epochs):
            for call, arguments in calls:
                call(*arguments)


def split(flat: Array, sizes: Iterable[tuple[int, int]]) -> list[Array]:
    """Views of a flat vector, one after the other, each of its (rows, columns)."""
    views, start = [], 0
    for rows, columns in sizes:
        views.append(flat[start : start + rows * columns].reshape(rows, columns))
        start += rows * columns
    return views


def lay_out(experiment: Experiment) -> Plan:
    """All buffers of a training and the calls that work on them, from an experiment's start weights."""
    extra = int(experiment.bias)
    sizes = [(fan_in + extra, fan_out) for fan_in, fan_out in experiment.shapes]
    size = sum(rows * columns for rows, columns in sizes)
    values, gradients, is_weight = np.zeros(size), np.zeros(size), np.ones(size)
    layers, signs = split(values, sizes), [-1 if name == "sigmoid" else 1 for name in experiment.activations]
    for layer, sign, weights, biases in zip(layers, signs, *init(experiment), strict=True):
        layer[: len(weights)] = weights * sign
        layer[len(weights) :] = biases * sign
    for layer in split(is_weight, sizes):
        layer[len(layer) - extra :] = 0.0

    rows = list(experiment.train_rows)
    inputs, targets = np.array(experiment.inputs)[rows], np.array(experiment.targets)[rows]
    inputs = np.hstack([inputs, np.ones((len(rows), extra))])
    batch = experiment.batch_size or len(rows)
    update = updates(experiment, values, gradients, is_weight)
    epoch: list[Call] = []
    for start in range(0, len(rows), batch):
        part = slice(start, start + batch)
        epoch += batch_calls(experiment, inputs[part], targets[part], layers, split(gradients, sizes))
        epoch += update(LOSSES[experiment.loss].scale(*targets[part].shape))
    return Plan(epoch, layers, signs)


def batch_calls(
    experiment: Experiment, inputs: Array, targets: Array, layers: list[Array], gradients: list[Array]
) -> list[Call]:
    """Forward and back over one batch, inputs (samples, fan_in): `gradients` gets each layer's, without the loss's scale."""
    names, samples, last = experiment.activations, len(inputs), len(layers) - 1
    rows = [layer.shape[1] + (experiment.bias and index < last) for index, layer in enumerate(layers)]
    ends = np.cumsum([0, *rows]) * samples
    outputs, slopes = np.ones(ends[-1]), np.ones(ends[-1])
    signals = [inputs.T, *split(outputs, [(n, samples) for n in rows])]
    calls: list[Call] = []
    carries: list[list[Call]] = []
    deltas = []
    for name, layer, signal, output, slope in zip(names, layers, signals[:-1], signals[1:], split(slopes, [(n, samples) for n in rows]), strict=True):
        a, delta = output[: layer.shape[1]], np.empty((layer.shape[1], samples))
        z = a if name in SLOPES else np.empty_like(a)
        calls += [(layer.T.dot, (signal, z)), *value_calls(name, z, a)]
        carries.append(carry_calls(name, z, slope[: len(a)], delta))
        deltas.append(delta)
    if LOSSES[experiment.loss].output:
        carries[-1] = []
    for name, run in groupby(range(last + (LOSSES[experiment.loss].output is None)), lambda index: names[index]):
        first, *_ = indices = list(run)
        if name in SLOPES:
            part = slice(ends[first], ends[indices[-1] + 1])
            calls += SLOPES[name](outputs[part], slopes[part])
    expected = np.ascontiguousarray(targets.T)
    pair = (expected, a) if LOSSES[experiment.loss].output == "sigmoid" else (a, expected)
    calls += [(np.subtract, (*pair, delta))]
    for index in reversed(range(last + 1)):
        calls += [*carries[index], (signals[index].dot, (deltas[index].T, gradients[index]))]
        if index:
            below = deltas[index - 1]
            calls += [(layers[index][: len(below)].dot, (deltas[index], below))]
    return calls


def value_calls(name: str, z: Array, a: Array) -> list[Call]:
    match name:
        case "sigmoid":
            return [(np.exp, (a, a)), (np.add, (a, np.ones_like(a), a)), (np.reciprocal, (a, a))]
        case "tanh":
            return [(np.tanh, (a, a))]
        case "relu":
            return [(partial(np.maximum, out=a), (a, np.zeros_like(a)))]
        case "linear":
            return []
    value = ACTIVATIONS[name].value
    return [(lambda: np.copyto(a, value(z.T).T), ())]


def carry_calls(name, z, slope, delta):
    if name == "linear":
        return []
    if name in SLOPES:
        return [(np.multiply, (delta, slope, delta))]
    carry = ACTIVATIONS[name].delta
    return [(lambda: np.copyto(delta, carry(delta.T, z.T).T), ())]


SLOPES: dict[str, Callable[[Array, Array], list[Call]]] = {
    "sigmoid": lambda a, slope: [(np.subtract, (a, np.ones_like(a), slope)), (np.multiply, (slope, a, slope))],
    "tanh": lambda a, slope: [(np.multiply, (a, a, slope)), (np.subtract, (np.ones_like(a), slope, slope))],
    "relu": lambda a, slope: [(np.sign, (a, slope))],
    "linear": lambda a, slope: [],
}
