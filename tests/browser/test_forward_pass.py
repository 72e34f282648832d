"""The browser computes what NumPy computes: every activation, every network, from the bytes that are sent."""

from base64 import b64encode
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from engine import ACTIVATIONS, PRESETS, Experiment, History, record
from engine.model.scaling import SCALINGS
from engine.model.types import Array
from pages.charts.canvas.scene import scene_bytes
from pages.charts.style.format import format_number
from tests.browser.forward import RELATIVE, apart, browser_layers
from tests.browser.pictures import as_rows, open_module


def run_of(experiment: Experiment, weights: list[Array], biases: list[Array], frames: int) -> History:
    """A history with these (F, fan_in, fan_out) weights, as if training had gone through them."""
    history = record(replace(experiment, epochs=1))
    inputs = np.broadcast_to(experiment.input_array, (frames, *experiment.input_array.shape))
    made = replace(
        history,
        epochs=np.arange(frames),
        weights=tuple(weights),
        biases=tuple(biases) if experiment.bias else (),
        loss=np.zeros(frames),
    )
    return replace(made, outputs=made.forward(slice(None), inputs).outputs[-1])


def random_run(random: np.random.RandomState, hidden: tuple[int, ...], names: tuple[str, ...], bias: bool) -> History:
    columns, targets, frames = int(random.randint(1, 6)), 3 if names[-1] == "softmax" else int(random.randint(1, 4)), 3
    experiment = Experiment(
        inputs=as_rows(random.randn(4, columns)),
        targets=as_rows(random.rand(4, targets)),
        hidden=hidden,
        activations=names,
        bias=bias,
    )
    scale = 2 / np.sqrt([fan_in for fan_in, _ in experiment.shapes])
    weights = [s * random.randn(frames, *shape) for s, shape in zip(scale, experiment.shapes, strict=True)]
    biases = [random.randn(frames, fan_out) for _, fan_out in experiment.shapes]
    return run_of(experiment, weights, biases, frames)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_is_numpys(forward_page: Page, name: str) -> None:
    """Each value to 1e-12 of itself, where the curve bends and far out."""
    ends = [5e-324, 1e-300, 1e-9, 1e-3, 36.0, 37.5, 300.0, 700.0, 709.0, 710.0, 745.0, 746.0, 1e4]
    z = np.concatenate([np.linspace(-40, 40, 4001), ends, np.negative(ends)])
    elementwise = ACTIVATIONS[name].is_elementwise
    points = z[:, None] if elementwise else np.stack([z, z[::-1], 0.5 * z], axis=1)
    units = points.shape[1]
    experiment = Experiment(
        inputs=as_rows(points[:1]),
        targets=((1.0, 0.0, 0.0)[:units],),
        activations=(name,),
        bias=False,
        loss="mean_squared_error",
    )
    data = scene_bytes(run_of(experiment, [np.eye(units)[None]], [], 1))
    found = browser_layers(forward_page, data, points)[0][0].T
    with np.errstate(all="ignore"):
        wanted = ACTIVATIONS[name].value(points)
    assert np.isfinite(wanted).all()
    np.testing.assert_allclose(found, wanted, rtol=RELATIVE, atol=0)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if ACTIVATIONS[name].is_elementwise])
def test_random_networks_are_numpys(forward_page: Page, name: str, bias: bool) -> None:
    """Every neuron of networks with up to six hidden layers, this activation in all of them or mixed with others."""
    random, others = np.random.RandomState(len(name)), [n for n in ACTIVATIONS if ACTIVATIONS[n].is_elementwise]
    for depth in (0, 1, 2, 4, 6):
        for output in ("linear", "sigmoid", "softmax"):
            hidden = tuple(random.randint(1, 13, depth).tolist())
            names = tuple(name if random.rand() < 0.7 else str(random.choice(others)) for _ in hidden)
            history = random_run(random, hidden, (*names, output), bias)
            points = random.uniform(-2, 2, (40, len(history.experiment.input_names)))
            found = browser_layers(forward_page, scene_bytes(history), points)
            for frame, layers in enumerate(found):
                for layer, wanted in zip(layers[:-1], history.forward(frame, points).outputs, strict=True):
                    assert apart(layer.T, wanted) < RELATIVE, (hidden, names, output, frame)
                np.testing.assert_array_equal(layers[-1], layers[-2])  # without scaling the table has the same units


@pytest.mark.parametrize("shape", [(64, 64), (64, 8)])
def test_the_widest_networks_are_numpys(forward_page: Page, shape: tuple[int, int]) -> None:
    columns, units = shape
    random = np.random.RandomState(5)
    experiment = Experiment(
        inputs=as_rows(random.randn(3, columns)),
        targets=as_rows(random.rand(3, 1)),
        hidden=(units,),
        activations=("tanh", "sigmoid"),
    )
    weights = [0.3 * random.randn(2, *shape) for shape in experiment.shapes]
    history = run_of(experiment, weights, [], 2)
    points = random.randn(30, columns)
    for frame, layers in enumerate(browser_layers(forward_page, scene_bytes(history), points)):
        for layer, wanted in zip(layers[:-1], history.forward(frame, points).outputs, strict=True):
            assert apart(layer.T, wanted) < RELATIVE


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("size", [1.0, 1e4])
@pytest.mark.parametrize("comes_after_others", [False, True])
def test_inputs_and_targets_are_scaled(forward_page: Page, comes_after_others: bool, size: float, scaling: str) -> None:
    """As the first rows trained on have them, wherever a column lies: a mean of a thousand deviations too."""
    random = np.random.RandomState(9)
    table = size * random.randn(3) + random.uniform(0.1, 9, 3) * random.randn(12, 3)
    goals = size * random.randn(2) + random.uniform(0.1, 5, 2) * random.randn(12, 2)
    scaled = Experiment(
        inputs=as_rows(table),
        targets=as_rows(goals),
        hidden=(5,),
        activations=("tanh", "linear"),
        bias=True,
        scaling=scaling,
        target_scaling=scaling,
        loss="mean_squared_error",
        learning_rate=0.01 if scaling != "none" else 1e-12,
        epochs=3,
        earlier_tables=((2, as_rows(table[:6] + size), as_rows(goals[:6] - size)),) * comes_after_others,
    )
    history = record(scaled)
    points = table[:5] + random.uniform(-1, 1, (5, 3))
    for frame, layers in enumerate(browser_layers(forward_page, scene_bytes(history), points)):
        wanted = history.forward(frame, points).outputs
        for layer, values in zip(layers[:-1], wanted, strict=True):
            assert apart(layer.T, values) < 2 * RELATIVE
        assert apart(layers[-1].T, scaled.unscale_outputs(wanted[-1])) < RELATIVE


def test_inputs_that_all_points_share_may_be_numbers(forward_page: Page) -> None:
    history = record(replace(PRESETS["parity"], epochs=50))
    found: list[float] = forward_page.evaluate(
        """(bytes) => {
          const scene = js.readScene(Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)));
          const inputs = [Float64Array.of(0, 0.25, 1), 0.5, Float64Array.of(1, 1, 0)];
          return [...js.forward(scene.network, scene.frames.length - 1, inputs, 3).at(-1)];
        }""",
        b64encode(scene_bytes(history)).decode(),
    )
    points = np.array([[0, 0.5, 1], [0.25, 0.5, 1], [1, 0.5, 0]])
    assert apart(np.array(found), history.forward(-1, points).outputs[-1][:, 0]) < RELATIVE


def test_a_made_up_activation_is_one_entry(page: Page) -> None:
    """Its formula is a field of its record; one without a formula is not computed."""
    made_up = replace(ACTIVATIONS["tanh"], javascript="z / (1 + Math.abs(z))")
    silent = replace(ACTIVATIONS["tanh"], javascript=None)
    open_module(page, "forward", {"made_up": made_up, "silent": silent})
    network = {"sizes": [1, 1], "parameters": [2.0], "perFrame": 1, "biased": False}
    call = "(network) => [...js.forward(network, 0, [Float64Array.of(-1, 0.5)], 2)[0]]"
    assert page.evaluate(call, network | {"activations": ["made_up"]}) == [-2 / 3, 0.5]
    for name, computed in (("made_up", True), ("silent", False), ("unheard_of", False)):
        assert page.evaluate("(network) => js.canCompute(network)", network | {"activations": [name]}) is computed


def test_numbers_are_written_as_python_writes_them(page: Page) -> None:
    open_module(page, "numbers")
    random = np.random.RandomState(3)
    values: list[Any] = [0.0, -0.0, 1.0, 0.125, 1.125, 2.5, 0.0625, 998.5, 999.4, 999.5, 1234.5, 12345.0, 99999.5, 1e6]
    values += [1e-5, 9.996e-5, 0.000129, 0.00966553, 1e-300, 5e-324, 1.7e308, 123456.5, 999999.4, 0.5, 100.0, 1e21]
    values += (random.randn(2_000) * 10.0 ** random.randint(-9, 9, 2_000)).tolist()
    values += (random.randint(-4_000, 4_000, 1_000) / 16).tolist()  # many lie exactly halfway
    values += [*(1 - 10.0 ** -np.arange(1, 16)).tolist(), 0.30001, 0.1 + 0.2, 1.0004, 2.2e-16]
    values += [-value for value in values]
    found = page.evaluate("(values) => values.map((value) => js.formatNumber(value))", values)
    assert dict(zip(values, found, strict=True)) == {value: format_number(value) for value in values}
    found = page.evaluate("(values) => values.map((value) => js.formatNumber(value, 3, 1e-14))", values)
    assert dict(zip(values, found, strict=True)) == {value: format_number(value, 3, 1e-14) for value in values}
