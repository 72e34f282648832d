"""One stack trained to the end, with what is kept of every network on the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import numpy.typing as npt

from engine.model.experiment import Experiment
from engine.model.types import Array, Flags
from engine.stacks.evaluation import Evaluation, Evaluator
from engine.stacks.stack_groups import stack_seconds
from engine.stacks.stacked_training import StackedTraining, StackState
from engine.training.recorder import turn_ends
from engine.training.train import kept_epochs

TURN_SECONDS = 0.05
BUFFERED_NUMBERS = 500_000
"""Numbers of the networks at the epochs that are looked at together."""


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """What is kept of many trainings while they run, a row a network, a column a kept epoch; filled from the left."""

    loss: Array  # NaN where a network has not come to, or has diverged before
    test_loss: Array | None  # the same for held-out rows; None where no experiment has any
    right: Flags  # whether it answers as a network that has learned
    frames: npt.NDArray[np.int64]  # kept epochs that are filled
    diverged_at: npt.NDArray[np.int64]  # the first epoch that is not finite; -1: none
    is_done: Flags  # whether its training has ended

    @classmethod
    def empty(cls, networks: int, frames: int, has_test_rows: bool) -> "Results":
        """Room for so many networks and kept epochs."""
        return cls(
            loss=np.full((networks, frames), np.nan),
            test_loss=np.full((networks, frames), np.nan) if has_test_rows else None,
            right=np.zeros((networks, frames), dtype=bool),
            frames=np.zeros(networks, dtype=np.int64),
            diverged_at=np.full(networks, -1),
            is_done=np.zeros(networks, dtype=bool),
        )


class Turn:
    """A twentieth of a second of work, after which others have their turn."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin another."""
        self._began = perf_counter()

    def seconds_left(self) -> float:
        """How much of it is left; negative once it is over."""
        return TURN_SECONDS - (perf_counter() - self._began)


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Networks that are finite at one epoch that was looked at and are not at the next one."""

    networks: npt.NDArray[np.int64]
    last_finite: StackState  # of these networks
    not_finite: int  # epoch


class StackRecorder:
    """A stack in training: iterate over `turns()` to go on, `flush()` to have all in the results that there is."""

    def __init__(self, experiments: Sequence[Experiment], indices: Sequence[int], results: Results, turn: Turn) -> None:
        """Train the experiments of these indices, which make one stack, and fill in their rows of the results."""
        self._experiments, self._indices = [experiments[i] for i in indices], np.array(indices)
        self._results, self._turn = results, turn
        e = self._first = self._experiments[0]
        self._evaluator = Evaluator(e)
        self._training = StackedTraining(self._experiments)
        self._frames = {epoch: frame for frame, epoch in enumerate(kept_epochs(e.epochs))}
        # Besides the kept epochs those at which `record` looks too, so that both see the same numbers grow too large.
        self._epochs = sorted({*self._frames, *turn_ends(e)})
        numbers = self._training.numbers.size + 2 * len(indices) * len(e.targets) * len(e.targets[0])
        rows = 1 + min(max(1, BUFFERED_NUMBERS // numbers), len(self._epochs))
        # The first row is the last one that was looked at before.
        self._buffer = np.empty((rows, *self._training.numbers.shape))
        self._looked_at, self._filled = 0, 1  # epochs, and rows of the buffer
        self._running: Flags = np.ones(len(indices), dtype=bool)
        self._searches: list[Search] = []
        self._epoch_seconds = stack_seconds(e, len(indices)) / e.epochs

    def turns(self) -> Iterator[float]:
        """Train to the end; at the end of each turn it gives the share of the epochs that is done."""
        for epoch in self._epochs:
            while self._training.epoch < epoch:
                self._advance(epoch)
                if self._turn.seconds_left() <= 0 and self._training.epoch < self._epochs[-1]:
                    yield self._training.epoch / self._first.epochs
                    self._turn.restart()
            self._buffer[self._filled] = self._training.numbers
            self._filled += 1
            if self._filled == len(self._buffer) or epoch == self._epochs[-1]:
                self.flush()
                for search in self._searches:
                    yield from self._find_divergence(search)
                self._searches.clear()
                if not self._running.any():
                    break
        self._results.is_done[self._indices] = True

    def _advance(self, epoch: int) -> None:
        """Train towards an epoch, as far as what is left of the turn allows."""
        began, before = perf_counter(), self._training.epoch
        possible = int(self._turn.seconds_left() / self._epoch_seconds)
        self._training.advance(min(epoch, before + max(1, possible)))
        self._epoch_seconds = (perf_counter() - began) / (self._training.epoch - before)

    def flush(self) -> None:
        """Look at the networks in the buffer, and fill in their results."""
        rows, self._filled = self._filled - 1, 1
        if not rows:
            return
        epochs = self._epochs[self._looked_at : self._looked_at + rows]
        self._looked_at += rows
        found = self._evaluate(rows)
        is_sound = np.logical_and.accumulate(found.is_finite.reshape(rows, -1) & self._running)
        kept = [row for row, epoch in enumerate(epochs) if epoch in self._frames]
        stops = self._stops(found.stops.reshape(rows, -1) & is_sound, kept)
        self._running &= stops == rows
        self._note_divergence(epochs, is_sound)
        if epochs[0] == 0:
            is_sound[0] = True  # it is shown even where its numbers are too large
        is_sound &= np.arange(rows)[:, np.newaxis] <= stops

        place = np.ix_(self._indices, np.array([self._frames[epochs[row]] for row in kept], dtype=np.int64))
        kept_are_sound, results = is_sound[kept], self._results
        for kept_losses, each in ((results.loss, found.loss), (results.test_loss, found.test_loss)):
            if kept_losses is not None and each is not None:
                each = each.reshape(rows, -1)[kept]
                each[~kept_are_sound] = np.nan
                kept_losses[place] = each.T
        results.right[place] = (kept_are_sound & found.right.reshape(rows, -1)[kept]).T
        results.frames[self._indices] += kept_are_sound.sum(axis=0)
        self._buffer[0] = self._buffer[rows]

    def _evaluate(self, rows: int) -> Evaluation:
        """The networks in these rows of the buffer, one row after the other."""
        at_once, parts = max(1, self._evaluator.networks_at_once // len(self._indices)), []
        for start in range(1, rows + 1, at_once):
            values = self._training.in_plain_order(self._buffer[start : min(start + at_once, rows + 1), :1])
            parts.append(self._evaluator.evaluate(values.reshape(-1, values.shape[-1])))
        return Evaluation.join(parts)

    def _stops(self, holds: Flags, kept: Sequence[int]) -> npt.NDArray[np.int64]:
        """The row of the buffer, (networks,), at which a rule of the experiment stops each network: the first that is
        kept, not epoch 0, and where one holds, (rows, networks); else the number of rows."""
        rows, networks = holds.shape
        stops = np.full(networks, rows)
        for row in reversed(kept if self._first.has_stop_rules else ()):
            if self._looked_at - rows + row > 0:
                stops[holds[row]] = row
        return stops

    def _note_divergence(self, epochs: Sequence[int], is_sound: Flags) -> None:
        """Take those networks for diverged that are not sound at every one of these epochs, (epochs, networks)."""
        sound = is_sound.sum(axis=0)
        for row in np.unique(sound[self._running]).tolist():
            if row == len(epochs):
                continue
            networks = np.flatnonzero(self._running & (sound == row))
            self._running[networks] = False
            self._results.diverged_at[self._indices[networks]] = epochs[row]
            if epochs[row]:
                before = self._epochs[self._looked_at - len(epochs) + row - 1]
                numbers = self._training.in_plain_order(self._buffer[row : row + 1])[0]
                self._searches.append(Search(networks, StackState(before, numbers[:, networks]), epochs[row]))

    def _find_divergence(self, search: Search) -> Iterator[float]:
        """Go on from the last epoch that is known to be finite, one by one, to the first that is not."""
        training = StackedTraining([self._experiments[network] for network in search.networks], search.last_finite)
        left = np.ones(len(search.networks), dtype=bool)
        for epoch in range(training.epoch + 1, search.not_finite):
            training.advance(epoch)
            is_finite = self._evaluator.evaluate(training.values()).is_finite
            self._results.diverged_at[self._indices[search.networks[left & ~is_finite]]] = epoch
            left &= is_finite
            if not left.any():
                return
            if self._turn.seconds_left() <= 0:
                yield self._training.epoch / self._first.epochs
                self._turn.restart()
