"""Operations from the map: applied as the grid's own edits are, each once, and whatever a browser sends is refused."""

import math
from typing import Any

import pytest

from engine import LIMITS, Experiment, ExperimentError
from pages.reading.edited_table import EditedTable
from pages.reading.pictures.operations import read_operations
from pages.reading.pictures.table_operations import most_rows, table_edits

TABLE = EditedTable(
    ("a", "b"),
    ("c",),
    ((0.0, 0.0, 0.0), (0.0, 1.0, 1.0), (1.0, 0.0, None), (1.0, 1.0, 0.0)),
    (False, False, False, True),
)


def apply(table: EditedTable, *told: dict[str, Any]) -> EditedTable:
    for operation in read_operations(list(told), 0):
        table = table.with_edits(table_edits(operation, table))
    return table


def move(number: int, row: object, were: object, inputs: object) -> dict[str, Any]:
    return {"n": number, "kind": "move", "row": row, "were": [were], "inputs": inputs}


def test_a_point_is_a_new_last_row() -> None:
    table = apply(TABLE, {"n": 1, "kind": "add", "rows": [[0.5, 0.25, 1], [2, 3, None]]})
    assert table.rows == (*TABLE.rows, (0.5, 0.25, 1.0), (2.0, 3.0, None))
    assert table.held_out == (*TABLE.held_out, False, False)


def test_a_moved_point_keeps_what_is_not_on_the_map() -> None:
    table = apply(TABLE, move(1, 3, [1, 1], [[1, 0.5]]))
    assert table.rows == (*TABLE.rows[:3], (1.0, 0.5, 0.0))
    assert table.held_out == TABLE.held_out


def test_rows_held_out_and_questions_stay_what_they_are_when_others_are_deleted() -> None:
    table = apply(TABLE, {"n": 1, "kind": "delete", "rows": [0], "were": [[0, 0]]})
    assert table.rows == TABLE.rows[1:]
    assert table.held_out == (False, False, True)
    e = table.experiment({})
    assert (e.question_rows, e.test_rows) == ((1,), (2,))


def test_operations_come_in_the_order_of_their_numbers_and_each_once() -> None:
    told = [{"n": n, "kind": "undo"} for n in (5, 3, 3, 9, 4)]
    assert [operation.number for operation in read_operations(told, 3)] == [4, 5, 9]


def test_a_row_is_found_where_the_grid_has_put_it_meanwhile() -> None:
    shorter = apply(TABLE, {"n": 1, "kind": "delete", "rows": [0], "were": [[0, 0]]})
    assert apply(shorter, move(2, 3, [1, 1], [[0, 9]])).rows[2] == (9.0, 1.0, 0.0)
    assert apply(shorter, {"n": 2, "kind": "delete", "rows": [1], "were": [[0, 1]]}).rows == TABLE.rows[2:]


def test_a_row_that_was_edited_meanwhile_is_still_the_one_in_its_place() -> None:
    typed = TABLE.with_edits({"edited_rows": {1: {"x1": "7"}}})
    assert apply(typed, move(2, 1, [0, 1], [[1, 0.5]])).rows[1] == (7.0, 0.5, 1.0)


def test_of_equal_rows_each_is_deleted_once() -> None:
    twice = apply(TABLE, {"n": 1, "kind": "add", "rows": [[0, 0, 0]]})
    gone = apply(twice, {"n": 2, "kind": "delete", "rows": [0, 4], "were": [[0, 0], [0, 0]]})
    assert gone.rows == TABLE.rows[1:]


@pytest.mark.parametrize(
    "told",
    [
        None,
        "operations",
        {"n": 1},
        [None, 3, "undo", [], {}],
        [{"n": "1", "kind": "undo"}],
        [{"n": True, "kind": "undo"}],
        [{"n": 1.5, "kind": "undo"}],
        [{"n": -1, "kind": "undo"}],
        [{"n": 2**53, "kind": "undo"}],
        [{"n": 10**400, "kind": "undo"}],
        [{"n": 1, "kind": "drop table"}],
        [{"n": 1, "kind": ["undo"]}],
    ],
)
def test_what_is_no_operation_is_none(told: object) -> None:
    assert list(read_operations(told, 0)) == []


@pytest.mark.parametrize("cell", [math.nan, math.inf, -math.inf, 1e300, 10**400, "1", "=1+1", None, True, [0.5], {}])
def test_a_point_has_a_finite_number_for_every_input(cell: object) -> None:
    with pytest.raises(ExperimentError, match="a number for every input"):
        apply(TABLE, {"n": 1, "kind": "add", "rows": [[0.5, cell, 1]]})
    with pytest.raises(ExperimentError, match="a number for every input"):
        apply(TABLE, move(1, 0, [0, 0], [[0, cell]]))


@pytest.mark.parametrize("target", [math.nan, "1", 1e10, False, [1]])
def test_a_target_is_a_finite_number_or_nothing(target: object) -> None:
    with pytest.raises(ExperimentError, match="nothing was added"):
        apply(TABLE, {"n": 1, "kind": "add", "rows": [[0.5, 0.5, target]]})


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"n": 1, "kind": "add", "rows": [[1, 2]]}, "other columns"),
        ({"n": 1, "kind": "add", "rows": ["abc"]}, "other columns"),
        ({"n": 1, "kind": "add", "rows": "abc"}, "no longer"),
        ({"n": 1, "kind": "add"}, "no longer"),
        ({"n": 1, "kind": "delete", "rows": [], "were": []}, "no longer"),
        ({"n": 1, "kind": "delete", "rows": [0, 1], "were": [[0, 0]]}, "no longer"),
        ({"n": 1, "kind": "delete", "rows": [12], "were": [[8, 8]]}, "no longer"),
        ({"n": 1, "kind": "delete", "rows": [-1], "were": [[8, 8]]}, "no longer"),
        ({"n": 1, "kind": "delete", "rows": [True], "were": [[8, 8]]}, "no longer"),
        ({"n": 1, "kind": "delete", "rows": ["0"], "were": ["x"]}, "no longer"),
        (move(1, 12, [8, 8], [[0, 1]]), "no longer"),
        (move(1, None, [0, 0], [[0, 1]]), "no longer"),
        (move(1, 0, [0, 0], "0"), "no longer"),
        (move(1, 0, [0, 0], [[2, 1]]), "nothing was moved"),
        (move(1, 0, [0, 0], [[-1, 1]]), "nothing was moved"),
        (move(1, 0, [0, 0], [[False, 1]]), "nothing was moved"),
        (move(1, 0, [0, 0], [0, 1]), "nothing was moved"),
    ],
)
def test_what_does_not_fit_the_table_is_refused_in_words(told: dict[str, Any], words: str) -> None:
    with pytest.raises(ExperimentError, match=words):
        apply(TABLE, told)


def test_no_more_rows_than_a_table_may_have() -> None:
    rows = [[k / 1000, 0, 1] for k in range(LIMITS["rows"])]
    with pytest.raises(ExperimentError, match="room for 1,000 rows"):
        apply(TABLE, {"n": 1, "kind": "add", "rows": rows})
    full = apply(TABLE, {"n": 1, "kind": "add", "rows": rows[: most_rows(TABLE) - 4]})
    assert len(full.experiment({}).inputs) == LIMITS["rows"]


def test_wide_tables_have_room_for_fewer() -> None:
    wide = EditedTable.from_experiment(Experiment(inputs=((0.0,) * 39, (1.0,) * 39), targets=((0,), (1,))))
    assert most_rows(wide) == LIMITS["cells"] // 40
