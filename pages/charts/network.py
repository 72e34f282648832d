"""The network as a drawing: a neuron's tint is its output for the chosen row, an edge's width and colour its weight.

Up to `SINGLE` edges are traces of their own with their numbers on them; of more, the strongest are drawn in bundles.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine import History
from engine.network import forward
from pages.charts.figure import Dict, halo, label, layout, short
from pages.charts.palette import Palette

SINGLE = 24
STRONGEST = 100
BUNDLES = ((0.0, 1.0), (0.34, 2.5), (0.67, 5.0))
NUMBERED = 8

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that is drawn, for all F frames.

    `places` (units, 2) a layer; `values` (F, units) what the units put out; `starts` and `ends` (E, 2) of the edges,
    `spots` (E, 2) where their numbers go, `weights` (F, E); `biases` (F, neurons) or None.
    """

    places: tuple[Numbers, ...]
    values: Numbers
    starts: Numbers
    ends: Numbers
    spots: Numbers
    weights: Numbers
    biases: Numbers | None

    @property
    def single(self) -> bool:
        """Whether every edge is drawn for itself, with its number."""
        return len(self.starts) <= SINGLE

    @property
    def tallest(self) -> int:
        """Units in the largest layer."""
        return max(map(len, self.places))


def network(history: History, row: int, colors: Palette, token: str) -> Dict:
    """The drawing for one row of the table, with a frame a kept epoch."""
    drawing = draw(history, row)
    scale = float(np.abs(drawing.weights).max()) or 1.0
    last = len(history.epochs) - 1
    still = styles(drawing, colors)
    moving = [moves(drawing, k, scale, colors) for k in range(last + 1)]
    layers = len(drawing.places) - 1
    return {
        "data": [merged(style, move) for style, move in zip(still, moving[last], strict=True)]
        + [names(history, row, drawing, colors)],
        "layout": layout(
            colors,
            f"The network, looking at row {row + 1}",
            token,
            xaxis={"visible": False, "fixedrange": True, "range": [-0.42 * layers, 1.44 * layers]},
            yaxis={"visible": False, "fixedrange": True, "range": [-1.42, 1.28]},
            margin={"l": 4, "r": 4, "t": 34, "b": 4},
        ),
        "frames": [
            {"name": str(epoch), "data": data, "traces": list(range(len(still)))}
            for epoch, data in zip(history.epochs, moving, strict=True)
        ],
    }


def draw(history: History, row: int) -> Drawing:
    """Where everything goes, and what every unit puts out for one row at every frame."""
    e = history.experiment
    places = positions((len(e.input_names), *e.hidden, len(e.target_names)))
    pairs = list(zip(places[:-1], places[1:], strict=True))
    starts = np.concatenate([np.repeat(a, len(b), axis=0) for a, b in pairs])
    ends = np.concatenate([np.tile(b, (len(a), 1)) for a, b in pairs])
    # along its edge a number sits the further right, the lower the neuron it leads to: neighbours do not collide
    along = np.concatenate([np.tile(np.linspace(0.3, 0.62, len(b)) if len(b) > 1 else [0.42], len(a)) for a, b in pairs])
    inputs = np.array([e.inputs[row]])
    values = [
        np.concatenate([inputs[0], *(layer[0] for layer in forward(e, list(weights), list(biases), inputs).outputs)])
        for weights, biases in (
            ([w[k] for w in history.weights], [b[k] for b in history.biases]) for k in range(len(history.epochs))
        )
    ]
    return Drawing(
        places=places,
        values=np.stack(values),
        starts=starts,
        ends=ends,
        spots=starts + (ends - starts) * along[:, np.newaxis],
        weights=np.concatenate([w.reshape(len(w), -1) for w in history.weights], axis=1),
        biases=np.concatenate(history.biases, axis=1) if history.biases else None,
    )


def positions(sizes: tuple[int, ...]) -> tuple[Numbers, ...]:
    """(units, 2) a layer: layers from left to right at 0, 1, 2, ..., units from top to bottom between 1 and -1."""
    tallest = max(sizes)
    found = []
    for layer, size in enumerate(sizes):
        reach = min(0.55 * (size - 1), 1.0) if tallest <= NUMBERED else (size - 1) / (tallest - 1)
        found.append(np.column_stack([np.full(size, float(layer)), np.linspace(reach, -reach, size)]))
    return tuple(found)


def styles(drawing: Drawing, colors: Palette) -> list[Dict]:
    """What stays the same of the traces that move: edges, their numbers, the units, the biases."""
    quiet: Dict = {"type": "scatter", "hoverinfo": "skip"}
    found: list[Dict] = []
    if drawing.single:
        for start, end in zip(drawing.starts, drawing.ends, strict=True):
            found.append(quiet | {"mode": "lines", "x": short([start[0], end[0]]), "y": short([start[1], end[1]])})
        found.append(
            quiet
            | {"mode": "text", "x": short(drawing.spots[:, 0]), "y": short(drawing.spots[:, 1])}
            | {"textfont": {"size": 13, "color": colors.text, "shadow": halo(colors)}}
        )
    else:
        for color in (colors.positive, colors.negative):
            found += [quiet | {"mode": "lines", "line": {"color": color, "width": width}} for _, width in BUNDLES]
    units = np.concatenate(drawing.places)
    size = 46 if drawing.tallest <= 4 else 34 if drawing.tallest <= NUMBERED else 12
    orange, grey, blue = colors.tints
    found.append(
        quiet
        | {"mode": "markers+text" if size > 12 else "markers", "x": short(units[:, 0]), "y": short(units[:, 1])}
        | {"textfont": {"size": 12 if size == 46 else 10, "color": colors.text}, "cliponaxis": False}
        | {"marker": {"size": size, "cmin": -1, "cmax": 1, "line": {"width": 1.5, "color": colors.muted}}
           | {"opacity": 1, "colorscale": [[0, orange], [0.5, grey], [1, blue]]}}
    )
    if drawing.biases is not None and drawing.tallest <= NUMBERED:
        neurons = np.concatenate(drawing.places[1:])
        below = 0.2 if size == 46 else 0.15
        found.append(
            quiet
            | {"mode": "text", "x": short(neurons[:, 0]), "y": short(neurons[:, 1] - below), "cliponaxis": False}
            | {"textfont": {"size": 12, "color": colors.muted}, "textposition": "bottom center"}
        )
    return found


def moves(drawing: Drawing, k: int, scale: float, colors: Palette) -> list[Dict]:
    """What changes at frame k of the traces that `styles` lists."""
    weights = drawing.weights[k]
    found: list[Dict] = []
    if drawing.single:
        for weight in weights.tolist():
            width = round(1 + 7 * min(abs(weight) / scale, 1), 2)
            found.append({"line": {"width": width, "color": colors.sign(weight)}})
        found.append({"text": [label(weight) for weight in weights.tolist()]})
    else:
        found += bundled(drawing, weights, scale)
    found.append({"text": [label(v) for v in drawing.values[k].tolist()], "marker": {"color": short(drawing.values[k])}})
    if drawing.biases is not None and drawing.tallest <= NUMBERED:
        found.append({"text": [f"b {label(bias)}" for bias in drawing.biases[k].tolist()]})
    return found


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
            found.append({axis: [v for line in lines[:, :, i] for v in [*short(line), None]] for i, axis in enumerate("xy")})
    return found


def names(history: History, row: int, drawing: Drawing, colors: Palette) -> Dict:
    """The columns' names beside the first and the last layer, with the row's targets."""
    e = history.experiment
    first, last, gap = drawing.places[0], drawing.places[-1], 0.14 * (len(drawing.places) - 1)
    ends = np.concatenate([first - (gap, 0), last + (gap, 0)])
    goals = [f"{clipped(name)}<br>target {label(goal)}" for name, goal in zip(e.target_names, e.targets[row], strict=True)]
    return {
        "type": "scatter",
        "mode": "text",
        "x": short(ends[:, 0]),
        "y": short(ends[:, 1]),
        "text": [clipped(name) for name in e.input_names] + goals,
        "textposition": ["middle left"] * len(first) + ["middle right"] * len(last),
        "textfont": {"size": 13, "color": colors.muted},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def clipped(name: str) -> str:
    """A name that fits beside a unit."""
    return name if len(name) <= 12 else f"{name[:11]}…"


def merged(style: Dict, move: Dict) -> Dict:
    """One trace of both; a dict that both have is merged too."""
    both = {key: style[key] | move[key] for key in style.keys() & move.keys() if isinstance(style[key], dict)}
    return style | move | both
