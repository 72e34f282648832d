"""While a long training goes on, its page is drawn with what has been learned so far, in a small share of the time."""

import math
import time
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import Experiment, History, record
from engine.training.recorder import Recorder
from pages.state.run import Run, begin_training
from pages.state.visit import Visit
from pages.widgets.frame import run_update
from tests.pages.visit import assert_same_run, on_stage, press, state_of, visit, words

LONG = replace(Experiment(), epochs=200_000)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[History]:
    """The histories that pages were drawn with; they are drawn as often as that is allowed."""
    histories, show = [], Visit.show_run

    def show_run(self: Visit, history: History) -> None:
        histories.append(history)
        show(self, history)

    monkeypatch.setattr(Visit, "show_run", show_run)
    monkeypatch.setattr(run_update, "DRAWING_SECONDS", 0.01)
    monkeypatch.setattr(run_update, "DRAWING_SHARE", 1.0)
    return histories


def test_what_has_been_learned_so_far_is_drawn_again_and_again(drawn: list[History]) -> None:
    at = visit({"n": "200000"})
    drawn.clear()
    press(at, "Train")
    reached = [int(history.epochs[-1]) for history in drawn]
    assert reached[0] == 0
    assert len(reached) >= 4
    assert reached == sorted(reached)
    assert reached[-1] == 200_000
    whole = record(LONG)
    for history in drawn[1:-1]:
        assert history.experiment == LONG
        kept = [frame for frame, epoch in enumerate(history.epochs.tolist()) if epoch in whole.epochs.tolist()]
        assert (history.weights[0][kept] == whole.weights[0][: len(kept)]).all(), "nothing drawn is made up"
    assert_same_run(on_stage(at), whole)
    assert state_of(at).run.plays == 1, "it is played once, at the end"


def test_the_page_says_that_it_is_not_the_end(drawn: list[History], monkeypatch: pytest.MonkeyPatch) -> None:
    said, markdown = list[str](), st.markdown

    def write(text: str) -> DeltaGenerator:
        said.append(text)
        return markdown(text)

    monkeypatch.setattr(st, "markdown", write)
    at = visit({"n": "200000"})
    drawn.clear()
    press(at, "Train")
    told = [text for text in said if text.startswith("**What has been learned until epoch")]
    assert told == [f"**What has been learned until epoch {history.epochs[-1]:,}.**" for history in drawn[:-1]]
    assert not any("Stopped early" in text for text in said)
    assert "200,000 epochs" in words(at)


def test_charts_stay_mounted_while_a_training_goes_on() -> None:
    run = Run(LONG, record(replace(Experiment(), epochs=10)))
    assert run.mounted_history is run.history
    run.request()
    recorder = run.begin()
    first = run.mounted_history
    assert first is not None
    assert first.epochs.tolist() == [0]
    run.history = recorder.history()
    assert run.begin() is recorder
    assert run.mounted_history is first
    run.forget_request()
    assert run.mounted_history is run.history


def test_waiting_for_a_turn_is_no_reason_to_draw(drawn: list[History], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "thread_time", lambda: 0.0)
    at = visit({"n": "200000"})
    drawn.clear()
    press(at, "Train")
    assert [int(history.epochs[-1]) for history in drawn] == [0, 200_000]


@pytest.mark.parametrize(("page_seconds", "work"), [(0.02, 1.0), (0.5, 5.0)])
def test_a_page_that_takes_long_is_drawn_less_often(
    monkeypatch: pytest.MonkeyPatch, page_seconds: float, work: float
) -> None:
    asked = []

    def show_progress(_run: Run, _recorder: Recorder, _place: object, seconds: float) -> bool:
        asked.append(seconds)
        raise InterruptedError

    monkeypatch.setattr(run_update, "show_progress", show_progress)
    for name in ("write_url", "store_in_tab"):
        monkeypatch.setattr(run_update, name, lambda: None)
    visitor = Visit.from_experiment(LONG)
    visitor.run.request()
    with pytest.raises(InterruptedError):
        run_update.finish_run(visitor, st.empty(), page_seconds)
    assert asked == [work]


@pytest.mark.parametrize(("work", "is_finished"), [(0.0, False), (math.inf, True)])
def test_a_training_goes_on_for_so_much_work(work: float, is_finished: bool) -> None:
    recorder = begin_training(LONG)
    assert run_update.show_progress(Run(LONG), recorder, st.empty(), work) == is_finished
    assert (recorder.epoch == 200_000) == is_finished
    assert recorder.epoch > 0
