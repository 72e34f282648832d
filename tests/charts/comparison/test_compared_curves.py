"""Compared runs on the same axes: each has its own numbers, its letter and its colour in every chart."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from engine import PRESETS, Experiment, History, record
from engine.model.weight_index import WeightIndex
from pages.charts.comparison.compared_curves import (
    compared_held_out_loss,
    compared_loss,
    compared_output,
    compared_weight,
    values_at,
)
from pages.charts.style.base import Dict, EpochAxis
from pages.charts.style.palette import LIGHT, palette_for

XOR = replace(PRESETS["xor"], epochs=300)
AXIS = EpochAxis(300, log=True)


@pytest.fixture(scope="module")
def histories() -> list[History | None]:
    """The second is shorter, the third not trained, the fourth has another table and no hidden layer."""
    return [record(XOR), record(replace(XOR, epochs=40)), None, record(Experiment(epochs=100, test_rows=(1,)))]


def longest(histories: list[History | None]) -> History:
    assert histories[0] is not None
    return histories[0]


def lines_of(figure: Dict) -> dict[str, list[float]]:
    """The curves by their letter."""
    return {trace["name"]: trace["y"] for trace in figure["data"] if "name" in trace}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_plotly_accepts_all(histories: list[History | None], scheme: str) -> None:
    colors, first = palette_for(scheme), longest(histories)
    for figure in (
        compared_loss(histories, first, AXIS, colors, "a1"),
        compared_held_out_loss(histories, first, AXIS, colors, "a1"),
        compared_output(histories, 3, first, AXIS, colors, "a1"),
        compared_weight(histories, WeightIndex(1, 0, 0), first, AXIS, colors, "a1"),
    ):
        assert len(go.Figure(figure).frames) == len(first.epochs)


def test_a_line_ends_where_its_run_does(histories: list[History | None]) -> None:
    first = longest(histories)
    drawn = lines_of(compared_loss(histories, first, AXIS, LIGHT, "a1"))
    ends = {name: int(first.epochs[len(line) - 1]) for name, line in drawn.items()}
    assert ends == {"A": 300, "B": int(first.epochs[first.frame_at(40)]), "D": int(first.epochs[first.frame_at(100)])}
    *_, numbers = compared_loss(histories, first, AXIS, LIGHT, "a1")["frames"][-1]["data"]
    assert len(numbers["text"]) == 3, "and its number stays"


def test_every_run_keeps_its_letter_and_colour(histories: list[History | None]) -> None:
    first = longest(histories)
    losses = compared_loss(histories, first, AXIS, LIGHT, "a1")
    assert list(lines_of(losses)) == ["A", "B", "D"]
    weights = compared_weight(histories, WeightIndex(1, 0, 0), first, AXIS, LIGHT, "a1")
    assert list(lines_of(weights)) == ["A", "B"], "the last has no second layer"
    colors = {trace["name"]: trace["line"]["color"] for trace in losses["data"] if "name" in trace}
    assert colors == {"A": LIGHT.line(0), "B": LIGHT.line(1), "D": LIGHT.line(3)}


def test_numbers_are_the_histories_and_the_last_ones_after_the_end(histories: list[History | None]) -> None:
    first, second = longest(histories), histories[1]
    assert second is not None
    shown = lines_of(compared_output(histories, 2, first, AXIS, LIGHT, "a1"))
    assert shown["A"] == pytest.approx(first.outputs[:, 2, 0], rel=0.001)
    assert shown["B"][-1] == pytest.approx(second.outputs[-1, 2, 0], rel=0.001)
    kept = values_at(second, first.epochs, second.loss)
    for epoch in (0, 7, 40, 300):
        assert kept[first.frame_at(epoch)] == second.loss[second.frame_at(epoch)]
    assert np.isfinite(kept).all()


def test_without_held_out_rows_there_is_no_such_chart() -> None:
    history = record(XOR)
    assert compared_held_out_loss([history], history, AXIS, LIGHT, "a1") is None
