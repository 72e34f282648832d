"""While pages wait for each other, quick runs are trained in the worker process, and come out the same."""

from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from engine import Experiment, History, record
from engine.training.worker_process import WorkerProcess
from pages.server import run_store
from pages.server.page_lock import PAGE_LOCK, PageLock
from pages.server.run_store import RUNS
from tests.pages.visit import assert_shows, edit, on_stage, press, type_number, visit

Run = Future[History | None]


class Spied(WorkerProcess):
    """A worker process that keeps a list of its jobs."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs: list[Experiment] = []

    def submit(self, experiment: Experiment) -> Run | None:
        self.jobs.append(experiment)
        return super().submit(experiment)


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spied]:
    worker = Spied()
    monkeypatch.setattr(RUNS, "worker", worker)
    yield worker
    if worker._process:
        worker._process.kill()
        worker._process.wait(30)


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PageLock, "is_contended", True)


@pytest.fixture
def _idle_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Experiment) -> History:
        raise AssertionError("trained here")

    monkeypatch.setattr(run_store, "record", refuse)


@pytest.mark.usefixtures("crowd", "_idle_here")
def test_in_a_crowd_pages_show_what_the_worker_has_trained(worker: Spied) -> None:
    at = edit(visit(), {0: {"x2": 5}})
    assert_shows(type_number(at, "epochs", 700), on_stage(at).experiment)
    assert len(worker.jobs) == 3


@pytest.mark.usefixtures("crowd", "_idle_here")
def test_a_kept_run_is_not_submitted_again(worker: Spied) -> None:
    first = on_stage(visit())
    assert on_stage(press(visit(), "Train")) is first
    assert worker.jobs == [Experiment()]


def test_a_single_visitor_starts_no_worker(worker: Spied) -> None:
    visit()
    assert not worker.is_running
    assert worker.jobs == []


@pytest.mark.usefixtures("_idle_here")
def test_once_started_it_is_used(worker: Spied) -> None:
    worker.submit(Experiment(epochs=1))
    assert_shows(visit(), Experiment())


@pytest.mark.usefixtures("crowd")
def test_a_long_training_stays_here_where_it_can_be_stopped(worker: Spied) -> None:
    press(visit({"n": "200000"}), "Train")
    assert worker.jobs == []


@pytest.mark.usefixtures("crowd")
def test_where_the_worker_refuses_a_run_is_trained_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WorkerProcess, "submit", lambda *_: None)
    assert_shows(visit(), Experiment())


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize("dies", [True, False])
def test_where_it_dies_or_hangs_it_is_trained_here(monkeypatch: pytest.MonkeyPatch, dies: bool) -> None:
    monkeypatch.setattr(RUNS, "worker", WorkerProcess())
    run: Run = Future()
    if dies:
        run.set_result(None)
    monkeypatch.setattr(run_store, "WORKER_TIMEOUT", 0.01)
    monkeypatch.setattr(WorkerProcess, "submit", lambda *_: run)
    assert_shows(visit(), Experiment())
    assert RUNS.worker._closed is not dies, "one that hangs is given up; one that died knows it"


@pytest.mark.usefixtures("crowd")
def test_meanwhile_another_page_has_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    class Done(Future[History | None]):
        def result(self, timeout: float | None = None) -> History | None:
            with PAGE_LOCK.page():  # waits for ever if the page that waits for this keeps its turn
                return record(Experiment())

    monkeypatch.setattr(WorkerProcess, "submit", lambda *_: Done())
    assert_shows(visit(), Experiment())
