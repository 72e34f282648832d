"""One page at a time, first come, first served; trainings yield to pages; no error blocks the lock."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from streamlit.delta_generator import DeltaGenerator

from pages.server.page_lock import PAGE_LOCK, PageLock
from tests.deadline import wait_until
from tests.pages.visit import press, visit

SECONDS = 10
"""What never waits for anybody takes no thousandth of them."""


def waiting(turns: PageLock) -> int:
    return len(turns._pages) + len(turns._trainings)


def begin(act: Callable[[], object]) -> threading.Thread:
    """Start a thread that no test has to wait for: it ends with the process, if not before."""
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    return thread


def start(turns: PageLock, act: Callable[[], object]) -> threading.Thread:
    """Start a thread, and wait until it waits for its turn."""
    before = waiting(turns)
    thread = begin(act)
    wait_until(lambda: waiting(turns) > before, "A thread that should wait for its turn", SECONDS)
    return thread


def start_holding(turns: PageLock, go: threading.Event, done: list[str]) -> threading.Thread:
    """Start a page that has its turn at once and keeps it until it may go."""
    has = threading.Event()

    def hold() -> None:
        with turns.page():
            has.set()
            done.append("held" if go.wait(SECONDS) else "never let go")

    thread = begin(hold)
    assert has.wait(SECONDS)
    return thread


def finish(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(SECONDS)
        assert not thread.is_alive(), "somebody waits for a turn that never comes"


def let_go(turns: PageLock, go: threading.Event) -> None:
    """Let go of the turn that is held, as soon as somebody waits for it."""
    wait_until(lambda: waiting(turns), "Somebody waits for the turn that is held", SECONDS)
    go.set()


def is_free(turns: PageLock) -> bool:
    """Whether a page has its turn at once, and can give it back."""
    done = list[str]()

    def page() -> None:
        with turns.page():
            done.append("page")

    finish([begin(page)])
    return done == ["page"]


def test_first_come_first_served() -> None:
    turns, done = PageLock(), list[int]()

    def page(number: int) -> None:
        with turns.page():
            done.append(number)

    with turns.page():
        threads = [start(turns, partial(page, number)) for number in range(5)]
        assert done == []
    finish(threads)
    assert done == [0, 1, 2, 3, 4]


def test_pages_go_before_trainings_and_trainings_take_turns() -> None:
    turns, done, go = PageLock(), list[str](), threading.Event()

    def training(name: str) -> None:
        with turns.page(), turns.long_training():
            go.wait(SECONDS)
            for slice_ in range(2):
                done.append(f"{name}{slice_}")
                turns.yield_to_others()

    def page() -> None:
        with turns.page():
            done.append("page")

    with turns.page():
        threads = [start(turns, partial(training, "a")), start(turns, partial(training, "b"))]
    wait_until(lambda: turns.trainings, "A training has its turn", SECONDS)
    threads += [start(turns, page)]
    go.set()
    finish(threads)
    assert done == ["a0", "b0", "page", "a1", "b1"]
    assert turns.trainings == 0


def test_while_a_page_is_away_the_others_go_and_it_comes_back_in_its_turn() -> None:
    turns, done, go = PageLock(), list[str](), threading.Event()

    def page(name: str) -> None:
        with turns.page():
            done.append(name)

    with turns.page():
        assert not turns.is_contended
        threads = [start(turns, partial(page, name)) for name in "ab"]
        assert turns.is_contended
        with turns.lend():
            finish(threads)
            threads = [start_holding(turns, go, done), begin(partial(let_go, turns, go))]
        threads += [start(turns, partial(page, "d"))]
        done.append("c")
    finish(threads)
    assert done == ["a", "b", "held", "c", "d"]


def test_who_is_alone_goes_on() -> None:
    turns, done = PageLock(), list[str]()

    def alone() -> None:
        with turns.page():
            turns.yield_to_others()
            done.append("went on")
        with turns.page():
            done.append("and gave the turn back")

    finish([begin(alone)])
    assert done == ["went on", "and gave the turn back"]
    assert waiting(turns) == 0


def test_an_error_gives_the_turn_back() -> None:
    turns = PageLock()
    with pytest.raises(LookupError), turns.page(), turns.long_training():
        raise LookupError
    assert turns.trainings == 0
    assert is_free(turns)


def test_a_page_gives_its_turn_back() -> None:
    visit()
    assert is_free(PAGE_LOCK)
    assert waiting(PAGE_LOCK) == 0


@pytest.mark.parametrize(
    ("others", "words"),
    [(0, " s"), (1, ", taking turns with 1 other training"), (2, ", taking turns with 2 other trainings")],
)
def test_a_training_says_with_how_many_it_takes_turns(monkeypatch: pytest.MonkeyPatch, others: int, words: str) -> None:
    said: list[str] = []
    report = DeltaGenerator.progress

    def progress(self: DeltaGenerator, value: float, text: str) -> DeltaGenerator:
        said.append(text)
        return report(self, value, text)

    monkeypatch.setattr(DeltaGenerator, "progress", progress)
    monkeypatch.setattr(PAGE_LOCK, "_training_count", others)
    press(visit({"n": "200000"}), "Train")
    assert said[0] == f"About {1 + others} s{words.removeprefix(' s')}"
    assert said[-1].endswith(f" s left{words.removeprefix(' s')}")
    assert PAGE_LOCK.trainings == others
