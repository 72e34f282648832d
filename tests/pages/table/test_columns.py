"""Columns are added, removed and renamed, and rows held out, beside the grid."""

import json
from dataclasses import replace

import numpy as np
from streamlit.testing.v1 import AppTest

from engine import Experiment
from engine.serialization.url_format import to_url
from pages.widgets.table.column_width import column_width
from tests.pages.components import scene
from tests.pages.visit import (
    assert_shows,
    charts,
    edit,
    figures,
    grid,
    on_stage,
    plain_key,
    press,
    state_of,
    turn,
    visit,
    weights,
)

X, Y = Experiment().inputs, Experiment().targets


def rename(at: AppTest, column: str, name: str) -> AppTest:
    return turn(at, "text_input", f"name {column}", name)


def test_an_input_is_added() -> None:
    at = press(visit(), "Add input")
    assert_shows(at, replace(Experiment(), inputs=tuple((*row, 0) for row in X), input_names=("x1", "x2", "x3", "x4")))
    edit(at, {1: {"x4": 3}})
    assert on_stage(at).experiment.inputs[1] == (1, 1, 1, 3)


def test_a_target_is_added_and_the_outputs_stand_together() -> None:
    at = press(visit(), "Add target")
    expected = replace(Experiment(), targets=tuple((*row, 0) for row in Y), target_names=("y1", "y2"))
    assert_shows(at, expected)
    assert list(grid(at).columns) == ["row", "o1", "o2", "x1", "x2", "x3", "y1", "y2"]


def test_a_column_is_renamed() -> None:
    at = rename(edit(visit(), {0: {"x2": 5}}), "x2", "height")
    expected = replace(Experiment(), inputs=((0, 5, 1), *X[1:]), input_names=("x1", "height", "x3"))
    assert_shows(at, expected)
    assert at.query_params["xn"] == "x1,height,x3"
    assert list(weights(at)[0].index) == ["x1", "height", "x3"]
    assert scene(at)["inputs"] == ["x1", "height", "x3"]
    rename(at, "y1", "goal")
    assert_shows(at, replace(expected, target_names=("goal",)))


def test_a_column_is_removed() -> None:
    at = press(visit(), "remove x2")
    expected = replace(Experiment(), inputs=tuple((a, c) for a, _, c in X), input_names=("x1", "x3"))
    assert_shows(at, expected)


def test_a_target_is_removed() -> None:
    at = press(press(visit(), "Add target"), "remove y1")
    assert_shows(at, replace(Experiment(), targets=((0,),) * 4, target_names=("y2",)))


def test_a_new_column_has_a_name_of_its_own() -> None:
    at = press(press(visit(), "remove x2"), "Add input")
    assert on_stage(at).experiment.input_names == ("x1", "x3", "x4")
    at = press(rename(visit(), "x1", "x4"), "Add input")
    assert on_stage(at).experiment.input_names == ("x4", "x2", "x3", "x5")


def test_added_rows_survive_a_new_column() -> None:
    at = edit(visit(), added=[{"x1": 1, "x2": 2, "x3": 3, "y1": 1}])
    press(at, "Add input")
    assert on_stage(at).experiment.inputs[4] == (1, 2, 3, 0)


def test_names_in_the_popover_follow_the_preset() -> None:
    at = turn(visit(), "selectbox", "preset", "fruit")
    assert [text.value for text in at.text_input if plain_key(text).startswith("name ")] == [
        "redness",
        "size (cm)",
        "apple",
        "lemon",
        "plum",
    ]


def test_a_row_is_held_out() -> None:
    at = turn(visit(), "toggle", "holding", True)
    assert_shows(at, Experiment())
    assert "held" in grid(at).columns
    assert "Held-out loss" not in figures(at)
    edit(at, {3: {"held": True}})
    assert_shows(at, replace(Experiment(), test_rows=(3,)))
    assert at.query_params["test"] == "3"


def test_held_out_figures_are_of_the_held_out_rows() -> None:
    at = edit(turn(visit(), "toggle", "holding", True), {0: {"held": True}, 1: {"held": True}})
    w = weights(at)[0].to_numpy()
    misses = (1 / (1 + np.exp(-np.array(X) @ w)) - np.array(Y)) ** 2
    told = figures(at)
    assert set(told) == {"Epoch", "Loss", "Accuracy", "Held-out loss", "Held-out accuracy"}
    assert abs(float(told["Held-out loss"]) / (misses[:2].sum() / 2) - 1) < 0.006
    assert abs(float(told["Loss"]) / (misses[2:].sum() / 2) - 1) < 0.006
    assert told["Held-out accuracy"] == f"{(misses[:2] < 0.25).mean():.0%}"
    named = [trace["name"] for trace in charts(at)["chart loss"]["data"] if "name" in trace]
    assert named == ["loss", "held-out"]


def test_a_held_out_row_stays_held_out_through_other_edits() -> None:
    at = edit(turn(visit(), "toggle", "holding", True), {3: {"held": True}})
    press(at, "Add input")
    assert on_stage(at).experiment.test_rows == (3,)
    edit(at, added=[{"x1": 1, "x2": 2, "x3": 3, "x4": 0, "y1": 1, "held": True}], deleted=[0])
    assert on_stage(at).experiment.test_rows == (2, 3)


def test_without_the_boxes_every_row_is_trained_on() -> None:
    at = edit(turn(visit(), "toggle", "holding", True), {3: {"held": True}})
    turn(at, "toggle", "holding", False)
    assert_shows(at, Experiment())
    assert "held" not in grid(at).columns
    turn(at, "toggle", "holding", True)
    assert_shows(at, Experiment())


def test_no_number_and_no_title_is_cut() -> None:
    e = Experiment(
        inputs=((0.303816, 1 / 3), (1, 0)), targets=((1e-7,), (1,)), input_names=("a", "sepal length (cm)"), epochs=9
    )
    at = visit(to_url(e))
    (editor,) = (editor for editor in at.data_editor if editor.key == state_of(at).draft.grid_key)
    columns = json.loads(editor.proto.columns)
    digits, em = 7, 13
    for column, texts in {"x1": ("0.303816",), "x2": ("0.3333333333333333",), "y1": ("1e-07",)}.items():
        assert columns[column]["width"] >= digits * max(map(len, texts)) + em
        title = columns[column]["label"]
        assert columns[column]["width"] >= TITLES.get(title, 0) + SIGN, title


# Pixels of titles as a browser measures them in the grid's font, and of the place of a sign before them.
TITLES = {"a": 7, "y1 target": 55, "x1": 13, "Ana": 22, "Ben": 23, "Cleo": 27, "redness": 50, "size (cm)": 54} | {
    "switch 1": 49,
    "breakfast": 59,
    "passed": 45,
    "hours": 34,
    "mark": 30,
    "answer": 44,
}
SIGN = 31


def test_titles_have_the_room_that_a_browser_needs() -> None:
    assert {title: column_width(title, 1) for title in TITLES if column_width(title, 1) < SIGN + TITLES[title]} == {}


def test_titles_that_begin_alike_are_as_wide_as_it_takes_to_tell_them_apart() -> None:
    names = ("temperature at noon", "temperature at night", "wind in the morning")
    at = visit({"x": "1,2,3_4,5,6", "y": "0_1", "xn": ",".join(names), "yn": "y", "n": "60"})
    (editor,) = at.data_editor
    widths = [json.loads(editor.proto.columns)[column]["width"] for column in ("x1", "x2", "x3")]
    assert widths == [column_width("temperature at no", 1, 17), column_width("temperature at ni", 1, 17), 92]
    assert min(widths[:2]) > 92
