"""A bad table is refused with its place and the way out; the last good run stays, and the next edit works."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine import Experiment
from engine.serialization.url_format import to_url
from tests.pages.visit import assert_shows, assert_still_shows, edit, grid, messages, on_stage, press, turn, visit

START = replace(Experiment(), epochs=60)
ROW = {"x1": 1, "x2": 0, "x3": 0, "y1": 1}
NAMES = "use letters, digits, spaces and . - + _ ( ) / %, a letter or digit first."
Act = Callable[[AppTest], AppTest]


def rename(at: AppTest, column: str, name: str) -> AppTest:
    return turn(at, "text_input", f"name {column}", name)


CELLS: dict[str, tuple[dict[str, Any], str]] = {
    "an empty cell": ({"cells": {0: {"x2": None}}}, "Row 1, column x2 is empty: type a number."),
    "no target at all": (
        {"cells": {row: {"y1": None} for row in range(4)}},
        "No row has a target: type what the network should learn to give.",
    ),
    "text": ({"cells": {0: {"x2": "abc"}}}, "Row 1, column x2: 'abc' is not a number."),
    "markup": ({"cells": {0: {"x2": "<b>$x$</b>"}}}, "Row 1, column x2: '<b>$x$</b>' is not a number."),
    "infinity": (
        {"cells": {3: {"x3": float("inf")}}},
        "Row 4, column x3: inf is too large: stay within 1,000,000,000.",
    ),
    "minus infinity": (
        {"cells": {3: {"y1": float("-inf")}}},
        "Row 4, column y1: -inf is too large: stay within 1,000,000,000.",
    ),
    "not a number": ({"cells": {1: {"x1": float("nan")}}}, "Row 2, column x1 is empty: type a number."),
    "an absurd number": (
        {"cells": {1: {"x1": 1e300}}},
        "Row 2, column x1: 1e+300 is too large: stay within 1,000,000,000.",
    ),
    "an empty row": ({"added": [{}]}, "Row 5, column x1 is empty: type a number."),
    "no rows": ({"deleted": [0, 1, 2, 3]}, "The table has no rows: add one."),
}


@pytest.mark.parametrize("name", CELLS)
def test_bad_cells_and_rows(name: str) -> None:
    edits, message = CELLS[name]
    at = edit(visit({"n": "60"}), **edits)
    assert messages(at) == [message]
    assert_still_shows(at, START)
    edit(at, {0: {"x2": 5}})
    assert_shows(at, replace(START, inputs=((0, 5, 1), *START.inputs[1:])))


def test_10_000_pasted_rows_can_be_deleted_again() -> None:
    at = edit(visit({"n": "60"}), added=[ROW] * 10_000)
    assert messages(at) == ["10,004 rows in the table, at most 1,000: delete some."]
    assert_still_shows(at, START)
    assert len(grid(at)) == 10_004
    edit(at, {0: {"x2": 5}}, deleted=range(4, 10_004))
    assert_shows(at, replace(START, inputs=((0, 5, 1), *START.inputs[1:])))


COLUMNS: dict[str, tuple[Act, str, Act]] = {
    "no targets": (
        lambda at: press(at, "remove y1"),
        "The table has no column of targets: add one.",
        lambda at: press(at, "Add target"),
    ),
    "HTML": (
        lambda at: rename(at, "x1", "<b>x</b>"),
        f"The name of input column 1, '<b>x</b>': {NAMES}",
        lambda at: rename(at, "x1", "b"),
    ),
    "LaTeX": (
        lambda at: rename(at, "x2", "$\\alpha$"),
        f"The name of input column 2, '$\\\\alpha$': {NAMES}",
        lambda at: rename(at, "x2", "alpha"),
    ),
    "Python": (
        lambda at: rename(at, "y1", 'x"); import os #'),
        f"The name of target column 1, 'x\"); import os #': {NAMES}",
        lambda at: rename(at, "y1", "x import os"),
    ),
    "Markdown": (
        lambda at: rename(at, "y1", "![a](http://evil)"),
        f"The name of target column 1, '![a](http://evil)': {NAMES}",
        lambda at: rename(at, "y1", "a"),
    ),
    "duplicate names": (
        lambda at: rename(at, "x2", "x1"),
        "Two columns are called x1: rename one.",
        lambda at: rename(at, "x2", "x4"),
    ),
    "an input called like a target": (
        lambda at: rename(at, "x2", "y1"),
        "Two columns are called y1: rename one.",
        lambda at: rename(at, "y1", "goal"),
    ),
    "an empty name": (
        lambda at: rename(at, "x3", " "),
        "The name of input column 3 is empty: type one.",
        lambda at: rename(at, "x3", "last"),
    ),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_bad_columns(name: str) -> None:
    spoil, message, mend = COLUMNS[name]
    at = spoil(visit({"n": "60"}))
    assert messages(at) == [message]
    assert_still_shows(at, START)
    assert messages(mend(at)) == []


def test_a_65th_input() -> None:
    full = Experiment(inputs=tuple(tuple(float(i == j) for j in range(64)) for i in range(4)), epochs=60)
    at = press(visit(to_url(full)), "Add input")
    assert messages(at) == ["65 columns of inputs, at most 64: remove some."]
    assert_still_shows(at, full)
    press(at, "remove x65")
    assert_shows(at, full)


def test_the_last_input_removed() -> None:
    at = visit({"x": "0_1", "y": "0_1", "n": "60"})
    before = on_stage(at).experiment
    press(at, "remove x1")
    assert messages(at) == ["The table has no column of inputs: add one."]
    assert_still_shows(at, before)
    press(at, "Add input")
    assert_shows(at, replace(before, inputs=((0,), (0,))))


def test_every_row_held_out() -> None:
    at = turn(visit({"n": "60"}), "toggle", "holding", True)
    edit(at, {row: {"held": True} for row in range(4)})
    assert messages(at) == ["Every row is held out: leave at least one to train on."]
    assert_still_shows(at, START)
    edit(at, {row: {"held": True} for row in range(2)})
    assert_shows(at, replace(START, test_rows=(0, 1)))


def test_a_grid_of_bad_cells_survives_the_way_to_another_page() -> None:
    at = edit(visit({"n": "60"}), {0: {"x2": None, "x1": 7}})
    at.switch_page("pages/views/about.py").run()
    at.switch_page("pages/views/playground.py").run()
    assert messages(at) == ["Row 1, column x2 is empty: type a number."]
    edit(at, {0: {"x2": 5}})
    assert_shows(at, replace(START, inputs=((7, 5, 1), *START.inputs[1:])))
