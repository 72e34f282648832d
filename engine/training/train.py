"""Training changes the weights a little after every look at the table, again and again.

Epoch k means after k updates (with small batches: after k times through the table); epoch 0 is the untouched network.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.model.experiment import Experiment
from engine.model.network import initial_parameters
from engine.model.optimizers import OPTIMIZERS
from engine.model.types import Array
from engine.training.compiled_epoch import compile_epoch, negate_where, run_epochs

KEPT_FRAMES = 140


@dataclass(frozen=True, slots=True)
class TrainingState:
    """The network after `epoch` epochs: weights (fan_in, fan_out) a layer, biases (fan_out,) a layer or none at all.

    `memory` is what the optimizer remembers, (slots, size), a column a weight or bias: W1 row by row, b1, W2, ...
    Together they are all that the next epochs depend on.
    """

    epoch: int
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    memory: Array


def kept_epochs(epochs: int) -> tuple[int, ...]:
    """The epochs worth keeping: all of the first, then ever fewer, log-spaced; first 0, last `epochs`, at most 200.

    >>> kept_epochs(3)
    (0, 1, 2, 3)
    """
    if epochs <= KEPT_FRAMES:
        return tuple(range(epochs + 1))
    wanted, points = {0}, KEPT_FRAMES
    while len(wanted) < KEPT_FRAMES:  # the first points fall together when rounded, so ask for more until enough differ
        wanted = set(np.rint(np.geomspace(1, epochs, points)).astype(int).tolist())
        points += 10
    return (0, *sorted(wanted))


def initial_state(experiment: Experiment) -> TrainingState:
    """The network at epoch 0."""
    weights, biases = initial_parameters(experiment)
    biases = biases if experiment.bias else []
    size = sum(values.size for values in (*weights, *biases))
    return TrainingState(0, tuple(weights), tuple(biases), OPTIMIZERS[experiment.optimizer].initial_memory(size))


def train(
    experiment: Experiment, at: Iterable[int] | None = None, start: TrainingState | None = None
) -> Iterator[TrainingState]:
    """Train, and hand out the network at the given rising epochs (without any: at `kept_epochs`), as copies.

    With `start`, a step of the same experiment, training goes on from there, bit for bit as if it had never stopped;
    no epoch may then lie before it.

    Nothing is trained beyond the last step that was asked for. Numbers that grow past all bounds become infinite or
    undefined without a warning; `record` tells where.
    """
    start = start or initial_state(experiment)
    plan, done = compile_epoch(experiment, start.weights, start.biases, start.memory, start.epoch), start.epoch
    for epoch in (k for k in kept_epochs(experiment.epochs) if k >= done) if at is None else at:
        run_epochs(plan, epoch - done)
        done = epoch
        # subtracted from 0, for a weight of 0 must not come out as -0
        values = [0.0 - w if minus else w.copy() for w, minus in zip(plan.layers, plan.negated, strict=True)]
        weights = tuple(value[:fan_in] for value, (fan_in, _) in zip(values, experiment.shapes, strict=True))
        biases = tuple(value[-1] for value in values) if experiment.bias else ()
        yield TrainingState(epoch, weights, biases, negate_where(plan.memory, plan.memory_negated))
