"""Sweeps that are trained in turns, in a process of their own: what is ordered, what is trained, what is reported."""

from collections import deque
from dataclasses import dataclass, replace
from typing import TypeAlias

from engine.comparison.sweep import Axis, make_sweep
from engine.model.experiment import Experiment
from engine.stacks.record_many import ManyRecorder, Runs

RUNS_SHARE = 0.05
"""Runs are reported whenever so much more is done: they are large, and a page draws them only now and then."""


@dataclass(frozen=True, slots=True)
class Order:
    """A sweep to be trained, in what `make_sweep` needs, which is small. Reports name its number."""

    number: int
    experiment: Experiment
    axes: tuple[Axis, ...]
    seeds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A sweep is to stop, and to report what is done."""

    number: int


Message: TypeAlias = Order | Stop


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """How far a sweep is."""

    number: int
    share: float  # that is done, 0 to 1
    runs: Runs | None  # without their experiments, which whoever ordered them has; None: nothing new of note
    is_last: bool  # it is done, or has stopped


class TrainingSweep:
    """A sweep in training, as the process has it."""

    def __init__(self, order: Order) -> None:
        self.number, self._share, self._reported_share = order.number, 0.0, 0.0
        self._recorder = ManyRecorder(make_sweep(order.experiment, order.axes, order.seeds).experiments)

    def take_turn(self) -> Report:
        """Train for a moment."""
        share = next(iter(self._recorder), None)
        if share is None:
            return self.last_report()
        self._share = share
        if self._share < self._reported_share + RUNS_SHARE or self._share == 1.0:  # the next report is the last one
            return Report(self.number, self._share, None, is_last=False)
        self._reported_share = self._share
        return Report(self.number, self._share, self._runs(), is_last=False)

    def last_report(self) -> Report:
        """All that is done."""
        return Report(self.number, self._share, self._runs(), is_last=True)

    def _runs(self) -> Runs:
        return replace(self._recorder.runs(), experiments=())


class SweepTurns:
    """All sweeps of the process, in the order of their turns."""

    def __init__(self) -> None:
        self._sweeps: deque[TrainingSweep] = deque()

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to train."""
        return not self._sweeps

    def receive(self, message: Message) -> Report | None:
        """Take in an order, which has its first turn next, or stop a sweep and give what is done of it."""
        if isinstance(message, Order):
            self._sweeps.appendleft(TrainingSweep(message))
            return None
        for sweep in self._sweeps:
            if sweep.number == message.number:
                self._sweeps.remove(sweep)
                return sweep.last_report()
        return None  # it was done before it heard

    def take_turn(self) -> Report:
        """Let the sweep whose turn it is train for a moment."""
        sweep = self._sweeps.popleft()
        report = sweep.take_turn()
        if not report.is_last:
            self._sweeps.append(sweep)
        return report
