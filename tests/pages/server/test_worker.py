"""While pages wait for each other, quick runs are trained in a second process, and come out the same."""

from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from engine import Experiment, History, record
from engine.training.worker_process import WorkerProcess
from pages.server import run_store
from pages.server.page_lock import PAGE_LOCK, PageLock
from pages.server.run_store import RUNS
from tests.pages.visit import assert_shows, edit, on_stage, press, turn, visit

Run = Future[History | None]


class Spied(WorkerProcess):
    """A workshop that keeps a list of its orders."""

    def __init__(self) -> None:
        super().__init__()
        self.ordered: list[Experiment] = []

    def submit(self, experiment: Experiment) -> Run | None:
        self.ordered.append(experiment)
        return super().submit(experiment)


@pytest.fixture
def workshop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spied]:
    shop = Spied()
    monkeypatch.setattr(RUNS, "worker", shop)
    yield shop
    if shop._process:
        shop._process.kill()
        shop._process.wait(30)


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PageLock, "is_contended", True)


@pytest.fixture
def _idle_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Experiment) -> History:
        raise AssertionError("trained here")

    monkeypatch.setattr(run_store, "record", refuse)


@pytest.mark.usefixtures("crowd", "_idle_here")
def test_in_a_crowd_pages_show_what_the_workshop_has_trained(workshop: Spied) -> None:
    at = edit(visit(), {0: {"x2": 5}})
    assert_shows(turn(at, "number_input", "epochs", 700), on_stage(at).experiment)
    assert len(workshop.ordered) == 3


@pytest.mark.usefixtures("crowd", "_idle_here")
def test_what_is_remembered_is_not_ordered_again(workshop: Spied) -> None:
    first = on_stage(visit())
    assert on_stage(press(visit(), "Train")) is first
    assert workshop.ordered == [Experiment()]


def test_who_is_alone_opens_no_workshop(workshop: Spied) -> None:
    visit()
    assert not workshop.is_running
    assert workshop.ordered == []


@pytest.mark.usefixtures("_idle_here")
def test_once_it_is_open_it_is_used(workshop: Spied) -> None:
    workshop.submit(Experiment(epochs=1))
    assert_shows(visit(), Experiment())


@pytest.mark.usefixtures("crowd")
def test_a_long_training_stays_here_where_it_can_be_stopped(workshop: Spied) -> None:
    press(visit({"n": "200000"}), "Train")
    assert workshop.ordered == []


@pytest.mark.usefixtures("crowd")
def test_where_the_workshop_takes_nothing_on_it_is_trained_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WorkerProcess, "submit", lambda *_: None)
    assert_shows(visit(), Experiment())


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize("dies", [True, False])
def test_where_it_dies_or_hangs_it_is_trained_here(monkeypatch: pytest.MonkeyPatch, dies: bool) -> None:
    monkeypatch.setattr(RUNS, "worker", WorkerProcess())
    run: Run = Future()
    if dies:
        run.set_result(None)
    monkeypatch.setattr(run_store, "WORKER_PATIENCE", 0.01)
    monkeypatch.setattr(WorkerProcess, "submit", lambda *_: run)
    assert_shows(visit(), Experiment())
    assert RUNS.worker._closed is not dies, "one that hangs is given up; one that died knows it"


@pytest.mark.usefixtures("crowd")
def test_meanwhile_the_turn_is_another_page_s(monkeypatch: pytest.MonkeyPatch) -> None:
    class Done(Future[History | None]):
        def result(self, timeout: float | None = None) -> History | None:
            with PAGE_LOCK.page():  # waits for ever, if whoever waits for this keeps the turn
                return record(Experiment())

    monkeypatch.setattr(WorkerProcess, "submit", lambda *_: Done())
    assert_shows(visit(), Experiment())
