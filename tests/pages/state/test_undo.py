"""Undo takes back every change of the table and the settings, one at a time, and redo makes it again."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from tests.pages.visit import assert_shows, assert_still_shows, edit, press, state_of, turn, visit

START = replace(Experiment(), epochs=60)
CHANGES: dict[str, Callable[[AppTest], AppTest]] = {
    "a cell": lambda at: edit(at, {0: {"x2": "5"}}),
    "a row added": lambda at: edit(at, added=[{"x1": "1", "x2": "0", "x3": "0", "y1": "1"}]),
    "a row deleted": lambda at: edit(at, deleted=[1]),
    "a column": lambda at: press(at, "Add target"),
    "a column's name": lambda at: turn(at, "text_input", "name x1", "hours"),
    "a setting": lambda at: turn(at, "selectbox", "loss", "mean_squared_error"),
    "hidden layers": lambda at: turn(at, "selectbox", "hidden", "4, 4"),
    "the seed": lambda at: press(at, "New seed"),
    "a preset": lambda at: turn(at, "selectbox", "preset", "xor"),
}


def disabled(at: AppTest) -> tuple[bool, bool]:
    undo, redo = (button for button in at.button if button.key in ("undo", "redo"))
    return undo.disabled, redo.disabled


@pytest.mark.parametrize("name", CHANGES)
def test_undo_takes_a_change_back_and_redo_makes_it_again(name: str) -> None:
    at = visit({"n": "60"})
    assert disabled(at) == (True, True)
    changed = state_of(CHANGES[name](at)).run.wanted
    assert changed != START
    assert disabled(at) == (False, True)
    assert_shows(press(at, "undo"), START)
    assert disabled(at) == (True, False)
    assert_shows(press(at, "redo"), changed)
    assert_shows(press(at, "undo"), START)
    assert not edit(at, {1: {"x1": "7"}}).exception
    assert disabled(at) == (False, True)


def test_a_cell_that_cannot_be_trained_is_taken_back_too() -> None:
    at = edit(visit({"n": "60"}), {0: {"y1": "abc"}})
    assert_still_shows(at, START)
    assert_shows(press(at, "undo"), START)
    assert_still_shows(press(at, "redo"), START)
    assert state_of(at).draft.table.rows[0][-1] == "abc"


def test_many_changes_are_taken_back_in_their_order() -> None:
    at = visit({"n": "60"})
    steps = [START, *(state_of(change(at)).run.wanted for change in CHANGES.values())]
    for experiment in reversed(steps[:-1]):
        assert state_of(press(at, "undo")).run.wanted == experiment
    for experiment in steps[1:]:
        assert state_of(press(at, "redo")).run.wanted == experiment


def test_what_is_shown_of_a_run_is_no_change() -> None:
    at = visit({"n": "60"})
    press(turn(at, "segmented_control", "look at", 3), "train")
    assert disabled(at) == (True, True)


def test_a_remedy_is_taken_back() -> None:
    at = visit({"preset": "xor_one_neuron"})
    remedy = next(str(button.key) for button in at.button if str(button.key).startswith("remedy"))
    assert state_of(press(at, remedy)).run.wanted != PRESETS["xor_one_neuron"]
    assert_shows(press(at, "undo"), PRESETS["xor_one_neuron"])


def test_nothing_that_a_link_has_locked_is_changed() -> None:
    at = visit({"n": "60", "lock": "table"})
    turn(at, "selectbox", "loss", "mean_squared_error")
    assert_shows(press(at, "undo"), START)
    locked = visit({"n": "60", "lock": "table,controls,more"})
    assert not [button for button in locked.button if button.key == "undo"]
