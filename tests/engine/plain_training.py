"""Plain training with the readable forward, backward and optimizer step, to compare with the compiled epoch."""

from collections.abc import Iterator

import numpy as np

from engine import OPTIMIZERS, Experiment
from engine.model.network import backward, forward, initial_parameters
from engine.model.optimizers import Optimizer
from engine.model.types import Array


def train_plainly(e: Experiment, optimizer: Optimizer | None = None) -> Iterator[tuple[list[Array], list[Array]]]:
    """Weights and biases (none without bias) at epochs 0, 1, 2, ... to the last; with another optimizer, if given."""
    weights, biases = initial_parameters(e)
    biases = biases if e.bias else []
    rows = list(e.train_rows)
    inputs, targets = e.input_array[rows], e.target_array[rows]
    batch = e.batch_size or len(rows)
    optimizer, updates = optimizer or OPTIMIZERS[e.optimizer], 0
    memories = [optimizer.initial_memory(p.size) for p in (*weights, *biases)]
    yield weights, biases
    for _ in range(e.epochs):
        for start in range(0, len(rows), batch):
            x, y = inputs[start : start + batch], targets[start : start + batch]
            back = backward(e, weights, forward(e, weights, biases, x), x, y)
            updates += 1
            gradients = [layer.weight_gradient + layer.penalty for layer in back]
            gradients += [layer.bias_gradient for layer in back[: len(biases)]]
            moved = []
            for index, (parameter, gradient) in enumerate(zip((*weights, *biases), gradients, strict=True)):
                with np.errstate(all="ignore"):
                    change, memories[index] = optimizer.step(
                        gradient.ravel(), memories[index], e.learning_rate, updates
                    )
                    moved.append(parameter + change.reshape(parameter.shape))
            weights, biases = moved[: len(weights)], moved[len(weights) :]
        yield weights, biases
