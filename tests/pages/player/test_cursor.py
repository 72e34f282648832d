"""Everything at the cursor is of its epoch, and follows from the weights shown."""

import numpy as np
import numpy.typing as npt
import pytest
from streamlit.testing.v1 import AppTest

from pages.charts.style.format import format_number
from tests.charts.runs import FORMULAS
from tests.pages.visit import figures, on_stage, outputs, press, state_of, turn, type_number, visit, weights

Numbers = npt.NDArray[np.float64]


def at_epoch(preset: str, epoch: int) -> AppTest:
    at = visit({"preset": preset})
    state_of(at).view.cursor = epoch
    return at.run()


def answers(at: AppTest) -> Numbers:
    """What the network puts out, worked out from the weights on the page."""
    e = on_stage(at).experiment
    signal: Numbers = np.array(e.inputs)
    for table, activation in zip(weights(at), e.activations, strict=True):
        values = table.to_numpy()
        signal = FORMULAS[activation](np.column_stack([signal, np.ones(len(signal))] if e.bias else [signal]) @ values)
    return signal


def loss_of(at: AppTest, rows: list[int]) -> float:
    e = on_stage(at).experiment
    o, y = answers(at)[rows], np.array(e.targets)[rows]
    if e.loss == "half_squared_error":
        return float(((o - y) ** 2).sum() / 2)
    if e.loss == "mean_squared_error":
        return float(((o - y) ** 2).mean())
    if e.loss == "binary_cross_entropy":
        return float(-(y * np.log(o) + (1 - y) * np.log(1 - o)).mean())
    return float(-(y * np.log(o)).sum(axis=1).mean())


@pytest.mark.parametrize("epoch", [0, 1, 8])
@pytest.mark.parametrize("preset", ["tutorial", "xor", "parity", "fruit", "line", "sine"])
def test_outputs_and_loss_follow_from_the_weights_shown(preset: str, epoch: int) -> None:
    at = at_epoch(preset, epoch)
    assert not at.exception
    e, told = on_stage(at).experiment, figures(at)
    assert at.query_params["at"] == str(epoch)
    assert told["Epoch"] == str(epoch)
    for texts, row in zip(outputs(at), answers(at).tolist(), strict=True):
        assert [float(text) for text in texts] == pytest.approx(row, rel=0.00501)
    assert told["Loss"] == format_number(loss_of(at, list(e.train_rows)))
    if e.test_rows:
        assert told["Held-out loss"] == format_number(loss_of(at, list(e.test_rows)))


@pytest.mark.parametrize("epoch", [0, 2, 5])
def test_accuracy_is_the_share_of_rows_on_the_right_side(epoch: int) -> None:
    at = at_epoch("majority", epoch)
    decided = np.abs(answers(at) - 0.5) > 1e-6
    right = decided & ((answers(at) > 0.5) == (np.array(on_stage(at).experiment.targets) > 0.5))
    assert figures(at)["Accuracy"] == f"{right.mean():.0%}"


def test_accuracy_of_classes_is_the_share_of_rows_whose_largest_output_is_right() -> None:
    at = at_epoch("fruit", 3)
    right = answers(at).argmax(axis=1) == np.array(on_stage(at).experiment.targets).argmax(axis=1)
    assert figures(at)["Accuracy"] == f"{right.mean():.0%}"


@pytest.mark.parametrize("epoch", [0, 5, 100])
def test_r_squared(epoch: int) -> None:
    at = at_epoch("line", epoch)
    e = on_stage(at).experiment
    for name, rows in (("R²", list(e.train_rows)), ("Held-out R²", list(e.test_rows))):
        y, o = np.array(e.targets)[rows], answers(at)[rows]
        expected = 1 - ((y - o) ** 2).sum() / ((y - y.mean()) ** 2).sum()
        assert float(figures(at)[name]) == pytest.approx(expected, abs=0.00006)


def test_the_tables_of_weights_name_what_they_join() -> None:
    hidden, output = weights(at_epoch("xor", 1))
    assert (list(hidden.index), list(hidden.columns)) == (["switch 1", "switch 2", "bias"], ["h1", "h2", "h3"])
    assert (list(output.index), list(output.columns)) == (["h1", "h2", "h3", "bias"], ["answer"])


def test_the_cursor_goes_to_the_end_where_the_experiment_changes() -> None:
    at = at_epoch("tutorial", 4)
    type_number(at, "seed", 3)
    assert state_of(at).view.cursor is None
    assert figures(at)["Epoch"] == "10,000"


def test_the_cursor_goes_to_the_end_with_train_and_reset() -> None:
    for button in ("Train", "Reset"):
        at = at_epoch("tutorial", 4)
        press(at, button)
        assert figures(at)["Epoch"] == "10,000"
        assert "at" not in at.query_params


def test_looking_elsewhere_leaves_the_cursor() -> None:
    at = at_epoch("tutorial", 4)
    turn(at, "segmented_control", "look at", 2)
    turn(at, "segmented_control", "axis", "linear")
    assert state_of(at).view.cursor == 4
    assert figures(at)["Epoch"] == "4"
