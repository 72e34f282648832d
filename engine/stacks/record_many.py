"""Many experiments trained at once: one run is an anecdote, hundreds are evidence.

Networks of one shape are trained as one stack, which takes little longer than one of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.model.experiment import Experiment
from engine.model.outcome import have_learned
from engine.model.types import Array, Flags
from engine.model.validation import LIMITS, ExperimentError, short_repr
from engine.stacks.stack_groups import split_into_stacks, stack_seconds
from engine.stacks.stack_recorder import Results, StackRecorder, Turn
from engine.stacks.stacked_training import can_be_stacked
from engine.training.history import History
from engine.training.recorder import Recorder, record
from engine.training.train import kept_epochs

EXPERIMENT_BYTES = 500
"""What an experiment takes besides its table, which many share."""


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Many trainings, finished or stopped, at the F kept epochs that all of them share. All arrays are read-only."""

    experiments: tuple[Experiment, ...]
    epochs: npt.NDArray[np.int64]  # (F,), first 0
    loss: Array  # (networks, F), over the rows that are trained on; NaN from divergence on, and where not yet trained
    test_loss: Array | None  # the same over held-out rows; None where no experiment has any
    right: Flags  # (networks, F), whether its outputs at that epoch are those of a network that has learned
    frames: npt.NDArray[np.int64]  # (networks,), how many kept epochs there are of each
    diverged_at: npt.NDArray[np.int64]  # (networks,), the first epoch whose numbers are not finite; -1: none
    is_done: Flags  # (networks,), whether it has been trained to its end

    def __post_init__(self) -> None:
        for array in (self.epochs, self.loss, self.test_loss, self.right, self.frames, self.diverged_at, self.is_done):
            if array is not None:
                array.flags.writeable = False

    @property
    def learned(self) -> Flags:
        """Whether each has learned by the last kept epoch that there is of it (see `have_learned`), (networks,)."""
        last = self.right[np.arange(len(self.right)), np.maximum(self.frames - 1, 0)]
        return last & (self.frames > 0) & (self.diverged_at < 0)

    @property
    def final_loss(self) -> Array:
        """The last loss of each, (networks,): infinite where it has diverged, NaN where it has not begun."""
        last = self.loss[np.arange(len(self.loss)), np.maximum(self.frames - 1, 0)]
        return np.where(self.diverged_at >= 0, np.inf, last)

    def history(self, network: int) -> History:
        """All of one training, to its end: `record` of its experiment, which is trained anew."""
        return record(self.experiments[network])


class ManyRecorder:
    """Many trainings that can be watched and stopped: iterate to go on, take `runs()` at any time.

    A turn takes about a twentieth of a second and gives the share that is done, 0 to 1. A training that was left goes
    on where it stood when it is iterated over again.
    """

    def __init__(self, experiments: Iterable[Experiment]) -> None:
        """Raises ExperimentError where they cannot be kept together, or would take too long."""
        self.experiments = tuple(experiments)
        require_experiments_alike(self.experiments)
        has_test_rows = any(e.test_rows for e in self.experiments)
        self._epochs = np.array(kept_epochs(self.experiments[0].epochs))
        require_memory(len(self.experiments), len(self._epochs), has_test_rows)
        self._results = Results.empty(len(self.experiments), len(self._epochs), has_test_rows)
        self._stacks, self._seconds = plan_stacks(self.experiments)
        self._recorder: StackRecorder | LoneRecorder | None = None
        self._turns = self._run()

    @property
    def predicted_seconds(self) -> float:
        """How long all of it should take (see `model.cost`)."""
        return sum(self._seconds)

    def __iter__(self) -> Iterator[float]:
        return self._turns

    def _run(self) -> Iterator[float]:
        yield 0.0
        done, turn = 0.0, Turn()
        for stack, seconds in zip(self._stacks, self._seconds, strict=True):
            if can_be_stacked(self.experiments[stack[0]]):
                self._recorder = StackRecorder(self.experiments, stack, self._results, turn)
            else:
                self._recorder = LoneRecorder(self.experiments, stack[0], self._results)
            for share in self._recorder.turns():
                yield (done + share * seconds) / self.predicted_seconds
            done += seconds
        self._recorder = None
        yield 1.0

    def runs(self) -> Runs:
        """What there is so far."""
        if self._recorder:
            self._recorder.flush()
        results = self._results
        return Runs(
            experiments=self.experiments,
            epochs=self._epochs.copy(),
            loss=results.loss.copy(),
            test_loss=None if results.test_loss is None else results.test_loss.copy(),
            right=results.right.copy(),
            frames=results.frames.copy(),
            diverged_at=results.diverged_at.copy(),
            is_done=results.is_done.copy(),
        )


class LoneRecorder:
    """What `StackRecorder` does, for an experiment that cannot be stacked: it is recorded like any other."""

    def __init__(self, experiments: tuple[Experiment, ...], index: int, results: Results) -> None:
        self._experiment, self._index, self._results = experiments[index], index, results
        self._recorder = Recorder(self._experiment)

    def turns(self) -> Iterator[float]:
        """Train to the end; each turn gives the share of the epochs that is done."""
        for epoch, _ in self._recorder:
            yield epoch / self._experiment.epochs
        self.flush()
        self._results.is_done[self._index] = True

    def flush(self) -> None:
        """Fill in the results that there are."""
        history, index = self._recorder.history(), self._index
        kept = np.isin(history.epochs, kept_epochs(self._experiment.epochs))
        part = index, slice(int(kept.sum()))
        self._results.loss[part] = history.loss[kept]
        if self._results.test_loss is not None and history.test_loss is not None:
            self._results.test_loss[part] = history.test_loss[kept]
        self._results.right[part] = have_learned(self._experiment, history.outputs[kept])
        self._results.frames[index] = kept.sum()
        if history.diverged_at is not None:
            self._results.diverged_at[index] = history.diverged_at


def require_experiments_alike(experiments: tuple[Experiment, ...]) -> None:
    """ExperimentError where there is nothing to train, or no experiment, or not for the same number of epochs."""
    if not experiments:
        raise ExperimentError("experiments", "There is nothing to train: give at least one experiment.")
    for number, e in enumerate(experiments, 1):
        if not isinstance(e, Experiment):
            raise ExperimentError(
                "experiments", f"Number {number} to train is {short_repr(e)}, not an Experiment: leave it out."
            )
    epochs = sorted({e.epochs for e in experiments})
    if len(epochs) > 1:
        raise ExperimentError(
            "epochs",
            f"These would train for different numbers of epochs, from {epochs[0]:,} to {epochs[-1]:,}, and cannot be "
            "compared epoch by epoch: choose one number for all.",
        )


def require_memory(networks: int, frames: int, has_test_rows: bool) -> None:
    """ExperimentError where what is kept of so many networks would take too much memory."""
    megabytes = kept_megabytes(networks, frames, has_test_rows)
    if megabytes > LIMITS["megabytes"]:
        raise ExperimentError(
            "experiments",
            f"{networks:,} networks would take {megabytes:,.0f} MB to keep, at most {LIMITS['megabytes']}: that is "
            f"{int(networks * LIMITS['megabytes'] / megabytes):,} networks, so use fewer seeds or fewer values.",
        )


def kept_megabytes(networks: int, frames: int, has_test_rows: bool) -> float:
    """What `Runs` of so many networks and kept epochs take."""
    losses = 2 if has_test_rows else 1
    each = EXPERIMENT_BYTES + frames * (losses * np.dtype(np.float64).itemsize + np.dtype(bool).itemsize)
    return networks * each / 1e6


def plan_stacks(experiments: tuple[Experiment, ...]) -> tuple[list[list[int]], list[float]]:
    """The indices of the experiments of each stack, and how long each should take (see `model.cost`).

    Raises ExperimentError where all of them would take too long.
    """
    stacks = split_into_stacks(experiments)
    seconds = [stack_seconds(experiments[stack[0]], len(stack)) for stack in stacks]
    if sum(seconds) > LIMITS["seconds for many"]:
        raise ExperimentError(
            "experiments",
            f"{len(experiments):,} networks would train for about {sum(seconds) / 60:,.0f} minutes, at most "
            f"{LIMITS['seconds for many'] // 60}: use fewer seeds, fewer values or fewer epochs.",
        )
    return stacks, seconds


def record_many(experiments: Iterable[Experiment], progress: Callable[[float], object] | None = None) -> Runs:
    """Train them all to their ends; `progress`, where given, is told the share that is done, at last 1.0.

    They may differ in anything but their epochs; those of one table and one network are trained together.

    >>> record_many([Experiment(seed=seed) for seed in range(3)]).learned.tolist()
    [True, True, True]
    """
    recorder = ManyRecorder(experiments)
    for share in recorder:
        if progress:
            progress(share)
    return recorder.runs()
