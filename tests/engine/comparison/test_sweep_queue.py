"""Sweeps train in turns, report how far they are, and stop with what is done."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine import Experiment, record_many
from engine.comparison.sweep import Axis, make_sweep
from engine.comparison.sweep_queue import RUNS_SHARE, Report, StopSweep, SweepJob, SweepQueue
from engine.stacks.record_many import Runs
from tests.engine.training_clock import let_training_tell_the_time

XOR = Experiment(
    targets=((0,), (0,), (1,), (1,)),
    hidden=(4,),
    activations=("tanh", "sigmoid"),
    learning_rate=0.5,
    bias=True,
    initializer="uniform_-1_1",
    epochs=400,
)
RATES = Axis("learning_rate", (0.1, 0.5, 0.8))


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    let_training_tell_the_time(monkeypatch)


def to_the_end(queue: SweepQueue) -> list[Report]:
    reports = []
    while not queue.is_empty:
        reports.append(queue.take_turn())
    return reports


def assert_same(runs: Runs | None, expected: Runs) -> None:
    assert runs is not None
    for name in ("epochs", "loss", "right", "frames", "diverged_at", "is_done"):
        np.testing.assert_array_equal(getattr(runs, name), getattr(expected, name))


def test_a_sweep_is_reported_on_until_it_is_done() -> None:
    queue = SweepQueue()
    assert queue.receive(SweepJob(7, XOR, (RATES,), tuple(range(10)))) is None
    reports = to_the_end(queue)
    shares = [report.share for report in reports]
    assert {report.number for report in reports} == {7}
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert [report.is_last for report in reports] == [False] * (len(reports) - 1) + [True]
    assert_same(reports[-1].runs, record_many(make_sweep(XOR, [RATES], range(10)).experiments))


def test_runs_are_sent_now_and_then_and_without_their_experiments() -> None:
    queue = SweepQueue()
    queue.receive(SweepJob(0, replace(XOR, epochs=5_000), (), tuple(range(20))))
    reports = to_the_end(queue)
    sent = [report for report in reports if report.runs]
    assert len(sent) == pytest.approx(1 / RUNS_SHARE, abs=2)
    assert len(reports) > 50
    assert all(later.share - sooner.share >= RUNS_SHARE for sooner, later in pairwise(sent[:-1]))
    for report in sent:
        assert report.runs is not None
        assert report.runs.experiments == ()
        assert report.runs.frames.max() > 0


def test_sweeps_take_turns_and_a_new_one_begins_at_once() -> None:
    queue = SweepQueue()
    queue.receive(SweepJob(0, XOR, (RATES,), tuple(range(20))))
    first = [queue.take_turn().number for _ in range(3)]
    queue.receive(SweepJob(1, XOR, (), tuple(range(30))))
    assert first == [0, 0, 0]
    assert [queue.take_turn().number for _ in range(6)] == [1, 0, 1, 0, 1, 0]


def test_a_short_sweep_is_done_while_a_long_one_goes_on() -> None:
    queue = SweepQueue()
    queue.receive(SweepJob(0, XOR, (RATES,), tuple(range(20))))
    queue.receive(SweepJob(1, replace(XOR, epochs=5), (), (1, 2, 3)))
    reports = to_the_end(queue)
    ends = {report.number: index for index, report in enumerate(reports) if report.is_last}
    assert ends[1] < 6 < ends[0]


def test_stopped_it_reports_what_is_done_and_leaves_the_others_alone() -> None:
    queue = SweepQueue()
    for number in range(3):
        queue.receive(SweepJob(number, replace(XOR, seed=number), (), tuple(range(20))))
    for _ in range(15):
        queue.take_turn()
    stopped = queue.receive(StopSweep(1))
    assert stopped is not None
    assert (stopped.number, stopped.is_last) == (1, True)
    assert 0 < stopped.share < 1
    assert stopped.runs is not None
    assert not stopped.runs.is_done.all()
    assert stopped.runs.frames.max() > 0
    assert queue.receive(StopSweep(1)) is None
    assert {report.number for report in to_the_end(queue)} == {0, 2}
