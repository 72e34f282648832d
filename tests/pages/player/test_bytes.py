"""One training sends few bytes: what a classroom's network carries forty times."""

import pytest

from engine import PRESETS, Experiment
from engine.serialization.url_format import to_url
from tests.benchmarks.picture_speed import spiral
from tests.pages.components import components
from tests.pages.visit import visit

RUNS = {"XOR": (PRESETS["xor"], 150_000, 51_000), "200 rows": (spiral(200), 500_000, 80_000)}
"""The most that a training may send in all, and how much of it are table, grid, player and settings, as measured."""


@pytest.mark.parametrize(("experiment", "most", "rest"), RUNS.values(), ids=RUNS)
def test_charts_and_canvases_of_a_run_are_small(experiment: Experiment, most: int, rest: int) -> None:
    at = visit(to_url(experiment))
    charts = sum(len(chart.proto.spec) for chart in at.get("plotly_chart"))
    assert charts + len(components(at)["courier"].bytes) < most - rest
