"""Files of real programs come in as they were meant: their layout, their numbers and their names."""

import io

import numpy as np
import pandas as pd
import pytest

from pages.reading.edited_table import EditedTable
from pages.reading.sheets.column_roles import ColumnRoles, suggest_roles
from pages.reading.sheets.decoding import decode_text
from pages.reading.sheets.layout import Layout, guess_layout
from pages.reading.sheets.table import make_table
from tests.reading.sheets import DATA, LESSON, open_sheet, open_table


@pytest.mark.parametrize(
    ("name", "separator"),
    [("calc-german-utf8.csv", ";"), ("calc-german-ansi.csv", ";"), ("calc-unicode-tabs.csv", "\t")],
)
def test_a_german_spreadsheet(name: str, separator: str) -> None:
    data = (DATA / name).read_bytes()
    assert guess_layout(decode_text(data)[0]) == Layout(separator, header=True)
    assert bool(decode_text(data)[1]) == (name == "calc-german-ansi.csv")
    sheet = open_sheet(data)
    assert sheet.decimal == ","
    assert sheet.notes == (
        "Column 2, 'Wasser; ml je Tag', is now called Wasser ml je Tag.",
        "Column 3, 'Größe [cm]', is now called Größe (cm).",
        "Read as numbers: 4,5 is 4.5, -1,5 is -1.5.",
    )
    assert open_table(data)[0] == EditedTable(
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
        ("r-write-csv.csv", ["Column 1 is left out: it only numbers the rows, 1 to 150, first 1 in row 1."]),
        ("r-write-csv2.csv", []),
    ],
)
def test_iris_as_r_writes_it(name: str, notes: list[str]) -> None:
    iris, told = open_table((DATA / name).read_bytes())
    assert list(told) == ["Column Species: a column each for setosa, versicolor and virginica.", *notes]
    assert iris.inputs == ("Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width")
    assert iris.targets == ("setosa", "versicolor", "virginica")
    assert iris.rows[0] == (5.1, 3.5, 1.4, 0.2, 1, 0, 0)
    assert iris.rows[149] == (5.9, 3.0, 5.1, 1.8, 0, 0, 1)
    assert np.sum(iris.rows, axis=0)[4:].tolist() == [50, 50, 50]


def test_iris_of_scikit_learn_has_a_line_of_sizes_and_numbers_for_classes() -> None:
    sheet = open_sheet((DATA / "iris-scikit-learn.csv").read_bytes())
    assert sheet.notes == ("A line above the table is left out: '150,4,setosa...lor,virginica'.",)
    guess = suggest_roles(sheet, LESSON)
    assert guess == ColumnRoles((0, 1, 2, 3), (4,), ((4, "classes"),))
    iris, _ = make_table(sheet, guess)
    assert iris.targets == ("class 0", "class 1", "class 2")
    assert iris.rows[0] == (5.1, 3.5, 1.4, 0.2, 1, 0, 0)
    numbers, _ = make_table(sheet, ColumnRoles((0, 1, 2, 3), (4,)))
    assert {row[4] for row in numbers.rows} == {0, 1, 2}


@pytest.mark.parametrize("text", ["1, 2, 3\n4, 5, 9\n", "2 1\n3 4\n5 6\n", "2\t2\t0\n5\t6\t1\n7\t8\t1\n"])
def test_a_first_row_of_numbers_that_could_be_the_size_is_a_row_of_the_table(text: str) -> None:
    sheet = open_sheet(text.encode())
    assert sheet.notes == ()
    assert len(sheet.columns[0].cells) == text.count("\n")


def test_a_table_that_r_writes_without_a_name_over_the_row_names() -> None:
    women, _ = open_table((DATA / "r-write-table.tsv").read_bytes())
    assert (women.inputs, women.targets) == (("height",), ("weight",))
    assert (women.rows[0], women.rows[14]) == ((58, 115), (72, 164))


def test_rows_with_empty_cells_are_left_out_and_named_or_filled() -> None:
    path = DATA / "r-missing-cells.csv"
    sheet = open_sheet(path.read_bytes())
    air, notes = make_table(sheet, ColumnRoles((1, 2), (0,)))
    assert notes[:2] == (
        "4 rows are left out for empty cells in Solar.R and Ozone: rows 5, 6, 11 and 27.",
        "Rows 10, 25, 26, 32, 33, 34, 35 and more have no target: they are questions, which the network answers.",
    )
    frame = pd.read_csv(path)[["Solar.R", "Wind", "Ozone"]]
    labelled = [row for row in air.rows if row[2] is not None]
    assert np.array_equal(np.array(labelled), frame.dropna().to_numpy())
    whole, notes = make_table(sheet, ColumnRoles((2, 4), (3,)))
    assert len(whole.rows) == 40
    assert not any("empty" in note for note in notes)
    filled, notes = make_table(sheet, ColumnRoles((1, 2), (0,), missing="fill"))
    assert notes[0] == "Column Solar.R: 4 empty cells filled with the mean, 196.417 (rows 5, 6, 11 and 27)."
    mean = frame.assign(**{"Solar.R": frame["Solar.R"].fillna(frame["Solar.R"].mean())}).dropna()
    labelled = [row for row in filled.rows if row[2] is not None]
    assert np.allclose(np.array(labelled), mean.to_numpy(), rtol=1e-15)


def test_a_table_of_pandas_with_its_index_and_truths() -> None:
    data = (DATA / "pandas-to-csv.csv").read_bytes()
    wine, notes = open_table(data)
    assert notes == (
        "Column organic: True is 1, False is 0.",
        "Column target: a column each for 0, 1 and 2.",
        "Column 1 is left out: it only numbers the rows, 0 to 177, first 0 in row 1.",
    )
    frame = pd.read_csv(io.BytesIO(data), index_col=0)
    assert wine.inputs == ("alcohol", "ash", "flavanoids", "color_intensity", "organic")
    assert wine.targets == ("target 0", "target 1", "target 2")
    classes = pd.get_dummies(frame.pop("target"))
    assert np.array_equal(np.array(wine.rows), np.hstack([frame.to_numpy(dtype=float), classes.to_numpy(dtype=float)]))
