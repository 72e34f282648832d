"""The workshop trains to the same bits, in order, ends with whoever opened it, and where it is gone says so."""

import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import engine.training.worker_process
from engine import PRESETS, Experiment, History, record
from engine.training.worker_process import ROOT, WorkerProcess
from tests.engine.training.test_history import arrays

TUTORIAL = Experiment()
FORTY = [replace(TUTORIAL, epochs=epochs) for epochs in range(500, 540)]
LONG = replace(PRESETS["sine"], epochs=20_000)
LARGE = replace(
    TUTORIAL, inputs=tuple((k / 7, k / 11, k / 13) for k in range(1_000)), targets=((0,),) * 1_000, epochs=9
)
DIVERGES = replace(TUTORIAL, activations=("linear",), learning_rate=1e9)


@pytest.fixture
def workshop() -> Iterator[WorkerProcess]:
    shop = WorkerProcess()
    yield shop
    if shop._process and shop._process.poll() is None:
        shop._process.kill()
        shop._process.wait(30)


def run(shop: WorkerProcess, experiment: Experiment) -> History | None:
    ordered = shop.submit(experiment)
    assert ordered is not None
    return ordered.result(30)


def assert_same(found: History | None, experiment: Experiment) -> None:
    """Bit for bit, read-only, and of this very experiment."""
    assert found is not None
    expected = record(experiment)
    assert found.experiment is experiment
    assert found.diverged_at == expected.diverged_at
    assert found.epochs.tolist() == expected.epochs.tolist()
    for ours, theirs in zip(arrays(found), arrays(expected), strict=True):
        assert not ours.flags.writeable
        assert ours.tobytes() == theirs.tobytes()


@pytest.mark.parametrize("experiment", [TUTORIAL, PRESETS["xor"], DIVERGES])
def test_the_same_bits(workshop: WorkerProcess, experiment: Experiment) -> None:
    assert_same(run(workshop, experiment), experiment)


def test_forty_at_once_each_get_their_own(workshop: WorkerProcess) -> None:
    ordered = [(experiment, workshop.submit(experiment)) for experiment in FORTY]
    for experiment, wanted in ordered:
        assert wanted is not None
        assert_same(wanted.result(30), experiment)


def test_it_takes_on_only_so_much(workshop: WorkerProcess) -> None:
    most = int(engine.training.worker_process.QUEUE_SECONDS / LONG.predicted_seconds) + 1
    taken = [workshop.submit(replace(LONG, seed=seed)) is not None for seed in range(most + 2)]
    assert taken == [True] * most + [False] * 2


def test_its_death_is_told_to_all_who_wait_and_it_takes_nothing_on_any_more(workshop: WorkerProcess) -> None:
    ordered = [workshop.submit(replace(LONG, seed=seed)) for seed in range(2)]
    assert workshop._process is not None
    workshop._process.kill()
    for wanted in ordered:
        assert wanted is not None
        assert wanted.result(30) is None
    assert workshop.submit(TUTORIAL) is None


def test_an_order_waits_for_nothing_though_the_workshop_hangs_and_closing_tells_all(workshop: WorkerProcess) -> None:
    assert run(workshop, TUTORIAL) is not None
    assert workshop._process is not None
    workshop._process.send_signal(signal.SIGSTOP)
    large = [replace(LARGE, seed=seed) for seed in range(4)]
    assert sum(len(pickle.dumps(experiment)) for experiment in large) > 2 * 65_536
    ordered = [workshop.submit(experiment) for experiment in large]
    workshop.shut_down()
    assert workshop.submit(TUTORIAL) is None
    for wanted in ordered:
        assert wanted is not None
        assert wanted.result(30) is None


def test_where_it_cannot_be_opened_it_takes_nothing_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shop = WorkerProcess()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    assert shop.submit(TUTORIAL) is None
    assert shop.submit(TUTORIAL) is None


def test_it_ends_with_the_pipe_of_whoever_opened_it_and_not_by_their_ctrl_c() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "engine.training.worker_process"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(2):
            process.stdin.write(pickle.dumps(Experiment()))
            process.stdin.flush()
            assert_same(replace(pickle.load(process.stdout), experiment=TUTORIAL), TUTORIAL)
            process.send_signal(signal.SIGINT)
        process.stdin.close()
        assert process.wait(30) == 0
