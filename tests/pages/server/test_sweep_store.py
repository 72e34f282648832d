"""Sweeps are shared by all who submit the same one, stop when nobody reads them, and are bounded in memory."""

from collections.abc import Callable

import pytest

from engine import ExperimentError
from engine.comparison import sweep_process
from engine.comparison.sweep import Axis
from engine.comparison.sweep_queue import Message, Report, StopSweep, SweepJob, SweepQueue
from pages.server import sweep_store
from pages.server.sweep_store import SWEEPS, SweepHandle, SweepStore
from tests.pages.server.sweeps import LONG, RATES, XOR


class HeldProcess:
    """A process that trains a turn, or to the end, when a test says so; in the test's own thread."""

    has_started = True

    def __init__(self, on_report: Callable[[Report | None], object]) -> None:
        self.on_report, self.queue, self.messages = on_report, SweepQueue(), list[Message]()

    def send(self, message: Message) -> None:
        self.messages.append(message)
        report = self.queue.receive(message)
        if report:
            self.on_report(report)

    def take_turns(self, turns: int) -> None:
        for _ in range(turns):
            self.on_report(self.queue.take_turn())

    def finish(self) -> None:
        while not self.queue.is_empty:
            self.take_turns(1)

    def shut_down(self) -> None:
        self.on_report(None)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[HeldProcess]:
    """The processes that were opened, all held."""
    processes: list[HeldProcess] = []

    def open_held(on_report: Callable[[Report | None], object]) -> HeldProcess:
        processes.append(HeldProcess(on_report))
        return processes[-1]

    monkeypatch.setattr(sweep_store, "SweepProcess", open_held)
    return processes


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The store's clock, which stands still; holds its time."""
    now = [100.0]
    monkeypatch.setattr(sweep_store, "monotonic", lambda: now[0])
    return now


def test_where_no_process_can_be_opened_a_sweep_is_lost_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep_process, "open_process", lambda *_, **__: None)
    assert SweepStore().submit(XOR, [], range(3)).progress().state == "lost"


def test_what_cannot_be_swept_is_refused_when_it_is_submitted(opened: list[HeldProcess]) -> None:
    with pytest.raises(ExperimentError, match="not a setting that a sweep can change"):
        SweepStore().submit(XOR, [Axis("epochs", (1, 2))], [1])
    assert opened == []


def test_a_class_that_submits_the_same_has_it_trained_once(opened: list[HeldProcess]) -> None:
    store = SweepStore()
    handles = [store.submit(XOR, [RATES], range(5)) for _ in range(30)]
    opened[0].finish()
    handles.append(store.submit(XOR, [RATES], range(5)))
    assert len(opened[0].messages) == 1
    assert len({id(handle.progress().runs) for handle in handles}) == 1
    assert {handle.progress().state for handle in handles} == {"complete"}


def test_a_stop_stops_it_for_one_visitor_alone(opened: list[HeldProcess]) -> None:
    store = SweepStore()
    one, other = (store.submit(LONG, [], range(20)) for _ in range(2))
    opened[0].take_turns(5)
    one.stop()
    assert (one.progress().state, other.progress().state) == ("stopped", "training")
    shown = one.progress()
    opened[0].take_turns(5)
    assert one.progress().share == shown.share < other.progress().share
    other.stop()
    assert other.progress().state == "stopped"
    assert [type(message) for message in opened[0].messages] == [SweepJob, StopSweep]


def test_what_was_stopped_is_trained_anew_when_it_is_submitted_again(opened: list[HeldProcess]) -> None:
    store = SweepStore()
    handle = store.submit(LONG, [], range(20))
    opened[0].take_turns(3)
    handle.stop()
    again = store.submit(LONG, [], range(20))
    assert (handle.progress().state, again.progress().state) == ("stopped", "training")


def test_what_nobody_looks_at_stops(opened: list[HeldProcess], time: list[float]) -> None:
    store = SweepStore()
    left, watched = store.submit(LONG, [], range(20)), store.submit(LONG, [], range(21))
    for _ in range(4):
        time[0] += sweep_store.ABANDONED_SECONDS / 3
        assert watched.progress().state == "training"
        opened[0].take_turns(1)
    assert StopSweep(0) in opened[0].messages
    assert StopSweep(1) not in opened[0].messages
    assert left.progress().state == "stopped"


def test_what_there_is_no_room_for_waits(opened: list[HeldProcess], monkeypatch: pytest.MonkeyPatch) -> None:
    store = SweepStore()
    first = store.submit(XOR, [], range(20))
    monkeypatch.setattr(sweep_store, "MOST_MEGABYTES", 1.5 * first._stored.megabytes)
    second, small = store.submit(XOR, [], range(1, 21)), store.submit(XOR, [], [1])
    assert [handle.progress().state for handle in (first, second, small)] == ["training", "waiting", "training"]
    assert second.progress().seconds_left is None
    opened[0].finish()
    assert second.progress().state == "complete"
    third, fourth = store.submit(XOR, [], range(2, 22)), store.submit(XOR, [], range(3, 23))
    fourth.stop()
    assert (third.progress().state, fourth.progress().state) == ("training", "stopped")


def test_finished_sweeps_give_way_to_later_ones(opened: list[HeldProcess], monkeypatch: pytest.MonkeyPatch) -> None:
    store, handles = SweepStore(), list[SweepHandle]()
    for first in range(4):
        handles.append(store.submit(XOR, [], range(first, first + 20)))
        monkeypatch.setattr(sweep_store, "MOST_MEGABYTES", 2.5 * handles[0]._stored.megabytes)
        opened[0].finish()
        handles[0].progress()  # and so it stays
    assert [handle.progress().state for handle in handles] == ["complete", "lost", "lost", "complete"]
    assert [handle.progress().runs is None for handle in handles] == [False, True, True, False]
    assert store.submit(XOR, [], range(1, 21)).progress().state == "training"


def test_one_that_does_not_stop_is_ended_with_its_process(
    opened: list[HeldProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep_store, "STOP_SECONDS", 0.01)
    store = SweepStore()
    handle = store.submit(LONG, [], range(20))
    monkeypatch.setattr(opened[0], "send", lambda message: None)
    handle.stop()
    assert handle.progress().state == "lost"


def test_a_server_has_one_store_and_opens_no_process_unasked() -> None:
    assert SWEEPS._process is None
