"""The reader of cells by itself: what it says of each, and that nothing that anybody types breaks it."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.reading.cell_block import read_block
from pages.reading.cells import cell_text, read_cell, read_whole_number, unambiguous_text
from pages.reading.number_spelling import number_meanings
from tests.engine.strategies import MANY

SIGNS = "0123456789.,' -+()%$€/^*xeE½\u2019\u00a0\u2212\u0663\u00b2#!?nNaA\n\t"
HOSTILE = st.text(SIGNS, max_size=40) | st.text(max_size=30)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("7", ""),
        ("0.5", ""),
        ("1e5", ""),
        (" 7 ", ""),
        ("0,5", "0.5"),
        ("$1,200", "1200"),
        ("25%", "0.25"),
        ("½", "0.5"),
    ],
)
def test_what_was_read_other_than_typed_is_known(text: str, read_as: str) -> None:
    assert read_cell(text).read_as == read_as


def test_a_decimal_mark_that_was_said_holds_and_is_shown() -> None:
    assert (read_cell("2.104", ",").value, read_cell("2.104", ",").read_as) == (2104.0, "2104")


def test_an_ambiguous_cell_says_both_meanings() -> None:
    cell = read_cell(" 2,104 ")
    assert (cell.kind, cell.value, cell.cell) == ("ambiguous", None, "2,104")
    assert cell.meanings == (2104.0, 2.104)
    assert cell.question == "2,104 can be 2104 or 2.104"


@pytest.mark.parametrize(
    ("text", "value"),
    [("10,000", 10_000), ("-2.104", -2104), ("2,104", 2104), ("1e3", 1000), ("7", 7), ("1,5", 1.5), ("", None)],
)
def test_where_whole_numbers_belong_a_mark_of_doubt_parts_thousands(text: str, value: float | None) -> None:
    assert read_whole_number(text).value == value


@pytest.mark.parametrize(
    ("value", "text"), [(2.104, "2.1040"), (2104.0, "2104"), (0.5, "0.5"), (1e-5, "1e-05"), (-1.25, "-1.25")]
)
def test_a_number_can_be_typed_so_that_nobody_is_in_doubt(value: float, text: str) -> None:
    assert unambiguous_text(value) == text
    assert read_block([[text, "852"]]).columns[0][0].value == value
    assert read_cell("2,104").answers == "2104 or 2.1040"


def test_zeros_keep_their_signs() -> None:
    cells = read_block([[0.0, -0.0, "0", "-0"]]).columns[0]
    assert [str(cell.value) for cell in cells] == ["0.0", "-0.0", "0.0", "-0.0"]


def test_what_is_no_text_is_read_too() -> None:
    assert [read_cell(value).cell for value in (1.5, 2, None, float("nan"))] == [1.5, 2.0, None, None]
    assert read_cell(["a"]).cell == "['a']"


def test_a_cell_is_written_with_every_digit_it_has() -> None:
    assert [cell_text(value) for value in (0.1 + 0.2, 3.0, None, "abc")] == ["0.30000000000000004", "3", "", "abc"]


def test_columns_tell_each_other_what_parts_decimals() -> None:
    block = read_block([["2,104", "1,600"], ["0", "1"], ["1.5", "2"]])
    assert block.decimal == "."
    assert [cell.value for cell in block.columns[0]] == [2104.0, 1600.0]
    other = read_block([["2,104", "1,600"], ["0", "1"], ["1,5", "2"]])
    assert (other.decimal, other.columns[0][0].value) == (",", 2.104)
    assert read_block([["2,104", "1,600"], ["852", "1"]]).question == (0, 0, read_cell("2,104"))


def test_columns_may_differ() -> None:
    block = read_block([["1,5"], ["1.5"], ["2,104"]])
    assert (block.decimal, block.is_mixed) == ("", True)
    assert [column[0].cell for column in block.columns] == [1.5, 1.5, "2,104"]


def test_two_decimal_marks_in_one_column_are_named_with_their_places() -> None:
    block = read_block([["7", "0,5", "0.25"]], ["size"])
    assert block.notes[0] == (
        "Column size has two decimal marks: 0,5 in row 2 and 0.25 in row 3. Each is read as it is written."
    )
    assert [cell.value for cell in block.columns[0]] == [7.0, 0.5, 0.25]
    assert read_block([["0,5", "0.25"]], decimal=",").columns[0][1].kind == "text"


def test_one_number_of_every_kind_that_was_read_otherwise_is_shown() -> None:
    block = read_block([["4,5", "5,5", "-1,5", "25%", "7", "1/3", "½"]])
    assert block.notes == (
        "Read as numbers: 4,5 is 4.5, -1,5 is -1.5, 25% is 0.25, 1/3 is 0.3333333333333333 and more.",
    )


@pytest.mark.parametrize("text", ["9" * 400, "1" + "," + "0" * 998, "(" + " " * 990 + "1", "1e" + "9" * 900, "½" * 900])
def test_a_number_of_hundreds_of_digits_is_one_or_none(text: str) -> None:
    point, comma = number_meanings(text)
    for value in (point, comma):
        assert value is None or not math.isnan(value)
    assert number_meanings("9" * 400)[0] == math.inf
    assert number_meanings("9" * 1_001) == (None, None)


@MANY
@given(HOSTILE)
def test_any_text_is_a_number_nothing_a_text_or_asked(text: str) -> None:
    cell = read_cell(text)
    assert (cell.value is not None) == (cell.kind == "number")
    assert (len(cell.meanings) == 2) == (cell.kind == "ambiguous")
    assert cell.kind != "number" or not math.isnan(cell.value or 0)
    assert len(set(cell.meanings)) == len(cell.meanings)
    if cell.kind == "text":
        assert cell.cell == text.strip()


@MANY
@given(st.lists(st.lists(HOSTILE | FLOATS | st.none(), max_size=6), max_size=4))
def test_any_block_is_read_and_what_a_cell_says_beyond_doubt_stays(columns: list[list[object]]) -> None:
    block = read_block(columns)
    for column, readings in zip(columns, block.columns, strict=True):
        assert len(column) == len(readings)
        for value, cell in zip(column, readings, strict=True):
            alone = read_cell(value)
            if alone.kind == "ambiguous":
                assert cell.kind == "ambiguous" or cell.value in alone.meanings
            elif alone.kind != "number" or not isinstance(value, str) or None in number_meanings(value):
                assert cell == alone


@MANY
@given(FLOATS)
def test_a_number_as_the_page_writes_it_comes_back_to_the_bit(value: float) -> None:
    assert read_cell(cell_text(value)).value == value
    assert read_cell(cell_text(value)).read_as == ""


@MANY
@given(
    st.decimals(-(10**9), 10**9, places=2),
    st.sampled_from([(".", ","), (",", "."), (",", "\u202f"), (".", "'"), (",", " "), (".", "\u2019"), (".", "")]),
)
def test_a_number_of_two_decimals_is_understood_in_every_locale(number: Decimal, marks: tuple[str, str]) -> None:
    decimal, thousands = marks
    text = f"{number:,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", thousands)
    assert read_cell(text).value == float(number)
    assert read_cell(text.replace("-", "\u2212")).value == float(number)


@MANY
@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=8), st.sampled_from(",."))
def test_grouped_whole_numbers_are_understood_or_asked(numbers: list[int], mark: str) -> None:
    texts = [f"{number:,}".replace(",", mark) for number in numbers]
    cells = read_block([texts]).columns[0]
    for number, cell in zip(numbers, cells, strict=True):
        if cell.kind == "number" and not (mark == "." and cell.read_as == ""):
            assert cell.value == number
    if mark == "," and max(numbers) >= 10**6:
        assert [cell.value for cell in cells] == numbers
