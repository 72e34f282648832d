"""The landscape of the loss: contour lines at their levels, the path, marks to click on, and Plotly's consent."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from engine import PRESETS, Experiment, History, record
from engine.model.weight_index import WeightIndex
from engine.training.surface import LossSurface, loss_over_main_directions, loss_surface
from pages.charts.style.palette import LIGHT, palette_for
from pages.charts.surface.contour_lines import contour_levels, contour_pieces
from pages.charts.surface.surface_3d import surface_in_space
from pages.charts.surface.surface_map import round_along, surface_map
from pages.charts.surface.weight_curve import weight_curve
from pages.charts.surface.words import shares_words, surface_words

NAMES = ("x1 → y1", "x2 → y1")


@pytest.fixture(scope="module")
def history() -> History:
    return record(Experiment(epochs=500))


@pytest.fixture(scope="module")
def surface(history: History) -> LossSurface:
    return loss_surface(history, None, WeightIndex(0, 0, 0), WeightIndex(0, 1, 0))


@pytest.fixture(scope="module")
def wild() -> LossSurface:
    """Of a training that diverges, over numbers that are not finite at the edges."""
    history = record(Experiment(activations=("linear",), learning_rate=5.0, epochs=200))
    return loss_surface(history, 0, WeightIndex(0, 0, 0), WeightIndex(0, 1, 0), spans=((-1e200, 1e200), (-1, 1)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["surface", "wild"])
def test_plotly_accepts_every_picture(request: pytest.FixtureRequest, name: str, scheme: str) -> None:
    some, colors = request.getfixturevalue(name), palette_for(scheme)
    for chosen in (None, (0.5, 0.25)):
        assert len(go.Figure(surface_map(some, NAMES, colors, "a1", chosen=chosen)).frames) == len(some.epochs)
    assert len(go.Figure(surface_in_space(some, NAMES, colors)).data) == 2


def test_a_contour_piece_is_where_the_values_are_at_the_level() -> None:
    x, y = np.linspace(-2, 2, 31), np.linspace(-1, 3, 41)
    values = np.add.outer(x, 2 * y)
    pieces = contour_pieces(x, y, values, 0.7)
    assert pieces[..., 0] + 2 * pieces[..., 1] == pytest.approx(0.7)
    length = float(np.hypot(*(pieces[:, 1] - pieces[:, 0]).T).sum())
    assert length == pytest.approx(np.hypot(4, 2), rel=0.01), "the whole line, each part once"
    assert len(contour_pieces(x, y, values, 100.0)) == 0


def test_round_contours_are_round() -> None:
    x = np.linspace(-2, 2, 81)
    pieces = contour_pieces(x, x, np.add.outer(x**2, x**2), 1.0)
    assert np.hypot(pieces[..., 0], pieces[..., 1]) == pytest.approx(1.0, abs=0.01)
    assert float(np.hypot(*(pieces[:, 1] - pieces[:, 0]).T).sum()) == pytest.approx(2 * np.pi, rel=0.01)


def test_levels_are_within_the_losses_and_rise() -> None:
    for losses in (np.array([0.001, 5.0]), np.array([0.0, 1.0]), np.array([2.0, 2.0])):
        levels = contour_levels(losses)
        assert (np.diff(levels) > 0).all()
        assert levels[0] > 0


def test_path_frames_and_marks_are_the_surfaces_own(history: History, surface: LossSurface) -> None:
    figure = surface_map(surface, NAMES, LIGHT, "a1", chosen=(0.5, -0.25))
    *_, marks, start, cross, path, head = figure["data"]
    weights = history.weights[0][:, :, 0]
    assert path["x"] == pytest.approx(weights[:, 0], abs=0.002)
    assert path["y"] == pytest.approx(weights[:, 1], abs=0.002)
    assert ([start["x"][0], start["y"][0]]) == pytest.approx(weights[0, :2])
    assert (cross["x"], cross["y"]) == ([0.5], [-0.25])
    assert (head["x"], head["y"]) == (path["x"][-1:], path["y"][-1:])
    assert [frame["name"] for frame in figure["frames"]] == list(map(str, history.epochs.tolist()))
    assert [frame["data"][0]["x"] for frame in figure["frames"]] == [[x] for x in path["x"]]
    assert {tuple(frame["traces"]) for frame in figure["frames"]} == {(len(figure["data"]) - 1,)}
    loss = surface.loss.ravel()
    for k in (0, 40, 41, len(loss) - 1):
        a, b = np.unravel_index(k, surface.loss.shape)
        assert (marks["x"][k], marks["y"][k]) == pytest.approx((surface.axes[0][a], surface.axes[1][b]), abs=0.002)
        assert float(marks["text"][k].replace(",", "")) == pytest.approx(loss[k], rel=0.01)


def test_a_small_way_far_from_zero_is_not_rounded_away() -> None:
    axis = np.linspace(1000.0, 1000.002, 3)
    assert round_along(axis, axis) == pytest.approx(axis, abs=1e-6)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_curve_of_one_weight_has_the_steps_on_it(scheme: str) -> None:
    """A network of one weight: what the training loses is on the curve."""
    history = record(Experiment(inputs=((1.0,), (0.5,)), targets=((1,), (0,)), epochs=200))
    surface = loss_surface(history, None, WeightIndex())
    figure = weight_curve(surface, "x1 → y1", palette_for(scheme), "a1", chosen=(0.5,))
    assert len(go.Figure(figure).frames) == len(history.epochs)
    curve, steps, cross, head = figure["data"]
    assert np.interp(steps["x"], curve["x"], curve["y"]) == pytest.approx(steps["y"], rel=0.01)
    assert cross["y"][0] == pytest.approx(float(np.interp(0.5, curve["x"], curve["y"])), rel=0.001)
    assert head["x"] == steps["x"][-1:]


def test_words(history: History, surface: LossSurface) -> None:
    words = surface_words(surface, NAMES)
    assert words.startswith("The loss over x1 → y1 and x2 → y1, the rest of the network as at epoch 500.")
    w = history.weights[0][:, :, 0]
    assert f"from x1 → y1 = {w[0, 0]:#.3g}, x2 → y1 = {w[0, 1]:#.3g} to x1 → y1 = {w[-1, 0]:#.3g}" in words
    assert shares_words(surface) == ""
    main = loss_over_main_directions(record(replace(PRESETS["xor"], epochs=200)), None)
    assert "these two directions show 9" in shares_words(main)
