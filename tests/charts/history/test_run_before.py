"""The run before is faint behind this one, in the charts where it has the same axes, and changes nothing else."""

from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from engine import PRESETS, Experiment, History, record
from pages.charts.history.run_figures import run_figures
from pages.charts.style.base import Dict, EpochAxis
from pages.charts.style.palette import palette_for

XOR = replace(PRESETS["xor"], hidden=(2,), epochs=300)
CURVES = ("outputs", "weights", "loss")


def draw(now: History, before: History | None) -> dict[str, Dict]:
    axis = EpochAxis(int(now.epochs[-1]), log=True)
    return run_figures(now, CURVES, 0, axis, palette_for("light"), "a1", before=before)


def faint(now: Experiment, before: Experiment) -> dict[str, list[Dict]]:
    """The traces that the run before adds to each chart, which are the first ones."""
    alone, both = draw(record(now), None), draw(record(now), record(before))
    return {name: both[name]["data"][: len(both[name]["data"]) - len(alone[name]["data"])] for name in CURVES}


def test_its_curves_are_there_in_the_colours_of_this_one() -> None:
    before = replace(XOR, learning_rate=0.3)
    run, traces = record(before), faint(XOR, before)
    x = np.log10(1 + run.epochs)
    assert {name: len(traces[name]) for name in CURVES} == {"outputs": 4, "weights": 9, "loss": 1}
    for row, trace in enumerate(traces["outputs"]):
        assert trace["y"] == pytest.approx(run.outputs[:, row, 0], rel=1e-3)
        assert trace["x"] == pytest.approx(x, rel=1e-3, abs=1e-9)
        assert trace["line"]["color"].startswith("rgba(")
    assert traces["loss"][0]["y"] == pytest.approx(run.loss, rel=1e-3)
    assert [trace["line"]["dash"] for trace in traces["weights"]].count("dot") == 3, "the biases"


def test_the_player_moves_the_same_traces_as_without_it() -> None:
    now, before = record(XOR), record(replace(XOR, seed=3))
    for name, figure in draw(now, before).items():
        alone = draw(now, None)[name]
        added = len(figure["data"]) - len(alone["data"])
        moved = [index - added for index in figure["frames"][0]["traces"]]
        assert added > 0
        assert moved == alone["frames"][0]["traces"]
        go.Figure(figure)


@pytest.mark.parametrize(
    ("changes", "charts"),
    [
        ({"loss": "mean_squared_error"}, {"outputs", "weights"}),
        ({"hidden": (3,)}, {"outputs", "loss"}),
        ({"bias": False}, {"outputs", "loss"}),
        ({"inputs": XOR.inputs[:3], "targets": XOR.targets[:3]}, {"weights", "loss"}),
        ({"seed": 9}, {"outputs", "weights", "loss"}),
    ],
)
def test_it_is_only_where_axes_are_the_same(changes: dict[str, Any], charts: set[str]) -> None:
    assert {name for name, traces in faint(XOR, replace(XOR, **changes)).items() if traces} == charts


def test_it_ends_where_this_run_ends() -> None:
    trace = faint(XOR, replace(XOR, epochs=5_000))["loss"][0]
    assert trace["x"][-1] <= np.log10(301) + 1e-6


def test_a_loss_on_a_log_scale_is_on_it_too_and_ends_where_it_is_0() -> None:
    now, run = record(Experiment()), record(Experiment(learning_rate=0.5))
    assert draw(now, run)["loss"]["data"][0]["y"] == pytest.approx(np.log10(run.loss), rel=1e-3)
    perfect = replace(run, loss=np.where(run.epochs < 5, run.loss, 0.0))
    assert draw(now, perfect)["loss"]["data"][0]["y"] == pytest.approx(np.log10(run.loss[:5]), rel=1e-3)


def test_one_that_leaves_the_picture_does_not_flatten_this_one() -> None:
    calm = Experiment(activations=("linear",), learning_rate=0.05, epochs=200)
    now, wild = record(calm), record(replace(calm, learning_rate=5.0))
    low, high = draw(now, None)["loss"]["layout"]["yaxis"]["range"]
    drawn = draw(now, wild)["loss"]["layout"]["yaxis"]["range"]
    assert wild.loss.max() > 1e6
    assert drawn[1] - drawn[0] <= 3.5 * (high - low)


def test_it_is_left_out_where_curves_have_no_names() -> None:
    wide = replace(XOR, hidden=(8,))
    assert faint(wide, replace(wide, seed=2))["weights"] == []
