"""Every control changes the experiment: exactly that run is shown, and the address has it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, PRESETS, Experiment
from tests.pages.components import click_row, player
from tests.pages.visit import (
    assert_shows,
    assert_still_shows,
    charts,
    control,
    messages,
    on_stage,
    state_of,
    turn,
    type_number,
    visit,
)

CHANGES: list[tuple[str, str, Any, dict[str, Any], str]] = [
    ("selectbox", "output activation", "tanh", {"activations": ("tanh",)}, "a"),
    ("selectbox", "hidden", "3", {"hidden": (3,), "activations": ("tanh", "sigmoid")}, "h"),
    ("selectbox", "loss", "binary_cross_entropy", {"loss": "binary_cross_entropy"}, "loss"),
    ("text_input", "learning_rate", "0.25", {"learning_rate": 0.25}, "lr"),
    ("text_input", "epochs", "777", {"epochs": 777}, "n"),
    ("select_slider", "epochs slid", 2000, {"epochs": 2000}, "n"),
    ("selectbox", "optimizer", "adam", {"optimizer": "adam"}, "opt"),
    ("text_input", "batch_size", "2", {"batch_size": 2}, "batch"),
    ("selectbox", "initializer", "he_normal", {"initializer": "he_normal"}, "init"),
    ("text_input", "seed", "42", {"seed": 42}, "seed"),
    ("text_input", "l1", "0.001", {"l1": 0.001}, "l1"),
    ("text_input", "l2", "0.01", {"l2": 0.01}, "l2"),
    ("toggle", "bias", True, {"bias": True}, "bias"),
]


@pytest.mark.parametrize(("kind", "key", "value", "change", "parameter"), CHANGES, ids=[row[1] for row in CHANGES])
def test_a_control_changes_the_experiment_and_back(
    kind: str, key: str, value: object, change: dict[str, Any], parameter: str
) -> None:
    at = visit()
    before = control(at, kind, key).value
    turn(at, kind, key, value)
    assert_shows(at, replace(Experiment(), **change))
    assert parameter in at.query_params
    turn(at, kind, key, before)
    assert_shows(at, Experiment())
    assert at.query_params == {"seed": "1"}


def test_what_a_page_that_outlived_its_server_sends_is_not_heard() -> None:
    """It sends all its values to a server that knows its address only: that is what every control shows."""
    old = visit()
    for kind, key, value, *_ in CHANGES[:6]:
        turn(old, kind, key, value)
    at = visit(values=old)
    assert on_stage(at).experiment == Experiment()
    assert [control(at, *row[:2]).value for row in CHANGES] == [control(visit(), *row[:2]).value for row in CHANGES]


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - {"softmax", "sigmoid"}))
def test_every_output_activation(name: str) -> None:
    at = turn(type_number(visit(), "epochs", 50), "selectbox", "output activation", name)
    assert_shows(at, replace(Experiment(), epochs=50, activations=(name,)))


@pytest.mark.parametrize(
    ("key", "field", "names"), [("optimizer", "optimizer", OPTIMIZERS), ("initializer", "initializer", INITIALIZERS)]
)
def test_every_choice(key: str, field: str, names: dict[str, object]) -> None:
    at = type_number(visit(), "epochs", 50)
    for name in reversed(names):
        turn(at, "selectbox", key, name)
        changed: dict[str, Any] = {field: name}
        assert_shows(at, replace(Experiment(), epochs=50, **changed))


@pytest.mark.parametrize("preset", ["and", "fruit"])
def test_every_loss(preset: str) -> None:
    tried = [name for name in LOSSES if LOSSES[name].fused_activation in (None, PRESETS[preset].activations[-1])]
    assert len(tried) == 3
    at = visit({"preset": preset})
    for name in reversed(tried):
        turn(at, "selectbox", "loss", name)
        assert_shows(at, replace(PRESETS[preset], loss=name))


def test_no_control_depends_on_a_message_that_a_fast_click_would_swallow() -> None:
    """A run that is cut short takes what it wanted to tell the widgets with it: each must know its value by itself."""
    at = visit()
    turn(at, "selectbox", "preset", "fruit")
    turn(at, "selectbox", "hidden", "8, 8")
    type_number(at, "epochs", 777)
    type_number(at, "batch_size", 2)
    for field, shown in {
        "hidden": "two layers: 8, 8",
        "activation None": "Tanh",
        "output activation": "Softmax",
    }.items():
        proto = control(at, "selectbox", field).proto
        assert proto.options[proto.default] == shown
    assert control(at, "text_input", "epochs").proto.default == "777"
    assert control(at, "text_input", "batch_size").proto.default == "2"
    kinds = ("selectbox", "toggle", "select_slider", "text_input", "button_group")
    told = [widget for kind in kinds for widget in at.get(kind) if widget.proto.set_value]
    assert not told


def test_a_batch_of_no_rows_is_not_taken_for_all_of_them() -> None:
    at = type_number(visit(), "batch_size", 0)
    assert control(at, "text_input", "batch_size").value == "0"
    assert "batch" in messages(at)[0].lower()


def test_a_batch_of_all_rows_is_no_batch() -> None:
    at = visit()
    assert control(at, "text_input", "batch_size").value == "4"
    type_number(at, "batch_size", 3)
    assert_shows(at, replace(Experiment(), batch_size=3))
    type_number(at, "batch_size", 9)
    assert control(at, "text_input", "batch_size").value == "4"
    assert_shows(at, Experiment())


def test_epochs_typed_and_slid_stay_in_step() -> None:
    at = type_number(visit(), "epochs", 777)
    assert at.select_slider[0].value == 777
    turn(at, "select_slider", "epochs slid", 500)
    assert control(at, "text_input", "epochs").value == "500"
    type_number(at, "epochs", 1)
    assert at.select_slider[0].value == 1
    assert_shows(at, replace(Experiment(), epochs=1))


REFUSED: list[tuple[Callable[[AppTest], AppTest], str, Callable[[AppTest], AppTest]]] = [
    (
        lambda at: type_number(at, "learning_rate", 0.0),
        "The learning rate is 0, so nothing would change: try 0.1 or 1.",
        lambda at: type_number(at, "learning_rate", 1.0),
    ),
    (
        lambda at: type_number(at, "learning_rate", -0.5),
        "The learning rate is -0.5: it must not be negative.",
        lambda at: type_number(at, "learning_rate", 1.0),
    ),
    (
        lambda at: type_number(at, "learning_rate", 1e12),
        "The learning rate: 1000000000000.0 is too large: stay within 1,000,000,000.",
        lambda at: type_number(at, "learning_rate", 1.0),
    ),
    (
        lambda at: turn(at, "selectbox", "loss", "categorical_cross_entropy"),
        "Categorical cross-entropy needs the softmax output, and yours is sigmoid: change one of the two.",
        lambda at: turn(at, "selectbox", "loss", "half_squared_error"),
    ),
    (
        lambda at: turn(at, "selectbox", "output activation", "softmax"),
        "Softmax with one target always gives 1: add a target column, or choose sigmoid.",
        lambda at: turn(at, "selectbox", "output activation", "sigmoid"),
    ),
]


@pytest.mark.parametrize(("spoil", "message", "mend"), REFUSED, ids=[row[1][:30] for row in REFUSED])
def test_a_setting_that_cannot_be_trained_says_why_and_leaves_the_stage(
    spoil: Callable[[AppTest], AppTest], message: str, mend: Callable[[AppTest], AppTest]
) -> None:
    at = spoil(visit())
    assert messages(at) == [message]
    assert_still_shows(at, Experiment())
    assert_shows(mend(at), Experiment())


def test_a_row_that_is_clicked_in_a_picture_is_the_chosen_one() -> None:
    at = click_row(visit(), 2)
    assert player(at)[1]["row"] == 2
    assert control(at, "button_group", "look at").value == 3
    assert "row 3" in str(charts(at)["chart outputs"])
    assert at.query_params == {"seed": "1", "row": "3"}
    click_row(at, 99)
    assert player(at)[1]["row"] == 2


def test_the_drawing_looks_at_the_chosen_row() -> None:
    at = turn(visit(), "segmented_control", "look at", 3)
    assert player(at)[1]["row"] == 2
    assert at.query_params == {"seed": "1", "row": "3"}
    turn(at, "segmented_control", "look at", None)
    assert state_of(at).view.row == 2
    turn(at, "segmented_control", "look at", 1)
    assert at.query_params == {"seed": "1"}


def test_the_epoch_axis_is_log_or_linear() -> None:
    at = visit()
    assert charts(at)["chart loss"]["data"][0]["x"][-1] == 4.0
    turn(at, "segmented_control", "axis", "linear")
    assert charts(at)["chart loss"]["data"][0]["x"][-1] == 10_000
    assert at.query_params == {"seed": "1", "axis": "linear"}
    turn(at, "segmented_control", "axis", "log")
    assert at.query_params == {"seed": "1"}


def test_a_line_says_what_is_set_and_its_form_is_below_it() -> None:
    at = visit()

    def line() -> str:
        (form,) = (fold for fold in at.expander if "neuron" in fold.label)
        assert {box.label for box in form.selectbox} >= {"Hidden layers", "Loss"}
        return form.label

    assert line() == "1 neuron, sigmoid, rate 1, 10,000 epochs"
    turn(at, "selectbox", "hidden", "3")
    type_number(at, "learning_rate", "0,5")
    assert line() == "3 + 1 neurons, tanh and sigmoid, rate 0.5, 10,000 epochs"
