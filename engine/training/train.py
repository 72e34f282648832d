"""Training: gradient descent, epoch by epoch.

Epoch k means after k passes over the table (with full batches: after k updates); epoch 0 is the untouched network.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.model.experiment import Experiment
from engine.model.network import initial_parameters
from engine.model.optimizers import OPTIMIZERS
from engine.model.types import Array, split_flat
from engine.training.compiled_batch import TableForward
from engine.training.compiled_epoch import compile_epoch, negate_where, run_calls, run_epochs

KEPT_FRAMES = 140


@dataclass(frozen=True, slots=True)
class TrainingState:
    """The network after some epoch, and the optimizer's memory: all that later epochs depend on."""

    epoch: int
    weights: tuple[Array, ...]  # one (fan_in, fan_out) per layer
    biases: tuple[Array, ...]  # one (fan_out,) per layer, or () without bias
    # Of the optimizer of the next update, (slots, size), in the order W1 row by row, b1, W2, ...
    memory: Array


@lru_cache(maxsize=64)
def kept_epochs(epochs: int) -> tuple[int, ...]:
    """The epochs to keep, log-spaced: first 0, last `epochs`, at most 200.

    >>> kept_epochs(3)
    (0, 1, 2, 3)
    """
    return log_spaced_epochs(epochs)


def log_spaced_epochs(epochs: int) -> tuple[int, ...]:
    """The same, worked out: an exported program takes this function as it stands."""
    if epochs <= KEPT_FRAMES:
        return tuple(range(epochs + 1))
    wanted, points = {0}, KEPT_FRAMES
    while len(wanted) < KEPT_FRAMES:  # the first points coincide when rounded: ask for more until enough differ
        wanted = set(np.rint(np.geomspace(1, epochs, points)).astype(int).tolist())
        points += 10
    return (0, *sorted(wanted))


def initial_state(experiment: Experiment) -> TrainingState:
    """The network at epoch 0."""
    weights, biases = initial_parameters(experiment)
    biases = biases if experiment.bias else []
    size = sum(values.size for values in (*weights, *biases))
    return TrainingState(0, tuple(weights), tuple(biases), OPTIMIZERS[experiment.optimizer].initial_memory(size))


def begin_optimizer(experiment: Experiment, state: TrainingState) -> TrainingState:
    """The state, with the empty memory of a new optimizer where one begins after its epoch."""
    if experiment.optimizer_start(state.epoch) < state.epoch:
        return state
    optimizer = OPTIMIZERS[experiment.optimizer_after(state.epoch)]
    return replace(state, memory=optimizer.initial_memory(state.memory.shape[1]))


def epochs_of_changes(experiment: Experiment) -> list[int]:
    """The epochs after which an epoch is compiled anew, in their order: another optimizer begins, or another table."""
    e = experiment
    return sorted({at for at, _ in e.optimizer_changes} | {end for end, _, _ in e.earlier_tables})


class Training:
    """A training in progress: advance it to an epoch, and read the network there."""

    def __init__(self, experiment: Experiment, start: TrainingState | None = None) -> None:
        """Start at epoch 0, or at a state of the same experiment, bit for bit as if training had never stopped."""
        self.experiment = experiment
        self._begin(start or initial_state(experiment))

    def _begin(self, start: TrainingState) -> None:
        """Compile the epochs from here on, with the rate, the optimizer and the table that they have."""
        e, self.epoch = self.experiment, start.epoch
        self.compiled = compile_epoch(e, start.weights, start.biases, start.memory, start.epoch)
        self._rate_changes = [change for change in e.rate_changes if change[0] > start.epoch]
        self._begins = [at for at in epochs_of_changes(e) if at > start.epoch]
        self._table_is_ahead = False  # whether the next epoch's forward pass has already been run

    def advance(self, epoch: int) -> None:
        """Train up to an epoch, which may be the current one; with another optimizer or table `compiled` is another."""
        while self._begins and self._begins[0] <= epoch:
            self._change_rates_to(self._begins[0])
            self._begin(begin_optimizer(self.experiment, self.state()))
        self._change_rates_to(epoch)

    def _change_rates_to(self, epoch: int) -> None:
        while self._rate_changes and self._rate_changes[0][0] < epoch:
            at, rate = self._rate_changes.pop(0)
            self._run_to(at)
            self.compiled.set_rate(rate, at)
        self._run_to(epoch)

    def _run_to(self, epoch: int) -> None:
        epochs, table = epoch - self.epoch, self.compiled.table
        with np.errstate(all="ignore"):
            if epochs and table and self._table_is_ahead:
                run_calls(table.calls_after)
                epochs, self._table_is_ahead = epochs - 1, False
            run_epochs(self.compiled, epochs)
        self.epoch = epoch

    def run_table(self) -> TableForward | None:
        """The forward pass of the whole table with the current weights; None if it is not trained on as one batch.

        Training uses it as the start of the next epoch, so it is not run twice.
        """
        table = self.compiled.table
        if table:
            with np.errstate(all="ignore"):
                run_calls(table.calls)
            self._table_is_ahead = True
        return table

    def state(self) -> TrainingState:
        """The network as it is now, copied."""
        compiled = self.compiled
        weights, biases = split_parameters(self.experiment, negate_where(compiled.values, compiled.negated))
        return TrainingState(self.epoch, weights, biases, negate_where(compiled.memory, compiled.memory_negated))


def split_parameters(experiment: Experiment, values: Array) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Weights and biases per layer, from a flat vector in the order W1 row by row, b1, W2, ...; () without bias."""
    extra = int(experiment.bias)
    layers = split_flat(values, [(fan_in + extra, fan_out) for fan_in, fan_out in experiment.shapes])
    weights = tuple(layer[: len(layer) - extra] for layer in layers)
    return weights, tuple(layer[-1] for layer in layers) if extra else ()


def train(
    experiment: Experiment, at: Iterable[int] | None = None, start: TrainingState | None = None
) -> Iterator[TrainingState]:
    """Train, and yield copies of the network at the epochs `at`, in ascending order; None means `kept_epochs`.

    With `start`, a state of the same experiment, training continues from there, bit for bit as if it had never stopped;
    no epoch in `at` may be before it.

    Training ends at the last of these epochs: rules that stop it earlier are for `record`, which looks at what has been
    learned. If it diverges, numbers become inf or nan without a warning; `record` finds the epoch.
    """
    training = Training(experiment, start)
    epochs = (k for k in kept_epochs(experiment.epochs) if k >= training.epoch) if at is None else at
    for epoch in epochs:
        training.advance(epoch)
        yield training.state()
