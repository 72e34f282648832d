"""The history: a finished training that can be looked at, the network at every kept epoch as stacked arrays."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.network import ForwardPass, forward
from engine.model.types import Array
from engine.model.validation import ExperimentError
from engine.model.weight_index import WeightIndex
from engine.training.stacked_forward import BLOCK_CELLS, network_outputs, split_layers, stacked_forward
from engine.training.train import Training, TrainingState, kept_epochs, train

CHUNK_SECONDS = 0.05
SEARCH_EPOCHS = 1_000
"""Epochs that are looked at between turns while the first one that is not finite is searched for."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """F kept epochs of a training. All arrays are read-only; losses leave the penalties out."""

    experiment: Experiment
    epochs: npt.NDArray[np.int64]  # (F,), first 0
    weights: tuple[Array, ...]  # (F, fan_in, fan_out) a layer
    biases: tuple[Array, ...]  # (F, fan_out) a layer, or () without bias
    outputs: Array  # (F, samples, targets), with the weights of that epoch, held-out rows included
    loss: Array  # (F,), over the rows that are trained on
    test_loss: Array | None  # (F,), over the held-out rows; None without any
    diverged_at: int | None  # the first epoch whose numbers are not finite; the history is kept up to it
    # What the optimizer remembered, (F, slots, size); only `state_at` needs it, so a history made by hand has none.
    memory: Array = field(default_factory=lambda: np.empty((0, 0, 0)))

    def __post_init__(self) -> None:
        for array in (self.epochs, *self.weights, *self.biases, self.outputs, self.loss, self.test_loss, self.memory):
            if array is not None:
                array.flags.writeable = False

    def frame_at(self, epoch: int | None) -> int:
        """The index of the last kept epoch that is not after `epoch`; None means the end."""
        if epoch is None:
            return len(self.epochs) - 1
        return max(0, int(np.searchsorted(self.epochs, epoch, side="right")) - 1)

    def values_of(self, index: WeightIndex) -> Array:
        """One weight or bias at every kept epoch, (F,)."""
        if index.is_bias(self.experiment):
            return self.biases[index.layer][:, index.neuron]
        return self.weights[index.layer][:, index.source, index.neuron]

    def state_at(self, epoch: int | None) -> TrainingState:
        """The network after any epoch, bit for bit as training had it; before 0 means 0, None or too late the last.

        A kept epoch is at hand; another is trained anew from the last kept one before it.
        """
        frame = self.frame_at(epoch)
        kept = TrainingState(
            int(self.epochs[frame]),
            tuple(weights[frame] for weights in self.weights),
            tuple(biases[frame] for biases in self.biases),
            self.memory[frame],
        )
        if epoch is None or epoch <= kept.epoch or frame == len(self.epochs) - 1:
            return kept
        return next(train(self.experiment, [epoch], kept))

    def forward(self, frame: int | slice, inputs: Array | None = None) -> ForwardPass:
        """The forward pass with the weights of a kept epoch, (rows, units) a layer, or of several, (F, rows, units).

        `inputs` is (rows, features); None means the whole table.
        """
        inputs = self.experiment.input_array if inputs is None else inputs
        return forward(self.experiment, [w[frame] for w in self.weights], [b[frame] for b in self.biases], inputs)

    def predict(self, inputs: npt.ArrayLike, epoch: int | None = None) -> Array:
        """What the network answers to any inputs after any epoch: (rows, features) to (rows, targets).

        `inputs` are in the table's own units. Raises ExperimentError where they are not rows of the table's width.

        >>> record(Experiment(epochs=9_999)).predict([[1, 0, 0]]).round(4).tolist()
        [[0.9999]]
        """
        try:
            rows = np.asarray(inputs, dtype=float)
        except (TypeError, ValueError):
            raise ExperimentError("inputs", "The inputs to predict from are not rows of numbers.") from None
        width = len(self.experiment.input_names)
        if rows.ndim != 2 or rows.shape[1] != width:
            raise ExperimentError(
                "inputs", f"The inputs to predict from have the shape {rows.shape}: give rows of {width} numbers each."
            )
        return network_outputs(self.experiment, self.state_at(epoch), rows)[1]


class Recorder:
    """A training that can be watched and stopped: iterate to go on, take `history()` at any time.

    The first turn only looks at epoch 0; each of the others trains for about a twentieth of a second. A turn gives the
    epoch it has reached and its loss. A training that was left goes on where it stood when it is iterated over again.
    """

    def __init__(self, experiment: Experiment) -> None:
        e = self.experiment = experiment
        self._inputs, self._targets = e.input_array, e.target_array
        self._train_rows, self._test_rows = list(e.train_rows), list(e.test_rows)
        self._uses_logits = LOSSES[e.loss].uses_logits
        self._training = Training(e)
        self._kept = kept_epochs(e.epochs)
        # A row a kept epoch, and two for epochs reached that are not kept; all are allocated once, since fresh memory
        # costs more than what is written into it.
        rows, compiled = len(self._kept) + 2, self._training.compiled
        self._epochs = np.zeros(rows, dtype=np.int64)
        self._values = np.empty((rows, len(compiled.values)))
        self._memory = np.empty((rows, *compiled.memory.shape))
        # Column by column, as the exported script has them: the order of a sum decides the loss's last digit.
        self._outputs = np.empty((rows, *self._targets.T.shape)).swapaxes(1, 2)
        self._loss = np.empty(rows)
        self._test_loss = np.empty(rows) if e.test_rows else None
        self._filled = 0
        self._diverged_at: int | None = None
        self._turns = self._run()

    def __iter__(self) -> Iterator[tuple[int, float]]:
        return self._turns

    @property
    def _kept_rows(self) -> int:
        """The rows that are filled for good: all, or all but the last where the epoch in that is not one to keep."""
        return self._filled - (self._filled > 0 and int(self._epochs[self._filled - 1]) not in self._kept)

    def _run(self) -> Iterator[tuple[int, float]]:
        last, seconds = self.experiment.epochs, self.experiment.predicted_seconds
        chunk = max(1, math.ceil(last * CHUNK_SECONDS / max(seconds, CHUNK_SECONDS)))
        for before, end in pairwise([-1, 0, *range(chunk, last, chunk), last]):
            start = self._filled = self._kept_rows
            self._record([*(k for k in self._kept if before < k < end), end])
            finite = self._finite_rows(start)
            if finite < self._filled:
                bad = int(self._epochs[finite])
                self._filled = max(finite, 1)  # epoch 0 is shown even where its numbers are too large
                yield from self._find_divergence(bad)
                return
            yield end, float(self._loss[self._filled - 1])

    def _record(self, epochs: Sequence[int]) -> None:
        """Train through these rising epochs, and fill a row with the network at each."""
        training, compiled = self._training, self._training.compiled
        part, table = slice(self._filled, self._filled + len(epochs)), compiled.table
        self._filled += len(epochs)
        self._epochs[part] = epochs
        values, memory, outputs = self._values[part], self._memory[part], self._outputs[part]
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
        self._loss[part] = self._losses(logits, outputs, self._train_rows)
        if self._test_loss is not None:
            self._test_loss[part] = self._losses(logits, outputs, self._test_rows)

    def _losses(self, logits: Array, outputs: Array, rows: list[int]) -> Array:
        """The loss over some rows of the table at every frame, (F,), a block of frames at a time."""
        value, targets, found = LOSSES[self.experiment.loss].value, self._targets, np.empty(len(outputs))
        if len(rows) < len(targets):
            logits, outputs, targets = logits.take(rows, axis=1), outputs.take(rows, axis=1), targets[rows]
        block = max(1, BLOCK_CELLS // targets.size)
        with np.errstate(all="ignore"):
            for start in range(0, len(found), block):
                part = slice(start, start + block)
                losses = value(logits[part], outputs[part], targets)
                if np.shape(losses) != found[part].shape:  # a loss that only knows one table
                    losses = np.array([value(z, a, targets) for z, a in zip(logits[part], outputs[part], strict=True)])
                found[part] = losses
        return found

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
    if progress and history.diverged_at is not None:
        progress(1.0)
    return history
