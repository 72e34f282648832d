"""The columns of a sheet: their names, their words, what is missing and what is neither number nor word."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, ExperimentError
from engine.model.table_validation import column_names
from pages.reading.edited_table import settings_of
from pages.reading.fit_network import fit_network
from pages.reading.sheets.column_roles import ColumnRoles
from pages.reading.sheets.column_values import Coding, describe_coding, possible_codings
from pages.reading.sheets.columns import clean_name
from pages.reading.sheets.table import make_table
from tests.engine.strategies import STEADY
from tests.reading.sheets import open_sheet, open_table


@STEADY
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
    sheet = open_sheet(text.getvalue().encode())
    assert sheet.names == (name, "out")
    assert bool(sheet.notes) == (given_name != name)


def test_a_column_of_two_words_is_0_and_1_said_and_reversible() -> None:
    sheet = open_sheet(b"size,ripe\n1,yes\n2,No\n3,YES\n4,no\n")
    column = sheet.columns[1]
    assert column.words == ("yes", "No")
    assert possible_codings(column) == ("second_is_1", "first_is_1", "classes")
    expected: list[tuple[Coding, tuple[tuple[float, ...], ...], str]] = [
        ("second_is_1", ((1,), (0,), (1,), (0,)), "yes is 1, No is 0"),
        ("first_is_1", ((0,), (1,), (0,), (1,)), "No is 1, yes is 0"),
        ("classes", ((1, 0), (0, 1), (1, 0), (0, 1)), "a column each for yes and No"),
    ]
    for coding, targets, words in expected:
        table, notes = make_table(sheet, ColumnRoles((0,), (1,), ((1, coding),)))
        assert tuple(row[1:] for row in table.rows) == targets
        assert notes == (f"Column ripe: {words}.",)
        assert describe_coding(column, coding) == words


def test_a_column_of_a_few_words_is_a_column_each() -> None:
    table, notes = open_table(b"weather,temp,play\nsunny,1,no\nrain,2,yes\nsunny,3,no\ncloudy,4,yes\n")
    assert table.inputs == ("weather sunny", "weather rain", "weather cloudy", "temp")
    assert table.rows[1] == (0, 1, 0, 2, 1)
    assert notes == (
        "Column weather: a column each for sunny, rain and cloudy.",
        "Column play: yes is 1, no is 0.",
    )


def test_empty_cells_of_words_are_filled_with_the_commonest() -> None:
    sheet = open_sheet(b"weather,temp,play\nsunny,1,0\n,2,1\nsunny,3,0\nrain,4,1\ncloudy,5,1\n")
    table, notes = make_table(sheet, ColumnRoles((0,), (2,), missing="fill"))
    assert table.rows[1] == (1, 0, 0, 1)
    assert "Column weather: 1 empty cell filled with the commonest, sunny (row 2)." in notes
    table, notes = make_table(sheet, ColumnRoles((0,), (2,)))
    assert "Row 2 is left out for an empty cell in weather." in notes
    assert len(table.rows) == 4


def test_a_target_is_never_made_up_and_the_mean_is_of_rows_trained_on() -> None:
    sheet = open_sheet(b"a,b,held out?\n1,2,0\n,3,0\n5,,0\n100,4,1\n")
    table, notes = make_table(sheet, ColumnRoles((0,), (1,), missing="fill"))
    assert table.rows == ((1, 2), (3, 3), (5, None), (100, 4))
    assert table.held_out == (False, False, False, True)
    assert notes == (
        "Column a: 1 empty cell filled with the mean, 3 (row 2).",
        "Row 3 has no target: it is a question, which the network answers.",
    )


def test_rows_without_targets_are_questions_those_with_some_are_left_out() -> None:
    sheet = open_sheet(b"a,sum,carry,held out?\n0,0,1,0\n1,1,0,0\n2,,,1\n3,1,,0\n,,,0\n4,,,0\n")
    table, notes = make_table(sheet, ColumnRoles((0,), (1, 2)))
    assert table.rows == ((0, 0, 1), (1, 1, 0), (2, None, None), (4, None, None))
    assert not any(table.held_out)
    assert notes == (
        "2 rows are left out for empty cells in a, sum and carry: rows 4 and 5.",
        "Rows 3 and 6 have no target: they are questions, which the network answers.",
    )
    experiment, _ = fit_network(table, settings_of(Experiment()))
    assert experiment.question_rows == (2, 3)


def test_a_table_of_questions_alone_is_none() -> None:
    with pytest.raises(ExperimentError, match="Every row has an empty cell in these columns"):
        make_table(open_sheet(b"a,b,c\n1,,1\n2,,3\n,4,4\n"), ColumnRoles((0, 2), (1,)))


def test_a_question_about_words_has_no_class() -> None:
    table, _ = make_table(open_sheet(b"a,b\n1,x\n2,y\n3,z\n4,x\n5,\n"), ColumnRoles((0,), (1,)))
    assert table.rows[-1] == (5, None, None, None)


@pytest.mark.parametrize("cell", ["-", "n.a.", ".", "#DIV/0!", "NA", "", "?"])
def test_one_missing_cell_leaves_the_column_a_column_of_numbers(cell: str) -> None:
    table, notes = open_table(f"a,b\n1,2\n{cell},3\n4,5\n".encode())
    assert table.rows == ((1, 2), (4, 5))
    assert notes == ("Row 2 is left out for an empty cell in a.",)


def test_a_cell_that_is_no_number_counts_as_empty_and_is_named() -> None:
    sheet = open_sheet(b"a,b\n1,2\noops,3\n4,5\n7,x\n8,y\n")
    assert sheet.notes == (
        "Column a, row 2: 'oops' is no number and counts as an empty cell.",
        "Column b, row 4: 'x' is no number, and so is 1 more: they count as empty cells.",
    )


@pytest.mark.parametrize(
    "last",
    ["Mean,4.6", "Summe;7", "total:,9", "Grand Total,9", "Gesamtsumme;9", "Итого,9", "Total général,9", "合計,9"],
)
def test_a_last_row_that_sums_up_is_left_out(last: str) -> None:
    mark = ";" if ";" in last else ","
    table, _ = open_table(f"a,b\n1,2\n3,4\n{last}\n".replace(",", mark).encode())
    assert table.rows == ((1, 2), (3, 4))
    (note,) = open_sheet(f"a,b\n1,2\n3,4\n{last}\n".replace(",", mark).encode()).notes
    assert note.startswith("Row 3 at the end sums up the others and is left out: ")


@pytest.mark.parametrize(
    ("last", "left"), [(",310,51.666666666666664", 3), (",310,155", 3), (",310,52", 4), ("Apr,310,155", 4)]
)
def test_a_last_row_without_a_name_is_left_out_where_it_sums_up(last: str, left: int) -> None:
    text = f"month,sales,cost\nJan,100,50\nFeb,120,60\nMar,90,45\n{last}\n"
    assert len(open_table(text.encode())[0].rows) == left


def test_a_word_that_only_looks_like_a_sum_is_kept() -> None:
    table, _ = open_table(b"how,a\nmax,1\nmin,2\nmax,3\n")
    assert len(table.rows) == 3


def test_plus_and_minus_are_words() -> None:
    table, notes = open_table(b"a,test\n1,+\n2,-\n3,+\n")
    assert [row[1] for row in table.rows] == [1, 0, 1]
    assert notes == ("Column test: + is 1, - is 0.",)


def test_every_column_that_is_left_out_says_why_with_the_cell() -> None:
    text = "who,always,empty,few,a,b\n" + "".join(
        f"name {n},x,,{'7' if n == 3 else ''},{n * n},{n}\n" for n in range(1, 8)
    )
    sheet = open_sheet(text.encode())
    assert sheet.notes == ("Column 3, empty, is empty: it is left out.",)
    table, notes = open_table(text.encode())
    assert (table.inputs, table.targets) == (("a",), ("b",))
    assert notes == (
        "Column who is left out: it has 7 different words, first 'name 1' in row 1.",
        "Column always is left out: it has one word only, first 'x' in row 1.",
        "Column few is left out: 6 of 7 cells are empty, the first in row 1.",
    )
    _, notes = make_table(sheet, ColumnRoles((3,), (4,)))
    assert notes[-1] == "Column few is left out: it is not chosen."


def test_a_column_of_one_value_is_told() -> None:
    _, notes = open_table(b"a,b,c\n1,1,2\n2,1,3\n4,1,5\n")
    assert notes == ("Column b is 1 in every row: it tells no row from another.",)


def test_a_file_of_words_alone() -> None:
    with pytest.raises(ExperimentError) as caught:
        open_table(b"a,b\nhello,one\nworld,two\nfoo,three\nbar,four\n")
    assert str(caught.value) == (
        "No column can be used. Column a: it has 4 different words, first 'hello' in row 1. "
        "Column b: it has 4 different words, first 'one' in row 1."
    )


def test_what_is_in_doubt_is_asked_with_its_place() -> None:
    with pytest.raises(ExperimentError) as caught:
        open_table(b"size;rent\n2,104;3\n1,600;4\n1,700;5\n")
    assert str(caught.value) == "Column size, row 1: 2,104 can be 2104 or 2.104. Say what parts decimals."
