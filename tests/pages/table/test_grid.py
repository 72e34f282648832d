"""Rows are edited, added, deleted and pasted in the grid; the network learns the new table at once."""

import json
from dataclasses import replace

from engine import Experiment, record
from engine.model.targets import correct_outputs
from tests.pages.visit import WRONG, assert_shows, edit, grid, output_texts, outputs, state_of, visit

X, Y = Experiment().inputs, Experiment().targets


def row(x1: float, x2: float, x3: float, y1: float) -> dict[str, float]:
    return {"x1": x1, "x2": x2, "x3": x3, "y1": y1}


def test_a_cell_is_edited() -> None:
    at = edit(visit(), {0: {"x2": 5}})
    assert_shows(at, replace(Experiment(), inputs=((0, 5, 1), *X[1:])))
    assert at.query_params == {"x": "0,5,1_1,1,1_1,0,1_0,1,1", "seed": "1"}


def test_edits_one_after_the_other_all_count() -> None:
    at = edit(visit(), {0: {"x2": 5}})
    edit(at, {0: {"x2": 5}, 2: {"y1": 0}})
    edit(at, {0: {"x2": 5, "x1": -1}, 2: {"y1": 0}})
    assert_shows(at, replace(Experiment(), inputs=((-1, 5, 1), *X[1:]), targets=((0,), (1,), (0,), (0,))))


def test_an_output_that_is_not_right_has_a_cross() -> None:
    at = visit({"n": "1"})
    e = state_of(at).run.wanted
    right = correct_outputs(e, record(e).outputs[-1])
    assert right.any()
    assert not right.all()
    assert [[not text.endswith(WRONG) for text in row] for row in output_texts(at)] == right.tolist()


def test_an_edit_taken_back_gives_the_same_numbers_again() -> None:
    at = edit(visit(), {0: {"x2": 5}})
    edit(at, {})
    assert_shows(at, Experiment())
    assert at.query_params == {"seed": "1"}


def test_a_row_is_added() -> None:
    at = edit(visit(), added=[row(1, 1, 0, 1)])
    assert_shows(at, replace(Experiment(), inputs=(*X, (1, 1, 0)), targets=(*Y, (1,))))
    assert len(outputs(at)) == 5
    assert all(text for (text,) in outputs(at))


def test_rows_are_pasted() -> None:
    pasted = [row(0.5, number, -1, number % 2) for number in range(30)]
    at = edit(visit({"n": "50"}), {3: {"x1": 7}}, added=pasted)
    inputs = (*X[:3], (7, 1, 1), *((0.5, number, -1) for number in range(30)))
    targets = (*Y, *((number % 2,) for number in range(30)))
    assert_shows(at, replace(Experiment(), epochs=50, inputs=inputs, targets=targets))


def test_a_row_is_deleted() -> None:
    at = edit(visit(), deleted=[1])
    assert_shows(at, replace(Experiment(), inputs=(X[0], *X[2:]), targets=(Y[0], *Y[2:])))
    assert len(grid(at)) == 3


def test_rows_are_edited_added_and_deleted_at_once() -> None:
    at = edit(visit(), {0: {"x1": 3}, 3: {"x1": 4}}, added=[row(9, 8, 7, 1)], deleted=[1, 2])
    assert_shows(at, replace(Experiment(), inputs=((3, 0, 1), (4, 1, 1), (9, 8, 7)), targets=((0,), (0,), (1,))))


def test_the_grid_goes_on_from_added_and_deleted_rows() -> None:
    at = edit(visit(), added=[row(1, 1, 0, 1)], deleted=[0])
    edit(at, {3: {"x3": 2}})
    assert_shows(at, replace(Experiment(), inputs=(*X[1:], (1, 1, 2)), targets=(*Y[1:], (1,))))
    edit(at, {3: {"x3": 2}}, added=[row(0, 0, 0, 0)])
    assert state_of(at).run.wanted.inputs == (*X[1:], (1, 1, 2), (0, 0, 0))


def test_a_row_half_typed_waits_for_the_rest() -> None:
    at = edit(visit(), added=[{"x1": 1}])
    assert at.warning[0].value == "Row 5, column x2 is empty: type a number."
    edit(at, added=[row(1, 0, 0, 1)])
    assert_shows(at, replace(Experiment(), inputs=(*X, (1, 0, 0)), targets=(*Y, (1,))))


def test_an_output_of_a_wrong_row_is_tinted() -> None:
    at = visit({"preset": "xor", "at": "0"})
    (editor,) = (editor for editor in at.data_editor if editor.key == state_of(at).draft.grid_key)
    history = state_of(at).run.history
    assert history is not None
    wrong = [
        (output > 0.5) != (target > 0.5) or output == 0.5
        for (output,), (target,) in zip(history.outputs[0], history.experiment.labelled_targets, strict=True)
    ]
    styles = editor.proto.arrow_data.styler.styles
    assert [f"row{index}_col1" in styles for index in range(4)] == wrong
    assert any(wrong)
    assert not all(wrong)


def test_an_output_on_the_fence_is_not_right() -> None:
    at = visit({"preset": "xor_one_neuron"})
    (editor,) = (editor for editor in at.data_editor if editor.key == state_of(at).draft.grid_key)
    assert all(f"row{index}_col1" in editor.proto.arrow_data.styler.styles for index in range(4))


def test_on_a_phone_a_target_beyond_the_edge_is_told() -> None:
    def told(parameters: dict[str, str]) -> list[str]:
        return [caption.value for caption in visit(parameters).caption if "swipe" in caption.value]

    wide = {"x": "7,6,1_3,5,0", "y": "1_0", "xn": "hours,sleep,breakfast", "yn": "passed"}
    assert told({}) == told({"preset": "sine"}) == []
    assert told({"preset": "xor"}) == ["The table goes on to the right, to its target answer: swipe it."]
    assert told(wide) == ["The table goes on to the right, to its target passed: swipe it."]


def test_short_cells_are_centred_and_others_stand_right() -> None:
    at = visit({"x": "7,0.125_3,5", "y": "1_0"})
    (editor,) = (editor for editor in at.data_editor if editor.key == state_of(at).draft.grid_key)
    columns = json.loads(editor.proto.columns)
    assert [columns[column]["alignment"] for column in ("x1", "x2", "y1")] == ["center", "right", "center"]
