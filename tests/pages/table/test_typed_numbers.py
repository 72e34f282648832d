"""Numbers typed into the grid: decimal commas, per cent, thousands, and what is no number or one of two."""

import pytest

from engine import Experiment
from tests.pages.visit import assert_shows, assert_still_shows, edit, grid, messages, on_stage, press, visit


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.5", 1.5),
        ("1,5", 1.5),
        (" 7 ", 7.0),
        ("\u22122", -2.0),
        ("1e3", 1000.0),
        (",5", 0.5),
        ("1,234,567", 1_234_567.0),
        ("25%", 0.25),
        ("1/4", 0.25),
        ("$1,200", 1200.0),
        ("1'250", 1250.0),
    ],
)
def test_a_number_is_understood_however_it_is_written(typed: str, number: float) -> None:
    at = edit(visit(), {0: {"x2": typed}})
    assert_shows(at, Experiment(inputs=((0, number, 1), (1, 1, 1), (1, 0, 1), (0, 1, 1))))


def test_a_column_decides_together() -> None:
    at = edit(visit(), {0: {"x1": "2,104"}, 1: {"x1": "1,600"}, 2: {"x1": "852"}})
    assert_shows(at, Experiment(inputs=((2104, 0, 1), (1600, 1, 1), (852, 0, 1), (0, 1, 1))))


@pytest.mark.parametrize("typed", ["abc", "1.2.3", "inf", "0x10", "1_0", "=1+1"])
def test_what_is_no_number_is_named_with_its_place(typed: str) -> None:
    at = visit()
    before = on_stage(at).experiment
    edit(at, {2: {"y1": typed}})
    assert messages(at) == [f"Row 3, column y1: {typed!r} is not a number."]
    assert_still_shows(at, before)


def test_a_number_beyond_a_float_stays_the_text_that_was_typed_and_undo_brings_it_back() -> None:
    at = edit(visit(), {2: {"x1": "-1e400"}})
    words = ["Row 3, column x1: '-1e400' is too large: stay within 1,000,000,000."]
    assert messages(at) == words
    edit(at, {2: {"x1": "-1e400"}, 3: {"x1": "5"}})
    press(at, "undo")
    assert messages(at) == words
    assert grid(at)["x1"].tolist() == ["0", "1", "-1e400", "0"]


@pytest.mark.parametrize("typed", ["nan", "-", "n.a.", " "])
def test_what_says_that_there_is_nothing_is_an_empty_cell(typed: str) -> None:
    at = visit()
    before = on_stage(at).experiment
    edit(at, {2: {"x1": typed}})
    assert messages(at) == ["Row 3, column x1 is empty: type a number."]
    assert_still_shows(at, before)


def test_one_of_two_numbers_is_asked_and_decided_by_what_comes_later() -> None:
    at = visit()
    before = on_stage(at).experiment
    edit(at, {0: {"x1": "2,104"}})
    assert messages(at) == ["Row 1, column x1: 2,104 can be 2104 or 2.104: type 2104 or 2.1040."]
    assert_still_shows(at, before)
    edit(at, {0: {"x1": "2,104"}, 1: {"x1": "0,5"}})
    assert_shows(at, Experiment(inputs=((2.104, 0, 1), (0.5, 1, 1), (1, 0, 1), (0, 1, 1))))
