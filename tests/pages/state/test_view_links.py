"""What a link says besides the experiment: played once, applied as meant, or reported."""

from dataclasses import replace
from operator import attrgetter
from typing import Any

import pytest

from engine import PRESETS
from engine.model.weight_index import WeightIndex
from pages.state.restrictions import LOCKABLE_PARTS, PARTS, Restrictions
from pages.state.url import read_url
from tests.pages.components import player, report
from tests.pages.visit import messages, on_stage, press, state_of, visit


def test_a_link_plays_once() -> None:
    link = {"seed": "1", "at": "0", "play": "1"}
    at = visit(link)
    assert messages(at) == []
    assert at.query_params == link
    assert player(at)[1]["opens"]
    report(at, 0)
    assert "play" not in at.query_params
    assert not player(at)[1]["opens"]
    assert state_of(at).view.cursor == 0
    at.switch_page("pages/views/step.py").run()
    at.switch_page("pages/views/playground.py").run()
    assert not player(at)[1]["opens"]


def test_a_link_that_was_trained_first_has_played() -> None:
    at = press(visit({"seed": "1", "play": "1"}), "train")
    assert "play" not in at.query_params
    assert player(at)[1] | {"opens": False, "plays": 1} == player(at)[1]


def test_only_a_stage_with_a_run_plays_by_itself() -> None:
    long = visit({"seed": "1", "play": "1", "n": "900000"})
    assert not player(long)[1]["opens"]
    steps = visit({"seed": "1", "play": "1"})
    steps.switch_page("pages/views/step.py").run()
    assert not player(steps)[1]["opens"]


BAD = [
    ({"hide": "tea"}, "hide='tea' is no part of the page: choose from presets, table, files, controls, more, advice."),
    ({"hide": "more,<b>,$x$"}, "hide='<b>, $x$' is no part of the page: choose from "),
    ({"lock": "presets"}, "lock='presets' is no part of the page: choose from table, controls, more."),
    ({"lock": "a" * 5_000}, f"lock='{'a' * 60}' is no part"),
    ({"play": "yes"}, "play='yes' is neither 0 nor 1."),
    ({"v": "2"}, "v=2: a later version of Glassbox made this link."),
    ({"v": "2", "preset": "xor"}, "v=2: a later version of Glassbox made this link."),
]


@pytest.mark.parametrize(("link", "problem"), BAD, ids=[str(link)[:30] for link, _ in BAD])
def test_what_is_not_understood_is_named(link: dict[str, str], problem: str) -> None:
    at = visit(link)
    (message,) = messages(at)
    assert problem in message
    assert on_stage(at).experiment == PRESETS[link.get("preset", "tutorial")]


OLD: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({"preset": "xor"}, {"run.wanted": PRESETS["xor"], "draft.preset": "xor"}),
    ({"preset": "and", "seed": "5"}, {"run.wanted": replace(PRESETS["and"], seed=5)}),
    (
        {"seed": "1", "at": "35", "row": "3", "axis": "linear"},
        {"view.cursor": 35, "view.row": 2, "view.has_log_axis": False},
    ),
    ({"seed": "1", "weight": "1,2,1"}, {"view.weight": WeightIndex(0, 1, 0)}),
    ({"seed": "1", "lesson": "bias"}, {"lesson": "bias"}),
    (
        {"hide": "presets,table,files,controls,more,advice", "play": "1"},
        {"link.restrictions": Restrictions(hidden=frozenset(PARTS), plays=True)},
    ),
    (
        {"lock": "table,controls,more", "play": "0"},
        {"link.restrictions": Restrictions(locked=frozenset(LOCKABLE_PARTS))},
    ),
]
"""Frozen: how old links say to look at an experiment. Add to them, never change one."""


@pytest.mark.parametrize(("link", "meant"), OLD, ids=[str(link)[:40] for link, _ in OLD])
def test_an_old_link_is_looked_at_as_it_was_meant(link: dict[str, str], meant: dict[str, Any]) -> None:
    opened = read_url(link)
    assert opened.link.notices == ()
    assert {name: attrgetter(name)(opened) for name in meant} == meant
