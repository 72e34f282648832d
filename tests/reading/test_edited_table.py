"""The grid's table: what is typed into it is read by columns, and what is in doubt stays as it was typed."""

import pytest

from engine import Experiment, ExperimentError
from pages.reading.bad_cells import bad_cells
from pages.reading.edited_table import EditedTable, settings_of

START = EditedTable.from_experiment(Experiment())
SETTINGS_OF_LESSON = settings_of(Experiment())


def edit(**columns: list[object]) -> dict[str, object]:
    rows: dict[str, dict[str, object]] = {}
    for column, cells in columns.items():
        for row, cell in enumerate(cells):
            rows.setdefault(str(row), {})[column] = cell
    return {"edited_rows": rows}


def test_a_column_decides_together() -> None:
    table = START.with_edits(edit(x2=["2,104", "1,600", "852", "7"]))
    assert [row[1] for row in table.rows] == [2104, 1600, 852, 7]
    table = START.with_edits(edit(x2=["2,104", "0,15"], x1=["1,500"]))
    assert [row[1] for row in table.rows[:2]] == [2.104, 0.15]
    assert table.rows[0][0] == 1.5


def test_a_column_without_texts_is_left_alone() -> None:
    assert START.with_edits({}) == START
    assert START.with_numbers() is START


def test_what_is_in_doubt_is_asked_with_its_place_and_decided_by_what_comes_later() -> None:
    table = START.with_edits(edit(y1=["0", "2,104"]))
    assert table.rows[1][3] == "2,104"
    with pytest.raises(ExperimentError) as caught:
        table.experiment(SETTINGS_OF_LESSON)
    assert caught.value.field == "targets"
    assert str(caught.value) == "Row 2, column y1: 2,104 can be 2104 or 2.104: type 2104 or 2.1040."
    assert table.with_edits(edit(y1=["0,5"])).rows[1][3] == 2.104


@pytest.mark.parametrize("text", ["1e400", "-1e400", "1·10^400", "9" * 400, "1e400%"])
def test_a_number_beyond_a_float_stays_as_it_was_typed(text: str) -> None:
    table = START.with_edits(edit(x1=["0", text], y1=["0.5", text]))
    assert (table.rows[1][0], table.rows[1][3]) == (text, text)
    assert [(cell.row, cell.column) for cell in bad_cells(table)] == [(1, "x1"), (1, "y1")]
    with pytest.raises(
        ExperimentError, match=r"^Row 2, column x1: '.* is too large: stay within 1,000,000,000\.$"
    ) as refused:
        table.experiment(SETTINGS_OF_LESSON)
    assert str(refused.value) == bad_cells(table)[0].message


def test_a_point_in_doubt_stays_in_doubt() -> None:
    table = START.with_edits(edit(x1=["2.104", "1.600", "852"]))
    assert [row[0] for row in table.rows] == ["2.104", "1.600", "852", 0]
    with pytest.raises(ExperimentError, match=r"2\.104 can be 2\.104 or 2104"):
        table.experiment(SETTINGS_OF_LESSON)
    assert table.with_edits({}) == table


def test_the_way_out_of_a_question_is_one() -> None:
    asked = START.with_edits(edit(x1=["2.104", "1.600", "852"]))
    with pytest.raises(ExperimentError, match=r"type 2\.1040 or 2104\.$"):
        asked.experiment(SETTINGS_OF_LESSON)
    assert [row[0] for row in asked.with_edits(edit(x1=["2.1040"])).rows[:3]] == [2.104, 1.6, 852]


def test_numbers_of_the_page_say_nothing_of_what_is_typed_beside_them() -> None:
    table = START.with_edits(edit(x1=["852", "900"])).with_edits(edit(x1=["2.104"]))
    assert [row[0] for row in table.rows[:2]] == [2.104, 900]


def test_readings_say_what_was_read_other_than_typed() -> None:
    typed = START.with_texts(edit(x1=["0,5", "n.a.", "abc", "25%"]))
    assert {place: (cell.kind, cell.read_as) for place, cell in typed.readings().items() if place[1] == "x1"} == {
        (0, "x1"): ("number", "0.5"),
        (1, "x1"): ("missing", ""),
        (2, "x1"): ("text", ""),
        (3, "x1"): ("number", "0.25"),
    }
    assert [row[0] for row in typed.with_numbers().rows] == [0.5, None, "abc", 0.25]


def test_rows_that_were_added_and_deleted() -> None:
    table = START.with_edits({"deleted_rows": [0, 1], "added_rows": [{"x1": "1/2", "x2": "½", "x3": "1", "y1": " "}]})
    assert len(table.rows) == 3
    assert table.rows[2] == (0.5, 0.5, 1, None)
