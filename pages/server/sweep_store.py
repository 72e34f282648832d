"""The sweeps that visitors have ordered: trained in a process of their own, and shared by all who ask for the same.

A visitor holds a ticket, looks at it as often as the page likes, and may stop it. What nobody looks at any more stops.
What is kept of all sweeps is bounded: one for which there is no room waits, and what was finished long ago is given up.
It knows no Streamlit.
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
from engine.comparison.sweep_turns import Order, Report, Stop
from engine.stacks.record_many import kept_megabytes
from engine.training.train import kept_epochs

MOST_MEGABYTES = 64.0
"""What all sweeps in training may take, here and as much again in their process; and what all finished ones may."""

ABANDONED_SECONDS = 30.0
"""A sweep that nobody has looked at for so long is stopped: its page has been closed."""

STOP_SECONDS = 10.0
"""How long to wait for a sweep that was told to stop, which takes a tenth of a second where nothing is wrong."""

State: TypeAlias = Literal["waiting", "training", "complete", "stopped", "lost"]
"""Waiting for room; in training; trained to the end; stopped, with what was done until then; or lost: the process has
died, or what was kept has given way to others. What is stopped or lost can be ordered anew."""

Key: TypeAlias = tuple[Experiment, tuple[Axis, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class SweepProgress:
    """What there is of a sweep at one moment."""

    state: State
    share: float  # that is done, 0 to 1
    seconds_left: float | None  # None where nothing can be said yet
    runs: Runs | None  # of all its experiments, as far as they are trained; None before the first report, and if lost


@dataclass(slots=True, eq=False)
class Job:
    """A sweep in the store; changed under the store's lock alone."""

    number: int
    key: Key
    sweep: Sweep
    looked_at: float  # by whoever did last
    state: State = "waiting"
    share: float = 0.0
    runs: Runs | None = None
    began: float = 0.0
    tickets: int = 0  # of visitors who have not stopped it

    @property
    def megabytes(self) -> float:
        """What it takes, finished or not."""
        experiments = self.sweep.experiments
        return kept_megabytes(len(experiments), len(kept_epochs(experiments[0].epochs)), bool(experiments[0].test_rows))


class SweepStore:
    """All sweeps of a server. Its process is opened by the first order; it keeps nothing of anyone's."""

    def __init__(self) -> None:
        self.changed = Condition()  # also the lock on everything here
        self._numbers = count()
        self._jobs: dict[Key, Job] = {}  # those that others may join
        self._open: dict[int, Job] = {}  # waiting or in training, the oldest first
        self._finished: OrderedDict[int, Job] = OrderedDict()  # that somebody may look at, the last used at the end
        self._process: SweepProcess | None = None

    def order(self, experiment: Experiment, axes: Sequence[Axis], seeds: Sequence[int]) -> "SweepTicket":
        """A ticket for a sweep, which is trained where nobody has ordered it yet. Raises what `make_sweep` raises."""
        key = experiment, tuple(axes), tuple(seeds)
        with self.changed:
            job = self._jobs.get(key)
        sweep = job.sweep if job else make_sweep(*key)  # which takes a while, so not under the lock
        with self.changed:
            job = self._jobs.get(key)
            if job is None:
                job = self._jobs[key] = Job(next(self._numbers), key, sweep, monotonic())
                self._open[job.number] = job
            job.tickets += 1
            self.look(job)
            self._tidy()
            return SweepTicket(self, job)

    def look(self, job: Job) -> SweepProgress:
        """What there is of a sweep now."""
        with self.changed:
            job.looked_at = monotonic()
            if job.number in self._finished:
                self._finished.move_to_end(job.number)
            left = (job.looked_at - job.began) * (1 / job.share - 1) if job.share else None
            return SweepProgress(job.state, job.share, left, job.runs)

    def leave(self, job: Job) -> Job:
        """Stop a sweep for one visitor, and for good where no other has a ticket; gives the stopped one."""
        with self.changed:
            if job.number not in self._open:
                return job
            job.tickets -= 1
            if job.tickets > 0:
                job = replace(job, number=next(self._numbers))
                self._finish(job, "stopped")
            else:
                self._stop(job)
                if not self.changed.wait_for(lambda: job.number not in self._open, STOP_SECONDS) and self._process:
                    self._process.shut_down()
            return job

    def shut_down(self) -> None:
        """End the process; what it was training is lost."""
        with self.changed:
            if self._process:
                self._process.shut_down()

    def _stop(self, job: Job) -> None:
        self._forget(job)
        if job.state == "waiting":
            self._finish(job, "stopped")
        elif self._process:
            self._process.send(Stop(job.number))

    def _hear(self, report: Report | None) -> None:
        """Take in a report of the process; None where it has died, and everything in training with it."""
        with self.changed:
            if report is None:
                self._process = None
                for job in [job for job in self._open.values() if job.state == "training"]:
                    self._finish(job, "lost")
            elif report.number in self._open:
                job = self._open[report.number]
                job.share = report.share
                if report.runs:
                    job.runs = replace(report.runs, experiments=job.sweep.experiments)
                if report.is_last:
                    self._finish(job, "complete" if job.runs and job.runs.is_done.all() else "stopped")
            self._tidy()

    def _tidy(self) -> None:
        """Stop what nobody looks at any more, begin what there is room for, give up what there is none for."""
        for job in list(self._open.values()):
            if monotonic() - job.looked_at > ABANDONED_SECONDS:
                self._stop(job)
        for job in list(self._open.values()):
            training = sum(other.megabytes for other in self._open.values() if other.state == "training")
            if job.state == "waiting" and training + job.megabytes <= MOST_MEGABYTES:
                self._begin(job)
        while sum(job.megabytes for job in self._finished.values()) > MOST_MEGABYTES:
            _, job = self._finished.popitem(last=False)
            self._forget(job)
            job.state, job.runs = "lost", None
        self.changed.notify_all()

    def _begin(self, job: Job) -> None:
        self._process = self._process or SweepProcess(self._hear)
        if self._process.has_opened:
            self._process.send(Order(job.number, *job.key))
            job.state, job.began = "training", monotonic()
        else:
            self._process = None
            self._finish(job, "lost")

    def _finish(self, job: Job, state: State) -> None:
        self._open.pop(job.number, None)
        job.state = state
        self._finished[job.number] = job
        if state != "complete":
            self._forget(job)
        self.changed.notify_all()

    def _forget(self, job: Job) -> None:
        """Nobody joins it any more: who orders the same has it trained anew."""
        if self._jobs.get(job.key) is job:
            del self._jobs[job.key]


class SweepTicket:
    """One visitor's hold on a sweep."""

    def __init__(self, store: SweepStore, job: Job) -> None:
        self._store, self._job = store, job

    @property
    def sweep(self) -> Sweep:
        """What was ordered."""
        return self._job.sweep

    def look(self) -> SweepProgress:
        """What there is now. A sweep at whose tickets nobody looks for half a minute is stopped."""
        return self._store.look(self._job)

    def stop(self) -> None:
        """Stop it and keep what is done; it goes on for others who have ordered the same.

        Waits for the last report: within a page, lend the turn meanwhile.
        """
        self._job = self._store.leave(self._job)


SWEEPS = SweepStore()
"""The sweeps of this server."""
