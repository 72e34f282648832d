"""A run that many ask for at once is trained once, here or in the second process, and trainings are counted truly."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from engine import Experiment, History, record
from engine.training.worker_process import WorkerProcess
from pages.server import run_store
from pages.server.page_lock import PageLock
from pages.server.run_store import RunStore
from tests.deadline import wait_until

CLASS = 35


class Counting(WorkerProcess):
    """A worker that counts what it is given to train."""

    def __init__(self) -> None:
        super().__init__()
        self.orders = 0

    def submit(self, experiment: Experiment) -> Future[History | None] | None:
        self.orders += 1
        return super().submit(experiment)


@pytest.fixture
def store() -> Iterator[RunStore]:
    worker = Counting()
    yield RunStore(PageLock(), worker)
    if worker._process:
        worker._process.kill()
        worker._process.wait(30)


def orders(store: RunStore) -> int:
    assert isinstance(store.worker, Counting)
    return store.worker.orders


def ask_at_once(store: RunStore, experiments: list[Experiment]) -> list[History]:
    """A page for each experiment, all waiting for their turn before the first has it."""
    histories: dict[int, History] = {}

    def show(number: int) -> None:
        with store.page_lock.page():
            history = store.quick_run(experiments[number])
            assert history is not None
            histories[number] = history

    pages = [threading.Thread(target=show, args=(number,)) for number in range(len(experiments))]
    with store.page_lock.page():
        for page in pages:
            page.start()
        wait_until(lambda: len(store.page_lock._pages) == len(pages), "All pages wait")
    for page in pages:
        page.join(30)
    return [histories[number] for number in range(len(experiments))]


def test_a_class_that_opens_one_link_at_once_has_it_trained_once(store: RunStore) -> None:
    runs = ask_at_once(store, CLASS * [Experiment()])
    assert all(run is runs[0] for run in runs)
    assert (store.trained, orders(store)) == (1, 1)


def test_links_of_their_own_are_trained_once_each(store: RunStore) -> None:
    own = [Experiment(seed=seed) for seed in range(8)]
    assert [run.experiment for run in ask_at_once(store, 3 * own)] == 3 * own
    assert (store.trained, orders(store)) == (8, 8)
    ask_at_once(store, own)
    assert (store.trained, orders(store)) == (8, 8), "all are kept"


def test_who_is_alone_trains_here_and_what_was_trained_elsewhere_counts_as_well(store: RunStore) -> None:
    assert store.quick_run(Experiment()) is store.quick_run(Experiment())
    assert (store.trained, orders(store)) == (1, 0)
    history = record(Experiment(seed=2))
    assert store.add(history) is history
    assert store.add(record(Experiment(seed=2))) is history, "trained a second time, and the first is kept"
    assert store.trained == 3


def test_a_training_that_is_done_over_is_counted_twice(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    died: Future[History | None] = Future()
    died.set_result(None)
    monkeypatch.setattr(PageLock, "is_contended", True)
    monkeypatch.setattr(Counting, "submit", lambda *_: died)
    trained_here: list[Experiment] = []

    def train(experiment: Experiment) -> History:
        trained_here.append(experiment)
        return record(experiment)

    monkeypatch.setattr(run_store, "record", train)
    with store.page_lock.page():
        assert store.quick_run(Experiment()) is not None
    assert trained_here == [Experiment()]
    assert store.trained == 2, "ordered, and then trained here"
