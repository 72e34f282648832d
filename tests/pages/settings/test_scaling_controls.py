"""Columns are scaled by choice, and the page shows the numbers that each is scaled by."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import Experiment
from engine.serialization.url_format import to_url
from pages.charts.style.format import format_number
from tests.pages.visit import assert_shows, figures, messages, on_stage, outputs, press, state_of, turn, visit

CELSIUS = Experiment(
    inputs=((-40, 1), (-10, 1), (0, 1), (10, 1)),
    targets=((-40,), (14,), (32,), (50,)),
    input_names=("celsius", "same"),
    target_names=("fahrenheit",),
    activations=("linear",),
    bias=True,
    learning_rate=0.1,
    epochs=3_000,
)


def scales(at: AppTest) -> list[list[list[str]]]:
    """The tables of numbers, each a list of rows."""
    tables = [table.value for table in at.table]
    return [table.to_numpy().tolist() for table in tables if ", standard" in table.columns[0]]


def test_nothing_is_scaled_at_first() -> None:
    at = visit()
    assert scales(at) == []
    assert on_stage(at).experiment.scaling == "none"


def test_inputs_and_targets_are_scaled_and_outputs_stay_in_their_units() -> None:
    at = visit(to_url(CELSIUS))
    assert figures(at)["R²"] == "far below 0"
    turn(at, "selectbox", "scaling", "standard")
    turn(at, "selectbox", "target_scaling", "standard")
    assert messages(at) == []
    assert_shows(at, on_stage(at).experiment)
    assert [text for (text,) in outputs(at)] == ["-40", "14", "32", "50"]
    celsius, fahrenheit = np.array([-40, -10, 0, 10]), np.array([-40, 14, 32, 50])
    assert scales(at) == [
        [
            ["celsius", format_number(float(celsius.mean())), format_number(float(celsius.std()))],
            ["same", "one value: as it is", ""],
        ],
        [["fahrenheit", format_number(float(fahrenheit.mean())), format_number(float(fahrenheit.std()))]],
    ]
    assert_shows(press(press(at, "undo"), "undo"), CELSIUS)


@pytest.mark.parametrize("loss", ["binary_cross_entropy"])
def test_targets_that_must_stay_as_they_are_say_so(loss: str) -> None:
    at = turn(visit({"n": "60"}), "selectbox", "loss", loss)
    turn(at, "selectbox", "target_scaling", "min_max")
    assert "do not scale them, or choose a squared error" in messages(at)[0]
    assert state_of(at).run.is_refused
