"""The address has everything: whoever opens it gets the same experiment, number for number."""

from dataclasses import replace
from typing import Any

import pytest

from engine import PRESETS, Experiment
from engine.serialization.url_format import URL_FIELDS, to_url
from tests.pages.components import player
from tests.pages.visit import (
    assert_same_run,
    assert_shows,
    control,
    edit,
    messages,
    on_stage,
    press,
    state_of,
    turn,
    type_number,
    visit,
)

SHORT = replace(Experiment(), epochs=60)

FIELDS: dict[str, dict[str, Any]] = {
    "x": {"inputs": ((0.1, -2, 1), (1, 1e-7, 1), (1, 0, 1), (0, 1, 123456789))},
    "y": {"targets": ((0.5,), (1,), (0,), (0.25,))},
    "xn": {"input_names": ("größe (cm)", "a b", "c")},
    "yn": {"target_names": ("passed",)},
    "test": {"test_rows": (1, 3)},
    "xd": {"derived": ("x1^2", "x1*x2", "sin(x2)")},
    "scale": {"scaling": "standard"},
    "yscale": {"target_scaling": "min_max"},
    "h": {"hidden": (3, 2), "activations": ("relu", "elu", "sigmoid")},
    "a": {"activations": ("tanh",)},
    "loss": {"loss": "binary_cross_entropy"},
    "opt": {"optimizer": "rmsprop"},
    "lr": {"learning_rate": 0.1},
    "l1": {"l1": 1e-5},
    "l2": {"l2": 0.003},
    "n": {"epochs": 61},
    "batch": {"batch_size": 3},
    "bias": {"bias": True},
    "init": {"initializer": "glorot_uniform"},
    "seed": {"seed": 2**32 - 1},
    "w": {"initial_weights": (((0.5,), (-1,), (1 / 3,)),)},
    "frozen": {"bias": True, "frozen": ("W1[0,0]", "W1[2,0]", "b1")},
    "before": {"earlier_tables": ((20, ((0, 1, 1), (1, 0, 1)), ((0.5,), (1,))),)},
    "rates": {"rate_changes": ((20, 0.1), (40, 0.01))},
    "opts": {"optimizer_changes": ((20, "adam"), (40, "sgd"))},
    "stop": {"stop_loss": 0.3},
    "right": {"stop_when_right": True},
    "wait": {"test_rows": (3,), "patience": 5},
    "b": {"bias": True, "initial_biases": ((0.25,),)},
}


def test_every_key_is_tried() -> None:
    assert set(FIELDS) == {field.key for field in URL_FIELDS}


@pytest.mark.parametrize("key", FIELDS)
def test_a_link_opens_its_experiment(key: str) -> None:
    expected = replace(SHORT, **FIELDS[key])
    link = to_url(expected)
    assert key in link
    at = visit(link)
    assert_shows(at, expected)
    assert at.query_params == link


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_opened_by_its_name_and_its_address_opens_it_again(name: str) -> None:
    at = visit({"preset": name})
    assert_shows(at, PRESETS[name])
    assert control(at, "selectbox", "preset").value == name
    again = visit(at.query_params)
    assert_same_run(on_stage(again), on_stage(at))
    assert again.query_params == at.query_params
    assert control(again, "selectbox", "preset").value == name


def test_a_preset_with_another_seed() -> None:
    assert_shows(visit({"preset": "and", "seed": "5"}), replace(PRESETS["and"], seed=5))


def test_what_is_typed_after_a_preset_changes_that_preset() -> None:
    assert_shows(visit({"preset": "fruit", "lr": "30"}), replace(PRESETS["fruit"], learning_rate=30))
    at = visit({"preset": "xor", "n": "50", "lr": "0.25", "axis": "linear"})
    assert_shows(at, replace(PRESETS["xor"], epochs=50, learning_rate=0.25))
    assert_shows(visit(at.query_params), on_stage(at).experiment)
    assert (state_of(at).draft.preset, state_of(at).view.has_log_axis) == ("xor", False)


def test_a_preset_edited_until_it_is_the_tutorial_stays_so() -> None:
    at = visit({"preset": "and"} | to_url(Experiment()) | {"n": "10000"})
    assert_shows(at, Experiment())
    again = visit(at.query_params)
    assert_shows(again, Experiment())
    assert control(again, "selectbox", "preset").value == "and"


def test_the_view_is_in_the_address_too() -> None:
    at = visit({"seed": "1", "at": "4", "row": "3", "axis": "linear"})
    assert messages(at) == []
    assert (state_of(at).view.cursor, state_of(at).view.row, state_of(at).view.has_log_axis) == (4, 2, False)
    assert at.metric[0].value == "4"
    assert player(at)[1]["row"] == 2
    assert at.query_params == {"seed": "1", "at": "4", "row": "3", "axis": "linear"}


def test_an_epoch_that_was_not_kept_shows_the_last_kept_before_it() -> None:
    at = visit({"seed": "1", "at": "9999"})
    kept = on_stage(at).epochs
    assert 9_999 not in kept
    assert at.metric[0].value == f"{kept[kept <= 9_999].max():,}"


def test_a_reload_finds_everything_as_it_was() -> None:
    at = edit(visit(), {0: {"x2": 5}}, added=[{"x1": 1, "x2": 2, "x3": 3, "y1": 1}])
    turn(at, "selectbox", "hidden", "3")
    turn(at, "selectbox", "preset", "line")
    edit(at, {2: {"x1": 9, "held": True}})
    press(at, "Add target")
    again = visit(at.query_params)
    assert_same_run(on_stage(again), on_stage(at))
    assert state_of(again).draft.table == state_of(at).draft.table
    assert state_of(again).draft.settings == state_of(at).draft.settings


def test_another_page_and_back_keeps_everything() -> None:
    at = edit(visit(), {0: {"x2": 5}})
    type_number(at, "seed", 8)
    turn(at, "segmented_control", "look at", 2)
    state_of(at).view.cursor = 10
    at.run()
    before, link = on_stage(at), dict(at.query_params)
    assert link["at"] == "10"
    at.switch_page("pages/views/about.py").run()
    assert at.title[0].value == "About Glassbox"
    assert at.query_params == link
    at.run()
    at.switch_page("pages/views/playground.py").run()
    assert messages(at) == []
    assert at.query_params == link
    assert_same_run(on_stage(at), before)
    assert (state_of(at).view.cursor, state_of(at).view.row) == (10, 1)
    assert state_of(at).draft.table.rows[0] == (0, 5, 1, 0)
    edit(at, {0: {"x3": 6}})
    assert state_of(at).run.wanted.inputs[0] == (0, 5, 6)


def test_a_row_or_an_epoch_that_the_experiment_has_not_is_left_out() -> None:
    at = visit({"seed": "1", "row": "4"})
    edit(at, {}, deleted=[3])
    assert "row" not in at.query_params
    at = visit({"seed": "1", "at": "5000"})
    edit(at, {0: {"y1": 5}})
    assert "at" not in at.query_params
