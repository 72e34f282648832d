"""The network drawing: a neuron's tint is its output for the chosen row, an edge's width and colour are its weight.

Up to MOST_SINGLE_EDGES edges are traces of their own, with numbers; of more, the strongest are drawn in groups.
"""

import numpy as np

from engine import History
from engine.explanation.rounded_to_zero import zero_output_size, zero_weight_size
from pages.charts.history.network_layout import (
    MOST_NUMBERED_UNITS,
    NetworkLayout,
    network_height,
    network_layout,
    plot_height,
)
from pages.charts.style.base import Dict, chart_layout, text_shadow
from pages.charts.style.fit_number import fit_number
from pages.charts.style.format import format_number
from pages.charts.style.highlight import NO_HIGHLIGHT, Highlight
from pages.charts.style.palette import Palette
from pages.charts.style.sizes import Sizes

MOST_EDGES = 100

LEAST_ROOM = 2.0
"""The diameter from which a unit has a number in it, as a multiple of the number's size."""
EDGE_WIDTHS = ((0.0, 0.8), (0.34, 1.8), (0.67, 3.5))


def network_figure(
    history: History, row: int, colors: Palette, token: str, tall: int | None = None, light: Highlight = NO_HIGHLIGHT
) -> Dict:
    """The drawing for one row of the table, with one frame per kept epoch."""
    sizes, tall = colors.sizes, tall or network_height(history)
    drawing = network_layout(history, row, tall, sizes)
    largest = float(np.abs(drawing.weights).max())
    scale = largest if largest > zero_weight_size(history.experiment) else 1.0  # what is 0 up to rounding is thin
    lit = light.edge_index(history.experiment)
    texts = TextTrace(history, drawing, sizes, light)
    still = [*edge_styles(drawing, colors), texts.style(colors)]
    frames = range(len(history.epochs))
    edges = (
        [edge_frame(drawing, k, scale, colors, lit) for k in frames]
        if drawing.has_single_edges
        else grouped_edge_frames(drawing, scale)
    )
    moving = [[*edges[k], texts.frame(k)] for k in frames]
    layers = len(drawing.positions) - 1
    (left, right), pitch = drawing.names.margins, drawing.names.pitch(layers, sizes)
    colored = "blue plus, orange minus" + ", dashed" * sizes.projector
    return {
        "data": [merge_traces(style, move) for style, move in zip(still, moving[-1], strict=True)],
        "layout": chart_layout(
            colors,
            f"Row {row + 1}: {colored}" if sizes.projector else f"The network, row {row + 1}: {colored}",
            token,
            xaxis={"visible": False, "fixedrange": True, "range": [-left / pitch, layers + right / pitch]},
            yaxis={"visible": False, "fixedrange": True, "range": [-plot_height(tall, sizes), 0]},
            margin={"l": 4, "r": 4, "t": sizes.margins[1], "b": 4},
            height=tall,
        ),
        "frames": [
            {"name": str(epoch), "data": data, "traces": list(range(len(still)))}
            for epoch, data in zip(history.epochs.tolist(), moving, strict=True)
        ],
    }


def edge_styles(drawing: NetworkLayout, colors: Palette) -> list[Dict]:
    """The fixed properties of the edges' traces: the ends of single edges, the colour and width of groups.

    On a projector every single edge has a wider one of background colour below it, and negative groups are dashed.
    """
    quiet: Dict = {"type": "scatter", "hoverinfo": "skip", "mode": "lines"}
    bare = colors.sizes.projector
    if drawing.has_single_edges:
        return [
            quiet | {"x": [start[0], end[0]], "y": [start[1], end[1]]}
            for start, end in zip(drawing.starts.tolist(), drawing.ends.tolist(), strict=True)
            for _ in range(1 + bare)
        ]
    return [
        quiet | {"line": {"color": color, "width": max(width, colors.sizes.edge[0]), "dash": dash if bare else "solid"}}
        for color, dash in ((colors.positive, "solid"), (colors.negative, "9px,9px"))
        for _, width in EDGE_WIDTHS
    ]


def edge_frame(drawing: NetworkLayout, k: int, scale: float, colors: Palette, lit: int | None) -> list[Dict]:
    """The width and colour of single edges at frame k; if one is `lit` (highlighted), the others are pale.

    Frozen ones are dotted.
    """
    (thin, wide), found = colors.sizes.edge, []
    for index, weight in enumerate(drawing.weights[k].tolist()):
        pale = lit not in (None, index)
        width = thin if pale else round(thin + (wide - thin) * min(abs(weight) / scale, 1), 2)
        line: Dict = {"width": width, "color": colors.muted if pale else colors.sign(weight)}
        if colors.sizes.projector:
            found.append({"line": {"width": width + 6, "color": colors.background}})
            line["dash"] = "9px,9px" if weight < 0 and not pale else "solid"
        if drawing.frozen[index]:
            line["dash"] = "dot"
        found.append({"line": line})
    return found


def grouped_edge_frames(drawing: NetworkLayout, scale: float) -> list[list[Dict]]:
    """The strongest edges at every frame, in groups of the same sign and width."""
    strength = np.abs(drawing.weights) / scale
    bundles = np.searchsorted([floor for floor, _ in EDGE_WIDTHS], strength, side="right") - 1
    bundles += len(EDGE_WIDTHS) * (drawing.weights < 0)
    np.put_along_axis(bundles, np.argsort(-strength)[:, MOST_EDGES:], -1, axis=1)
    found = []
    for frame in bundles.tolist():
        traces: list[Dict] = [{"x": [], "y": []} for _ in range(2 * len(EDGE_WIDTHS))]
        for bundle, x, y in zip(frame, *drawing.strokes, strict=True):
            if bundle >= 0:
                traces[bundle]["x"] += x
                traces[bundle]["y"] += y
        found.append(traces)
    return found


class TextTrace:
    """Units and texts in one trace: the units, the numbers of edges, the biases, the names of the columns."""

    def __init__(self, history: History, drawing: NetworkLayout, sizes: Sizes, light: Highlight) -> None:
        e = history.experiment
        self.zero, self.zero_output = zero_weight_size(e), zero_output_size(e)
        self.units, first, last = np.concatenate(drawing.positions), drawing.positions[0], drawing.positions[-1]
        self.size, self.sizes, self.covered = drawing.unit, sizes, len(last) * light.outputs_covered
        below = (0, self.size / 2 + 1)
        edges, lit = len(drawing.starts) if drawing.has_single_edges else 0, light.edge_index(e)
        all_told = lit is None and edges <= sizes.most_numbered
        self.told = [at for at in range(edges) if at == lit or (all_told and drawing.clear[at])]
        numbered = drawing.biases is not None and drawing.tallest <= (4 if sizes.projector else MOST_NUMBERED_UNITS)
        biased = np.concatenate(drawing.positions[1:]) - below if numbered else self.units[:0]
        self.counts = (len(self.units), len(self.told), len(biased), len(first), len(last))
        names = drawing.names
        self.names = [*names.inputs, *names.targets]
        # A projector's smallest size of text is its smallest everywhere, so less fits into a smaller unit.
        self.inside = sizes.inside if self.size > 3.5 * sizes.inside else min(sizes.inside - 1, sizes.small_text)
        self.drawing = drawing
        seen = np.clip(drawing.values, -1, 1).round(3)
        seen[:, seen.shape[1] - self.covered :] = 0
        self.tints: list[list[float]] = seen.tolist()
        gap = (names.edge / names.pitch(len(drawing.positions) - 1, sizes), 0)
        self.places = np.concatenate([self.units, drawing.number_positions[self.told], biased, first - gap, last + gap])

    def style(self, colors: Palette) -> Dict:
        """The fixed properties of the trace."""
        orange, grey, blue = colors.tints
        rest, sizes = len(self.places) - len(self.units), self.sizes

        def each(*values: object) -> list[object]:
            return [value for value, count in zip(values, self.counts, strict=True) for _ in range(count)]

        return {
            "type": "scatter",
            "mode": "markers+text",
            "hoverinfo": "skip",
            "cliponaxis": False,
            "x": self.places[:, 0].tolist(),
            "y": self.places[:, 1].tolist(),
            "textposition": each("middle center", "middle center", "bottom center", "middle left", "middle right"),
            "textfont": {
                "size": each(self.inside, sizes.number, sizes.small_text, sizes.text, sizes.text),
                "color": each(colors.text, colors.text, colors.muted, colors.muted, colors.muted),
                "shadow": each("none", text_shadow(colors, 2), text_shadow(colors, 2), "none", "none"),
            },
            "marker": {
                "size": [self.size] * len(self.units) + [0] * rest,
                "cmin": -1,
                "cmax": 1,
                "opacity": 1,
                "colorscale": [[0, orange], [0.5, grey], [1, blue]],
                "line": {"width": sizes.thin_line, "color": colors.text if sizes.projector else colors.muted},
            },
        }

    def frame(self, k: int) -> Dict:
        """The texts and tints at frame k; covered outputs show a question mark and no tint."""
        _, _, biases, *names = self.counts
        values, weights = self.drawing.numbers[k].tolist(), self.drawing.weights[k].tolist()
        seen = len(values) - self.covered
        zeros = [0.0] * (len(values) - names[1]) + [self.zero_output] * names[1]
        room = (self.size - self.sizes.thin_line) / self.inside
        texts = [""] * len(values)
        if room > LEAST_ROOM:
            texts = [fit_number(value, room, zero) for value, zero in zip(values, zeros, strict=True)]
            texts[seen:] = ["?"] * self.covered
        texts += [format_number(weights[index], zero_below=self.zero) for index in self.told]
        if self.drawing.biases is not None:
            texts += [
                f"bias {format_number(bias, zero_below=self.zero)}" for bias in self.drawing.biases[k].tolist()[:biases]
            ]
        rest = len(self.told) + biases + sum(names)
        return {"text": texts + self.names, "marker": {"color": self.tints[k] + [0] * rest}}


def merge_traces(style: Dict, move: Dict) -> Dict:
    """The two dicts merged, including the dicts that both have under the same key."""
    both = {key: style[key] | move[key] for key in style.keys() & move.keys() if isinstance(style[key], dict)}
    return style | move | both
