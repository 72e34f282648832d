"""Whatever a visitor does, in whatever order: no table is lost, no cell changes that was not named, undo is exact."""

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from engine import PRESETS
from pages.reading.edited_table import EditedTable
from pages.state.snapshot import Snapshot
from tests.engine.strategies import STEADY
from tests.pages.state.test_own_tables import give_back, kept
from tests.pages.table.test_paste import paste
from tests.pages.visit import control, edit, press, state_of, turn, type_number, visit

PHASES = (Phase.explicit, Phase.generate)  # not shrunk: an example is a visit of seconds
PAGES = ("playground", "step", "learn", "code")
CELL = st.tuples(st.just("cell"), st.integers(0, 1), st.sampled_from(["7", "0,5", "abc", "", "1/4"]))
DELETE = st.tuples(st.just("delete"), st.integers(0, 1))
PASTE = st.tuples(st.just("paste"), st.sampled_from(["5", "5\n6\n", "2,104", "1\t2\t3\t4\t5\t6\t7"]))
PRESET = st.tuples(st.just("preset"), st.sampled_from(["and", "xor", "tutorial"]))
OWN = st.tuples(st.just("own"), st.integers(0, 5))
RATE = st.tuples(st.just("rate"), st.sampled_from(["0,5", "2", "fast"]))
PAGE = st.tuples(st.just("page"), st.sampled_from(PAGES))
PLAIN = st.tuples(st.sampled_from(["undo", "redo", "reload", "Add input", "Reset"]))
STEPS = st.lists(st.one_of(CELL, DELETE, PASTE, PRESET, OWN, RATE, PAGE, PLAIN), min_size=3, max_size=9)


def snapshot_now(at: AppTest) -> Snapshot:
    present = state_of(at).undo_stack.present
    assert present is not None
    return present


def table(at: AppTest) -> EditedTable:
    return snapshot_now(at).table


def known_tables(at: AppTest) -> list[EditedTable]:
    """Every table that can be opened from the list, or come back to by undo and redo."""
    stack = state_of(at).undo_stack
    own = [kept.table for kept in (*state_of(at).own_tables.tables.values(), *stack.past, *stack.future)]
    return own + [EditedTable.from_experiment(preset) for preset in PRESETS.values()]


def without_flags(found: EditedTable) -> tuple[Any, ...]:
    return found.inputs, found.targets, found.rows


def is_on_playground(at: AppTest) -> bool:
    return state_of(at).page == ""


def settle(at: AppTest) -> None:
    """Have the grid start from its edits: AppTest forgets them with the next run, as no browser does."""
    state_of(at).draft.put(table(at))
    at.run()


def press_if_there(at: AppTest, key: str) -> AppTest:
    found = [button for button in at.button if key in (button.key, button.label) and not button.disabled]
    return found[0].click().run() if found else at


def take_step(at: AppTest, step: Sequence[Any]) -> AppTest:
    """Do one thing, and check what it may and may not have changed."""
    before = table(at)
    match step:
        case ("page", page):
            at.switch_page(f"pages/views/{page}.py").run()
            assert table(at) == before
        case ("reload",):
            held = kept(at)["tables"]
            at = visit(at.query_params)
            if held:
                give_back(at, held)
        case _ if not is_on_playground(at):
            return at
        case ("cell", row, text) if row < len(state_of(at).draft.base.rows):
            edit(at, {row: {"x1": text}})
            changed = [
                (at_row, column)
                for at_row, (old, new) in enumerate(zip(before.rows, table(at).rows, strict=True))
                for column, (a, b) in enumerate(zip(old, new, strict=True))
                if a != b
            ]
            asked = before.readings()
            decided = {(at_row, 0) for (at_row, column), cell in asked.items() if column == "x1" and cell.meanings}
            assert {*changed} <= {(row, 0), *decided}  # a number of two meanings waits for what its column says
            assert all(
                table(at).rows[place[0]][0] in asked[place[0], "x1"].meanings
                for place in decided & {*changed} - {(row, 0)}
            )
            settle(at)
        case ("delete", row) if row < len(state_of(at).draft.base.rows):
            edit(at, deleted=[row])
            assert table(at).rows == before.rows[:row] + before.rows[row + 1 :]
            settle(at)
        case ("paste", text):
            paste(at, text)
            press_if_there(at, "Use this table") if "\t" in text else None
        case ("preset", name):
            turn(at, "selectbox", "preset", name)
            assert without_flags(table(at)) == without_flags(EditedTable.from_experiment(PRESETS[name]))
        case ("own", number):
            numbers = list(state_of(at).own_tables.tables)
            if numbers:
                chosen = numbers[number % len(numbers)]
                wanted = state_of(at).own_tables.tables[chosen].table
                turn(at, "selectbox", "preset", chosen)
                assert table(at) == wanted
        case ("rate", text):
            type_number(at, "learning_rate", text)
            assert table(at) == before
        case (button,):
            press_if_there(at, button)
    assert not at.exception
    return at


@settings(STEADY, max_examples=12, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(STEPS)
def test_no_sequence_loses_a_table(steps: list[tuple[Any, ...]]) -> None:
    at = visit({"x": "5,1_6,2_7,3", "y": "0_1_1", "xn": "mine,other", "yn": "ans", "n": "30"})
    for step in steps:
        before = table(at)
        at = take_step(at, step)
        named = step[0] in ("cell", "delete", "paste", "Add input")  # these make another table of the same one
        assert named or without_flags(before) in map(without_flags, known_tables(at))
    assert json.dumps(kept(at))


@settings(STEADY, max_examples=6, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(STEPS)
def test_undo_then_redo_is_the_identity(steps: list[tuple[Any, ...]]) -> None:
    at = visit({"x": "5,1_6,2_7,3", "y": "0_1_1", "xn": "mine,other", "yn": "ans", "n": "30"})
    for step in steps:
        at = take_step(at, step)
    if not is_on_playground(at):
        at.switch_page("pages/views/playground.py").run()
    last = snapshot_now(at)
    past = list(state_of(at).undo_stack.past)
    for snapshot in reversed(past[-4:]):
        press(at, "undo")
        assert snapshot_now(at) == snapshot
    for _ in past[-4:]:
        press(at, "redo")
    assert snapshot_now(at) == last
    assert control(at, "selectbox", "preset").value == (last.own_table or last.preset)
