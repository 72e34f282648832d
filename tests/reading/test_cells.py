"""Numbers as people type and paste them: decimal commas, exponents, and what is no number at all."""

import pytest

from engine import Experiment
from pages.reading.cells import cell_text, read_cell
from tests.pages.visit import assert_shows, assert_still_shows, edit, messages, on_stage, visit


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.5", 1.5),
        ("1,5", 1.5),
        (" 7 ", 7.0),
        ("-2", -2.0),
        ("\u22122", -2.0),
        ("1e3", 1000.0),
        (",5", 0.5),
        ("5.", 5.0),
    ],
)
def test_a_number_is_understood_however_it_is_written(typed: str, number: float) -> None:
    assert read_cell(typed) == number
    at = edit(visit(), {0: {"x2": typed}})
    assert_shows(at, Experiment(inputs=((0, number, 1), (1, 1, 1), (1, 0, 1), (0, 1, 1))))


@pytest.mark.parametrize("typed", ["abc", "1.2.3", "1,234,567", "inf", "nan", "0x10", "1_0", "=1+1"])
def test_what_is_no_number_is_named_with_its_place(typed: str) -> None:
    at = visit()
    before = on_stage(at).experiment
    edit(at, {2: {"y1": typed}})
    assert messages(at) == [f"Row 3, column y1: {typed!r} is not a number."]
    assert_still_shows(at, before)


def test_a_cell_is_written_with_every_digit_it_has() -> None:
    assert [cell_text(value) for value in (0.1 + 0.2, 3.0, None, "abc")] == ["0.30000000000000004", "3", "", "abc"]
