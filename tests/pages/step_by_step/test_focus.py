"""A row and a weight are chosen by address, in a select box or by a click, and the whole page follows them."""

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from tests.charts.update.updates import DEEP
from tests.pages.step_by_step.step_page import (
    BROAD,
    assert_shows_update,
    chosen,
    click,
    click_number,
    come,
    opening_epoch,
    pictures,
    update_at,
)
from tests.pages.visit import control, messages, read, state_of, turn

WORDS = re.compile(r"\\text\{(?:[^{}\\]|\\[_%])*\}")
"""Upright letters in a formula, in which nothing is a command."""

COMMANDS = re.compile(r"\\(?:[A-Za-z]+|[\\,;])")


def heading(at: AppTest) -> str:
    """The chosen weight, over its account."""
    (found,) = (text.value for text in at.markdown if text.value.startswith("**The weight"))
    return read(found).strip("*")


def test_an_address_restores_everything() -> None:
    at = come(BROAD, at="37", row="3", weight="2,5,2")
    assert messages(at) == []
    assert chosen(at) == (2, 1, 4, 1)
    assert heading(at) == "The weight bias y2"
    assert_shows_update(at, BROAD, update_at(BROAD, 37))
    assert {key: at.query_params[key] for key in ("at", "row", "weight")} == {"at": "37", "row": "3", "weight": "2,5,2"}


@pytest.mark.parametrize("weight", ["3,1,1", "1,5,1", "1,1,5", "0,1,1", "1,1", "one", "1,1,1,1", "-1,1,1", "1,99999,1"])
def test_a_weight_that_is_none_is_named_and_the_page_opens(weight: str) -> None:
    at = come(BROAD, weight=weight)
    assert f"weight='{weight}' is not layer,input,neuron of this network." in messages(at)[0]
    assert heading(at) == "The weight x1 → h1"
    assert_shows_update(at, BROAD, update_at(BROAD, opening_epoch(BROAD)))
    assert "weight" not in at.query_params


def test_a_weight_that_the_network_lost_gives_way_to_the_first() -> None:
    at = come(BROAD, weight="1,3,4")
    assert heading(at) == "The weight x3 → h4"
    state_of(at).reshape(hidden=(2,))
    at.run()
    assert heading(at) == "The weight x1 → h1"
    smaller = replace(BROAD, hidden=(2,))
    assert_shows_update(at, smaller, update_at(smaller, opening_epoch(smaller)))
    state_of(at).reshape(hidden=(), activations=("sigmoid",))
    at.run()
    assert heading(at) == "The weight x1 → y1"
    assert "weight" not in at.query_params


def test_the_boxes_choose() -> None:
    at = come(BROAD, at="37")
    turn(at, "selectbox", "focus Row", 1)
    turn(at, "selectbox", "focus Weight from", 2)
    turn(at, "selectbox", "focus to", 3)
    assert chosen(at) == (1, 0, 2, 3)
    assert heading(at) == "The weight x3 → h4"
    turn(at, "selectbox", "focus Layer", 1)
    assert chosen(at) == (1, 1, 0, 0)
    assert heading(at) == "The weight h1 → y1"
    turn(at, "selectbox", "focus Weight from", 4)
    assert heading(at) == "The weight bias y1"
    assert (at.query_params["row"], at.query_params["weight"]) == ("2", "2,5,1")
    assert_shows_update(at, BROAD, update_at(BROAD, 37))


@pytest.mark.parametrize(
    ("title", "matrix", "cell", "expected"),
    [
        ("1 Weighted sum, hidden layer", "W1", (2, 3), (0, 0, 2, 3)),
        ("1 Weighted sum, hidden layer", "X", (2, 1), (2, 0, 1, 0)),
        ("1 Weighted sum, hidden layer", "z1", (3, 2), (3, 0, 0, 2)),
        ("3 Weighted sum, output layer", "W2", (4, 1), (0, 1, 4, 1)),
        ("3 Weighted sum, output layer", "a1", (1, 4), (1, 1, 4, 0)),
        ("5 Error, output layer", "y", (3, 1), (3, 1, 0, 1)),
        ("8 Error, hidden layer", "W2ᵀ", (1, 3), (0, 1, 3, 1)),
        ("10 Gradient, hidden layer", "Xᵀ", (2, 1), (1, 0, 2, 0)),
        ("11 Update, hidden layer", "new W1", (3, 2), (0, 0, 3, 2)),
    ],
)
def test_a_click_on_a_number_chooses_its_row_and_weight(
    title: str, matrix: str, cell: tuple[int, int], expected: tuple[int, int, int, int]
) -> None:
    at = come(BROAD, at="37")
    click_number(at, title, matrix, *cell)
    assert chosen(at) == expected
    assert_shows_update(at, BROAD, update_at(BROAD, 37))
    boxes = [control(at, "selectbox", f"focus {name}").value for name in ("Row", "Layer", "Weight from", "to")]
    assert tuple(boxes) == expected


def test_a_click_keeps_what_it_does_not_speak_of() -> None:
    at = come(BROAD, at="37", row="2", weight="1,3,4")
    click_number(at, "2 Activation, hidden layer", "a1", 3, 1)
    assert chosen(at) == (3, 0, 2, 1), "a neuron of the same layer keeps the source"
    click_number(at, "4 Activation, output layer", "a2", 0, 1)
    assert chosen(at) == (0, 1, 0, 1), "in another layer the source begins anew"


@pytest.mark.parametrize(
    "pick", [[], [9, 0, 0, 0], [0, 0], ["<b>", 0, 0, 0], None, {"row": 1}, [[0, 0, 0, 0]], [0, 1e308, 0, 0], "0000"]
)
def test_a_click_on_what_is_no_number_changes_nothing(pick: object) -> None:
    at = come(BROAD, at="37", row="2", weight="1,3,4")
    before = chosen(at), pictures(at)
    click(at, "1 Weighted sum, hidden layer", pick)
    assert not at.exception
    assert (chosen(at), pictures(at)) == before


def test_of_a_deep_network_the_neighbours_are_drawn_and_it_says_so() -> None:
    e = replace(DEEP, hidden=(4, 3, 4, 3), activations=("tanh",) * 4 + ("sigmoid",))
    at = come(e, at="7")
    for layer, name, drawn in (
        (0, "hidden 1", {"hidden 1", "hidden 2"}),
        (2, "hidden 3", {"hidden 2", "hidden 3", "hidden 4"}),
        (4, "output", {"hidden 4", "output"}),
    ):
        turn(at, "selectbox", "focus Layer", layer)
        told = f"Of 5 layers, the {name} layer and those beside it are drawn. Choose another above."
        assert told in [caption.value for caption in at.caption]
        titles = list(pictures(at))
        assert {title.partition(", ")[2].removesuffix(" layer") for title in titles} == drawn
        assert len(titles) == 6 * len(drawn)
        assert_shows_update(at, e, update_at(e, 7))


def test_names_reach_formulas_as_letters_only() -> None:
    names = ("over_50%", "sqrt (alpha) / 2", "beta.1+-2")
    e = replace(BROAD, input_names=names, target_names=("frac_1", "0%%__"))
    at = come(e, at="37", weight="1,2,1")
    assert heading(at) == "The weight sqrt (alpha) / 2 → h1"
    formulas = [found for text in at.markdown for found in re.findall(r"\$\$\n(.*?)\n\$\$", text.value, re.DOTALL)]
    assert len(formulas) == 24
    assert any("sqrt" in formula for formula in formulas)
    for formula in formulas:
        rest = COMMANDS.sub(" ", WORDS.sub(" ", formula))
        assert not re.search(r"over|sqrt|alpha|beta|frac|%|__", rest), formula
        commands = set(COMMANDS.findall(WORDS.sub(" ", formula)))
        assert not commands & {r"\over", r"\sqrt", r"\alpha", r"\beta"}
    assert_shows_update(at, e, update_at(e, 37))
