"""Neurons are drawn where the weights of each epoch put them, and the curves are those of the functions."""

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, PRESETS, Experiment, History, record
from engine.model.activation_functions import Activation
from pages.charts.activations.activation_curve import activation_card_figure
from pages.charts.activations.neuron_positions import MOST_MARKS, NeuronPositions, neuron_positions
from pages.charts.activations.neurons_on_curve import MOST_LABELS, activation_figure, slope_figure
from pages.charts.style.base import Dict
from pages.charts.style.palette import Palette, palette_for
from tests.charts.runs import EXPERIMENTS, FORMULAS, Numbers, layers_at, number, run, sample

Builder = Callable[[NeuronPositions, Palette, str], Dict]

LIGHT = palette_for("light")
H = 1e-5
FINE = 1e-3
"""Coordinates have four significant digits."""


def sums_at(history: History, layer: int, k: int) -> Numbers:
    """z of one layer at frame k, (samples, units): the layer below times the weights, and the bias."""
    z: Numbers = layers_at(history, k)[layer] @ history.weights[layer][k]
    return z + history.biases[layer][k] if history.biases else z


def difference(name: str, z: Numbers) -> Numbers:
    """The slope of every unit as a central difference of its own value; of softmax too, unit by unit."""
    found = np.empty_like(z)
    for unit in range(z.shape[1]):
        h = np.zeros(z.shape[1])
        h[unit] = H
        found[:, unit] = ((FORMULAS[name](z + h) - FORMULAS[name](z - h)) / (2 * H))[:, unit]
    return found


def marks(figure: Dict, k: int, samples: int, row: int, units: int) -> tuple[Numbers, Numbers]:
    """x and y of the marks at frame k as (samples, units), the chosen row's put back in its place."""
    small, large = figure["frames"][k]["data"]
    x, y = (np.insert(np.reshape(small[axis], (samples - 1, units)), row, large[axis][:units], axis=0) for axis in "xy")
    return x, y


CASES = [(name, layer) for name, e in EXPERIMENTS.items() for layer in range(len(e.hidden) + 1)]


@pytest.mark.parametrize(("name", "layer"), CASES)
def test_marks_are_at_z_and_the_value_and_the_slope_there(name: str, layer: int) -> None:
    history, row = run(name), 1
    e = history.experiment
    seats = neuron_positions(history, layer, row)
    values, slopes = activation_figure(seats, LIGHT, "a1"), slope_figure(seats, LIGHT, "a1")
    samples, units = len(e.inputs), history.weights[layer].shape[2]
    assert seats.has_every_row
    for k in sample(history):
        z = sums_at(history, layer, k)
        x, y = marks(values, k, samples, row, units)
        np.testing.assert_allclose(x, z, rtol=FINE, atol=1e-12)
        np.testing.assert_allclose(y, FORMULAS[e.activations[layer]](z), rtol=FINE, atol=1e-12)
        x, y = marks(slopes, k, samples, row, units)
        np.testing.assert_allclose(x, z, rtol=FINE, atol=1e-12)
        np.testing.assert_allclose(y, difference(e.activations[layer], z), rtol=FINE, atol=1e-6)


@pytest.mark.parametrize(("name", "layer"), CASES)
def test_labels_say_the_chosen_rows_numbers(name: str, layer: int) -> None:
    history = run(name)
    seats = neuron_positions(history, layer, 0)
    figure = activation_figure(seats, LIGHT, "a1")
    for k in sample(history):
        large = figure["frames"][k]["data"][1]
        expected = layers_at(history, k)[layer + 1][0]
        texts = [text.rpartition(": ") for text in large["text"] if text]
        assert [number(text) for *_, text in texts] == pytest.approx(expected.tolist(), rel=0.00501, abs=1e-12)
        assert [name for name, *_ in texts] == [name if len(name) < 10 else name[:8] + "…" for name in seats.names]


def beyond(figure: Dict, k: int) -> list[tuple[float, float]]:
    """The marks and labels of frame k whose point is outside the axes: the browser does not draw those."""
    (left, right), (bottom, top) = (figure["layout"][axis]["range"] for axis in ("xaxis", "yaxis"))
    points = [point for trace in figure["frames"][k]["data"] for point in zip(trace["x"], trace["y"], strict=True)]
    return [(x, y) for x, y in points if x is not None and not (left <= x <= right and bottom <= y <= top)]


@pytest.mark.parametrize(("name", "layer"), CASES)
@pytest.mark.parametrize("builder", [activation_figure, slope_figure])
def test_every_mark_and_label_is_within_the_axes(builder: Builder, name: str, layer: int) -> None:
    history = run(name)
    figure = builder(neuron_positions(history, layer, 0), LIGHT, "a1")
    assert [beyond(figure, k) for k in range(len(history.epochs))] == [[] for _ in history.epochs]


@pytest.mark.parametrize(("name", "layer"), CASES)
@pytest.mark.parametrize("builder", [activation_figure, slope_figure])
def test_a_frame_a_kept_epoch_and_the_last_is_what_stands_there(builder: Builder, name: str, layer: int) -> None:
    history = run(name)
    figure = builder(neuron_positions(history, layer, 0), LIGHT, "a1")
    assert [frame["name"] for frame in figure["frames"]] == list(map(str, history.epochs.tolist()))
    assert figure["layout"]["meta"] == {"stage": "a1"}
    for frame in figure["frames"]:
        assert frame["traces"] == [1, 2]
        assert {key for trace in frame["data"] for key in trace} <= {"x", "y", "text"}
    for trace, last in zip(figure["data"][1:], figure["frames"][-1]["data"], strict=True):
        assert trace | last == trace
        assert trace["marker"]["color"]


def line(figure: Dict, trace: int = 0) -> tuple[Numbers, Numbers]:
    """A curve's points, without the gap at a jump."""
    pairs = zip(figure["data"][trace]["x"], figure["data"][trace]["y"], strict=True)
    x, y = zip(*(pair for pair in pairs if pair[0] is not None), strict=True)
    return np.array(x), np.array(y)


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if ACTIVATIONS[name].is_elementwise])
def test_curves_are_the_function_and_its_slope_by_central_differences(name: str) -> None:
    history = record(Experiment(activations=(name,), learning_rate=0.01, epochs=3))
    seats, value = neuron_positions(history, 0, 0), ACTIVATIONS[name].value
    for x, y in (line(activation_figure(seats, LIGHT, "")), line(activation_card_figure(name, LIGHT))):
        np.testing.assert_allclose(y, value(x), rtol=FINE, atol=FINE)
    for x, y in (line(slope_figure(seats, LIGHT, "")), line(activation_card_figure(name, LIGHT), 1)):
        away = np.abs(x) > 2 * H
        expected = (value(x + H) - value(x - H)) / (2 * H)
        np.testing.assert_allclose(y[away], expected[away], rtol=FINE, atol=FINE)


@pytest.mark.parametrize(("name", "gaps"), [("relu", (0, 1)), ("step", (1, 0)), ("tanh", (0, 0)), ("elu", (0, 0))])
def test_a_jump_is_a_gap_and_not_a_steep_line(name: str, gaps: tuple[int, int]) -> None:
    card = activation_card_figure(name, LIGHT)
    assert tuple(trace["y"].count(None) for trace in card["data"][:2]) == gaps


def test_softmax_has_no_curve_of_its_own_but_a_card_of_two_outputs() -> None:
    figure = activation_figure(neuron_positions(run("fruit"), 0, 0), LIGHT, "a1")
    assert figure["data"][0]["x"] == []
    x, y = line(activation_card_figure("softmax", LIGHT))
    np.testing.assert_allclose(y, FORMULAS["sigmoid"](x), rtol=FINE)
    x, y = line(activation_card_figure("softmax", LIGHT), 1)
    np.testing.assert_allclose(y, FORMULAS["sigmoid"](x) * FORMULAS["sigmoid"](-x), rtol=FINE)


def crowd(rows: int, units: int) -> History:
    random = np.random.RandomState(5)
    return record(
        Experiment(
            inputs=tuple(map(tuple, random.uniform(-1, 1, (rows, 3)))),
            targets=tuple((value,) for value in random.uniform(0, 1, rows)),
            hidden=(units,),
            activations=("tanh", "sigmoid"),
            loss="mean_squared_error",
            learning_rate=0.1,
            initializer="glorot_uniform",
            epochs=200,
        )
    )


@pytest.mark.parametrize(("rows", "units"), [(1_000, 32), (1_000, 1), (3, 64), (1_000, 64)])
def test_many_rows_and_units_stay_cheap_and_the_chosen_row_is_always_in(rows: int, units: int) -> None:
    history, row = crowd(rows, units), rows - 2
    seats = neuron_positions(history, 0, row)
    assert row in seats.rows
    assert (len(seats.rows) - 1) * units <= MOST_MARKS
    figure = activation_figure(seats, LIGHT, "a1")
    large = figure["frames"][-1]["data"][1]
    np.testing.assert_allclose(large["x"][:units], sums_at(history, 0, -1)[row], rtol=FINE)
    assert ("text" in large) == (units <= MOST_LABELS)
    assert len(json.dumps(figure, allow_nan=False, separators=(",", ":"))) < 500_000


def test_rows_that_are_drawn_are_spread_over_the_table() -> None:
    rows = neuron_positions(crowd(1_000, 32), 0, 500).rows
    assert rows[0] == 0
    assert rows[-1] == 999
    assert max(np.diff(rows)) <= 251


@pytest.mark.parametrize("rate", [5.0, 1e8])
def test_a_run_that_diverged_shows_where_it_began_and_hides_what_is_beyond(rate: float) -> None:
    history = record(replace(PRESETS["line"], learning_rate=rate, loss="half_squared_error", epochs=400))
    assert history.diverged_at is not None
    seats = neuron_positions(history, 0, 0)
    assert seats.inside[0].all()
    assert not seats.inside[-1].any()
    for figure in (activation_figure(seats, LIGHT, "a1"), slope_figure(seats, LIGHT, "a1")):
        json.dumps(figure, allow_nan=False)
        assert set(figure["frames"][-1]["data"][0]["x"]) == {None}


@pytest.mark.parametrize("name", [name for name in EXPERIMENTS if name != "line"])
def test_a_run_that_ends_well_never_leaves_the_picture(name: str) -> None:
    for layer in range(len(EXPERIMENTS[name].hidden) + 1):
        assert neuron_positions(run(name), layer, 0).inside.all()


def test_an_activation_added_to_the_registry_has_a_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        ACTIVATIONS,
        "square",
        Activation(
            label="Square",
            formula="z^2",
            slope_formula="2 z",
            about="Only for this test.",
            value=lambda z: z * z,
            slope=lambda z: 2 * z,
        ),
    )
    x, y = line(activation_card_figure("square", LIGHT))
    np.testing.assert_allclose(y, x * x, rtol=FINE, atol=FINE)
