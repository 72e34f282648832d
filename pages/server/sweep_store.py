"""The sweeps of a server: trained in a process of their own, and shared by all visitors who ask for the same one.

A visitor has a handle, reads the progress as often as the page likes, and may stop the sweep. A sweep whose progress
nobody reads any more is stopped. Memory is bounded: a sweep waits until there is room, and finished ones are dropped,
the least recently used first.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from threading import Condition
from time import monotonic
from typing import Literal, TypeAlias

from engine import Experiment, Runs
from engine.comparison.sweep import Axis, Sweep, make_sweep
from engine.comparison.sweep_process import SweepProcess
from engine.comparison.sweep_queue import Report, StopSweep, SweepJob
from engine.stacks.record_many import kept_megabytes
from engine.training.train import kept_epochs

MOST_MEGABYTES = 48.0
"""For all sweeps in training, here and as much again in their process; and for all finished ones."""

ABANDONED_SECONDS = 30.0
"""A sweep whose progress has not been read for so long is stopped: its page has been closed."""

STOP_SECONDS = 10.0
"""How long to wait for a sweep to stop, which takes a tenth of a second; then its process is killed."""

SweepState: TypeAlias = Literal["waiting", "training", "complete", "stopped", "lost"]
"""Waiting for room; in training; trained to the end; stopped, with what was done until then; or lost, because the
process has died or its memory was needed. A stopped or lost sweep can be submitted again."""

Key: TypeAlias = tuple[Experiment, tuple[Axis, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class SweepProgress:
    """The state of a sweep at one moment."""

    state: SweepState
    share: float  # of the work, 0 to 1
    seconds_left: float | None  # None before the first report
    runs: Runs | None  # of all its experiments, as far as they are trained; None before the first report, and if lost


@dataclass(slots=True, eq=False)
class StoredSweep:
    """A sweep in the store; changed only while holding the store's lock."""

    number: int
    key: Key
    sweep: Sweep
    read_at: float  # when its progress was read last
    state: SweepState = "waiting"
    share: float = 0.0
    runs: Runs | None = None
    began: float = 0.0
    visitors: int = 0  # who have submitted it and not stopped it

    @property
    def megabytes(self) -> float:
        """Its memory, once it is trained."""
        experiments = self.sweep.experiments
        return kept_megabytes(len(experiments), len(kept_epochs(experiments[0].epochs)), bool(experiments[0].test_rows))


class SweepStore:
    """All sweeps of a server. The first one starts the process."""

    def __init__(self) -> None:
        self._changed = Condition()  # also the lock on everything here
        self._numbers = count()
        self._shared: dict[Key, StoredSweep] = {}  # those that another visitor gets who submits the same
        self._unfinished: dict[int, StoredSweep] = {}  # waiting or in training, by number, in order
        self._finished: OrderedDict[int, StoredSweep] = OrderedDict()  # by number, the last used at the end
        self._process: SweepProcess | None = None

    def submit(self, experiment: Experiment, axes: Sequence[Axis], seeds: Sequence[int]) -> "SweepHandle":
        """A handle of a sweep, which is trained unless it already has been. Raises what `make_sweep` raises."""
        key = experiment, tuple(axes), tuple(seeds)
        with self._changed:
            stored = self._shared.get(key)
        sweep = stored.sweep if stored else make_sweep(*key)  # slow, so not while holding the lock
        with self._changed:
            stored = self._shared.get(key)
            if stored is None:
                stored = self._shared[key] = StoredSweep(next(self._numbers), key, sweep, monotonic())
                self._unfinished[stored.number] = stored
            stored.visitors += 1
            self.progress(stored)
            self._update()
            return SweepHandle(self, stored)

    def progress(self, stored: StoredSweep) -> SweepProgress:
        """The state of a sweep now."""
        with self._changed:
            stored.read_at = monotonic()
            if stored.number in self._finished:
                self._finished.move_to_end(stored.number)
            left = (stored.read_at - stored.began) * (1 / stored.share - 1) if stored.share else None
            return SweepProgress(stored.state, stored.share, left, stored.runs)

    def stop(self, stored: StoredSweep) -> StoredSweep:
        """Stop a sweep for one visitor, and altogether if it has no other; returns the stopped one."""
        with self._changed:
            if stored.number not in self._unfinished:
                return stored
            stored.visitors -= 1
            if stored.visitors > 0:
                stored = replace(stored, number=next(self._numbers))
                self._finish(stored, "stopped")
                return stored
            self._stop_training(stored)
            has_stopped = self._changed.wait_for(lambda: stored.number not in self._unfinished, STOP_SECONDS)
            if self._process and not has_stopped:
                self._process.shut_down()
            return stored

    def shut_down(self) -> None:
        """Kill the process; the sweeps in training are lost."""
        with self._changed:
            if self._process:
                self._process.shut_down()

    def _stop_training(self, stored: StoredSweep) -> None:
        self._unshare(stored)
        if stored.state == "waiting":
            self._finish(stored, "stopped")
        elif self._process:
            self._process.send(StopSweep(stored.number))

    def _on_report(self, report: Report | None) -> None:
        """Store a report of the process; None: it has died, and the sweeps in training are lost."""
        with self._changed:
            if report is None:
                self._process = None
                for stored in [stored for stored in self._unfinished.values() if stored.state == "training"]:
                    self._finish(stored, "lost")
            elif report.number in self._unfinished:
                stored = self._unfinished[report.number]
                stored.share = report.share
                if report.runs:
                    stored.runs = replace(report.runs, experiments=stored.sweep.experiments)
                if report.is_last:
                    self._finish(stored, "complete" if stored.runs and stored.runs.is_done.all() else "stopped")
            self._update()

    def _update(self) -> None:
        """Stop abandoned sweeps, start those that there is room for, and drop what there is no room for."""
        for stored in list(self._unfinished.values()):
            if monotonic() - stored.read_at > ABANDONED_SECONDS:
                self._stop_training(stored)
        for stored in list(self._unfinished.values()):
            used = sum(other.megabytes for other in self._unfinished.values() if other.state == "training")
            if stored.state == "waiting" and used + stored.megabytes <= MOST_MEGABYTES:
                self._start_training(stored)
        while sum(stored.megabytes for stored in self._finished.values()) > MOST_MEGABYTES:
            _, stored = self._finished.popitem(last=False)
            self._unshare(stored)
            stored.state, stored.runs = "lost", None
        self._changed.notify_all()

    def _start_training(self, stored: StoredSweep) -> None:
        self._process = self._process or SweepProcess(self._on_report)
        if self._process.has_started:
            self._process.send(SweepJob(stored.number, *stored.key))
            stored.state, stored.began = "training", monotonic()
        else:
            self._process = None
            self._finish(stored, "lost")

    def _finish(self, stored: StoredSweep, state: SweepState) -> None:
        self._unfinished.pop(stored.number, None)
        stored.state = state
        self._finished[stored.number] = stored
        if state != "complete":
            self._unshare(stored)

    def _unshare(self, stored: StoredSweep) -> None:
        """Have the next visitor who submits the same get a new sweep."""
        if self._shared.get(stored.key) is stored:
            del self._shared[stored.key]


class SweepHandle:
    """One visitor's access to a sweep."""

    def __init__(self, store: SweepStore, stored: StoredSweep) -> None:
        self._store, self._stored = store, stored

    @property
    def sweep(self) -> Sweep:
        """What was submitted."""
        return self._stored.sweep

    def progress(self) -> SweepProgress:
        """The state now. A sweep whose progress nobody reads for half a minute is stopped."""
        return self._store.progress(self._stored)

    def stop(self) -> None:
        """Stop the sweep and keep what is done; it goes on for others who have submitted the same.

        Waits for the last report: within a page, lend the page lock meanwhile.
        """
        self._stored = self._store.stop(self._stored)


SWEEPS = SweepStore()
"""The sweeps of this server."""
