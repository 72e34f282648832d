"""The network's answer over two inputs as a surface in space, with the rows where they lie and what they should be."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine import Experiment, History
from engine.model.types import Array
from pages.charts.style.base import Dict
from pages.charts.style.format import format_number, round_coordinates
from pages.charts.style.palette import Palette
from pages.charts.surface.surface_3d import space_layout, surface_trace
from pages.charts.surface.surface_map import finite_values

SIDE, HEIGHT, MARGIN = 41, 460, 0.08
"""Places along each input, pixels, and the share of an input's range that the picture goes on at both ends."""


@dataclass(frozen=True, slots=True)
class AnswerSpace:
    """What is over the plane: an output, over two inputs; the others are as in a row."""

    across: int
    up: int
    target: int
    row: int


Plane: TypeAlias = tuple[Array, Array, Array]
"""Two axes, (SIDE,) each, and the output at every place, (up, across)."""


def answer_over_plane(history: History, epoch: int, space: AnswerSpace) -> Plane:
    """The output over two inputs: the engine's own forward pass."""
    table = history.experiment.unscaled_inputs
    axes = []
    for i in (space.across, space.up):
        low, high = float(table[:, i].min()), float(table[:, i].max())
        axes.append(np.linspace(low - MARGIN * (high - low), high + MARGIN * (high - low), SIDE))
    places = np.tile(table[space.row], (SIDE * SIDE, 1))
    across, up = np.meshgrid(*axes)
    places[:, space.across], places[:, space.up] = across.ravel(), up.ravel()
    return axes[0], axes[1], history.predict(places, epoch)[:, space.target].reshape(SIDE, SIDE)


def answer_in_space(history: History, epoch: int, space: AnswerSpace, plane: Plane, colors: Palette) -> Dict:
    """The surface at an epoch, and each row at its target, with a line to what the network answers there."""
    e, (x, y, answer) = history.experiment, plane
    names = e.input_names[space.across], e.input_names[space.up], f"output {e.target_names[space.target]}"
    return {
        "data": [
            surface_trace(round_coordinates(x), round_coordinates(y), answer, names, colors),
            *row_traces(history, epoch, space, colors),
        ],
        "layout": space_layout(f"The answer as height, at epoch {epoch:,}", names, colors, HEIGHT),
    }


def row_traces(history: History, epoch: int, space: AnswerSpace, colors: Palette) -> list[Dict]:
    """The rows as dots at their targets, open where held out, each with a line to its output; no questions."""
    e = history.experiment
    table, targets = e.unscaled_inputs, e.unscaled_targets[:, space.target]
    outputs = finite_values(history.predict(table, epoch)[:, space.target])
    rows = [row for row in range(len(table)) if row not in e.question_rows]
    held_out = set(e.test_rows)
    x, y = table[rows, space.across].tolist(), table[rows, space.up].tolist()
    lines: list[list[float | None]] = [[], [], []]
    for a, b, row in zip(x, y, rows, strict=True):
        for line, ends in zip(lines, ((a, a), (b, b), (float(targets[row]), float(outputs[row]))), strict=True):
            line.extend((*ends, None))
    words = [f"row {row + 1}<br>target {format_number(float(targets[row]))}" for row in rows]
    return [
        {
            "type": "scatter3d",
            "mode": "lines",
            **dict(zip("xyz", lines, strict=True)),
            "line": {"color": colors.muted, "width": 3},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter3d",
            "mode": "markers",
            "x": x,
            "y": y,
            "z": targets[rows].tolist(),
            "text": words,
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {
                "color": colors.text,
                "size": 4,
                "symbol": ["circle-open" if row in held_out else "circle" for row in rows],
            },
        },
    ]


def answer_words(e: Experiment, epoch: int, space: AnswerSpace, plane: Plane) -> str:
    """The alt text: what is over what, and where the answer is least and most."""
    x, y, answer = plane
    names = e.input_names[space.across], e.input_names[space.up]
    ends = []
    for index in (answer.argmin(), answer.argmax()):
        up, across = np.unravel_index(int(index), answer.shape)
        place = f"{names[0]} {format_number(float(x[across]))}, {names[1]} {format_number(float(y[up]))}"
        ends.append(f"{format_number(float(answer[up, across]))} at {place}")
    return (
        f"The output {e.target_names[space.target]} over {names[0]} and {names[1]} at epoch {epoch:,}: "
        f"least {ends[0]}; most {ends[1]}."
    )
