"""Matrices as drawn: their numbers, highlights and picks, and what is left out of large ones."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pages.charts.style.format import format_number
from pages.charts.style.palette import DARK, LIGHT, Palette, palette_for
from pages.charts.style.sizes import PROJECTOR
from pages.charts.update.matrices import MOST_COLUMNS, MOST_ROWS, EquationPart, Matrix, equation, equation_width
from pages.charts.update.matrices import PROJECTOR_WIDTH as ROOM
from tests.charts.style.test_palette import contrast


def matrix(rows: int, columns: int, lit: tuple[int, int] = (0, 0), name: str = "W") -> Matrix:
    values = np.random.RandomState(rows * 100 + columns).randn(rows, columns)
    picks = np.stack([*np.indices((rows, columns)), np.full((rows, columns), -1), np.full((rows, columns), 7)], axis=-1)
    marked = np.zeros((rows, columns), dtype=bool)
    marked[lit] = True
    names = tuple(f"r{i}" for i in range(rows)), tuple(f"c{j}" for j in range(columns))
    return Matrix(name, values, *names, picks, marked, marked.copy(), np.zeros_like(values))


def row_of(*values: float, lit: bool = True) -> Matrix:
    """One row of numbers, all highlighted or none."""
    count, marked = len(values), np.full((1, len(values)), lit)
    picks = np.zeros((1, count, 4), dtype=int)
    names = ("r",), tuple(f"c{j}" for j in range(count))
    return Matrix("W", np.array([values]), *names, picks, marked, marked, np.zeros((1, count)))


def drawn(part: Matrix, colors: Palette = LIGHT) -> dict[str, Any]:
    (found,) = equation([part], colors)["parts"]
    assert isinstance(found, dict)
    return found


def test_matrices_and_signs_come_in_their_order() -> None:
    parts = equation([matrix(4, 3, name="X"), "·", matrix(3, 1), "=", matrix(4, 1, name="z")], LIGHT)["parts"]
    assert [part if isinstance(part, str) else part["name"] for part in parts] == ["X", "·", "W", "=", "z"]


def test_the_numbers_are_written_and_kept_whole() -> None:
    part = matrix(4, 3)
    assert drawn(part)["texts"] == [[format_number(value) for value in row] for row in part.values]
    assert [[float(value) for value in row] for row in drawn(part)["values"]] == part.values.tolist()


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_signs_are_told_by_colour(colors: Palette) -> None:
    low, middle, high = colors.tints
    assert drawn(row_of(-2.0, 0.0, 2.0), colors)["tints"] == [[low, middle, high]]
    (half,) = drawn(row_of(1.0, 2.0), colors)["tints"]
    assert half[1] == high
    for place in (1, 3, 5):
        ends = int(middle[place : place + 2], 16), int(high[place : place + 2], 16)
        assert int(half[0][place : place + 2], 16) == pytest.approx(sum(ends) / 2, abs=1)


def test_what_is_not_finite_has_no_colour_and_is_still_written() -> None:
    found = drawn(row_of(np.inf, np.nan, -1.0))
    assert found["tints"] == [[LIGHT.tints[1], LIGHT.tints[1], LIGHT.tints[0]]]
    assert found["texts"] == [["∞", "nan", "-1"]]


def test_where_some_are_lit_the_others_are_paler() -> None:
    one = matrix(2, 2, lit=(0, 0))
    whole = replace(one, related=np.ones((2, 2), dtype=bool))
    none = replace(one, related=np.zeros((2, 2), dtype=bool))
    assert drawn(one)["tints"][0][0] == drawn(whole)["tints"][0][0]
    assert drawn(one)["tints"][1] != drawn(whole)["tints"][1]
    assert drawn(none)["tints"] == drawn(whole)["tints"]


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_can_be_read_on_every_tint_and_frames_be_seen(colors: Palette) -> None:
    for value in (-1.0, -0.5, 0.0, 0.5, 1.0):
        ((tint, _),) = drawn(row_of(value, 1.0), colors)["tints"]
        assert contrast(colors.text, tint) >= 4.5
        assert contrast(colors.positive, tint) >= 3


def test_a_click_leads_to_the_number_clicked() -> None:
    part = matrix(4, 3)
    assert drawn(part)["picks"] == part.picks.tolist()


def test_what_is_lit_is_marked_and_the_chosen_more() -> None:
    one = matrix(3, 3, lit=(1, 2))
    one.related[0, 0] = True
    assert drawn(one)["marks"] == [[1, 0, 0], [0, 0, 2], [0, 0, 0]]


def test_names_and_shape_are_written() -> None:
    found = drawn(matrix(4, 3))
    assert (found["name"], found["shape"], found["more"]) == ("W", "4×3", "")
    assert (found["rows"], found["columns"]) == (["r0", "r1", "r2", "r3"], ["c0", "c1", "c2"])


def test_the_browser_is_told_in_proper_json() -> None:
    told = equation([matrix(4, 3), "·", row_of(np.inf, np.nan)], DARK)
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_a_wider_equation_is_wider() -> None:
    one, two = matrix(2, 1), matrix(2, 2)
    assert (
        equation_width([one])
        < equation_width([two])
        < equation_width([one, "·", one])
        < equation_width([one, "·", two])
    )
    assert equation_width([matrix(2, MOST_COLUMNS)]) == equation_width([matrix(2, MOST_COLUMNS + 9)]), (
        "what is left out takes no room"
    )


@pytest.mark.parametrize("lit", [(0, 0), (40, 20), (99, 31), (3, 31)])
def test_a_large_matrix_is_cut_and_says_so_and_keeps_what_is_lit(lit: tuple[int, int]) -> None:
    whole = matrix(100, 32, lit)
    found = drawn(whole)
    assert (len(found["texts"]), len(found["texts"][0])) == (MOST_ROWS, MOST_COLUMNS)
    assert [(row, column) for row, marks in enumerate(found["marks"]) for column, mark in enumerate(marks) if mark == 2]
    assert any(repr(float(whole.values[lit])) in row for row in found["values"])
    assert found["shape"] == "100×32"
    assert found["more"] == f"and {100 - MOST_ROWS} more rows, {32 - MOST_COLUMNS} more columns"


def test_transposed_turns_everything() -> None:
    one = matrix(4, 3, lit=(2, 1))
    turned = one.transpose("Wᵀ")
    assert np.array_equal(turned.values, one.values.T)
    assert (turned.rows, turned.columns, turned.shape) == (one.columns, one.rows, "3×4")
    assert turned.related[1, 2]
    assert turned.picks[1, 2].tolist() == one.picks[2, 1].tolist()


@pytest.mark.parametrize("columns", [1, 3, 6, 30])
def test_on_a_wall_an_equation_stays_on_one_line(columns: int) -> None:
    parts: list[EquationPart] = [matrix(30, columns), "×", matrix(30, columns), "=", matrix(30, columns)]
    shown = [part for part in equation(parts, palette_for("dark", PROJECTOR))["parts"] if isinstance(part, dict)]
    across = len(shown[0]["columns"])
    assert 1 <= across <= columns
    assert equation_width(parts, across) <= ROOM
    assert all(part["more"] for part in shown), "and says what is left out"
    small: list[EquationPart] = [matrix(4, 1), "+", matrix(4, 1)]
    assert all(
        len(part["rows"]) == 4 for part in equation(small, palette_for("dark", PROJECTOR))["parts"] if part != "+"
    )
