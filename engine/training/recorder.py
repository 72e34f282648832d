"""The recorder: a training that fills a history as it goes, and can be watched and stopped."""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np

from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.optimizers import OPTIMIZERS
from engine.model.types import Array
from engine.training.history import History
from engine.training.stacked_forward import split_layers, stacked_forward, stacked_losses
from engine.training.stopping import first_stop
from engine.training.train import Training, epochs_of_changes, kept_epochs

CHUNK_SECONDS = 0.05
SEARCH_EPOCHS = 1_000
"""Epochs that are looked at between turns while the first one that is not finite is searched for."""


def turn_ends(experiment: Experiment) -> tuple[int, ...]:
    """The epochs at which the turns of a `Recorder` end: 0, then one for each twentieth of a second as predicted."""
    ends = [0]
    for first, last, seconds in experiment.table_seconds:
        chunk = max(1, math.ceil((last - first) * CHUNK_SECONDS / max(seconds, CHUNK_SECONDS)))
        ends += [*range(first + chunk, last, chunk), last]
    return tuple(ends)


class Recorder:
    """A training that can be watched and stopped: iterate to go on, take `history()` at any time.

    The first turn only looks at epoch 0; each of the others trains for about a twentieth of a second. A turn gives the
    epoch it has reached and its loss. A training that was left goes on where it stood when it is iterated over again.
    """

    def __init__(self, experiment: Experiment) -> None:
        e = self.experiment = experiment
        self._training = Training(e)
        self._inputs, self._targets = e.input_array, e.target_array
        self._train_rows, self._target_scale = e.train_rows, e.target_scale
        self._uses_logits = LOSSES[e.loss].uses_logits
        self._kept = kept_epochs(e.epochs)
        # A row a kept epoch, and two for epochs reached that are not kept; all are allocated once, since fresh memory
        # costs more than what is written into it.
        rows, compiled = len(self._kept) + 2, self._training.compiled
        slots = max(OPTIMIZERS[name].slots for name in (e.optimizer, *dict(e.optimizer_changes).values()))
        self._epochs = np.zeros(rows, dtype=np.int64)
        self._values = np.empty((rows, len(compiled.values)))
        self._memory = np.empty((rows, slots, len(compiled.values)))
        # Column by column, as the exported script has them: the order of a sum decides the loss's last digit.
        self._outputs = np.empty((rows, *self._targets.T.shape)).swapaxes(1, 2)
        self._loss = np.empty(rows)
        self._test_loss = np.empty(rows) if e.test_rows else None
        self._filled = 0
        self._diverged_at: int | None = None
        self._stopped_at: int | None = None
        self._turns = self._run()

    def __iter__(self) -> Iterator[tuple[int, float]]:
        return self._turns

    @property
    def epoch(self) -> int:
        """The epoch that has been reached; needs at least one turn."""
        return int(self._epochs[self._filled - 1])

    @property
    def _kept_rows(self) -> int:
        """The rows that are filled for good: all, or all but the last where the epoch in that is not one to keep."""
        return self._filled - (self._filled > 0 and int(self._epochs[self._filled - 1]) not in self._kept)

    def _run(self) -> Iterator[tuple[int, float]]:
        for before, end in pairwise([-1, *turn_ends(self.experiment)]):
            start = self._filled = self._kept_rows
            self._record([*(k for k in self._kept if before < k < end), end])
            finite = self._finite_rows(start)
            if self.experiment.has_stop_rules and self._stop_within(finite):
                yield int(self._epochs[self._filled - 1]), float(self._loss[self._filled - 1])
                return
            if finite < self._filled:
                bad = int(self._epochs[finite])
                self._filled = max(finite, 1)  # epoch 0 is shown even where its numbers are too large
                yield from self._find_divergence(bad)
                return
            yield end, float(self._loss[self._filled - 1])

    def _record(self, epochs: Sequence[int]) -> None:
        """Train through these rising epochs, and fill a row with the network at each."""
        begins = epochs_of_changes(self.experiment)
        for _, compiled_alike in groupby(epochs, lambda epoch: bisect_right(begins, epoch)):
            self._record_alike(list(compiled_alike))

    def _record_alike(self, epochs: Sequence[int]) -> None:
        training = self._training
        training.advance(epochs[0])
        compiled = training.compiled
        part, table = slice(self._filled, self._filled + len(epochs)), compiled.table
        self._filled += len(epochs)
        self._epochs[part] = epochs
        values, outputs, slots = self._values[part], self._outputs[part], len(compiled.memory)
        memory = self._memory[part, :slots]
        self._memory[part, slots:] = 0.0  # what other optimizers have more
        logits = np.empty_like(outputs) if self._uses_logits else outputs
        for row, epoch in enumerate(epochs):
            training.advance(epoch)
            values[row], memory[row] = compiled.values, compiled.memory
            if table:
                training.run_table()
                outputs[row] = table.outputs.T
                if self._uses_logits:
                    logits[row] = table.logits.T
        np.subtract(0.0, values, values, where=compiled.negated)
        np.subtract(0.0, memory, memory, where=compiled.memory_negated)
        if table and self._uses_logits and table.negated:
            np.subtract(0.0, logits, logits)
        if not table:
            logits, outputs[:] = stacked_forward(self.experiment, values, self._inputs)
        self._loss[part] = self._losses(epochs[0], values, logits, outputs)
        if self._test_loss is not None:
            self._test_loss[part] = stacked_losses(
                self.experiment, logits, outputs, self._targets, self.experiment.test_rows
            )
        if self._target_scale:
            outputs[:] = self._target_scale.undo(outputs)

    def _losses(self, epoch: int, values: Array, logits: Array, outputs: Array) -> Array:
        """The loss over the rows trained on at these epochs, which have one table: that after the first of them."""
        e = self.experiment.table_after(epoch)
        if e is self.experiment:
            return stacked_losses(e, logits, outputs, self._targets, self._train_rows)
        logits, outputs = stacked_forward(e, values, e.input_array)
        return stacked_losses(e, logits, outputs, e.target_array, e.train_rows)

    def _stop_within(self, rows: int) -> bool:
        """Whether the training stops at one of the first rows, which are finite; then it is the last one filled."""
        kept = rows - (rows > 0 and int(self._epochs[rows - 1]) not in self._kept)
        test_loss = None if self._test_loss is None else self._test_loss[:kept]
        row = first_stop(self.experiment, self._epochs[:kept], self._outputs[:kept], self._loss[:kept], test_loss)
        if row is None:
            return False
        self._stopped_at, self._filled = int(self._epochs[row]), row + 1
        return True

    def _finite_rows(self, start: int) -> int:
        """How many rows there are before the first, from `start` on, with a number that is not finite."""
        part = slice(start, self._filled)
        arrays = [a[part] for a in (self._values, self._outputs, self._loss, self._test_loss) if a is not None]
        if all(map(has_only_finite, arrays)):
            return self._filled
        finite = np.logical_and.reduce([np.isfinite(a.reshape(len(a), -1)).all(axis=1) for a in arrays])
        return self._filled if finite.all() else start + int(np.argmin(finite))

    def _find_divergence(self, bad: int) -> Iterator[tuple[int, float]]:
        """Go on from the last finite row one epoch at a time, to find the first epoch that is not finite."""
        self._diverged_at = bad
        good = int(self._epochs[self._filled - 1])
        self._training = Training(self.experiment, self.history().state_at(None))
        for epoch in range(good + 1, bad):
            self._record([epoch])
            row = self._filled - 1
            if self._finite_rows(row) == row:
                self._diverged_at, self._filled = epoch, row
                return
            if int(self._epochs[row - 1]) not in self._kept:  # of the epochs that are not kept only the last one stays
                for array in (self._epochs, self._values, self._memory, self._outputs, self._loss, self._test_loss):
                    if array is not None:
                        array[row - 1] = array[row]
                self._filled = row
            if (epoch - good) % SEARCH_EPOCHS == 0:
                yield epoch, float(self._loss[self._filled - 1])

    def history(self) -> History:
        """What has been learned so far, the last epoch reached included; needs at least one turn."""
        e, rows = self.experiment, slice(self._filled)
        final = self._filled == self._kept_rows  # else the last row is written over when training goes on
        values, memory, outputs, loss = (
            array[rows] if final else array[rows].copy("K")
            for array in (self._values, self._memory, self._outputs, self._loss)
        )
        layers = split_layers(e, values)
        return History(
            experiment=e,
            epochs=self._epochs[rows].copy(),
            weights=tuple(layer[:, :fan_in] for layer, (fan_in, _) in zip(layers, e.shapes, strict=True)),
            biases=tuple(layer[:, -1] for layer in layers) if e.bias else (),
            outputs=outputs,
            loss=loss,
            test_loss=None if self._test_loss is None else self._test_loss[rows].copy(),
            diverged_at=self._diverged_at,
            memory=memory,
            stopped_at=self._stopped_at,
        )


def has_only_finite(values: Array) -> bool:
    """Whether every number is finite. The sum of the squares tells in a fifth of the time, unless it overflows."""
    flat = values.ravel("K")
    with np.errstate(all="ignore"):
        return math.isfinite(flat.dot(flat)) or bool(np.isfinite(flat).all())


def record(experiment: Experiment, progress: Callable[[float], object] | None = None) -> History:
    """Train to the end and keep the history; `progress`, where given, is told the fraction done, at last 1.0.

    >>> record(Experiment(epochs=9_999)).outputs[-1].round(4).ravel().tolist()
    [0.0097, 0.9921, 0.9936, 0.0079]
    """
    recorder = Recorder(experiment)
    for epoch, _ in recorder:
        if progress:
            progress(epoch / experiment.epochs)
    history = recorder.history()
    if progress and history.epochs[-1] < experiment.epochs:
        progress(1.0)
    return history
