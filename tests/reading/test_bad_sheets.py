"""A file that cannot be read is refused in words, and none, whatever is in it, costs much work or memory."""

import sys
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Experiment, ExperimentError
from pages.reading.edited_table import settings_of
from pages.reading.fit_network import fit_network
from tests.engine.strategies import MANY, STEADY
from tests.reading.sheets import open_sheet, open_table

CALLS = 500_000
"""The most calls of functions that a file may cost, twenty a cell of the largest: less than a twentieth of a second."""

BYTES = 50_000_000


def refusal(data: bytes) -> str:
    with pytest.raises(ExperimentError) as caught:
        open_table(data)
    assert len(str(caught.value)) < 300
    return str(caught.value)


def looked_at(data: bytes) -> int:
    """How many functions are called to read a file or refuse it: work that is the same on every machine."""
    calls = 0

    def count(_frame: object, event: str, _called: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        open_table(data)
    except ExperimentError:
        pass
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "There is nothing in it."),
        (b"\xef\xbb\xbf\n \n", "There is nothing in it."),
        (b",,,\n,,\n", "no rows"),
        (b"a,b\n", "names but no rows"),
        (b"a\n1\n2\n", "two columns or more"),
        (b"a,b\n1,2\n3\n", "Line 3 has 1 cells where others have 2"),
        (b"sep=,\na,b\n1,2\n\n3,4,5\n", "Line 5 has 3 cells where others have 2"),
        (b'a,b\n1,"2\n3,4\n', "quotation mark"),
        (b'a,b\n1,"2"3\n', "quotation mark"),
        (b"a,b\n1," + b"2" * 200_000 + b"\n", "too long"),
        (b"PK\x03\x04rest of an archive", "save it as CSV"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        (b"a,b\n1,\x002\n", "not text"),
        ("a,b\n1,2\n".encode("utf-16-le"), "not text"),
        ("a,b\n1,2\n".encode("utf-32"), "not text"),
        (b"\xff\xfea", "not text"),
        (b"a,\x81\n1,2\n", "not text"),
        (b"a,b\n1,1e308\n", "Row 1, column b: 1e+308 is too large"),
        (b"a,b\n1,2\n1e999,3\n", "Row 2, column a: a number of more than 300 digits is too large"),
        (b"a,b\n,2\n1,\n", "Every row has an empty cell"),
        (b"a,b\nx,1\nx,2\n", "Choose an input"),
        (b"a,b\nx,1\nx,2\n", "Column a: it has one word only, first 'x' in row 1."),
        (b'[{"a": 1, "b": 2}, {"a": 3, "b": 4}]', "This is JSON: save the table as CSV"),
        (b'{"a": [1, 2], "b": [3, 4]}', "This is JSON: save the table as CSV"),
        (b"<!DOCTYPE html><html><body><table><tr><td>1", "This is a web page"),
        (b"a,b\n1," + b"9" * 400 + b"\n2,3\n", "Row 1, column b: a number of more than 300 digits is too large"),
        (b"\xd0\xcf\x11\xe0an old spreadsheet", "save it as CSV"),
        (b"1,2,3,4,5,6,7,8,9,10\n" * 10_000, "more than 1,000 rows"),
        (b",".join(b"c%d" % i for i in range(5_000)) + b"\n" + b"1," * 4_999 + b"1\n", "5,000 columns, at most 100"),
        (b"a,b\n" + b"1,2\n" * 1_001, "more than 1,000 rows"),
        (b"1," * 500_000, "columns, at most 100"),
        (b"\n" * 300_000 + b"1", "more than 20,000 lines"),
        (b'"\n7",' * 200_000, "more than 20,000 lines"),
        (b'"\n' * 500_000, "more than 20,000 lines"),
        (b"1,2\n" + b",\n" * 300_000, "more than 20,000 lines"),
        (b"1,2\n" * 200_000, "more than 1,000 rows"),
        (b"1,2,3,4,5,6,7,8,9,10\n" * 501, "5,010 cells in these columns, at most 5,000"),
        ((b",".join([b"1"] * 100) + b"\n") * 251, "more than 250 rows of 100 columns"),
        (b'"",' * 300_000, "300,001 columns"),
        (b"," * 1_000_000, "no rows"),
        (b"a,b\n1,2\n" * 1_000_000, "MB, at most 1 is read"),
    ],
    ids=range(41),
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, words: str) -> None:
    assert words in refusal(data)
    assert looked_at(data) < CALLS
    tracemalloc.start()
    with pytest.raises(ExperimentError):
        open_table(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < BYTES


@pytest.mark.parametrize("cell", ["1.2345678", "-1", "word", '"1,234.5"', "", " 7 ", "1e3", "NA"])
def test_the_largest_file_is_read_without_much_ado(cell: str) -> None:
    row = ",".join([cell] * 23)
    data = "".join(f"{row},{n},{n % 3}\n" for n in range(1_000)).encode()
    sheet = open_sheet(data)
    size = len(sheet.columns) * len(sheet.columns[0].cells)
    assert size == (25_000 if cell not in ("", "NA") else 2_000)
    assert looked_at(data) < CALLS


@settings(STEADY, max_examples=60)
@given(st.text('12.,;\t\n\r"ab-=e \u2212é', min_size=1, max_size=9), st.text('1,;\n"', max_size=9))
def test_nothing_repeated_up_to_the_largest_size_costs_much(unit: str, end: str) -> None:
    data = f"{unit * (2**20 // len(unit.encode()) - 10)}{end}".encode()
    assert looked_at(data[: 2**20]) < CALLS


@MANY
@given(
    st.binary(max_size=80)
    | st.text(max_size=80).map(str.encode)
    | st.text('12.,;\t\n"ab-=', max_size=80).map(str.encode)
)
def test_any_bytes_give_a_table_or_a_refusal(data: bytes) -> None:
    try:
        found, notes = open_table(data)
        fit_network(found, settings_of(Experiment()))
    except ExperimentError as error:
        notes = (str(error),)
    assert all(len(note) < 300 for note in notes)
