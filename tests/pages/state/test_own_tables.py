"""A table of one's own stays in the list, whatever is opened after it, on every page and through a reload."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from pages.reading.edited_table import EditedTable
from pages.state.link import Link
from pages.state.own_tables import MOST_TABLES, OwnTables, read_snapshots
from pages.state.snapshot import DEFAULTS, Snapshot
from tests.pages.components import trigger
from tests.pages.visit import assert_shows, control, edit, press, state_of, turn, visit

MINE = {"x": "5,1_6,2_7,3", "y": "0_1_1", "xn": "mine,other", "yn": "ans", "n": "60"}


def titles(at: AppTest) -> list[str]:
    """The visitor's own tables in the list."""
    return [title for title in control(at, "selectbox", "preset").options if title.startswith("Your table")]


def mine() -> Experiment:
    return state_of(visit(MINE)).run.wanted


def kept(at: AppTest) -> dict[str, Any]:
    """What the tab is told."""
    (told,) = (mount.proto.json for mount in at.get("bidi_component") if mount.proto.id.endswith("-tab"))
    data: dict[str, Any] = json.loads(told)
    return data


def give_back(at: AppTest, text: object) -> AppTest:
    """The tab says what it has kept from before."""
    (tab,) = (mount.proto.id for mount in at.get("bidi_component") if mount.proto.id.endswith("-tab"))
    return trigger(at, tab, "tables", text)


def test_a_link_with_a_table_of_its_own_puts_it_into_the_list() -> None:
    at = visit(MINE)
    assert titles(at) == ["Your table"]
    assert control(at, "selectbox", "preset").value == 1


@pytest.mark.parametrize("other", ["and", "tutorial", "sine"])
def test_it_is_there_after_a_preset_and_comes_back_with_its_settings(other: str) -> None:
    at = turn(visit(MINE), "selectbox", "loss", "mean_squared_error")
    before = state_of(at).run.wanted
    assert_shows(turn(at, "selectbox", "preset", other), PRESETS[other])
    assert titles(at) == ["Your table"]
    assert_shows(turn(at, "selectbox", "preset", 1), before)


def test_it_is_there_after_a_lesson_is_opened_on_the_playground() -> None:
    at = visit(MINE).switch_page("pages/views/learn.py").run()
    assert not press(at, "Open in the Playground").exception
    at.switch_page("pages/views/playground.py").run()
    assert titles(at) == ["Your table"]
    assert_shows(turn(at, "selectbox", "preset", 1), mine())


def test_a_changed_preset_is_a_table_of_ones_own_and_reset_does_not_lose_it() -> None:
    at = edit(visit({"preset": "and"}), {0: {"x1": "3"}})
    changed = state_of(at).run.wanted
    assert titles(at) == ["Your table"]
    assert_shows(press(at, "Reset"), PRESETS["and"])
    assert_shows(turn(at, "selectbox", "preset", 1), changed)


def test_two_tables_are_told_apart_by_their_columns() -> None:
    at = turn(visit(MINE), "selectbox", "preset", "and")
    edit(at, {0: {"x1": "3"}})
    assert titles(at) == ["Your table: switch 1, switch 2 → answer (4 rows)", "Your table: mine, other → ans (3 rows)"]
    turn(at, "selectbox", "preset", 1)
    assert_shows(at, mine())


def test_a_cell_typed_while_a_preset_is_chosen_is_kept() -> None:
    at = visit(MINE)
    control(at, "selectbox", "preset").set_value("and")
    edit(at, {0: {"x1": "9"}})
    assert_shows(at, PRESETS["and"])
    assert state_of(at).own_tables.tables[1].table.rows[0] == (9.0, 1.0, 0.0)


def test_settings_alone_make_no_table() -> None:
    at = turn(visit({"preset": "and"}), "selectbox", "loss", "mean_squared_error")
    assert titles(at) == []
    assert titles(visit()) == []


def test_a_reload_has_them_from_the_tab() -> None:
    at = turn(visit(MINE), "selectbox", "preset", "and")
    text = kept(at)["tables"]
    again = visit(at.query_params)
    assert (titles(again), kept(again)["restored"]) == ([], False)
    give_back(again, text)
    assert (titles(again), kept(again)["restored"], kept(again)["tables"]) == (["Your table"], True, text)
    assert_shows(again, PRESETS["and"])
    assert_shows(turn(again, "selectbox", "preset", 1), mine())


def test_a_table_on_the_page_and_in_the_tab_is_in_the_list_once() -> None:
    text = kept(visit(MINE))["tables"]
    assert titles(give_back(visit(MINE), text)) == ["Your table"]
    changed = edit(visit(MINE), {0: {"x1": "9"}})
    assert len(titles(give_back(changed, text))) == 2
    assert_shows(changed, state_of(changed).run.wanted)


def test_a_cell_that_cannot_be_trained_survives_a_reload() -> None:
    at = turn(edit(visit(MINE), {0: {"x1": "abc"}}), "selectbox", "preset", "and")
    again = turn(give_back(visit(at.query_params), kept(at)["tables"]), "selectbox", "preset", 1)
    assert state_of(again).draft.table.rows[0] == ("abc", 1.0, 0.0)


def test_what_cannot_be_trained_yet_is_on_the_page_again_after_a_reload() -> None:
    at = edit(visit(MINE), {0: {"x1": "abc"}})
    again = give_back(visit(at.query_params), kept(at)["tables"])
    assert state_of(again).draft.base.rows[0] == ("abc", 1.0, 0.0)
    assert state_of(again).run.is_refused
    assert titles(again) == ["Your table"]
    assert_shows(press(again, "undo"), mine())


@pytest.mark.parametrize("other", [{"preset": "and"}, MINE | {"x": "5,1_6,2_7,4"}])
def test_what_cannot_be_trained_yet_does_not_come_over_another_link(other: dict[str, str]) -> None:
    at = edit(visit(MINE), {0: {"x1": "abc"}})
    again = visit(other)
    before = state_of(again).run.wanted
    assert_shows(give_back(again, kept(at)["tables"]), before)


def test_what_was_changed_before_the_tab_gives_back_stays() -> None:
    at = edit(visit(MINE), {0: {"x1": "abc"}})
    again = edit(visit(at.query_params), {0: {"x1": "9"}})
    assert_shows(give_back(again, kept(at)["tables"]), state_of(again).run.wanted)


def test_the_oldest_go_where_there_are_too_many() -> None:
    at = visit(MINE)
    for number in range(MOST_TABLES):
        edit(turn(at, "selectbox", "preset", "and"), {0: {"x1": str(number + 2)}})
    assert len(titles(at)) == MOST_TABLES
    assert not any("mine" in title for title in titles(at))


GOOD: Mapping[str, Any] = json.loads(
    json.dumps(
        Snapshot(
            EditedTable(("mine", "other"), ("ans",), ((1.0, None, "two"),), (False,)), DEFAULTS, "", False
        ).to_json()
    )
)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "nonsense",
        "[" * 100_000,
        "5",
        "[5, null, []]",
        json.dumps([{**GOOD, "rows": [[1, 2]]}]),
        json.dumps([{**GOOD, "rows": [[[], 1.0, 2.0]], "held_out": [False]}]),
        json.dumps([{**GOOD, "held_out": []}]),
        json.dumps([{**GOOD, "settings": 5}]),
        json.dumps([{**GOOD, "settings": {**GOOD["settings"], "hidden": 5}}]),
        json.dumps([{**GOOD, "inputs": [1, 2]}]),
        json.dumps([{key: value for key, value in GOOD.items() if key != "preset"}]),
    ],
)
def test_what_a_tab_gives_back_and_is_no_table_is_left_out(text: str | None) -> None:
    assert read_snapshots(text) == []


def test_a_good_one_among_them_is_read() -> None:
    (snapshot,) = read_snapshots(json.dumps([5, GOOD]))
    assert snapshot.table.inputs == ("mine", "other")


def test_one_from_before_a_setting_came_has_its_default() -> None:
    settings = {
        name: value for name, value in GOOD["settings"].items() if name not in ("derived", "frozen", "stop_loss")
    }
    (snapshot,) = read_snapshots(json.dumps([{**GOOD, "settings": settings}]))
    assert snapshot.settings == DEFAULTS


def test_tables_that_are_alike_have_titles_of_their_own() -> None:
    tables = OwnTables()
    for cell in (2.0, 3.0, 4.0):
        table = EditedTable(("a",), ("b",), ((cell, 1.0), (0.0, 0.0)), (False, False))
        tables.keep(Snapshot(table, {}, "", False))
    title = "Your table: a → b (2 rows)"
    assert list(tables.labels().values()) == [title, f"{title}, no. 2", f"{title}, no. 3"]


def test_an_address_that_may_still_change_is_written_again() -> None:
    for query in ({"n": "1"}, {"n": "01"}):
        link = Link(Experiment())
        link.keep_address(query, {"n": "1"})
        assert link.is_written("", query, {"n": "1"})
        link.note_written("", {"n": "2"})  # on its way when a run with the address of before is asked for
        assert not link.is_written("", query, {"n": "1"})
        assert link.is_written("learn", query, {"n": "1"})  # the address of one page is none of another's
        link.note_written("", {"n": "1"})
        assert link.is_written("", query, {"n": "1"})
