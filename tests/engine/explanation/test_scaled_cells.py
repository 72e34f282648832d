"""The ledger of a scaled table: it leads to the next epoch, its numbers add up, and a wrong scaled number is seen."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from engine import Experiment, train
from engine.explanation.check import CellIndex
from engine.explanation.ledger import explain_epoch
from engine.explanation.verify import verify
from tests.engine.explanation.updates import update_at, with_layer
from tests.engine.ledgers import assert_adds_up, assert_leads_to_the_next_epoch
from tests.engine.strategies import STEADY, is_tame, scaled_experiments

TABLE = Experiment(
    inputs=((2104, 3, 7), (1600, 3, 7), (2400, 4, 7), (1416, 2, 7), (3000, 4, 7)),
    targets=((400,), (330,), (None,), (232,), (540,)),
    hidden=(2,),
    activations=("tanh", "linear"),
    loss="mean_squared_error",
    learning_rate=0.1,
    epochs=20,
    bias=True,
    scaling="standard",
    target_scaling="min_max",
    test_rows=(3,),
)


@STEADY
@given(scaled_experiments(most_epochs=6))
def test_any_scaled_ledger_leads_to_the_next_epoch_and_is_verified(e: Experiment) -> None:
    before, after = train(e, (e.epochs - 1, e.epochs))
    numbers = np.concatenate([w.ravel() for w in after.weights])
    if not np.isfinite(numbers).all() or np.abs(numbers).max() > 1e3:
        return  # steps that overshoot magnify the rounding of a sum
    if is_tame(e):  # and so do inputs of thousands, which a column of one value keeps when it is scaled
        assert_leads_to_the_next_epoch(e, before, after)
    for update in explain_epoch(e, before).updates:
        assert_adds_up(e, update)
        result = verify(update, e)
        assert result.agrees, result.failures
        assert len(result.cells) == len(update.rows) * (
            len(e.input_names) * (e.input_scale is not None) + len(e.target_names) * (e.target_scale is not None)
        )


def test_scaled_cells_are_named_and_counted() -> None:
    result = verify(update_at(TABLE, 5), TABLE)
    assert [check.place for check in result.cells[:4]] == [CellIndex(row, 0) for row in (0, 1, 4)] + [CellIndex(0, 1)]
    assert [check.name for check in result.cells][::3] == [f"row 1, {name} scaled" for name in ("x1", "x2", "x3", "y1")]
    assert result.summary.startswith("All agree: 12 scaled numbers and 3 outputs, worked out again, and 11 gradients")


@pytest.mark.parametrize("scaling", ["standard", "min_max"])
@pytest.mark.parametrize("column", [0, 1, 2])
@pytest.mark.parametrize("off", [1e-9, math.nan, math.inf])
def test_a_wrong_scaled_input_is_seen(scaling: str, column: int, off: float) -> None:
    e = replace(TABLE, scaling=scaling)
    update = update_at(e, 5)
    assert verify(update, e).agrees
    inputs = update.layers[0].inputs.copy()
    inputs[1, column] += off
    result = verify(with_layer(update, 0, "inputs", inputs), e)
    assert CellIndex(1, column) in [check.place for check in result.failures]


@pytest.mark.parametrize("scaling", ["standard", "min_max"])
def test_a_wrong_scaled_target_is_seen(scaling: str) -> None:
    e = replace(TABLE, target_scaling=scaling)
    update = update_at(e, 5)
    targets = update.targets.copy()
    targets[2, 0] += 1e-9
    result = verify(replace(update, targets=targets), e)
    assert CellIndex(4, 3) in [check.place for check in result.failures]
