"""A share of the rows is held out at random, by a seed, from every class; all and none are one click away."""

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS
from engine.data.held_out import choose_test_rows
from tests.pages.visit import assert_shows, edit, grid, messages, on_stage, press, turn, visit


def holding(preset: str = "fruit") -> AppTest:
    return turn(visit({"preset": preset}), "toggle", "holding", True)


def type_share(at: AppTest, share: str, seed: str = "1") -> AppTest:
    at.text_input(key="held-out share").set_value(share)
    at.text_input(key="held-out seed").set_value(seed)
    return press(at, "Choose at random")


def test_a_fifth_is_offered_and_every_class_gives_of_its_own() -> None:
    at = press(holding(), "Choose at random")
    fruit = PRESETS["fruit"]
    held = on_stage(at).experiment.test_rows
    assert held == choose_test_rows(fruit.targets, 0.2, 1)
    assert len(held) == 2
    assert len({fruit.targets[row] for row in held}) == 2
    assert "2 of 12 rows are held out." in [caption.value for caption in at.caption]
    assert [row + 1 for row, text in enumerate(grid(at)["row"]) if text.endswith("○")] == [row + 1 for row in held]


def test_rows_keep_their_marks_while_a_new_one_is_not_finished() -> None:
    at = edit(visit({"preset": "line"}), {0: {"x1": "zz"}}, added=[{"held": False, "x1": 1.0}])
    assert messages(at)
    marks = [text[len(str(row)) :] for row, text in enumerate(grid(at)["row"], 1)]
    held = PRESETS["line"].test_rows
    assert marks[:10] == [" !" if row == 0 else " ○" if row in held else "" for row in range(10)]


@pytest.mark.parametrize(("share", "rows"), [("25%", 3), ("25", 3), ("0,5", 6), ("1/3", 4)])
def test_a_share_is_read_as_every_number_is(share: str, rows: int) -> None:
    assert len(on_stage(type_share(holding(), share)).experiment.test_rows) == rows


def test_another_seed_other_rows_the_same_seed_the_same() -> None:
    at = type_share(holding(), "25%")
    first = on_stage(at).experiment.test_rows
    assert on_stage(type_share(at, "25%", "2")).experiment.test_rows != first
    assert on_stage(type_share(at, "25%", "1")).experiment.test_rows == first


@pytest.mark.parametrize(("share", "seed"), [("0", "1"), ("100%", "1"), ("-5", "1"), ("few", "1"), ("20%", "1.5")])
def test_what_is_no_share_and_no_seed_is_told(share: str, seed: str) -> None:
    at = type_share(holding(), share, seed)
    assert len(at.toast) == 1
    assert_shows(at, PRESETS["fruit"])


def test_all_and_none_are_one_click_and_undo_takes_it_back() -> None:
    at = press(holding(), "hold out all")
    assert messages(at) == ["Every row is held out: leave at least one to train on."]
    assert_shows(press(at, "hold out none"), PRESETS["fruit"])
    press(press(at, "Choose at random"), "undo")
    assert_shows(at, PRESETS["fruit"])
