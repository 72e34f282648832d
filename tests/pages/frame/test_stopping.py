"""An interrupted long training keeps what it has learned: it continues, or Stop shows it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import StopException

from engine import Experiment, record
from tests.pages.visit import (
    assert_same_run,
    assert_shows,
    edit,
    messages,
    on_stage,
    press,
    state_of,
    turn,
    type_number,
    visit,
    words,
)

LONG = replace(Experiment(), epochs=200_000)
Interrupt = Callable[[int], None]


@pytest.fixture
def interrupt_after(monkeypatch: pytest.MonkeyPatch) -> Interrupt:
    """Interrupt the script when it reports progress for the n-th time, as Streamlit does when the visitor acts."""
    left, report = [10**9], DeltaGenerator.progress

    def progress(self: DeltaGenerator, value: float, text: str | None = None) -> DeltaGenerator:
        left[0] -= 1
        if left[0] < 0:
            raise StopException
        return report(self, value, text)

    monkeypatch.setattr(DeltaGenerator, "progress", progress)
    return lambda count: left.__setitem__(0, count)


def test_stop_keeps_what_has_been_learned(interrupt_after: Interrupt) -> None:
    at = visit({"n": "200000"})
    interrupt_after(3)
    press(at, "Train")
    assert state_of(at).run.is_requested
    assert at.button(key="train").label == "Stop"
    press(at, "train")
    history = on_stage(at)
    reached = int(history.epochs[-1])
    assert 0 < reached < 200_000
    assert np.isfinite(history.outputs).all()
    assert history.diverged_at is None
    assert history.experiment == LONG
    assert np.array_equal(history.weights[0][-1], record(replace(Experiment(), epochs=reached)).weights[0][-1])
    assert messages(at) == []
    assert words(at).endswith("Stopped early: 200,000 epochs were asked for. Train starts again from 0.")
    assert state_of(at).run.plays == 1
    assert not state_of(at).run.is_requested
    assert at.button(key="train").label == "Train"


def test_train_after_stop_trains_to_the_end(interrupt_after: Interrupt) -> None:
    at = visit({"n": "200000"})
    interrupt_after(3)
    press(at, "Train")
    press(at, "Stop")
    interrupt_after(10**9)
    press(at, "Train")
    assert_shows(at, LONG)
    assert state_of(at).run.plays == 2


def test_looking_round_does_not_stop_a_training(interrupt_after: Interrupt) -> None:
    at = visit({"n": "200000"})
    interrupt_after(3)
    press(at, "Train")
    training = state_of(at).run.recorder
    interrupt_after(3)
    turn(at, "segmented_control", "look at", 2)
    assert state_of(at).run.recorder is training
    interrupt_after(10**9)
    turn(at, "segmented_control", "axis", "linear")
    assert state_of(at).run.recorder is None
    assert_same_run(on_stage(at), record(LONG))
    assert_shows(at, LONG)


def test_leaving_the_page_does_not_stop_a_training(interrupt_after: Interrupt) -> None:
    at = visit({"n": "200000"})
    interrupt_after(3)
    press(at, "Train")
    at.switch_page("pages/views/about.py").run()
    assert not at.exception
    interrupt_after(10**9)
    at.switch_page("pages/views/playground.py").run()
    assert_shows(at, LONG)


@pytest.mark.parametrize(
    "change",
    [lambda at: edit(at, {0: {"x2": 5}}), lambda at: type_number(at, "seed", 4)],
    ids=["a cell", "the seed"],
)
def test_another_experiment_lets_go_of_the_training(
    interrupt_after: Interrupt, change: Callable[[object], object]
) -> None:
    at = visit({"n": "200000"})
    interrupt_after(3)
    press(at, "Train")
    change(at)
    assert not state_of(at).run.is_requested
    assert state_of(at).run.recorder is None
    assert len(messages(at)) == 1
    assert at.button(key="train").label == "Train"


def test_a_table_that_cannot_be_trained_lets_go_of_the_training(interrupt_after: Interrupt) -> None:
    at = visit({"n": "200000"})
    interrupt_after(3)
    press(at, "Train")
    edit(at, {1: {"x1": None}})
    assert messages(at) == ["Row 2, column x1 is empty: type a number."]
    assert not state_of(at).run.is_requested


def test_the_progress_bar_tells_epoch_loss_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[float, str]] = []
    report = DeltaGenerator.progress

    def progress(self: DeltaGenerator, value: float, text: str) -> DeltaGenerator:
        said.append((value, text))
        return report(self, value, text)

    monkeypatch.setattr(DeltaGenerator, "progress", progress)
    press(visit({"n": "200000"}), "Train")
    shares = [share for share, _ in said]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    for _, text in said[1:]:
        assert text.startswith("Epoch ")
        assert " of 200,000 · loss " in text
        assert text.endswith(" s left")


def test_interrupted_before_its_first_report_there_is_still_something_to_stop(interrupt_after: Interrupt) -> None:
    at = visit({"n": "200000"})
    interrupt_after(0)
    press(at, "Train")
    press(at, "Stop")
    assert on_stage(at).epochs.tolist() == [0]
    type_number(at, "seed", 7)
    assert on_stage(at).experiment.seed in (1, 7)
    assert not at.exception


def test_an_edit_that_is_refused_keeps_what_has_been_learned(interrupt_after: Interrupt) -> None:
    at = visit({"n": "200000"})
    interrupt_after(3)
    press(at, "Train")
    edit(at, {0: {"x1": None}})
    assert messages(at) == ["Row 1, column x1 is empty: type a number."]
    assert int(on_stage(at).epochs[-1]) > 0
    assert not state_of(at).run.is_requested


def test_another_experiment_during_a_training_keeps_what_has_been_learned(interrupt_after: Interrupt) -> None:
    at = visit({"n": "200000"})
    interrupt_after(3)
    press(at, "Train")
    type_number(at, "seed", 7)
    assert on_stage(at).experiment == LONG
    assert int(on_stage(at).epochs[-1]) > 0
    assert messages(at) == ["The settings have changed. Training takes about 0.9 s: press Train."]


def test_a_finished_long_run_is_played_again_and_not_trained_again() -> None:
    at = press(visit({"n": "200000"}), "Train")
    finished, plays = on_stage(at), state_of(at).run.plays
    press(at, "Train")
    assert on_stage(at) is finished
    assert state_of(at).run.plays == plays + 1
