"""The Sweep page: from settings on the axes to a map, a cell's fan, and a run on the Playground."""

import json
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, record, record_many
from engine.comparison.sweep import Axis, fold, make_sweep
from pages.reading.swept_settings import SWEPT
from pages.server.sweep_store import SWEEPS
from pages.state.comparison.sweep_choice import AxisChoice, SweepChoice
from tests.deadline import wait_until
from tests.pages.components import send
from tests.pages.visit import come_to, linked, messages, on_stage, pictures, press, state_of, turn, type_number

PAGE = "pages/views/sweep.py"
XOR = replace(PRESETS["xor"], hidden=(2,), epochs=300)


def choice_of(at: AppTest) -> SweepChoice:
    choice: SweepChoice = at.session_state["sweep"]
    return choice


def finish(at: AppTest) -> AppTest:
    """Run the page until nothing is in training, as its timer would."""

    def is_finished() -> bool:
        at.run()
        return not choice_of(at).is_training

    wait_until(is_finished, "The sweep ends")
    assert not at.exception
    return at


def sweep_rates(epochs: int = 300) -> AppTest:
    """Three rates, four seeds each."""
    at = come_to(PAGE, replace(XOR, epochs=epochs))
    type_number(at, "across low", "0,1")
    turn(at, "selectbox", "across count", "3")
    turn(at, "selectbox", "sweep seeds", "4")
    return press(at, "start sweep")


def test_a_sweep_of_rates_shows_what_the_engine_computes() -> None:
    at = finish(sweep_rates())
    sweep = make_sweep(XOR, [Axis("learning_rate", (0.1, 1.0, 10.0))], range(4))
    expected = fold(sweep, record_many(sweep.experiments))
    shown = choice_of(at).result
    assert shown is not None
    assert shown.texts == (("0.1", "1", "10"),)
    assert shown.cells is not None
    for part in ("learned", "loss", "epochs"):
        assert np.array_equal(getattr(shown.cells, part), getattr(expected, part))
    heat = pictures(at)["sweep map"]["data"][0]
    assert heat["text"] == [[f"{share:.0%}" for share in expected.learned.tolist()]]
    turn(at, "segmented_control", "sweep measure", "loss")
    assert pictures(at)["sweep map"]["layout"]["title"]["text"] == "Median loss"
    assert messages(at) == []


def test_a_click_on_a_cell_opens_its_fan_and_a_run_of_it_opens_on_the_playground() -> None:
    at = finish(sweep_rates())
    (chart,) = (chart for chart in at.get("plotly_chart") if chart.proto.id.endswith("sweep map"))
    send(at, chart.proto.id, json.dumps({"selection": {"points": [], "point_indices": [1], "box": [], "lasso": []}}))
    finish(at)
    assert "## Learning rate 1" in [text.value for text in at.markdown]
    fan = choice_of(at).fan
    assert fan is not None
    assert fan.runs is not None
    assert [e.seed for e in fan.runs.experiments] == [0, 1, 2, 3]
    losses = [record(replace(XOR, learning_rate=1.0, seed=seed)).loss[-1] for seed in range(4)]
    best = int(np.argmin(losses))
    press(at, "leave with luckiest")
    assert linked(at) == replace(XOR, learning_rate=1.0, seed=best)
    assert on_stage(at).loss[-1] == losses[best]
    assert state_of(at).page == ""


def test_a_cell_opens_by_its_values_too() -> None:
    at = finish(sweep_rates())
    turn(at, "selectbox", "sweep cell 0", 2)
    finish(at)
    assert choice_of(at).cell == (2,)
    assert "## Learning rate 10" in [text.value for text in at.markdown]
    turn(at, "selectbox", "seed to open", 3)
    press(at, "leave with chosen")
    assert linked(at) == replace(XOR, learning_rate=10.0, seed=3)


def test_no_train_is_asked_for_where_there_is_none() -> None:
    at = come_to(PAGE, replace(XOR, epochs=1_000_000))
    assert messages(at) == []
    assert "1,000,000 epochs" in " ".join(text.value for text in at.markdown)


@pytest.mark.parametrize("other", [key for key in SWEPT if key != "neurons"])
def test_hidden_neurons_and_any_other_setting_start_as_they_are_offered(other: str) -> None:
    across, up = AxisChoice(), AxisChoice()
    across.choose("neurons", XOR)
    up.choose(other, XOR)
    choice = SweepChoice((across, up), seeds=1)
    choice.start(XOR)
    assert choice.refusal == ""
    choice.stop()


def test_two_settings_and_a_choice_by_name() -> None:
    at = come_to(PAGE, XOR)
    turn(at, "selectbox", "across setting", "hidden activation")
    turn(at, "multiselect", "across names", ["tanh", "relu"])
    turn(at, "selectbox", "up setting", "neurons")
    type_number(at, "up low", "1")
    type_number(at, "up high", "3")
    turn(at, "selectbox", "up count", "3")
    turn(at, "selectbox", "sweep seeds", "1")
    press(at, "start sweep")
    finish(at)
    result = choice_of(at).result
    assert result is not None
    assert result.texts == (("Tanh", "ReLU"), ("1", "2", "3"))
    assert result.experiment_of((1, 2)) == XOR.with_settings(activations=("relu", "sigmoid"), hidden=(3,))
    assert pictures(at)["sweep map"]["layout"]["yaxis"]["ticktext"] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("setting", "left_out"), [("output activation", "softmax"), ("loss", "categorical_cross_entropy")]
)
def test_what_is_offered_first_can_be_trained(setting: str, left_out: str) -> None:
    at = turn(come_to(PAGE, XOR), "selectbox", "across setting", setting)
    offered = choice_of(at).axes[0].names
    assert set(SWEPT[setting].options or ()) - set(offered) == {left_out}
    turn(at, "selectbox", "sweep seeds", "1")
    finish(press(at, "start sweep"))
    assert messages(at) == []
    turn(at, "multiselect", "across names", [*offered, left_out])
    press(at, "start sweep")
    assert any("oftmax" in text for text in messages(at))


def test_progress_is_shown_and_stop_keeps_what_is_done() -> None:
    at = sweep_rates(epochs=200_000)
    assert [button.key for button in at.button if "sweep" in str(button.key)] == ["stop sweep"]
    press(at, "stop sweep")
    result = choice_of(at).result
    assert result is not None
    assert result.state == "stopped"
    assert any(text.value.startswith("Stopped at ") for text in at.caption)
    assert [button.key for button in at.button if "sweep" in str(button.key)] == ["start sweep"]


@pytest.mark.parametrize(
    ("key", "typed", "message"),
    [
        ("across low", "abc", "Learning rate, From: 'abc' is not a number: type another."),
        ("across low", "-1", "learning rate"),
    ],
)
def test_what_cannot_be_swept_is_said_and_nothing_is_lost(key: str, typed: str, message: str) -> None:
    at = finish(sweep_rates())
    before = choice_of(at).result
    type_number(at, key, typed)
    press(at, "start sweep")
    assert not at.exception
    assert any(message.lower() in text.lower() for text in messages(at))
    assert choice_of(at).result is before
    assert "sweep map" in pictures(at)


def test_both_axes_of_one_setting_are_refused() -> None:
    at = come_to(PAGE, XOR)
    turn(at, "selectbox", "up setting", "rate")
    press(at, "start sweep")
    assert any("choose another setting" in text for text in messages(at))


def test_an_old_map_says_so_and_outlives_the_servers_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    at = finish(sweep_rates())
    shown = pictures(at)["sweep map"]
    state_of(at).load(PRESETS["xor"])
    monkeypatch.setattr(SWEEPS, "progress", lambda stored: pytest.fail("an ended sweep is not asked for"))
    at.run()
    assert any("has changed since" in text.value for text in at.caption)
    assert pictures(at)["sweep map"] == shown


def test_it_says_which_table_and_network_are_swept() -> None:
    at = sweep_rates()
    words = "4 rows (switch 1, switch 2 → answer); 2 + 1 neurons, tanh and sigmoid, rate 1, 300 epochs."
    assert f"Now on the Playground: {words}" in [text.value for text in at.markdown]
    state_of(at).load(replace(XOR, inputs=((0, 0), (0, 1)), targets=((0,), (1,))))
    at.run()
    assert any(text.value.startswith("Now on the Playground: 2 rows (switch 1, ") for text in at.markdown)
    assert any(text.value.endswith(f"This map is of {words}") for text in at.caption)


def test_the_map_as_a_table() -> None:
    at = sweep_rates()
    at.session_state["sweep table"] = True
    finish(at)
    (table,) = (table.value for table in at.dataframe)
    assert list(table.columns) == ["0.1", "1", "10"]
    assert [cell.endswith("%") for cell in table.iloc[0]] == [True] * 3
