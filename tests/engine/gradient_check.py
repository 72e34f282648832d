"""A gradient checker: backpropagation against central differences of the loss."""

from collections.abc import Callable

import numpy as np

from engine import Experiment
from engine.model.network import ForwardPass, LayerBackward, backward, forward, loss_over_rows
from engine.model.types import Array

H = 1e-5

Backward = Callable[[Experiment, list[Array], ForwardPass, Array, Array], list[LayerBackward]]


def objective(e: Experiment, weights: list[Array], biases: list[Array], inputs: Array, targets: Array) -> float:
    """What training minimizes: the loss plus the penalties on the weights."""
    penalty = sum(e.l2 / 2 * float(np.square(w).sum()) + e.l1 * float(np.abs(w).sum()) for w in weights)
    return penalty + loss_over_rows(e, forward(e, weights, biases, inputs), targets, e.train_rows)


def worst_miss(e: Experiment, weights: list[Array], biases: list[Array], gradient: Backward = backward) -> float:
    """The largest gap between gradient and central difference, over the largest difference."""
    inputs, targets = e.input_array, e.target_array
    passed = forward(e, weights, biases, inputs)
    back = gradient(e, weights, passed, inputs, targets)
    shown = [layer.weight_gradient + layer.penalty for layer in back]
    shown += [layer.bias_gradient for layer in back[: len(biases)]]
    differences: list[float] = []
    gaps: list[float] = []
    parameters = [*weights, *biases]
    for parameter, found in zip(parameters, shown, strict=True):
        for place in np.ndindex(parameter.shape):
            start = parameter[place]
            parameter[place] = start + H
            above = objective(e, weights, biases, inputs, targets)
            parameter[place] = start - H
            below = objective(e, weights, biases, inputs, targets)
            parameter[place] = start
            differences.append((above - below) / (2 * H))
            gaps.append(abs(differences[-1] - float(found[place])))
    return max(gaps) / (max(map(abs, differences)) or 1.0)
