"""Sweeps trained in turns in a process of their own: the messages to it, its queue, and its reports."""

from collections import deque
from dataclasses import dataclass, replace
from typing import TypeAlias

from engine.comparison.sweep import Axis, make_sweep
from engine.model.experiment import Experiment
from engine.stacks.record_many import ManyRecorder, Runs

RUNS_SHARE = 0.05
"""Runs are reported each time this share more is done: they are large, and a page draws them only now and then."""


@dataclass(frozen=True, slots=True)
class SweepJob:
    """A sweep to train: the arguments of `make_sweep`, which are small. Reports carry its number."""

    number: int
    experiment: Experiment
    axes: tuple[Axis, ...]
    seeds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StopSweep:
    """Stops a sweep, which then reports what is done."""

    number: int


Message: TypeAlias = SweepJob | StopSweep


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """How far a sweep is."""

    number: int
    share: float  # of the work, 0 to 1
    runs: Runs | None  # without their experiments, which the receiver has; None where few have changed
    is_last: bool  # the sweep is complete, or has been stopped


class SweepInTraining:
    """A sweep that the process is training."""

    def __init__(self, job: SweepJob) -> None:
        self.number, self._share, self._reported_share = job.number, 0.0, 0.0
        self._recorder = ManyRecorder(make_sweep(job.experiment, job.axes, job.seeds).experiments)

    def take_turn(self) -> Report:
        """Train for about a twentieth of a second."""
        share = next(iter(self._recorder), None)
        if share is None:
            return self.last_report()
        self._share = share
        if self._share < self._reported_share + RUNS_SHARE or self._share == 1.0:  # the next report is the last one
            return Report(self.number, self._share, None, is_last=False)
        self._reported_share = self._share
        return Report(self.number, self._share, self._runs(), is_last=False)

    def last_report(self) -> Report:
        """The report of everything that is done."""
        return Report(self.number, self._share, self._runs(), is_last=True)

    def _runs(self) -> Runs:
        return replace(self._recorder.runs(), experiments=())


class SweepQueue:
    """The sweeps of the process, in the order of their turns."""

    def __init__(self) -> None:
        self._sweeps: deque[SweepInTraining] = deque()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to train."""
        return not self._sweeps

    def receive(self, message: Message) -> Report | None:
        """Add a job, which gets the next turn; or stop a sweep and return its last report."""
        if isinstance(message, SweepJob):
            self._sweeps.appendleft(SweepInTraining(message))
            return None
        for sweep in self._sweeps:
            if sweep.number == message.number:
                self._sweeps.remove(sweep)
                return sweep.last_report()
        return None  # it was complete before the message arrived

    def take_turn(self) -> Report:
        """Train the first sweep for one turn, and put it at the end."""
        sweep = self._sweeps.popleft()
        report = sweep.take_turn()
        if not report.is_last:
            self._sweeps.append(sweep)
        return report
