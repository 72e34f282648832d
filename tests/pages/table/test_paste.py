"""What is pasted, told by the tab: where it lands, when it is previewed, and what it may not change."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from engine.model.network import initial_parameters
from pages.widgets.table.grid_outputs import read_outputs
from tests.pages.components import trigger
from tests.pages.settings.test_start_weights import by_hand, tables
from tests.pages.visit import assert_shows, edit, messages, on_stage, press, state_of, visit

USE = "Use this table"


def paste(
    at: AppTest, text: object, row: object = 0, column: object = 2, key: object = "", titles: object = None
) -> AppTest:
    """The tab tells of a paste; column 2 is the first input where there is one output."""
    (tab,) = (mount.proto.id for mount in at.get("bidi_component") if mount.proto.id.endswith("-tab"))
    key = key or state_of(at).draft.grid_key.replace(" ", "-")
    return trigger(at, tab, "paste", {"text": text, "key": key, "row": row, "column": column, "titles": titles})


def is_previewed(at: AppTest) -> bool:
    return any(button.label == USE for button in at.button)


def toasts(at: AppTest) -> list[str]:
    return [toast.value for toast in at.toast]


def rows(at: AppTest) -> tuple[tuple[Any, ...], ...]:
    draft = state_of(at).draft
    return draft.base.with_edits(draft.edits).rows


@pytest.mark.parametrize("column", [0, 1, 2])
def test_a_block_pasted_onto_what_cannot_be_edited_begins_at_the_first_input(column: int) -> None:
    at = paste(visit({"n": "60"}), "5\t6\t7\t1\n", 1, column)
    assert rows(at)[1] == (5.0, 6.0, 7.0, 1.0)


def test_a_block_goes_on_below_the_last_row() -> None:
    at = paste(visit({"n": "60"}), "1\t0\t0\t1\n0\t1\t0\t0\n", 3)
    assert_shows(at, on_stage(at).experiment)
    assert rows(at)[3:] == ((1.0, 0.0, 0.0, 1.0), (0.0, 1.0, 0.0, 0.0))


def test_what_was_typed_just_before_is_not_lost() -> None:
    at = edit(visit({"n": "60"}), {0: {"x1": "9"}})
    paste(edit(at, {0: {"x1": "9"}}), "7\n", 2, 3)
    assert rows(at)[2][1] == 7.0


def test_undo_takes_a_paste_back() -> None:
    at = paste(visit({"n": "60"}), "5\t6\t7\t1\n")
    assert rows(at)[0] == (5.0, 6.0, 7.0, 1.0)
    assert_shows(press(at, "undo"), Experiment(epochs=60))


@pytest.mark.parametrize(
    "text",
    [
        "0\t0\t0\n0\t1\t1\n1\t0\t1\n1\t1\t0\n",  # narrower, all rows
        "1\t2\t3\t4\t1\n5\t6\t7\t8\t0\n",  # wider
        "a\tb\tc\td\n1\t2\t3\t0\n4\t5\t6\t1\n",  # names
        "1\t2\t3\tyes\n4\t5\t6\tno\n7\t8\t9\tno\n",  # words
        "1,2,3,0\n4,5,6,1\n",  # no cells of a spreadsheet
    ],
)
def test_another_table_is_previewed_and_nothing_has_changed(text: str) -> None:
    at = paste(visit({"n": "60"}), text)
    assert is_previewed(at)
    assert rows(at) == tuple(
        (*inputs, *targets) for inputs, targets in zip(Experiment().inputs, Experiment().targets, strict=True)
    )
    press(at, USE)
    assert not is_previewed(at)
    assert messages(at) == []
    assert len(rows(at)) == len(text.splitlines()) - text.startswith("a")
    assert_shows(press(at, "undo"), Experiment(epochs=60))


def test_four_inputs_and_a_target_are_four_inputs_and_a_target() -> None:
    at = press(paste(visit(), "1\t2\t3\t4\t1\n5\t6\t7\t8\t0\n"), USE)
    assert on_stage(at).experiment.inputs == ((1, 2, 3, 4), (5, 6, 7, 8))
    assert on_stage(at).experiment.targets == ((1,), (0,))


@pytest.mark.parametrize("text", ["", "\n\n", "<html><body>x</body></html>", "\x00\x01", "1\t2\n" * 60_000])
def test_what_is_no_table_is_told_and_changes_nothing(text: str) -> None:
    at = paste(visit({"n": "60"}), text)
    assert toasts(at)[0].startswith("Nothing was pasted")
    assert_shows(at, Experiment(epochs=60))


@pytest.mark.parametrize(
    ("text", "row", "column", "key"),
    [(None, 0, 0, ""), ("1", -1, 0, ""), ("1", 0, "2", ""), ("1", 0, 0, 5)],
)
def test_what_is_no_paste_is_not_heard(text: object, row: object, column: object, key: object) -> None:
    assert_shows(paste(visit({"n": "60"}), text, row, column, key), Experiment(epochs=60))


@pytest.mark.parametrize("text", ["tea", "yes\nno\nno\nyes\n", "TRUE\nFALSE", "hours\n1\n2\n3\n4\n"])
def test_words_of_one_column_are_told_and_change_nothing(text: str) -> None:
    at = paste(visit({"n": "60"}), text, 0, 4)
    (told,) = toasts(at)
    word = text.split("\n")[0]
    assert told == f"Nothing was pasted. '{word}' is not a number: copy numbers alone, with 1 for yes and 0 for no."
    assert_shows(at, Experiment(epochs=60))


def test_boxes_and_computed_columns_take_no_numbers_and_neither_does_another_column() -> None:
    for link, column in (({"test": "0"}, 2), ({"xd": "x1*x2"}, 6)):
        at = visit({"n": "60"} | link)
        before = rows(at)
        paste(at, "1\n0\n1\n0\n", 0, column)
        assert toasts(at) == ["Nothing was pasted. Choose a cell of an input or a target first."]
        assert rows(at) == before


MOVED = [[0, "#"], [1, "output"], [2, "x1"], [3, "y1 target"], [4, "x2"], [5, "x3"]]
HIDDEN = [[0, "#"], [1, "x1"], [2, "x2"], [3, "x3"], [4, "y1 target"]]


@pytest.mark.parametrize(("titles", "column", "at"), [(MOVED, 3, 3), (MOVED, 4, 1), (HIDDEN, 2, 1), (HIDDEN, 1, 0)])
def test_a_paste_goes_into_the_column_that_was_chosen_where_columns_were_moved_or_hidden(
    titles: object, column: int, at: int
) -> None:
    table = rows(paste(visit({"n": "60"}), "5\n6\n", 0, column, "", titles))
    wanted = [[*inputs, *targets] for inputs, targets in zip(Experiment().inputs, Experiment().targets, strict=True)]
    wanted[0][at], wanted[1][at] = 5.0, 6.0
    assert [list(row) for row in table] == wanted


def test_a_block_over_moved_columns_is_told_and_changes_nothing() -> None:
    at = paste(visit({"n": "60"}), "5\t6\n", 0, 2, "", MOVED)
    assert toasts(at)[0].startswith("Nothing was pasted: columns of the grid were moved or hidden.")
    assert_shows(at, Experiment(epochs=60))
    assert rows(paste(at, "5\t6\n", 0, 4, "", MOVED))[0] == (0.0, 5.0, 6.0, 0.0)


@pytest.mark.parametrize("titles", [5, "x1", [5], [[1]], [[None, "x1"]], {"x1": 2}, [[2, "other"]]])
def test_titles_that_are_none_are_not_heard(titles: object) -> None:
    assert rows(paste(visit({"n": "60"}), "5\n", 0, 2, "", titles))[0][0] == 5.0


def test_signs_that_were_read_as_empty_are_told_for_a_target_is_then_a_question() -> None:
    at = paste(visit({"n": "60"}), "#DIV/0!\n1\nn/a\n", 1, 5)
    assert toasts(at) == ["2 cells were read as empty, first '\\#DIV/0!' in row 2, column y1."]
    assert [row[3] for row in rows(at)] == [0.0, None, 1.0, None]
    assert toasts(paste(at, "1\n\n0\n", 1, 5)) == []


@pytest.mark.parametrize(("row", "column"), [(0, 0), (4, 2), (4, 4)])
def test_whole_rows_copied_from_the_grid_are_pasted_without_their_numbers_and_outputs(row: int, column: int) -> None:
    at = edit(visit({"n": "60", "test": "0"}), {3: {"y1": ""}})
    outputs = read_outputs(state_of(at)).texts["o1"]
    lines = [f"1 ○\t{outputs[0]}\ttrue\t7\t8\t9\t1", f"4 ?\t{outputs[3]}\tfalse\t4\t5\t6\t"]
    paste(at, "\n".join(lines), row, column)
    assert not is_previewed(at)
    assert rows(at)[row : row + 2] == ((7.0, 8.0, 9.0, 1.0), (4.0, 5.0, 6.0, None))


def test_a_table_that_only_looks_like_whole_rows_is_previewed() -> None:
    assert is_previewed(paste(visit({"n": "60"}), "1\t0.5\t1\t2\t3\t0\n2\t0.7\t3\t4\t5\t1\n"))


def test_a_block_far_below_the_table_goes_right_below_it() -> None:
    at = paste(visit({"n": "60"}), "1\t0\t0\t1\n", 10**12)
    assert rows(at)[4:] == ((1.0, 0.0, 0.0, 1.0),)


@pytest.mark.parametrize("key", ["start", "start-", "start-0-1", "start-9-1-x"])
def test_start_weights_that_are_not_on_the_page_take_no_paste(key: str) -> None:
    assert_shows(paste(visit({"n": "60"}), "1\t2\n", 0, 0, key), Experiment(epochs=60))


def test_a_locked_table_takes_no_paste() -> None:
    at = paste(visit({"n": "60", "lock": "table"}), "5\t6\t7\t1\n")
    assert_shows(at, Experiment(epochs=60))


def test_another_table_is_not_opened_where_the_link_has_locked_something() -> None:
    at = paste(visit({"n": "60", "lock": "controls"}), "1\t2\t3\t4\t1\n5\t6\t7\t8\t0\n")
    assert not is_previewed(at)
    assert "ask them for a link with nothing fixed" in toasts(at)[0]
    assert rows(paste(at, "5\t6\t7\t1\n"))[0] == (5.0, 6.0, 7.0, 1.0)


def test_a_block_goes_into_the_start_weights_and_decides_together() -> None:
    at = by_hand(visit({"preset": "xor"}))
    key = tables(at)[0].replace(" ", "-")
    paste(at, '"0,1"\t0,2\n"0,3"\t1/4\n', 0, 0, key)
    weights = on_stage(at).experiment.initial_weights[0]
    assert [row[:2] for row in weights] == [(0.1, 0.2), (0.3, 0.25)]
    assert weights[0][2] == record_start(at)
    paste(at, "1\t2\t3\t4\n", 0, 0, key)
    assert "rows by columns" in toasts(at)[0]
    assert on_stage(at).experiment.initial_weights[0] == weights


def record_start(at: AppTest) -> float:
    """The third start weight of the first input, as it was drawn."""
    return float(initial_parameters(PRESETS["xor"])[0][0][0, 2])
