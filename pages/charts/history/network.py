"""The network as a drawing: a neuron's tint is its output for the chosen row, an edge's width and colour its weight.

Up to `SINGLE` edges are traces of their own with their numbers on them; of more, the strongest are drawn in bundles.
"""

import numpy as np

from engine import History
from pages.charts.history.network_layout import NUMBERED, Drawing, draw, height, inside
from pages.charts.history.series import clipped
from pages.charts.style.base import Dict, halo, label, layout, short
from pages.charts.style.highlight import PLAIN, Light
from pages.charts.style.palette import Palette
from pages.charts.style.sizes import Sizes

STRONGEST = 100
BUNDLES = ((0.0, 0.8), (0.34, 1.8), (0.67, 3.5))


def network(
    history: History, row: int, colors: Palette, token: str, tall: int | None = None, light: Light = PLAIN
) -> Dict:
    """The drawing for one row of the table, with a frame a kept epoch."""
    sizes, tall = colors.sizes, tall or height(history)
    drawing = draw(history, row, tall, sizes)
    scale = float(np.abs(drawing.weights).max()) or 1.0
    lit = light.edge(history.experiment)
    texts = Texts(history, row, drawing, sizes, light)
    still = [*edge_styles(drawing, colors), texts.style(colors)]
    frames = range(len(history.epochs))
    edges = [edge_moves(drawing, k, scale, colors, lit) for k in frames] if drawing.single else bundled(drawing, scale)
    moving = [[*edges[k], texts.move(k)] for k in frames]
    layers = len(drawing.places) - 1
    left, right = texts.margins
    pitch = (sizes.drawing - left - right) / layers
    colored = "blue plus, orange minus" + ", dashed" * sizes.bare
    return {
        "data": [merged(style, move) for style, move in zip(still, moving[-1], strict=True)],
        "layout": layout(
            colors,
            f"Row {row + 1}: {colored}" if sizes.bare else f"The network, row {row + 1}: {colored}",
            token,
            xaxis={"visible": False, "fixedrange": True, "range": [-left / pitch, layers + right / pitch]},
            yaxis={"visible": False, "fixedrange": True, "range": [-inside(tall, sizes), 0]},
            margin={"l": 4, "r": 4, "t": sizes.margins[1], "b": 4},
            height=tall,
        ),
        "frames": [
            {"name": str(epoch), "data": data, "traces": list(range(len(still)))}
            for epoch, data in zip(history.epochs.tolist(), moving, strict=True)
        ],
    }


def edge_styles(drawing: Drawing, colors: Palette) -> list[Dict]:
    """What stays the same of the edges' traces: where single ones run, what bundled ones look like.

    On a wall a single one lies on a wider one of background, and negative bundles are dashed.
    """
    quiet: Dict = {"type": "scatter", "hoverinfo": "skip", "mode": "lines"}
    bare = colors.sizes.bare
    if drawing.single:
        return [
            quiet | {"x": short([start[0], end[0]]), "y": short([start[1], end[1]])}
            for start, end in zip(drawing.starts, drawing.ends, strict=True)
            for _ in range(1 + bare)
        ]
    return [
        quiet | {"line": {"color": color, "width": max(width, colors.sizes.edge[0]), "dash": dash if bare else "solid"}}
        for color, dash in ((colors.positive, "solid"), (colors.negative, "9px,9px"))
        for _, width in BUNDLES
    ]


def edge_moves(drawing: Drawing, k: int, scale: float, colors: Palette, lit: int | None) -> list[Dict]:
    """What changes at frame k of single edges; where one is `lit`, the others pale."""
    (thin, wide), found = colors.sizes.edge, []
    for index, weight in enumerate(drawing.weights[k].tolist()):
        pale = lit not in (None, index)
        width = thin if pale else round(thin + (wide - thin) * min(abs(weight) / scale, 1), 2)
        line: Dict = {"width": width, "color": colors.muted if pale else colors.sign(weight)}
        if colors.sizes.bare:
            found.append({"line": {"width": width + 6, "color": colors.background}})
            line["dash"] = "9px,9px" if weight < 0 and not pale else "solid"
        found.append({"line": line})
    return found


def bundled(drawing: Drawing, scale: float) -> list[list[Dict]]:
    """The strongest edges at every frame, sorted into bundles of one sign and one width each."""
    strength = np.abs(drawing.weights) / scale
    bundles = np.searchsorted([floor for floor, _ in BUNDLES], strength, side="right") - 1
    bundles += len(BUNDLES) * (drawing.weights < 0)
    np.put_along_axis(bundles, np.argsort(-strength)[:, STRONGEST:], -1, axis=1)
    found = []
    for frame in bundles.tolist():
        traces: list[Dict] = [{"x": [], "y": []} for _ in range(2 * len(BUNDLES))]
        for bundle, x, y in zip(frame, *drawing.strokes, strict=True):
            if bundle >= 0:
                traces[bundle]["x"] += x
                traces[bundle]["y"] += y
        found.append(traces)
    return found


class Texts:
    """Everything round and everything written, as one trace: units, edges' numbers, biases, names of the columns."""

    def __init__(self, history: History, row: int, drawing: Drawing, sizes: Sizes, light: Light) -> None:
        e = history.experiment
        self.units, first, last = np.concatenate(drawing.places), drawing.places[0], drawing.places[-1]
        self.size, self.sizes, self.covered = drawing.unit, sizes, len(last) * light.covered
        below = (0, self.size / 2 + 1)
        edges, lit = len(drawing.starts) if drawing.single else 0, light.edge(e)
        self.told = [index for index in range(edges) if index == lit or (lit is None and edges <= sizes.numbered)]
        numbered = drawing.biases is not None and drawing.tallest <= (4 if sizes.bare else NUMBERED)
        biased = np.concatenate(drawing.places[1:]) - below if numbered else self.units[:0]
        self.counts = (len(self.units), len(self.told), len(biased), len(first), len(last))
        longest = 8 if sizes.bare else 12
        self.names = [clipped(name, longest) for name in e.input_names]
        self.names += [
            f"{clipped(name, longest)}<br>target {label(goal)}"
            for name, goal in zip(e.target_names, e.targets[row], strict=True)
        ]
        self.drawing = drawing
        seen = np.clip(drawing.values, -1, 1).round(3)
        seen[:, seen.shape[1] - self.covered :] = 0
        self.tints: list[list[float]] = seen.tolist()
        edge = self.size / 2 + (10 if sizes.bare else 3)
        self.margins = tuple(
            edge + sizes.letters(max(len(part) for name in group for part in name.split("<br>"))) + 4
            for group in (self.names[: len(first)], self.names[len(first) :])
        )
        gap = (edge * (len(drawing.places) - 1) / (sizes.drawing - sum(self.margins)), 0)
        self.places = np.concatenate([self.units, drawing.spots[self.told], biased, first - gap, last + gap])

    def style(self, colors: Palette) -> Dict:
        """What does not move."""
        orange, grey, blue = colors.tints
        rest, sizes = len(self.places) - len(self.units), self.sizes
        inside = sizes.inside if self.size > 40 else sizes.inside - 1

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
                "size": each(inside, sizes.number, sizes.small, sizes.words, sizes.words),
                "color": each(colors.text, colors.text, colors.muted, colors.muted, colors.muted),
                "shadow": each("none", halo(colors), halo(colors), "none", "none"),
            },
            "marker": {
                "size": [self.size] * len(self.units) + [0] * rest,
                "cmin": -1,
                "cmax": 1,
                "opacity": 1,
                "colorscale": [[0, orange], [0.5, grey], [1, blue]],
                "line": {"width": sizes.thin, "color": colors.text if sizes.bare else colors.muted},
            },
        }

    def move(self, k: int) -> Dict:
        """The numbers at frame k, and the tints of the units; nothing of the outputs while they are covered."""
        _, _, biases, *names = self.counts
        values, weights = self.drawing.values[k].tolist(), self.drawing.weights[k].tolist()
        seen = len(values) - self.covered
        digits = 3 if self.size > 3.2 * self.sizes.inside else 2
        texts = [brief(value, digits) for value in values[:seen]] + ["?"] * self.covered
        texts = texts if self.size > self.sizes.small_unit else [""] * len(values)
        texts += [label(weights[index]) for index in self.told]
        if self.drawing.biases is not None:
            texts += [f"b {label(bias)}" for bias in self.drawing.biases[k].tolist()[:biases]]
        rest = len(self.told) + biases + sum(names)
        return {"text": texts + self.names, "marker": {"color": self.tints[k] + [0] * rest}}


def brief(value: float, digits: int) -> str:
    """A number short enough for the inside of a unit."""
    text = label(value, digits)
    return text if len(text) <= 7 else f"{value:.1e}".replace("e+", "e").replace("e0", "e").replace("e-0", "e-")


def merged(style: Dict, move: Dict) -> Dict:
    """One trace of both; a dict that both have is merged too."""
    both = {key: style[key] | move[key] for key in style.keys() & move.keys() if isinstance(style[key], dict)}
    return style | move | both
