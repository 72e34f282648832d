"""Plain training with the readable forward, backward and optimizer step, to compare with the compiled epoch."""

from collections.abc import Iterator, Mapping

import numpy as np

from engine import OPTIMIZERS, Experiment
from engine.model.network import backward, forward, initial_parameters
from engine.model.optimizers import Optimizer
from engine.model.types import Array


def put_back(e: Experiment, moved: list[Array], before: list[Array]) -> None:
    """Put what is frozen back to what it was before; both are the arrays of all weights, then of all biases."""
    for name in e.frozen:
        array, _, place = name.removesuffix("]").partition("[")
        at = int(array[1:]) - 1 + len(e.shapes) * (array[0] == "b")
        index = tuple(int(number) for number in place.split(",")) if place else ...
        moved[at][index] = before[at][index]


def train_plainly(
    e: Experiment, optimizers: Mapping[str, Optimizer] = OPTIMIZERS
) -> Iterator[tuple[list[Array], list[Array]]]:
    """Weights and biases (none without bias) at epochs 0, 1, 2, ... to the last; by other optimizers, if given."""
    weights, biases = initial_parameters(e)
    biases = biases if e.bias else []
    optimizer, updates, rate = optimizers[e.optimizer], 0, e.learning_rate
    memories = [optimizer.initial_memory(p.size) for p in (*weights, *biases)]
    yield weights, biases
    for epoch in range(e.epochs):
        rate = dict(e.rate_changes).get(epoch, rate)
        if epoch in dict(e.optimizer_changes):
            optimizer, updates = optimizers[dict(e.optimizer_changes)[epoch]], 0
            memories = [optimizer.initial_memory(p.size) for p in (*weights, *biases)]
        table = e.table_after(epoch)
        rows = list(table.train_rows)
        inputs, targets = table.input_array[rows], table.target_array[rows]
        batch = e.batch_size or len(rows)
        for start in range(0, len(rows), batch):
            x, y = inputs[start : start + batch], targets[start : start + batch]
            back = backward(e, weights, forward(e, weights, biases, x), x, y)
            updates += 1
            gradients = [layer.weight_gradient + layer.penalty for layer in back]
            gradients += [layer.bias_gradient for layer in back[: len(biases)]]
            moved = []
            for index, (parameter, gradient) in enumerate(zip((*weights, *biases), gradients, strict=True)):
                with np.errstate(all="ignore"):
                    change, memories[index] = optimizer.step(gradient.ravel(), memories[index], rate, updates)
                    moved.append(parameter + change.reshape(parameter.shape))
            put_back(e, moved, [*weights, *biases])
            weights, biases = moved[: len(weights)], moved[len(weights) :]
        yield weights, biases
