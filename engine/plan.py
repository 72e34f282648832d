"""A plan is one epoch of training as a flat list of NumPy calls over buffers that were laid out once.

On a tiny network NumPy's cost is the number of calls, so nothing is allocated, looked up or decided while training:
`for call, arguments in plan: call(*arguments)`. Units are rows here and samples columns; a bias is a weight on a row of
ones. All weights lie in one vector, all gradients in another, so that one call updates every layer.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Array
from engine.experiment import Experiment
from engine.losses import LOSSES
from engine.network import init
from engine.updates import Call, update_calls


@dataclass(frozen=True, slots=True)
class Plan:
    """`epoch` is the calls of one epoch; `layers` views of the weights, (fan_out, fan_in), a bias as last column."""

    epoch: list[Call]
    layers: list[Array]


def run(plan: Plan, epochs: int) -> None:
    """Train for so many epochs, in place."""
    calls = plan.epoch
    with np.errstate(all="ignore"):
        for _ in range(epochs):
            for call, arguments in calls:
                call(*arguments)


def lay_out(experiment: Experiment) -> Plan:
    """All buffers of a training and the calls that work on them, from an experiment's start weights."""
    extra = int(experiment.bias)
    sizes = [(fan_out, fan_in + extra) for fan_in, fan_out in experiment.shapes]
    ends = np.cumsum([0] + [fan_out * fan_in for fan_out, fan_in in sizes])
    values, gradients = np.zeros(ends[-1]), np.zeros(ends[-1])

    def views(flat: Array) -> list[Array]:
        return [flat[a:b].reshape(size) for a, b, size in zip(ends[:-1], ends[1:], sizes, strict=True)]

    layers = views(values)
    for layer, weights, biases in zip(layers, *init(experiment), strict=True):
        layer[:, : weights.shape[0]] = weights.T
        if extra:
            layer[:, -1] = biases
    is_weight = np.ones(ends[-1])
    if extra:
        for layer in views(is_weight):
            layer[:, -1] = 0.0
    update = update_calls(experiment, values, gradients, is_weight)

    rows = list(experiment.train_rows)
    inputs, targets = np.array(experiment.inputs)[rows], np.array(experiment.targets)[rows]
    if extra:
        inputs = np.hstack([inputs, np.ones((len(rows), 1))])
    batch = experiment.batch_size or len(rows)
    epoch: list[Call] = []
    for start in range(0, len(rows), batch):
        part = slice(start, start + batch)
        epoch += batch_calls(experiment, inputs[part], targets[part], layers, views(gradients))
        epoch += update
    return Plan(epoch, layers)


def batch_calls(
    experiment: Experiment, inputs: Array, targets: Array, layers: list[Array], gradients: list[Array]
) -> list[Call]:
    """Forward and back over one batch, inputs (samples, fan_in), until `gradients` holds dL/dW of every layer."""
    samples, last = len(inputs), len(layers) - 1
    loss = LOSSES[experiment.loss]
    signal, below = inputs.T, None
    calls: list[Call] = []
    back: list[Call] = []
    for index, (layer, gradient) in enumerate(zip(layers, gradients, strict=True)):
        name, units = experiment.activations[index], len(layer)
        z, delta, slope = (np.empty((units, samples)) for _ in range(3))
        output = np.ones((units + (experiment.bias and index < last), samples))
        a = output[:units]
        if name == "sigmoid":  # -z straight from the product, where the inputs can be stored negated
            calls += [(layer.dot, (-signal if index == 0 else signal, z))]
            calls += [(np.negative, (z, z))] if index else []
        else:
            calls += [(layer.dot, (signal, z))]
        calls += value_calls(name, z, a)
        if index == last:
            error: list[Call] = [(np.subtract, (a, np.ascontiguousarray(targets.T), delta))]
            scale = loss.scale(*targets.shape)
            error += [(np.multiply, (delta, np.full_like(delta, scale), delta))] if scale != 1 else []
        fused = index == last and loss.output is not None
        through = [] if fused else slope_calls(name, z, a, slope, delta)
        gradient_call: Call = (delta.dot, (signal.T, gradient))
        down: list[Call] = [(layer[:, : len(below)].T.dot, (delta, below))] if below is not None else []
        back = [*through, gradient_call, *down, *back]
        signal, below = output, delta
    return calls + error + back


def value_calls(name: str, z: Array, a: Array) -> list[Call]:
    """a = f(z); sigmoid finds -z in z. An activation with no entry of its own is called as it stands."""
    match name:
        case "sigmoid":
            return [(np.exp, (z, z)), (np.add, (z, np.ones_like(z), z)), (np.reciprocal, (z, a))]
        case "tanh":
            return [(np.tanh, (z, a))]
        case "relu":
            # the one call that will not take its output by position
            return [(partial(np.maximum, out=a), (z, np.zeros_like(z)))]
        case "linear":
            return [(np.copyto, (a, z))]
    value = ACTIVATIONS[name].value
    return [(lambda: np.copyto(a, value(z.T).T), ())]


def slope_calls(name: str, z: Array, a: Array, slope: Array, delta: Array) -> list[Call]:
    """delta = error * f'(z), with the error in delta; from the output a where the slope can be had from it."""
    match name:
        case "sigmoid":
            found: list[Call] = [(np.subtract, (np.ones_like(a), a, slope)), (np.multiply, (a, slope, slope))]
        case "tanh":
            found = [(np.multiply, (a, a, slope)), (np.subtract, (np.ones_like(a), slope, slope))]
        case "relu":
            found = [(np.sign, (a, slope))]
        case "linear":
            return []
        case _:
            carry = ACTIVATIONS[name].delta
            return [(lambda: np.copyto(delta, carry(delta.T, z.T).T), ())]
    return [*found, (np.multiply, (delta, slope, delta))]
