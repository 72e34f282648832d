"""The network as a drawing: a neuron's tint is its output for the chosen row, an edge's width and colour its weight.

Up to `SINGLE` edges are traces of their own with their numbers on them; of more, the strongest are drawn in bundles.
"""

import numpy as np

from engine import History
from pages.charts.drawing import NUMBERED, Drawing, Numbers, draw, height
from pages.charts.figure import Dict, halo, label, layout, short
from pages.charts.lines import clipped
from pages.charts.palette import Palette

STRONGEST = 100
BUNDLES = ((0.0, 0.8), (0.34, 1.8), (0.67, 3.5))
WIDTH = 360


def network(history: History, row: int, colors: Palette, token: str) -> Dict:
    """The drawing for one row of the table, with a frame a kept epoch."""
    drawing = draw(history, row)
    tall = height(history)
    scale = float(np.abs(drawing.weights).max()) or 1.0
    texts = Texts(history, row, drawing)
    still = [*edge_styles(drawing, colors), texts.style(colors)]
    moving = [[*edge_moves(drawing, k, scale, colors), texts.move(k)] for k in range(len(history.epochs))]
    layers = len(drawing.places) - 1
    left, right = texts.margins
    pitch = (WIDTH - left - right) / layers
    return {
        "data": [merged(style, move) for style, move in zip(still, moving[-1], strict=True)],
        "layout": layout(
            colors,
            f"The network, looking at row {row + 1}: blue plus, orange minus",
            token,
            xaxis={"visible": False, "fixedrange": True, "range": [-left / pitch, layers + right / pitch]},
            yaxis={"visible": False, "fixedrange": True, "range": [36 - tall, 0]},
            margin={"l": 4, "r": 4, "t": 32, "b": 4},
            height=tall,
        ),
        "frames": [
            {"name": str(epoch), "data": data, "traces": list(range(len(still)))}
            for epoch, data in zip(history.epochs.tolist(), moving, strict=True)
        ],
    }


def edge_styles(drawing: Drawing, colors: Palette) -> list[Dict]:
    """What stays the same of the edges' traces: where single ones run, what bundled ones look like."""
    quiet: Dict = {"type": "scatter", "hoverinfo": "skip", "mode": "lines"}
    if drawing.single:
        return [
            quiet | {"x": short([start[0], end[0]]), "y": short([start[1], end[1]])}
            for start, end in zip(drawing.starts, drawing.ends, strict=True)
        ]
    return [
        quiet | {"line": {"color": color, "width": width}}
        for color in (colors.positive, colors.negative)
        for _, width in BUNDLES
    ]


def edge_moves(drawing: Drawing, k: int, scale: float, colors: Palette) -> list[Dict]:
    """What changes at frame k of the traces that `edge_styles` lists."""
    if not drawing.single:
        return bundled(drawing, drawing.weights[k], scale)
    return [
        {"line": {"width": round(1 + 7 * min(abs(weight) / scale, 1), 2), "color": colors.sign(weight)}}
        for weight in drawing.weights[k].tolist()
    ]


def bundled(drawing: Drawing, weights: Numbers, scale: float) -> list[Dict]:
    """The strongest edges, sorted into bundles of one sign and one width each."""
    strength = np.abs(weights) / scale
    strong = np.zeros(len(weights), dtype=bool)
    strong[np.argsort(-strength)[:STRONGEST]] = True
    floors = [floor for floor, _ in BUNDLES]
    bundle = np.searchsorted(floors, strength, side="right") - 1
    found = []
    for positive in (True, False):
        for index in range(len(BUNDLES)):
            chosen = np.flatnonzero(strong & (bundle == index) & ((weights >= 0) == positive))
            lines = np.stack([drawing.starts[chosen], drawing.ends[chosen]], axis=1)
            found.append(
                {axis: [v for line in lines[:, :, i] for v in [*short(line), None]] for i, axis in enumerate("xy")}
            )
    return found


class Texts:
    """Everything round and everything written, as one trace: units, edges' numbers, biases, names of the columns."""

    def __init__(self, history: History, row: int, drawing: Drawing) -> None:
        e = history.experiment
        self.units, first, last = np.concatenate(drawing.places), drawing.places[0], drawing.places[-1]
        self.size = 46 if drawing.tallest <= 3 else 40 if drawing.tallest <= NUMBERED else 12
        below = (0, self.size / 2 + 1)
        spots = drawing.spots if drawing.single else drawing.spots[:0]
        numbered = drawing.biases is not None and drawing.tallest <= NUMBERED
        biased = np.concatenate(drawing.places[1:]) - below if numbered else self.units[:0]
        self.counts = (len(self.units), len(spots), len(biased), len(first), len(last))
        self.names = [clipped(name, 12) for name in e.input_names]
        self.names += [
            f"{clipped(name, 12)}<br>target {label(goal)}"
            for name, goal in zip(e.target_names, e.targets[row], strict=True)
        ]
        self.drawing = drawing
        self.tints: list[list[float]] = np.clip(drawing.values, -1, 1).round(3).tolist()
        edge = self.size / 2 + 3
        self.margins = tuple(
            edge + 7 * max(len(part) for name in group for part in name.split("<br>")) + 4
            for group in (self.names[: len(first)], self.names[len(first) :])
        )
        gap = (edge * (len(drawing.places) - 1) / (WIDTH - sum(self.margins)), 0)
        self.places = np.concatenate([self.units, spots, biased, first - gap, last + gap])

    def style(self, colors: Palette) -> Dict:
        """What does not move."""
        orange, grey, blue = colors.tints
        rest = len(self.places) - len(self.units)

        def each(*values: object) -> list[object]:
            return [value for value, count in zip(values, self.counts, strict=True) for _ in range(count)]

        return {
            "type": "scatter",
            "mode": "markers+text",
            "hoverinfo": "skip",
            "cliponaxis": False,
            "x": short(self.places[:, 0]),
            "y": short(self.places[:, 1]),
            "textposition": each("middle center", "middle center", "bottom center", "middle left", "middle right"),
            "textfont": {
                "size": each(12 if self.size > 40 else 11, 13, 12, 13, 13),
                "color": each(colors.text, colors.text, colors.muted, colors.muted, colors.muted),
                "shadow": each("none", halo(colors), halo(colors), "none", "none"),
            },
            "marker": {
                "size": [self.size] * len(self.units) + [0] * rest,
                "cmin": -1,
                "cmax": 1,
                "opacity": 1,
                "colorscale": [[0, orange], [0.5, grey], [1, blue]],
                "line": {"width": 1.5, "color": colors.muted},
            },
        }

    def move(self, k: int) -> Dict:
        """The numbers at frame k, and the tints of the units."""
        _, spots, biases, *names = self.counts
        values = self.drawing.values[k]
        texts = [brief(value) if self.size > 12 else "" for value in values.tolist()]
        texts += [label(weight) for weight in self.drawing.weights[k].tolist()[:spots]]
        if self.drawing.biases is not None:
            texts += [f"b {label(bias)}" for bias in self.drawing.biases[k].tolist()[:biases]]
        return {"text": texts + self.names, "marker": {"color": self.tints[k] + [0] * (spots + biases + sum(names))}}


def brief(value: float) -> str:
    """A number short enough for the inside of a unit."""
    text = label(value)
    return text if len(text) <= 7 else f"{value:.1e}".replace("e+", "e").replace("e0", "e").replace("e-0", "e-")


def merged(style: Dict, move: Dict) -> Dict:
    """One trace of both; a dict that both have is merged too."""
    both = {key: style[key] | move[key] for key in style.keys() & move.keys() if isinstance(style[key], dict)}
    return style | move | both
