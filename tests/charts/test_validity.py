"""Plotly accepts every figure; at run time figures are not validated."""

from dataclasses import replace
from functools import cache

import plotly.graph_objects as go
import pytest

from engine import History, record
from pages.charts.style.base import EpochAxis
from pages.charts.style.palette import palette_for
from tests.charts.runs import BUILDERS, EXPERIMENTS, axis_of, run

SHORT = 12


@cache
def short_run(name: str) -> History:
    """As many kinds of traces as the whole run has, in fewer frames."""
    return record(replace(EXPERIMENTS[name], epochs=SHORT))


@pytest.mark.parametrize("log", [True, False], ids=["log", "linear"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("builder", BUILDERS)
def test_plotly_accepts_it(builder: str, name: str, scheme: str, log: bool) -> None:
    built = BUILDERS[builder](short_run(name), EpochAxis(SHORT, log), palette_for(scheme))
    figure = go.Figure(built)
    assert len(figure.data) == len(built["data"])
    assert len(figure.frames) == SHORT + 1


@pytest.mark.parametrize("builder", BUILDERS)
def test_plotly_accepts_a_whole_run(builder: str) -> None:
    history = run("tutorial")
    figure = go.Figure(BUILDERS[builder](history, axis_of(history), palette_for("light")))
    assert len(figure.frames) == len(history.epochs)


@pytest.mark.parametrize("builder", BUILDERS)
def test_plotly_would_object_to_a_misspelt_property(builder: str) -> None:
    built = BUILDERS[builder](short_run("tutorial"), EpochAxis(SHORT, log=True), palette_for("light"))
    built["frames"][0]["data"][0]["witdh"] = 3
    with pytest.raises(ValueError, match="witdh"):
        go.Figure(built)
