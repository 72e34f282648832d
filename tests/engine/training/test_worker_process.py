"""The worker process trains to the same bits, in order, exits with its parent, and once dead accepts nothing."""

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
def worker() -> Iterator[WorkerProcess]:
    worker = WorkerProcess()
    yield worker
    if worker._process and worker._process.poll() is None:
        worker._process.kill()
        worker._process.wait(30)


def run(worker: WorkerProcess, experiment: Experiment) -> History | None:
    job = worker.submit(experiment)
    assert job is not None
    return job.result(30)


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
def test_the_same_bits(worker: WorkerProcess, experiment: Experiment) -> None:
    assert_same(run(worker, experiment), experiment)


def test_forty_at_once_each_get_their_own(worker: WorkerProcess) -> None:
    jobs = [(experiment, worker.submit(experiment)) for experiment in FORTY]
    for experiment, job in jobs:
        assert job is not None
        assert_same(job.result(30), experiment)


def test_its_queue_is_bounded(worker: WorkerProcess) -> None:
    most = int(engine.training.worker_process.QUEUE_SECONDS / LONG.predicted_seconds) + 1
    taken = [worker.submit(replace(LONG, seed=seed)) is not None for seed in range(most + 2)]
    assert taken == [True] * most + [False] * 2


def test_when_it_dies_all_who_wait_are_told_and_it_accepts_nothing(worker: WorkerProcess) -> None:
    jobs = [worker.submit(replace(LONG, seed=seed)) for seed in range(2)]
    assert worker._process is not None
    worker._process.kill()
    for job in jobs:
        assert job is not None
        assert job.result(30) is None
    assert worker.submit(TUTORIAL) is None


def test_submitting_never_blocks_though_it_hangs_and_shutting_down_tells_all(worker: WorkerProcess) -> None:
    assert run(worker, TUTORIAL) is not None
    assert worker._process is not None
    worker._process.send_signal(signal.SIGSTOP)
    large = [replace(LARGE, seed=seed) for seed in range(4)]
    assert sum(len(pickle.dumps(experiment)) for experiment in large) > 2 * 65_536
    jobs = [worker.submit(experiment) for experiment in large]
    worker.shut_down()
    assert worker.submit(TUTORIAL) is None
    for job in jobs:
        assert job is not None
        assert job.result(30) is None


def test_where_it_cannot_start_it_accepts_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    worker = WorkerProcess()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    assert worker.submit(TUTORIAL) is None
    assert worker.submit(TUTORIAL) is None


def test_it_exits_when_its_pipe_closes_and_not_by_ctrl_c() -> None:
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
