"""Sweeps are trained in a process of their own: as if trained here, with progress, stopped at once."""

import pickle
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from engine import record_many
from engine.comparison.sweep import fold, make_sweep
from engine.comparison.sweep_queue import SweepJob
from engine.training.worker_process import open_process
from pages.server.sweep_store import SweepHandle, SweepProgress, SweepStore
from tests.deadline import wait_until
from tests.pages.server.sweeps import LONG, RATES, XOR


@pytest.fixture
def store() -> Iterator[SweepStore]:
    """A store with a real process."""
    store = SweepStore()
    yield store
    store.shut_down()
    wait_until(lambda: store._process is None, "The process ends")


def progress_until(handle: SweepHandle, *states: str) -> SweepProgress:
    wait_until(lambda: handle.progress().state in states, f"The sweep is {' or '.join(states)}")
    return handle.progress()


def test_a_sweep_of_the_process_is_that_of_record_many(store: SweepStore) -> None:
    handle = store.submit(XOR, [RATES], range(40))
    progress = progress_until(handle, "complete")
    expected = record_many(make_sweep(XOR, [RATES], range(40)).experiments)
    assert progress.share == 1.0
    assert progress.runs is not None
    assert progress.runs.experiments == expected.experiments == handle.sweep.experiments
    np.testing.assert_array_equal(progress.runs.loss, expected.loss)
    np.testing.assert_array_equal(fold(handle.sweep, progress.runs).learned, fold(handle.sweep, expected).learned)
    assert not progress.runs.loss.flags.writeable


def test_progress_is_seen_and_a_stop_keeps_what_is_done(store: SweepStore) -> None:
    handle = store.submit(replace(LONG, epochs=20_000), [RATES], range(400))
    wait_until(lambda: 0 < handle.progress().share < 1, "Progress")
    wait_until(lambda: handle.progress().runs, "The first runs")
    left = handle.progress().seconds_left
    assert left is not None
    assert left > 0
    handle.stop()
    progress = handle.progress()
    assert progress.state == "stopped"
    assert progress.runs is not None
    assert progress.runs.frames.max() > 0
    assert not progress.runs.is_done.all()


def test_a_short_sweep_overtakes_a_long_one(store: SweepStore) -> None:
    long = store.submit(LONG, [], range(200))
    wait_until(lambda: long.progress().share, "Progress")
    assert progress_until(store.submit(XOR, [], range(10)), "complete").runs is not None
    assert long.progress().state == "training"
    long.stop()


def test_where_the_process_dies_its_sweeps_are_lost_and_the_next_order_opens_another(store: SweepStore) -> None:
    handles = [store.submit(LONG, [], range(seeds)) for seeds in (100, 101)]
    wait_until(lambda: all(handle.progress().share for handle in handles), "Progress")
    store.shut_down()
    for handle in handles:
        progress_until(handle, "lost")
        handle.stop()
        assert handle.progress().state == "lost"
    assert progress_until(store.submit(XOR, [], range(3)), "complete").runs is not None


def test_the_process_ends_with_whoever_opened_it() -> None:
    process = open_process("engine.comparison.sweep_process")
    assert process is not None
    with process:
        assert process.stdin is not None
        process.stdin.write(pickle.dumps(SweepJob(0, LONG, (), tuple(range(100)))))
        process.stdin.close()
        assert process.wait(60) == 0
