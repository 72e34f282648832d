"""A preset is loaded; Reset loads it again, New seed draws other weights, and neither does the other's work."""

from dataclasses import replace

import pytest

from engine import PRESETS
from engine.data.presets import STORIES
from tests.pages.visit import (
    assert_shows,
    control,
    edit,
    messages,
    on_stage,
    plain_key,
    press,
    state_of,
    turn,
    type_number,
    visit,
    words,
)

SAID = {
    "tutorial": "All 4 rows are right",
    "and": "All 4 rows are right",
    "or": "All 4 rows are right",
    "nand": "All 4 rows are right",
    "xor_one_neuron": " of 4 rows are right; loss",
    "xor": "All 4 rows are right",
    "parity": "All 8 rows are right",
    "majority": "All 8 rows are right",
    "fruit": "All 12 rows are right",
    "line": "All 8 rows are right to within 10% of the range",
    "sine": "All 25 rows are right to within 10% of the range",
}


def test_every_preset_has_a_story_and_an_expectation() -> None:
    assert set(SAID) == set(PRESETS) == set(STORIES)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_shows_what_it_promises(name: str) -> None:
    at = turn(visit(), "selectbox", "preset", name)
    assert_shows(at, PRESETS[name])
    assert SAID[name] in words(at)
    assert at.caption[0].value == f"{STORIES[name][1]} Seed 1."


def test_the_presets_table_is_in_the_grid_with_its_names() -> None:
    at = turn(visit(), "selectbox", "preset", "line")
    assert state_of(at).draft.base.inputs == ("hours",)
    assert state_of(at).draft.base.targets == ("mark",)
    assert state_of(at).draft.holds_rows_out
    assert [text.value for text in at.text_input if plain_key(text).startswith("name ")] == ["hours", "mark"]


@pytest.mark.parametrize("name", ["tutorial", "xor", "line"])
def test_reset_brings_everything_of_the_preset_back(name: str) -> None:
    at = turn(visit(), "selectbox", "preset", name)
    edit(at, {0: {"x1": 0.25}}, added=[dict.fromkeys(state_of(at).draft.base.columns, 1)])
    type_number(at, "learning_rate", 0.02)
    type_number(at, "seed", 77)
    press(at, "Add input")
    assert on_stage(at).experiment != PRESETS[name]
    press(at, "Reset")
    assert_shows(at, PRESETS[name])
    assert control(at, "selectbox", "preset").value == name


def test_reset_after_an_edit_of_one_cell() -> None:
    at = edit(visit(), {2: {"y1": 0}})
    assert on_stage(at).experiment.targets[2] == (0,)
    assert_shows(press(at, "Reset"), PRESETS["tutorial"])


def test_new_seed_changes_only_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.widgets.playground.presets.secrets.randbelow", lambda most: most - 1)
    at = edit(visit(), {0: {"x2": 5}})
    type_number(at, "epochs", 80)
    before = on_stage(at).experiment
    press(at, "New seed")
    assert_shows(at, replace(before, seed=9_999))
    assert at.query_params["seed"] == "9999"
    assert control(at, "text_input", "seed").value == "9999"


def test_another_preset_keeps_nothing_of_the_last() -> None:
    at = edit(turn(visit(), "selectbox", "preset", "and"), {0: {"x1": 9}})
    turn(at, "selectbox", "preset", "or")
    assert_shows(at, PRESETS["or"])
    assert messages(at) == []
