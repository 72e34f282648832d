"""Derived inputs are chosen or typed, computed in the grid, and follow the columns that they are made of."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from engine.serialization.url_format import to_url
from pages.charts.style.format import format_number
from tests.pages.components import scene
from tests.pages.visit import (
    assert_shows,
    assert_still_shows,
    control,
    edit,
    grid,
    messages,
    on_stage,
    press,
    state_of,
    turn,
    visit,
)

TABLE = Experiment(
    inputs=((0, 2), (1.5, 3), (-2, 0.5)), targets=((0,), (1,), (0,)), hidden=(2,), activations=("tanh", "sigmoid")
)


def choose(at: AppTest, *formulas: str) -> AppTest:
    return turn(at, "multiselect", "derived", list(formulas))


def opened(experiment: Experiment = TABLE) -> AppTest:
    return visit(to_url(experiment))


def computed(at: AppTest) -> list[list[str]]:
    """The texts of the derived columns, row by row."""
    cells = grid(at)
    return cells[[column for column in cells.columns if column.startswith("d")]].to_numpy().tolist()


def test_those_that_playground_has_are_offered_and_any_can_be_typed() -> None:
    at = choose(opened(), "x1^2", "sin x2", "x1 - 2 x2")
    assert control(at, "multiselect", "derived").proto.options[:5] == ["x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"]
    e = replace(TABLE, derived=("x1^2", "sin(x2)", "x1-2*x2"))
    assert_shows(at, e)
    assert control(at, "multiselect", "derived").value == list(e.derived)
    assert computed(at) == [[format_number(value) for value in row[2:]] for row in e.unscaled_features.tolist()]
    assert scene(at)["features"] == ["x1", "x2", *e.derived]


def test_they_are_computed_anew_with_every_cell_and_undone_like_every_change() -> None:
    at = edit(choose(opened(), "x1*x2"), {1: {"x1": "4"}})
    assert computed(at)[1] == [format_number(12.0)]
    at = edit(at, added=[{"x1": 5, "x2": 5, "y1": 1}])
    assert computed(at)[-1] == [format_number(25.0)]
    press(press(press(at, "undo"), "undo"), "undo")
    assert_shows(at, TABLE)
    assert computed(at) == [[], [], []]
    assert_shows(press(at, "redo"), replace(TABLE, derived=("x1*x2",)))


def test_cells_typed_before_stay() -> None:
    at = choose(edit(opened(), {0: {"x1": "7"}}), "x1^2")
    assert on_stage(at).experiment.inputs[0] == (7, 2)
    assert computed(at)[0] == [format_number(49.0)]


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("x9^2", "The formula 'x9^2': "),
        ("__import__('os')", "The formula "),
        ("3", "The formula '3' has no column in it: name one."),
        ("x1", "Two columns are called x1: remove one."),
        ("sqrt(x1)", "Row 3, derived column sqrt(x1): it has no value there. Change one of the two."),
    ],
)
def test_what_is_no_derived_input_is_said(formula: str, said: str) -> None:
    at = choose(opened(), formula)
    (message,) = messages(at)
    assert message.startswith(said)
    assert_still_shows(at, TABLE)
    assert computed(at) == [[""]] * 3
    assert_shows(choose(at), TABLE)


def test_columns_are_renamed_in_them_and_take_them_along() -> None:
    at = turn(choose(opened(), "x1*x2", "x2^2"), "text_input", "name x2", "size (cm)")
    assert state_of(at).run.wanted.derived == ("x1*[size (cm)]", "[size (cm)]^2")
    assert computed(at)[0] == ["0", format_number(4.0)]
    at = press(at, "remove x1")
    assert on_stage(at).experiment.derived == ("[size (cm)]^2",)


def test_start_weights_by_hand_go_when_there_are_more_inputs() -> None:
    at = turn(opened(), "toggle", "by hand", True)
    assert state_of(at).run.wanted.initial_weights
    at = choose(at, "x1^2")
    assert_shows(at, replace(TABLE, derived=("x1^2",)))
    assert len(at.toast) == 1


def test_a_locked_one_is_read() -> None:
    at = visit(to_url(replace(TABLE, derived=("x1^2",))) | {"lock": "more"})
    assert control(at, "multiselect", "derived").proto.disabled
    assert computed(at)[1] == [format_number(2.25)]


def test_a_table_of_other_columns_has_none() -> None:
    at = turn(choose(visit(), "x1^2"), "selectbox", "preset", "fruit")
    assert_shows(at, PRESETS["fruit"])
    assert computed(at)[0] == []
