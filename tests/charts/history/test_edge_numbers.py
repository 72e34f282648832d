"""The numbers in the network drawing lie neither on each other nor on neurons, where the drawing is narrowest."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from engine import PRESETS, Experiment, record
from pages.charts.history.edge_numbers import ASIDE, UNCLEAR, clear_numbers, number_positions
from pages.charts.history.network import network_figure
from pages.charts.history.network_layout import NetworkLayout, network_height, network_layout
from pages.charts.style.fit_number import text_width
from pages.charts.style.palette import palette_for
from pages.charts.style.sizes import DESK

Box = tuple[float, float, float, float]
COLORS = palette_for("light")
ALL_TOLD = 12
"""So many edges have a number each."""

GLYPHS = 0.75
"""The height of digits with some room, as a multiple of their size."""


def network(preset: str, *hidden: int) -> Experiment:
    e = PRESETS[preset]
    return replace(e, hidden=hidden, activations=("tanh",) * len(hidden) + e.activations[-1:], epochs=200)


NETWORKS = {
    "the tutorial's": network("tutorial"),
    "XOR, 2": network("xor", 2),
    "XOR, 3": network("xor", 3),
    "XOR, 5": network("xor", 5),
    "odd or even, 4": network("parity", 4),
    "odd or even, 5": network("parity", 5),
    "no bias, 4": network("tutorial", 4),
}


def text_boxes(e: Experiment) -> tuple[list[tuple[str, Box]], NetworkLayout]:
    """The numbers on edges and below neurons with their boxes in pixels, at the end of the training."""
    history = record(e)
    drawing = network_layout(history, 0, network_height(history))
    pitch = drawing.names.pitch(len(e.hidden) + 1, DESK)
    words, boxes = network_figure(history, 0, COLORS, "a1")["data"][-1], []
    columns = (words["x"], words["y"], words["text"], words["textposition"], words["textfont"]["size"])
    for x, y, text, place, size in list(zip(*columns, strict=True))[sum(map(len, drawing.positions)) :]:
        half = text_width(text) * size / 2, GLYPHS * size / 2
        middle = y - 0.6 * size if place == "bottom center" else y
        if place in ("middle center", "bottom center"):
            boxes.append((text, (x * pitch - half[0], middle - half[1], x * pitch + half[0], middle + half[1])))
    return boxes, drawing


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes (left, bottom, right, top) overlap by more than a pixel."""
    return min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 1


def on_neuron(box: Box, x: float, y: float, radius: float) -> bool:
    across, down = max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3])
    return float(np.hypot(across, down)) < radius - 1


@pytest.mark.parametrize("name", NETWORKS)
def test_no_number_lies_on_another_or_on_a_neuron(name: str) -> None:
    boxes, drawing = text_boxes(NETWORKS[name])
    pitch = drawing.names.pitch(len(drawing.positions) - 1, DESK)
    assert drawing.clear.mean() > 0.5
    assert drawing.clear.all() or len(drawing.starts) > ALL_TOLD
    assert len(boxes) == drawing.clear.sum() + len(drawing.biases[0] if drawing.biases is not None else ())
    assert [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if meet(a, b)] == []
    middles = [(x * pitch, y) for x, y in np.concatenate(drawing.positions).tolist()]
    assert [text for text, box in boxes for spot in middles if on_neuron(box, *spot, drawing.unit / 2)] == []


def test_two_edges_that_cross_have_their_numbers_apart() -> None:
    starts, ends = np.array([[0.0, 0], [0, -60]]), np.array([[100.0, -60], [100, 0]])
    spots, clear = number_positions(starts, ends, starts, ends[:0], 46, DESK)
    assert clear.all()
    across, down = np.abs(spots[0] - spots[1])
    assert across > 3 * DESK.number or down >= DESK.number


def test_a_number_alone_is_beside_its_edge() -> None:
    (spot,), (is_clear,) = number_positions(
        np.array([[0.0, 0]]), np.array([[100.0, 0]]), np.zeros((0, 2)), np.zeros((0, 2)), 46, DESK
    )
    assert spot.tolist() == [45, ASIDE[0] * DESK.number]
    assert is_clear


def test_of_numbers_that_meet_the_one_that_meets_most_is_not_written() -> None:
    together = np.zeros((4, 4))
    together[[0, 1, 1, 2], [1, 0, 2, 1]] = UNCLEAR  # 1 meets 0 and 2
    assert clear_numbers(np.zeros(4), together).tolist() == [True, False, True, True]
    assert clear_numbers(np.array([0, 0, 0, UNCLEAR]), np.zeros((4, 4))).tolist() == [True, True, True, False]


@pytest.mark.parametrize("name", NETWORKS)
def test_no_edge_runs_far_under_the_number_of_another(name: str) -> None:
    boxes, drawing = text_boxes(NETWORKS[name])
    pitch = drawing.names.pitch(len(drawing.positions) - 1, DESK)
    numbers = [box for _, box in boxes[: int(drawing.clear.sum())]]
    along = np.linspace(0, 1, 201)[:, None]
    lines = [a + along * (b - a) for a, b in zip(drawing.starts * (pitch, 1), drawing.ends * (pitch, 1), strict=True)]
    for at, (left, low, right, high) in zip(np.flatnonzero(drawing.clear).tolist(), numbers, strict=True):
        under = [((left, low) < line).all(axis=1) & (line < (right, high)).all(axis=1) for line in lines]
        assert sum(float(part.mean()) for other, part in enumerate(under) if other != at) < 0.25
