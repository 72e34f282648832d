"""Files of real programs come in as they were meant: their layout, their numbers and their names."""

import csv
import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.table_validation import column_names
from pages.reading.column_roles import ColumnRoles, make_table, suggest_roles
from pages.reading.csv_cells import read_value
from pages.reading.csv_columns import clean_name
from pages.reading.csv_text import Layout, decode_text, guess_layout
from pages.reading.edited_table import EditedTable
from tests.reading.tables import DATA, LESSON, table, taken

# Files of real programs


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("calc-german-utf8.csv", Layout(";", ",", True)),
        ("calc-german-ansi.csv", Layout(";", ",", True)),
        ("calc-unicode-tabs.csv", Layout("\t", ",", True)),
    ],
)
def test_a_german_spreadsheet(name: str, layout: Layout) -> None:
    data = (DATA / name).read_bytes()
    assert guess_layout(decode_text(data)[0]) == layout
    assert bool(decode_text(data)[1]) == (name == "calc-german-ansi.csv")
    sheet = taken(data)
    assert sheet.notes == (
        "Column 2, 'Wasser; ml je Tag', is now called Wasser ml je Tag.",
        "Column 3, 'Größe [cm]', is now called Größe (cm).",
    )
    assert table(data)[0] == EditedTable(
        ("Licht (h)", "Wasser ml je Tag", "Größe (cm)", "Temperatur"),
        ("wächst",),
        (
            (4.5, 120, 10.25, -1.5, 0),
            (8, 200, 12.5, 18, 1),
            (6.25, 1250.5, 11, 21.5, 1),
            (2, 80, 9.75, 4, 0),
            (10.5, 150, 14.125, 25, 1),
            (3, 60, 8.5, -4.25, 0),
        ),
        (False,) * 6,
    )


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("r-write-csv.csv", ("The first column has no name and only labels the rows: it is left out.",)),
        ("r-write-csv2.csv", ()),
    ],
)
def test_iris_as_r_writes_it(name: str, notes: tuple[str, ...]) -> None:
    data = (DATA / name).read_bytes()
    assert taken(data).notes == notes
    iris, left_out = table(data)
    assert left_out == ()
    assert iris.inputs == ("Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width")
    assert iris.targets == ("setosa", "versicolor", "virginica")
    assert iris.rows[0] == (5.1, 3.5, 1.4, 0.2, 1, 0, 0)
    assert iris.rows[149] == (5.9, 3.0, 5.1, 1.8, 0, 0, 1)
    assert np.sum(iris.rows, axis=0)[4:].tolist() == [50, 50, 50]


def test_iris_of_scikit_learn_has_numbers_for_classes() -> None:
    sheet = taken((DATA / "iris-scikit-learn.csv").read_bytes())
    assert sheet.names == ("150", "4", "setosa", "versicolor", "virginica")
    guess = suggest_roles(sheet, LESSON)
    assert guess == ColumnRoles((0, 1, 2, 3), (4,))
    numbers, _ = make_table(sheet, guess)
    assert {row[4] for row in numbers.rows} == {0, 1, 2}
    spread, _ = make_table(sheet, replace(guess, classes=(4,)))
    assert spread.targets == ("virginica 0", "virginica 1", "virginica 2")
    assert spread.rows[0] == (5.1, 3.5, 1.4, 0.2, 1, 0, 0)


def test_a_table_that_r_writes_without_a_name_over_the_row_names() -> None:
    women, _ = table((DATA / "r-write-table.tsv").read_bytes())
    assert (women.inputs, women.targets) == (("height",), ("weight",))
    assert (women.rows[0], women.rows[14]) == ((58, 115), (72, 164))


def test_rows_with_empty_cells_are_left_out_and_named() -> None:
    path = DATA / "r-missing-cells.csv"
    sheet = taken(path.read_bytes())
    air, notes = make_table(sheet, ColumnRoles((1, 2), (0,)))
    assert notes == ("Rows 5, 6, 10, 11, 25, 26, 27 and more are left out for empty cells.",)
    complete = pd.read_csv(path)[["Solar.R", "Wind", "Ozone"]].dropna()
    assert len(air.rows) == 26
    assert np.array_equal(np.array(air.rows), complete.to_numpy())
    whole, notes = make_table(sheet, ColumnRoles((2, 4), (3,)))
    assert (len(whole.rows), notes) == (40, ())


def test_a_table_of_pandas_with_its_index_and_truths() -> None:
    data = (DATA / "pandas-to-csv.csv").read_bytes()
    wine, notes = table(data)
    frame = pd.read_csv(io.BytesIO(data), index_col=0)
    assert notes == ()
    assert wine.inputs == ("alcohol", "ash", "flavanoids", "color_intensity", "target")
    assert wine.targets == ("organic",)
    assert np.array_equal(np.array(wine.rows), frame.to_numpy(dtype=float))


# Layouts


@pytest.mark.parametrize(
    ("text", "layout", "rows"),
    [
        ("a,b\n1,2\n", Layout(",", ".", True), ((1, 2),)),
        ("1,2\n3,4\n", Layout(",", ".", False), ((1, 2), (3, 4))),
        ("5.1,yes\n4.9,no\n", Layout(",", ".", False), ((5.1, 1, 0), (4.9, 0, 1))),
        ("a;b\n0,5;1\n", Layout(";", ",", True), ((0.5, 1),)),
        ("0,5;1\n0,25;0\n", Layout(";", ",", False), ((0.5, 1), (0.25, 0))),
        ("a;b\n0.5;1\n", Layout(";", ".", True), ((0.5, 1),)),
        ("a\tb\r\n1\t2\r\n\r\n", Layout("\t", ".", True), ((1, 2),)),
        ("a,b\r1,2\r", Layout(",", ".", True), ((1, 2),)),
        ("sep=;\r\na;b\r\n1;2\r\n", Layout(";", ".", True), ((1, 2),)),
        ('"a, or so","b ""c"""\n"0,5","1"\n', Layout(",", ",", True), ((0.5, 1),)),
        ('a,b\n"1,234",5\n', Layout(",", ".", True), ((1234, 5),)),
        ("a;b\n1.234,5;1\n", Layout(";", ",", True), ((1234.5, 1),)),
        ("a,b,\n1,2,\n3,4,\n", Layout(",", ".", True), ((1, 2), (3, 4))),
        ("a,b\n1,2\n,,\n,\n3,4", Layout(",", ".", True), None),
        ("a,b\n1,2\n,\n3,4", Layout(",", ".", True), ((1, 2), (3, 4))),
        ("a;b\n" + "1;2\n" * 60 + "0,5;2\n", Layout(";", ",", True), ((1, 2),) * 60 + ((0.5, 2),)),
        ("a;b\n\u22121,5;1e-3\n", Layout(";", ",", True), ((-1.5, 0.001),)),
    ],
)
def test_layouts(text: str, layout: Layout, rows: tuple[tuple[float, ...], ...] | None) -> None:
    assert guess_layout(text) == layout
    if rows is not None:
        assert table(text.encode())[0].rows == rows
        assert table(text.encode("utf-8-sig"))[0].rows == rows
        assert table(text.encode("utf-16"))[0].rows == rows


@pytest.mark.parametrize("text", ["1,5", "1,23,4", "1.2.3", "0x10", "1_000", "inf", "1 2", "--1", "1e", "."])
def test_what_is_no_number(text: str) -> None:
    assert read_value(text, ".") == text


@pytest.mark.parametrize("text", ["1.5", "1,2,3", "1.23.4", ","])
def test_what_is_no_number_with_a_decimal_comma(text: str) -> None:
    assert read_value(text, ",") == text


# Names


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=5))
def test_a_cleaned_name_is_one_that_an_experiment_takes(name: str, others: list[str]) -> None:
    names: list[str] = []
    for at, given_name in enumerate([name, *others, name]):
        names.append(clean_name(given_name, names, f"column {at + 1}"))
    assert column_names("input_names", names, "x", len(names)) == tuple(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("Sepal.Length", "Sepal.Length"),
        ("=cmd()|'/C calc'!A0", "cmd() /C calc A0"),
        ("<script>alert(1)</script>", "script alert(1) /script"),
        ("$x^2$", "x 2"),
        ("__import__('os')", "import__( os )"),
        ("_id", "id"),
        ("\U0001f34e", "column 1"),
        ("a" * 50, "a" * 24),
    ],
)
def test_names_become_harmless_and_it_is_said(given_name: str, name: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([(given_name, "out"), (1, 2)])
    sheet = taken(text.getvalue().encode())
    assert sheet.names == (name, "out")
    assert bool(sheet.notes) == (given_name != name)
