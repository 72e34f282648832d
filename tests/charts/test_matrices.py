"""Matrices as pictures: the numbers in them, what is lit, where clicks lead, what is left out of large ones."""

import numpy as np
import plotly.graph_objects as go
import pytest

from pages.charts.matrices import ACROSS, SHOWN, Matrix, brief, equation
from pages.charts.palette import DARK, LIGHT, Palette


def matrix(rows: int, columns: int, lit: tuple[int, int] = (0, 0), name: str = "W") -> Matrix:
    values = np.random.RandomState(rows * 100 + columns).randn(rows, columns)
    picks = np.stack([*np.indices((rows, columns)), np.full((rows, columns), -1), np.full((rows, columns), 7)], axis=-1)
    marked = np.zeros((rows, columns), dtype=bool)
    marked[lit] = True
    names = tuple(f"r{i}" for i in range(rows)), tuple(f"c{j}" for j in range(columns))
    return Matrix(name, values, *names, picks, marked, marked.copy())


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_plotly_accepts_it(colors: Palette) -> None:
    figure = go.Figure(equation([matrix(4, 3), "·", matrix(3, 1), "=", matrix(4, 1)], colors))
    assert [trace.type for trace in figure.data] == ["heatmap"] * 3 + ["scatter"]


def test_the_numbers_are_written_and_kept_whole() -> None:
    one, other = matrix(4, 3), matrix(3, 2)
    for part, trace in zip((one, other), equation([one, "·", other], LIGHT)["data"], strict=False):
        assert trace["text"] == [[brief(value) for value in row] for row in part.values]
        assert trace["customdata"] == part.values.tolist()


def test_signs_are_told_by_colour() -> None:
    values = np.array([[-2.0, 0.0, 1.0]])
    lit = np.ones((1, 3), dtype=bool)
    part = Matrix("W", values, ("r",), ("a", "b", "c"), np.zeros((1, 3, 4), dtype=int), lit, lit)
    (trace, _) = equation([part], LIGHT)["data"]
    assert trace["z"] == [[-1.0, 0.0, 0.5]]
    assert [color for _, color in trace["colorscale"]] == list(LIGHT.tints)


def test_what_is_not_finite_has_no_colour_and_is_still_written() -> None:
    values = np.array([[np.inf, np.nan, -1.0]])
    lit = np.ones((1, 3), dtype=bool)
    part = Matrix("W", values, ("r",), ("a", "b", "c"), np.zeros((1, 3, 4), dtype=int), lit, lit)
    (trace, _) = equation([part], LIGHT)["data"]
    assert trace["z"] == [[0.0, 0.0, -1.0]]
    assert trace["text"] == [["inf", "nan", "-1"]]


def test_a_click_leads_to_the_number_clicked() -> None:
    one = matrix(4, 3)
    built = equation([one, "=", matrix(2, 2)], LIGHT)
    points = built["data"][-1]
    assert len(points["x"]) == 12 + 4
    assert points["customdata"][:12] == one.picks.reshape(-1, 4).tolist()
    x, y = built["data"][0]["x"], built["data"][0]["y"]
    for index, (column, row) in enumerate((c, r) for r in range(4) for c in range(3)):
        assert x[column] < points["x"][index] < x[column + 1]
        assert y[row] > points["y"][index] > y[row + 1]


def test_what_is_lit_has_a_frame_and_the_chosen_a_thicker_one() -> None:
    one = matrix(3, 3, lit=(1, 2))
    one.lit[0, 0] = True
    shapes = equation([one], LIGHT)["layout"]["shapes"]
    assert sorted(shape["line"]["width"] for shape in shapes) == [1, 3]


def test_frames_lie_round_their_numbers() -> None:
    built = equation([matrix(3, 3, lit=(1, 2))], LIGHT)
    (shape,) = built["layout"]["shapes"]
    x, y = built["data"][0]["x"], built["data"][0]["y"]
    assert x[2] < shape["x0"] < shape["x1"] < x[3]
    assert y[2] < shape["y0"] < shape["y1"] < y[1]


def test_names_and_shape_are_written() -> None:
    texts = [note["text"] for note in equation([matrix(4, 3), "·"], LIGHT)["layout"]["annotations"]]
    assert texts == ["<b>W</b> 4×3", "c0", "c1", "c2", "r0", "r1", "r2", "r3", "·"]


@pytest.mark.parametrize("lit", [(0, 0), (40, 20), (99, 31), (3, 31)])
def test_a_large_matrix_is_cut_and_says_so_and_keeps_what_is_lit(lit: tuple[int, int]) -> None:
    whole = matrix(100, 32, lit)
    built = equation([whole], LIGHT)
    trace = built["data"][0]
    assert (len(trace["text"]), len(trace["text"][0])) == (SHOWN, ACROSS)
    assert whole.values[lit] in np.array(trace["customdata"])
    (shape,) = built["layout"]["shapes"]
    assert shape["line"]["width"] == 3
    texts = [note["text"] for note in built["layout"]["annotations"]]
    assert "<b>W</b> 100×32" in texts
    assert "and 92 more rows, 26 more columns" in texts


def test_transposed_turns_everything() -> None:
    one = matrix(4, 3, lit=(2, 1))
    turned = one.transposed("Wᵀ")
    assert np.array_equal(turned.values, one.values.T)
    assert (turned.rows, turned.columns, turned.shape) == (one.columns, one.rows, "3×4")
    assert turned.lit[1, 2]
    assert turned.picks[1, 2].tolist() == one.picks[2, 1].tolist()
