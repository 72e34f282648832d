"""Train plays a quick run at once; a long one waits for Train, and until then the previous run stays."""

from dataclasses import replace

from engine import Experiment
from tests.pages.visit import (
    assert_shows,
    assert_still_shows,
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

LONG = replace(Experiment(), hidden=(8, 8), activations=("tanh", "tanh", "sigmoid"), epochs=100_000)
WAITS = "The settings have changed. Training takes about 1.1 s: press Train."


def test_train_plays_a_quick_run_from_the_start() -> None:
    at = visit()
    state_of(at).view.cursor = 4
    assert state_of(at).run.plays == 0
    press(at, "Train")
    assert_shows(at, Experiment())
    assert state_of(at).run.plays == 1
    assert state_of(at).view.cursor is None
    press(at, "Train")
    assert state_of(at).run.plays == 2
    assert not state_of(at).run.is_requested


def test_an_edit_trains_by_itself_and_does_not_play() -> None:
    at = edit(visit(), {0: {"x2": 5}})
    assert state_of(at).run.plays == 0
    assert on_stage(at).experiment.inputs[0] == (0, 5, 1)


def test_a_long_run_waits_for_train_and_the_old_one_stays() -> None:
    at = turn(visit(), "selectbox", "hidden", "8, 8")
    before = replace(LONG, epochs=10_000)
    assert_shows(at, before)
    type_number(at, "epochs", 100_000)
    assert messages(at) == [WAITS]
    assert on_stage(at).experiment == before
    assert state_of(at).run.wanted == LONG
    press(at, "Train")
    assert_shows(at, LONG)
    assert state_of(at).run.plays == 1
    assert words(at).endswith("after 100,000 epochs.")
    assert on_stage(visit(at.query_params)) is on_stage(at)


def test_a_long_run_can_be_changed_back() -> None:
    at = type_number(visit(), "epochs", 900_000)
    assert len(messages(at)) == 1
    type_number(at, "epochs", 10_000)
    assert_shows(at, Experiment())


def test_a_link_to_a_long_run_opens_untrained() -> None:
    at = visit({"n": "900000"})
    assert len(messages(at)) == 1
    assert_still_shows(at, replace(Experiment(), epochs=900_000))
    assert words(at) == "Not trained yet: 2 of 4 rows are right by chance."


def test_a_run_that_would_take_minutes_is_refused() -> None:
    at = visit({"preset": "sine"})
    type_number(at, "epochs", 1_000_000)
    type_number(at, "batch_size", 1)
    (message,) = messages(at)
    assert "use fewer epochs, rows or units, or a larger batch" in message
    press(at, "Train")
    assert messages(at) == [message]
    assert not state_of(at).run.is_requested
