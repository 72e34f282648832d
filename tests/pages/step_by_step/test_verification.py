"""Step by step verifies its numbers on request: right ones agree, and a wrong one is marked red."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from engine import PRESETS, Experiment
from engine.explanation.ledger import EpochLedger, Update, explain_epoch
from engine.model.weight_index import WeightIndex
from engine.training.train import TrainingState
from pages.widgets.step_by_step import epoch_pager as epochs
from tests.charts.update.updates import SCALED
from tests.pages.step_by_step.step_page import BROAD, come, step_epoch
from tests.pages.visit import control, press, state_of, turn


def break_it(monkeypatch: pytest.MonkeyPatch, change: Callable[[Update], Update]) -> None:
    """Let the page explain wrongly."""

    def wrong(experiment: Experiment, step: TrainingState) -> EpochLedger:
        right = explain_epoch(experiment, step)
        updates: Sequence[Update] = tuple(change(update) for update in right.updates)
        return replace(right, updates=updates)

    monkeypatch.setattr(epochs, "explain_epoch", wrong)


@pytest.mark.parametrize("name", ["tutorial", "broad", "xor", "fruit", "line"])
def test_verified_when_asked_and_until_the_cursor_moves(name: str) -> None:
    at = come(BROAD if name == "broad" else PRESETS[name], at="7")
    assert not at.success
    press(at, "Verify these numbers")
    assert not at.error
    assert at.success[0].value.startswith("All agree: ")
    turn(at, "selectbox", "focus Row", control(at, "selectbox", "focus Row").value + 1)
    assert at.success, "it is still the same update"
    step_epoch(at, 1)
    assert not at.success
    step_epoch(at, -1)
    state_of(at).draft.settings["learning_rate"] = 0.125
    at.run()
    assert not at.success, "another experiment"


@pytest.mark.parametrize("layer", [0, 1])
def test_a_gradient_off_by_a_hundredth_turns_red(monkeypatch: pytest.MonkeyPatch, layer: int) -> None:
    def change(update: Update) -> Update:
        wrong = replace(update.layers[layer], weight_gradient=1.01 * update.layers[layer].weight_gradient)
        return replace(update, layers=(*update.layers[:layer], wrong, *update.layers[layer + 1 :]))

    break_it(monkeypatch, change)
    at = come(BROAD, at="37")
    press(at, "Verify these numbers")
    assert not at.success
    count = 12 if layer == 0 else 8
    assert at.error[0].value.startswith(f"{count} of 34 numbers do not agree")
    (checks,) = (table.value for table in at.dataframe if "what" in table.value)
    assert checks[""].tolist() == ["WRONG"] * count + ["agree"] * (34 - count)
    named = checks["what"][:count].tolist()
    weights = [index for index in WeightIndex.all_of(BROAD) if index.layer == layer and not index.is_bias(BROAD)]
    assert named == [index.name(BROAD) for index in sorted(weights)]
    for shown, again in zip(checks["shown"][:count], checks["worked out again"][:count], strict=True):
        assert float(shown) == pytest.approx(1.01 * float(again), rel=1e-5)


def test_a_scaled_cell_that_is_off_turns_red(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(update: Update) -> Update:
        inputs = update.layers[0].inputs.copy()
        inputs[3, 1] += 1e-9
        return replace(update, layers=(replace(update.layers[0], inputs=inputs), *update.layers[1:]))

    at = come(SCALED, at="7")
    press(at, "Verify these numbers")
    assert at.success[0].value.startswith("All agree: 20 scaled numbers and 5 outputs")
    (checks,) = (table.value for table in at.dataframe if "what" in table.value)
    assert "row 4, x2 scaled" in checks["what"].tolist()
    break_it(monkeypatch, change)
    epochs.cached_update.clear()
    at = come(SCALED, at="8")
    press(at, "Verify these numbers")
    assert not at.success
    (checks,) = (table.value for table in at.dataframe if "what" in table.value)
    assert "row 4, x2 scaled" in checks["what"][checks[""] == "WRONG"].tolist()


def test_an_output_that_is_off_turns_red(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(update: Update) -> Update:
        outputs = update.layers[-1].outputs.copy()
        outputs[2, 1] += 1e-9
        return replace(update, layers=(*update.layers[:-1], replace(update.layers[-1], outputs=outputs)))

    break_it(monkeypatch, change)
    at = come(BROAD, at="37")
    press(at, "Verify these numbers")
    assert at.error[0].value.startswith("1 of 34 numbers do not agree")
    (checks,) = (table.value for table in at.dataframe if "what" in table.value)
    assert checks["what"][0] == "row 3, y2"
    assert checks[""].tolist() == ["WRONG"] + ["agree"] * 33
