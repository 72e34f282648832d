"""Of a network with too many edges to number, the strongest are drawn, in groups of the same sign and width."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine import PRESETS, History, record
from pages.charts.history.network import network_figure
from pages.charts.history.network_layout import network_height, network_layout
from pages.charts.style.base import Dict
from pages.charts.style.palette import palette_for
from tests.charts.runs import sample

COLORS = palette_for("dark")
STRONGEST = 100


def wide(*hidden: int) -> History:
    return record(
        replace(
            PRESETS["parity"],
            hidden=hidden,
            activations=("tanh",) * len(hidden) + ("sigmoid",),
            learning_rate=0.3,
            epochs=40,
        )
    )


def drawn(figure: Dict, k: int) -> list[tuple[tuple[Any, ...], Dict]]:
    """Every line of a frame's bundles, as (x0, y0, x1, y1), and the look of its bundle."""
    found = []
    for trace, move in zip(figure["data"][:-1], figure["frames"][k]["data"], strict=False):
        for at in range(0, len(move["x"]), 3):
            assert move["x"][at + 2] is move["y"][at + 2] is None
            line = (move["x"][at], move["y"][at], move["x"][at + 1], move["y"][at + 1])
            found.append((line, trace["line"]))
    return found


def weights_at(history: History, k: int) -> dict[tuple[Any, ...], float]:
    """The weight of every edge, by where the edge runs."""
    places = network_layout(history, 0, network_height(history)).positions
    return {
        tuple(float(f"{v:.4g}") for v in (*places[layer][i], *places[layer + 1][j])): float(weights[k, i, j])
        for layer, weights in enumerate(history.weights)
        for i in range(weights.shape[1])
        for j in range(weights.shape[2])
    }


@pytest.mark.parametrize("hidden", [(8,), (8, 8), (16, 16), (64,)])
def test_the_strongest_edges_are_drawn_by_sign_and_strength(hidden: tuple[int, ...]) -> None:
    history = wide(*hidden)
    figure = network_figure(history, 0, COLORS, "a1")
    for k in sample(history):
        weights, lines = weights_at(history, k), drawn(figure, k)
        strongest = sorted(map(abs, weights.values()), reverse=True)[:STRONGEST]
        assert sorted((abs(weights[line]) for line, _ in lines), reverse=True) == strongest
        for line, look in lines:
            assert look["color"] == (COLORS.negative if weights[line] < 0 else COLORS.positive)
        by_strength = sorted(lines, key=lambda drawn: abs(weights[drawn[0]]))
        widths = [look["width"] for _, look in by_strength]
        assert widths == sorted(widths)
    assert len({width for _, look in drawn(figure, -1) for width in [look["width"]]}) > 1


def test_units_of_a_large_layer_have_a_tint_and_no_number() -> None:
    history = wide(16, 16)
    figure = network_figure(history, 3, COLORS, "a1")
    words, last = figure["data"][-1], figure["frames"][-1]["data"][-1]
    units = words["textposition"].count("middle center")
    assert units == 3 + 16 + 16 + 1
    assert last["text"][:units] == [""] * units
    outputs = history.outputs[-1, 3].tolist()
    assert last["marker"]["color"][units - 1 : units] == pytest.approx(np.clip(outputs, -1, 1), abs=0.0006)


@pytest.mark.parametrize("units", [1, 3, 8, 9, 64])
def test_units_do_not_touch(units: int) -> None:
    history = wide(units)
    words = network_figure(history, 0, COLORS, "a1")["data"][-1]
    spots = np.column_stack([words["x"], words["y"]])[words["textposition"].index("middle center") :]
    column = np.sort(spots[: 3 + units + 1][:, 1][spots[: 3 + units + 1][:, 0] == 1])
    assert len(column) == units
    assert -network_height(history) < column.min()
    assert column.max() < 0
    if units <= 8:
        assert (np.diff(column) > words["marker"]["size"][0]).all()
