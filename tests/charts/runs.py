"""The runs and figure builders for the tests of charts, and an independent, plain forward pass."""

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

from engine import PRESETS, Experiment, History, record
from pages.charts.history.curves import loss_curve, output_convergence, weight_evolution
from pages.charts.history.network import network_figure
from pages.charts.style.base import Dict, EpochAxis
from pages.charts.style.palette import Palette

Numbers = npt.NDArray[np.float64]
Builder = Callable[[History, EpochAxis, Palette], Dict]

BUILDERS: dict[str, Builder] = {
    "network": lambda history, axis, colors: network_figure(history, len(history.experiment.inputs) - 1, colors, "a1"),
    "outputs": lambda history, axis, colors: output_convergence(history, axis, colors, "a1"),
    "weights": lambda history, axis, colors: weight_evolution(history, axis, colors, "a1"),
    "loss": lambda history, axis, colors: loss_curve(history, axis, colors, "a1"),
}

MIXED = Experiment(
    inputs=((0.5, -1.5), (2.0, 0.25), (-0.75, 1.0)),
    targets=((1.5, -0.5), (-2.0, 0.75), (0.0, 1.25)),
    hidden=(2, 2),
    activations=("leaky_relu", "silu", "sine"),
    learning_rate=0.05,
    bias=True,
    initializer="uniform_-1_1",
    epochs=200,
)
"""Numbers of both signs, two hidden layers, two targets and biases, with few enough edges to be numbered."""

CIRCLE = Experiment(
    inputs=((0, 0), (1, 0.5), (-0.5, 1), (0.25, -1), (3, 0.5), (-2, 2.5), (1, -3), (-2.5, -2)),
    targets=((0,),) * 4 + ((1,),) * 4,
    derived=("x1^2", "x2^2"),
    bias=True,
    learning_rate=0.1,
    epochs=500,
)
"""Points in a circle and around it, which squares part without a hidden layer."""

EXPERIMENTS = PRESETS | {"mixed": MIXED, "circle": CIRCLE}


@cache
def run(name: str) -> History:
    """The finished run of a preset, or of `MIXED` or `CIRCLE`."""
    return record(EXPERIMENTS[name])


def axis_of(history: History, log: bool = True) -> EpochAxis:
    return EpochAxis(int(history.epochs[-1]), log)


FORMULAS: dict[str, Callable[[Numbers], Numbers]] = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": lambda z: (np.exp(2 * z) - 1) / (np.exp(2 * z) + 1),
    "linear": lambda z: z,
    "sine": np.sin,
    "silu": lambda z: z / (1 + np.exp(-z)),
    "leaky_relu": lambda z: np.maximum(z, z / 100),
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True),
}


def layers_at(history: History, k: int) -> list[Numbers]:
    """The inputs and every layer's outputs at frame k, one (samples, units) each."""
    e = history.experiment
    signals: list[Numbers] = [e.unscaled_features]
    for layer, name in enumerate(e.activations):
        z = signals[-1] @ history.weights[layer][k]
        if e.bias:
            z = z + history.biases[layer][k]
        signals.append(FORMULAS[name](z))
    return signals


def loss_at(history: History, k: int, rows: tuple[int, ...]) -> float:
    """The loss at frame k over some rows, by the textbook formulas."""
    e, index = history.experiment, list(rows)
    o, y = layers_at(history, k)[-1][index], np.array(e.targets)[index]
    return {
        "half_squared_error": lambda: float(((o - y) ** 2).sum() / 2),
        "mean_squared_error": lambda: float(((o - y) ** 2).mean()),
        "binary_cross_entropy": lambda: -float((y * np.log(o) + (1 - y) * np.log(1 - o)).mean()),
        "categorical_cross_entropy": lambda: -float((y * np.log(o)).sum(axis=1).mean()),
    }[e.loss]()


def sample(history: History) -> list[int]:
    """Frames to test: the first, the last and a few in between."""
    return sorted({0, 1, *np.linspace(0, len(history.epochs) - 1, 5).astype(int).tolist()})


def number(text: str) -> float:
    """A number parsed from the text of a chart."""
    return float(text.replace(",", "").removeprefix("≈"))
