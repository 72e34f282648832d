"""Sweeps are shared by all who order the same, stop where nobody wants them, and are bounded in what they take."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine import Experiment, ExperimentError
from engine.comparison import sweep_process
from engine.comparison.sweep import Axis
from engine.comparison.sweep_turns import Message, Order, Report, Stop, SweepTurns
from pages.server import sweep_store
from pages.server.sweep_store import SWEEPS, SweepStore, SweepTicket

XOR = Experiment(
    targets=((0,), (0,), (1,), (1,)),
    hidden=(4,),
    activations=("tanh", "sigmoid"),
    learning_rate=0.5,
    bias=True,
    initializer="uniform_-1_1",
    epochs=300,
)
LONG = replace(XOR, epochs=200_000)
RATES = Axis("learning_rate", (0.1, 0.5, 0.8))


class HeldProcess:
    """A process that trains a turn, or to the end, when a test says so; in the test's own thread."""

    has_opened = True

    def __init__(self, hear: Callable[[Report | None], object]) -> None:
        self.hear, self.turns, self.messages = hear, SweepTurns(), list[Message]()

    def send(self, message: Message) -> None:
        self.messages.append(message)
        report = self.turns.receive(message)
        if report:
            self.hear(report)

    def take_turns(self, turns: int) -> None:
        for _ in range(turns):
            self.hear(self.turns.take_turn())

    def finish(self) -> None:
        while not self.turns.is_idle:
            self.take_turns(1)

    def shut_down(self) -> None:
        self.hear(None)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[HeldProcess]:
    """The processes that were opened, all held."""
    processes: list[HeldProcess] = []

    def open_held(hear: Callable[[Report | None], object]) -> HeldProcess:
        processes.append(HeldProcess(hear))
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
    assert SweepStore().order(XOR, [], range(3)).look().state == "lost"


def test_what_cannot_be_swept_is_refused_when_it_is_ordered(opened: list[HeldProcess]) -> None:
    with pytest.raises(ExperimentError, match="not a setting that a sweep can change"):
        SweepStore().order(XOR, [Axis("epochs", (1, 2))], [1])
    assert opened == []


def test_a_class_that_orders_the_same_has_it_trained_once(opened: list[HeldProcess]) -> None:
    store = SweepStore()
    tickets = [store.order(XOR, [RATES], range(5)) for _ in range(30)]
    opened[0].finish()
    tickets.append(store.order(XOR, [RATES], range(5)))
    assert len(opened[0].messages) == 1
    assert len({id(ticket.look().runs) for ticket in tickets}) == 1
    assert {ticket.look().state for ticket in tickets} == {"complete"}


def test_a_stop_stops_it_for_one_visitor_alone(opened: list[HeldProcess]) -> None:
    store = SweepStore()
    one, other = (store.order(LONG, [], range(20)) for _ in range(2))
    opened[0].take_turns(5)
    one.stop()
    assert (one.look().state, other.look().state) == ("stopped", "training")
    shown = one.look()
    opened[0].take_turns(5)
    assert one.look().share == shown.share < other.look().share
    other.stop()
    assert other.look().state == "stopped"
    assert [type(message) for message in opened[0].messages] == [Order, Stop]


def test_what_was_stopped_is_trained_anew_when_it_is_ordered_again(opened: list[HeldProcess]) -> None:
    store = SweepStore()
    ticket = store.order(LONG, [], range(20))
    opened[0].take_turns(3)
    ticket.stop()
    again = store.order(LONG, [], range(20))
    assert (ticket.look().state, again.look().state) == ("stopped", "training")


def test_what_nobody_looks_at_stops(opened: list[HeldProcess], time: list[float]) -> None:
    store = SweepStore()
    left, watched = store.order(LONG, [], range(20)), store.order(LONG, [], range(21))
    for _ in range(4):
        time[0] += sweep_store.ABANDONED_SECONDS / 3
        assert watched.look().state == "training"
        opened[0].take_turns(1)
    assert Stop(0) in opened[0].messages
    assert Stop(1) not in opened[0].messages
    assert left.look().state == "stopped"


def test_what_there_is_no_room_for_waits(opened: list[HeldProcess], monkeypatch: pytest.MonkeyPatch) -> None:
    store = SweepStore()
    first = store.order(XOR, [], range(20))
    monkeypatch.setattr(sweep_store, "MOST_MEGABYTES", 1.5 * first._job.megabytes)
    second, small = store.order(XOR, [], range(1, 21)), store.order(XOR, [], [1])
    assert [ticket.look().state for ticket in (first, second, small)] == ["training", "waiting", "training"]
    assert second.look().seconds_left is None
    opened[0].finish()
    assert second.look().state == "complete"
    third, fourth = store.order(XOR, [], range(2, 22)), store.order(XOR, [], range(3, 23))
    fourth.stop()
    assert (third.look().state, fourth.look().state) == ("training", "stopped")


def test_finished_sweeps_give_way_to_later_ones(opened: list[HeldProcess], monkeypatch: pytest.MonkeyPatch) -> None:
    store, tickets = SweepStore(), list[SweepTicket]()
    for first in range(4):
        tickets.append(store.order(XOR, [], range(first, first + 20)))
        monkeypatch.setattr(sweep_store, "MOST_MEGABYTES", 2.5 * tickets[0]._job.megabytes)
        opened[0].finish()
        tickets[0].look()  # and so it stays
    assert [ticket.look().state for ticket in tickets] == ["complete", "lost", "lost", "complete"]
    assert [ticket.look().runs is None for ticket in tickets] == [False, True, True, False]
    assert store.order(XOR, [], range(1, 21)).look().state == "training"


def test_one_that_does_not_stop_is_ended_with_its_process(
    opened: list[HeldProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep_store, "STOP_SECONDS", 0.01)
    store = SweepStore()
    ticket = store.order(LONG, [], range(20))
    monkeypatch.setattr(opened[0], "send", lambda message: None)
    ticket.stop()
    assert ticket.look().state == "lost"


def test_a_server_has_one_store_and_opens_no_process_unasked() -> None:
    assert SWEEPS._process is None
