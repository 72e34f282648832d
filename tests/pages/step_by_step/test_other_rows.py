"""Step by step after a change of the table: an update has the rows of its epoch, and is verified by them."""

from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment
from engine.model.network import forward, loss_over_rows
from engine.training.train import train
from pages.charts.style.format import format_number
from tests.charts.update.updates import SCALED
from tests.pages.components import player
from tests.pages.step_by_step.step_page import BROAD, assert_shows_update, come, epochs_told, update_at
from tests.pages.visit import messages, press, turn

ROWS = BROAD.inputs[::-2], ((0.5, 0.5), (0.0, 0.0))
CHANGED = replace(BROAD, earlier_tables=((40, *ROWS),), batch_size=1)
RENTS = replace(SCALED, earlier_tables=((40, SCALED.inputs[1:4], SCALED.labelled_targets[1:4]),))
WORDS = "These are the rows that were learned until epoch 40. The table has changed there."


@pytest.mark.parametrize("experiment", [CHANGED, RENTS, replace(CHANGED, batch_size=None)], ids=lambda e: e.scaling)
@pytest.mark.parametrize(("epoch", "is_before"), [(0, True), (39, True), (40, False), (60, False)])
def test_every_number_is_of_the_rows_of_its_epoch_and_verified(
    experiment: Experiment, epoch: int, is_before: bool
) -> None:
    at = come(experiment, at=str(epoch))
    assert messages(at) == []
    table = experiment.table_after(epoch)
    assert (len(table.inputs) < len(experiment.inputs)) == is_before
    assert_shows_update(at, table, update_at(experiment, epoch))
    assert [caption.value for caption in at.caption].count(WORDS) == is_before
    _, told = player(at)
    e, step = table, next(train(experiment, [epoch]))
    passed = forward(e, list(step.weights), list(step.biases), e.input_array)
    loss = loss_over_rows(e, passed, e.target_array, np.array(e.train_rows))
    assert told["losses"][told["cursor"]] == format_number(loss)
    press(at, "Verify these numbers")
    assert at.success[0].value.startswith("All agree")


def test_an_epoch_has_the_batches_of_its_rows() -> None:
    at = come(CHANGED, at="39")
    turn(at, "number_input", "batch number", 2)
    assert ", batch 2 of 2:" in epochs_told(at)
    assert_shows_update(at, CHANGED.table_after(39), update_at(CHANGED, 39, 1))
    at = come(CHANGED, at="40")
    turn(at, "number_input", "batch number", 4)
    assert ", batch 4 of 4:" in epochs_told(at)
    assert_shows_update(at, CHANGED, update_at(CHANGED, 40, 3))
