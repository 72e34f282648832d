"""What is drawn on the map, told by the tab: it goes into the table, is a step of Undo, or is refused in words."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine import LIMITS, Experiment
from engine.model.validation.checks import TargetRows
from engine.serialization.url_format import to_url
from pages.reading.edited_table import EditedTable
from pages.widgets.player.drawing_facts import drawing_facts, number_cells
from tests.pages.operations import tell_operations
from tests.pages.table.test_paste import rows, toasts
from tests.pages.visit import edit, on_stage, press, state_of, visit

CORNERS = Experiment(inputs=((0, 0), (0, 1), (1, 0), (1, 1)), targets=((0,), (1,), (1,), (0,)), epochs=60, bias=True)
ADD = {"n": 1, "kind": "add", "rows": [[0.5, 0.25, 1]]}
DELETE = {"n": 2, "kind": "delete", "rows": [1], "were": [[0, 1]]}
UNDO = {"n": 3, "kind": "undo"}


def corners(**link: str) -> AppTest:
    return visit(to_url(CORNERS) | link)


def facts(at: AppTest) -> dict[str, Any]:
    """What the map is told."""
    told: dict[str, Any] = json.loads(json.dumps(drawing_facts(state_of(at), on_stage(at))))
    return told


def test_a_point_is_a_row_and_is_learned() -> None:
    at = tell_operations(corners(), ADD)
    assert rows(at)[4] == (0.5, 0.25, 1.0)
    assert on_stage(at).experiment.inputs[4] == (0.5, 0.25)


def test_an_operation_that_is_told_again_is_not_applied_again() -> None:
    at = tell_operations(tell_operations(corners(), ADD), ADD, DELETE)
    assert rows(at) == ((0.0, 0.0, 0.0), (1.0, 0.0, 1.0), (1.0, 1.0, 0.0), (0.5, 0.25, 1.0))


def test_each_is_a_step_of_undo_and_undo_keeps_its_place_among_them() -> None:
    at = tell_operations(corners(), ADD, DELETE, UNDO)
    assert len(rows(at)) == 5
    at = press(at, "undo")
    assert on_stage(at).experiment == CORNERS
    at = tell_operations(at, {"n": 4, "kind": "redo"})
    assert rows(at)[4] == (0.5, 0.25, 1.0)


def test_a_number_of_too_many_digits_is_none_for_the_map_which_reads_json() -> None:
    table = EditedTable(("a",), ("b",), (("1e400", "1"),), (False,)).with_numbers()
    assert number_cells(table) == [[None, 1.0]]


def test_a_stroke_of_many_points_is_one_step() -> None:
    at = tell_operations(corners(), {"n": 1, "kind": "add", "rows": [[k / 50, 0.5, 1] for k in range(30)]})
    assert len(rows(at)) == 34
    assert on_stage(press(at, "undo")).experiment == CORNERS


def test_a_cell_that_was_typed_just_before_is_kept_and_a_step_of_its_own() -> None:
    at = tell_operations(edit(corners(), {0: {"x1": "9"}}), ADD)
    assert rows(at)[0][0] == 9.0
    assert rows(at)[4] == (0.5, 0.25, 1.0)
    at = tell_operations(at, ADD, {"n": 2, "kind": "undo"})
    assert rows(at)[0][0] == 9.0
    assert len(rows(at)) == 4


def test_rows_held_out_stay_the_same_rows() -> None:
    e = Experiment(inputs=CORNERS.inputs, targets=CORNERS.targets, test_rows=(2,), epochs=60)
    at = tell_operations(visit(to_url(e)), {"n": 1, "kind": "delete", "rows": [0], "were": [[0, 0]]})
    history = on_stage(at)
    assert history.experiment.test_rows == (1,)
    assert history.experiment.inputs[1] == (1.0, 0.0)


@pytest.mark.parametrize("link", [{"lock": "table"}, {"hide": "table"}])
def test_a_table_that_a_lesson_fixes_is_not_drawn_into(link: dict[str, str]) -> None:
    at = tell_operations(corners(**link), ADD)
    assert on_stage(at).experiment == CORNERS
    assert any("fixed in this lesson" in words for words in toasts(at))
    assert facts(at)["locked"] == "Fixed in this lesson: Table."


@pytest.mark.parametrize(
    "told",
    [
        {"n": 1, "kind": "add", "rows": [[float("nan"), 0, 0]]},
        {"n": 1, "kind": "add", "rows": [[1e300, 0, 0]]},
        {"n": 1, "kind": "add", "rows": [["<b>1</b>", 0, 0]]},
        {"n": 1, "kind": "add", "rows": [[0.5, 0.5, 1]] * (LIMITS["rows"] - 3)},
        {"n": 1, "kind": "delete", "rows": [99], "were": [[5, 5]]},
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(told: dict[str, Any]) -> None:
    at = tell_operations(corners(), told)
    assert on_stage(at).experiment == CORNERS
    assert toasts(at)
    assert facts(at)["applied"] == 1


def test_the_last_point_can_be_deleted_and_the_map_knows_the_empty_table() -> None:
    were = [list(row) for row in CORNERS.inputs]
    at = tell_operations(corners(), {"n": 1, "kind": "delete", "rows": [0, 1, 2, 3], "were": were})
    assert facts(at)["rows"] == []
    at = tell_operations(at, {"n": 2, "kind": "undo"})
    assert facts(at)["rows"] is None


def test_a_point_drawn_on_another_page_is_not_lost() -> None:
    at = corners().switch_page("pages/views/code.py").run()
    at = tell_operations(at, ADD).switch_page("pages/views/playground.py").run()
    assert on_stage(at).experiment.inputs[4] == (0.5, 0.25)


@pytest.mark.parametrize(
    ("targets", "choices"),
    [
        (((0,), (1,), (1,), (0,)), [["y1 = 0", [0.0]], ["y1 = 1", [1.0]]]),
        (((-1,), (1,), (1,), (-1,)), [["y1 = -1", [-1.0]], ["y1 = 1", [1.0]]]),
        (((1,), (1,), (1,), (1,)), [["y1 = 0", [0.0]], ["y1 = 1", [1.0]]]),
        (((0, 1), (1, 0), (1, 0), (0, 1)), [["y1", [1.0, 0.0]], ["y2", [0.0, 1.0]]]),
        (
            ((0, 0), (1, 1), (1, 0), (0, 0)),
            [["y1 = 0, y2 = 0", [0, 0]], ["y1 = 1, y2 = 0", [1, 0]], ["y1 = 1, y2 = 1", [1, 1]]],
        ),
        (((0.5,), (2,), (3,), (4.5,)), []),
    ],
)
def test_a_new_point_may_be_what_the_targets_are(targets: TargetRows, choices: list[object]) -> None:
    at = visit(to_url(Experiment(inputs=CORNERS.inputs, targets=targets, epochs=20, activations=("linear",))))
    assert facts(at)["choices"] == choices
    if not choices:
        assert facts(at)["values"] == [["y1", 2.5]]
