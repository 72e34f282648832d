"""A history is a finished training that can be looked at: the network at every kept epoch, as stacked arrays."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.model.experiment import Experiment
from engine.model.network import forward, loss_over_rows
from engine.model.types import Array
from engine.training.train import TrainingState, kept_epochs, train

CHUNK_SECONDS = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """F kept epochs of a training. All arrays are read-only.

    `epochs` (F,) int, first 0; `weights` and `biases`, one (F, fan_in, fan_out) and (F, fan_out) a layer, biases ()
    without bias; `outputs` (F, samples, targets), computed with the weights of that epoch, held-out rows included;
    `loss` and `test_loss` (F,), penalties excluded, test_loss None without held-out rows; `diverged_at` the first epoch
    whose numbers are not finite, up to which the history is kept, or None; `memory` (F, slots, size), what the
    optimizer remembered: only `step` needs it, so a history put together by hand may do without.
    """

    experiment: Experiment
    epochs: npt.NDArray[np.int64]
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    outputs: Array
    loss: Array
    test_loss: Array | None
    diverged_at: int | None
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

    def state_at(self, epoch: int | None) -> TrainingState:
        """The network after any epoch, bit for bit as training had it; before 0 means 0, None or too late the last.

        A kept epoch is at hand; another is trained anew from the last kept one before it.
        """
        index = self.frame_at(epoch)
        kept = TrainingState(
            int(self.epochs[index]),
            tuple(weights[index] for weights in self.weights),
            tuple(biases[index] for biases in self.biases),
            self.memory[index],
        )
        if epoch is None or epoch <= kept.epoch or index == len(self.epochs) - 1:
            return kept
        return next(train(self.experiment, [epoch], kept))


@dataclass(frozen=True, slots=True)
class Frame:
    """One kept epoch: the step, the outputs (samples, targets), the losses."""

    state: TrainingState
    outputs: Array
    loss: float
    test_loss: float | None

    @property
    def is_finite(self) -> bool:
        """Whether every number in it is finite."""
        numbers = np.concatenate((*self.state.weights, *self.state.biases, self.outputs), axis=None)
        return math.isfinite(self.loss + (self.test_loss or 0.0)) and bool(np.isfinite(numbers).all())


class Recorder:
    """A training that can be watched and stopped: iterate to go on, take `history()` at any time.

    Each turn trains for about a twentieth of a second and gives (epoch, loss). Whoever stops may go on later by
    iterating again: it carries on from where it stood.
    """

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self._inputs, self._targets = np.array(experiment.inputs), np.array(experiment.targets)
        self._train_rows, self._test_rows = np.array(experiment.train_rows), np.array(experiment.test_rows)
        self._frames: list[Frame] = []
        self._last: Frame | None = None
        self._diverged_at: int | None = None
        self._turns = self._run()

    def __iter__(self) -> Iterator[tuple[int, float]]:
        return self._turns

    def _run(self) -> Iterator[tuple[int, float]]:
        e = self.experiment
        kept = frozenset(kept_epochs(e.epochs))
        chunk = max(1, round(e.epochs * CHUNK_SECONDS / max(e.predicted_seconds, CHUNK_SECONDS)))
        for step in train(e, sorted(kept.union(range(chunk, e.epochs, chunk)))):
            frame = self._frame_of(step)
            if not frame.is_finite:
                yield from self._find_divergence(step.epoch, chunk)
                return
            self._last = frame
            if step.epoch in kept:
                self._frames.append(frame)
            yield step.epoch, frame.loss

    def _frame_of(self, step: TrainingState) -> Frame:
        e = self.experiment
        passed = forward(e, list(step.weights), list(step.biases), self._inputs)
        loss = loss_over_rows(e, passed, self._targets, self._train_rows)
        test_loss = loss_over_rows(e, passed, self._targets, self._test_rows) if e.test_rows else None
        return Frame(step, passed.outputs[-1], loss, test_loss)

    def _find_divergence(self, bad: int, chunk: int) -> Iterator[tuple[int, float]]:
        """Train again up to the step that was not finite, in turns, and one epoch at a time over the last stretch."""
        good, loss = (self._last.state.epoch, self._last.loss) if self._last else (0, 0.0)
        for step in train(self.experiment, [*range(chunk, good, chunk), *range(good + 1, bad + 1)]):
            if step.epoch <= good:
                yield good, loss
                continue
            frame = self._frame_of(step)
            if not frame.is_finite:
                self._diverged_at = step.epoch
                return
            self._last = frame

    def history(self) -> History:
        """What has been learned so far, the last epoch reached included; needs at least one turn."""
        frames = list(self._frames)
        if self._last is not None and self._last is not frames[-1]:
            frames.append(self._last)
        steps = [frame.state for frame in frames]
        layers, with_bias = len(steps[0].weights), bool(steps[0].biases)
        tests = [frame.test_loss for frame in frames if frame.test_loss is not None]
        return History(
            experiment=self.experiment,
            epochs=np.array([step.epoch for step in steps], dtype=np.int64),
            weights=tuple(np.stack([step.weights[i] for step in steps]) for i in range(layers)),
            biases=tuple(np.stack([step.biases[i] for step in steps]) for i in range(layers * with_bias)),
            outputs=np.stack([frame.outputs for frame in frames]),
            loss=np.array([frame.loss for frame in frames]),
            test_loss=np.array(tests) if tests else None,
            diverged_at=self._diverged_at,
            memory=np.stack([step.memory for step in steps]),
        )


def record(experiment: Experiment, progress: Callable[[float], object] | None = None) -> History:
    """Train to the end and keep the history; `progress`, where given, hears the fraction done, the last time 1.0.

    >>> record(Experiment(epochs=9_999)).outputs[-1].round(4).ravel().tolist()
    [0.0097, 0.9921, 0.9936, 0.0079]
    """
    recorder = Recorder(experiment)
    for epoch, _ in recorder:
        if progress:
            progress(epoch / experiment.epochs)
    if progress:
        progress(1.0)
    return recorder.history()
