"""Step by step where an epoch has several updates: batches one by one, and rows that are in no batch."""

from dataclasses import replace

import pytest

from tests.charts.update.updates import EXPERIMENTS
from tests.pages.step_by_step.step_page import (
    assert_shows_update,
    come,
    epochs_told,
    matrices,
    opening_epoch,
    step_epoch,
    update_at,
)
from tests.pages.visit import control, state_of, turn

BATCHES = replace(EXPERIMENTS["batches"], batch_size=1, epochs=20)


@pytest.mark.parametrize("size", [1, 3])
def test_the_batches_of_an_epoch_one_by_one(size: int) -> None:
    e = replace(BATCHES, batch_size=size)
    at = come(e, at="5")
    ends = None
    for batch in range(e.batches):
        if batch:
            turn(at, "number_input", "batch number", batch + 1)
        update = update_at(e, 5, batch)
        assert f", batch {batch + 1} of {e.batches}:" in epochs_told(at)
        assert_shows_update(at, e, update)
        shown = dict(matrices(at))
        assert ends is None or all((shown[f"W{layer}"] == ends[f"new W{layer}"]).all() for layer in (1, 2, 3))
        ends = shown
    turn(at, "number_input", "batch number", 1)
    step_epoch(at, 1)
    assert ends is not None
    assert (dict(matrices(at))["W1"] == ends["new W1"]).all(), "the last batch leads to the next epoch"


def test_batches_of_the_last_epoch_and_a_batch_that_is_gone() -> None:
    at = come(BATCHES, at="20")
    turn(at, "number_input", "batch number", 4)
    assert_shows_update(at, BATCHES, update_at(BATCHES, 20, 3))
    state_of(at).draft.settings["batch_size"] = 3
    at.run()
    e = replace(BATCHES, batch_size=3)
    assert_shows_update(at, e, update_at(e, opening_epoch(e), 1))
    state_of(at).draft.settings["batch_size"] = None
    at.run()
    e = replace(BATCHES, batch_size=None)
    assert_shows_update(at, e, update_at(e, opening_epoch(e)))
    assert not [box for box in at.number_input if "Batch" in box.label]


def test_a_row_that_is_not_in_the_batch_gives_way_to_its_first() -> None:
    held_out = EXPERIMENTS["held out"]
    at = come(held_out, row="2", at="60")
    assert control(at, "selectbox", "focus Row").value == 0
    assert control(at, "selectbox", "focus Row").options == ["row 1", "row 3", "row 4"]
    assert_shows_update(at, held_out, update_at(held_out, 60))
    at = come(BATCHES, row="2", at="20")
    assert control(at, "selectbox", "focus Row").options == ["row 1"]
    assert_shows_update(at, BATCHES, update_at(BATCHES, 20))
