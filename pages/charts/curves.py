"""Curves over epochs: weight evolution, output convergence, loss.

Whole curves are drawn once; a frame moves the cursor. Up to `NAMED` lines each have a colour, a marker and a label with
the number; more are drawn as bundles, a bundle a colour.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine import History
from pages.charts.figure import (
    HEIGHT,
    Dict,
    EpochAxis,
    fade,
    halo,
    label,
    layout,
    padded,
    plain_axis,
    short,
    spread,
    veil,
    veil_x,
)
from pages.charts.lines import NAMED, Line, loss_lines, output_lines, weight_lines
from pages.charts.palette import Palette

LABEL_GAP = 0.085
MOST_DRAWN = 200


def weight_evolution(history: History, axis: EpochAxis, colors: Palette, token: str) -> Dict:
    """Every weight and bias against the epoch."""
    lines = weight_lines(history, colors)
    return curves(history, lines, axis, colors, f"Weight evolution{', biases dotted' * bool(history.biases)}", token)


def output_convergence(history: History, axis: EpochAxis, colors: Palette, token: str, height: int = HEIGHT) -> Dict:
    """Every row's output against the epoch, its target dashed; as high as the drawing beside it."""
    lines = output_lines(history, colors)
    targets = sorted({value for row in history.experiment.targets for value in row})
    return curves(history, lines, axis, colors, "Output convergence, targets dashed", token, targets, height=height)


def loss_curve(history: History, axis: EpochAxis, colors: Palette, token: str) -> Dict:
    """The loss against the epoch, held-out rows apart; the loss on a log scale where it falls far."""
    lines = loss_lines(history, colors)
    positive = min(float(line.values.min()) for line in lines)
    far = positive > 0 and max(float(line.values.max()) for line in lines) / positive > 100
    return curves(history, lines, axis, colors, "Loss" + " (log scale)" * far, token, log_values=far)


def curves(
    history: History,
    lines: Sequence[Line],
    axis: EpochAxis,
    colors: Palette,
    title: str,
    token: str,
    dashes: Sequence[float] = (),
    log_values: bool = False,
    height: int = HEIGHT,
) -> Dict:
    """The figure of a set of lines, with a frame a kept epoch; `dashes` are values marked right across."""
    step = -(-len(lines) // MOST_DRAWN)
    lines = lines[::step]
    named = len(lines) <= NAMED
    x = axis.at(history.epochs)
    values = np.stack([np.log10(line.values) if log_values else line.values for line in lines])
    low, high = padded(min(values.min(), *dashes, values.max()), max(values.max(), *dashes, values.min()))
    room = label_room(lines) if named else 0.04
    right = axis.end * (1 + room)

    still = [target_dashes(dashes, 0 if len(dashes) <= NAMED else 0.97 * axis.end, axis.end, colors)] if dashes else []
    still += (
        [line_trace(line, x, y, history) for line, y in zip(lines, values, strict=True)]
        if named
        else bundles(lines, x, values)
    )
    xs, ys, label_xs = short(x), short(values.T), short(x + 0.02 * axis.end)
    gap = (high - low) * LABEL_GAP
    beside = short([spread(heads, gap, low + gap / 2, high - gap / 2) for heads in ys]) if named else []
    written = [[f"{line.name} {label(value)}" for value in line.values.tolist()] for line in lines] if named else []
    moving = (len(still), len(still) + 1)

    def moves(k: int) -> list[Dict]:
        """The veil, and one trace for the markers and, after them, the labels."""
        if not named:
            return [{"x": veil_x(xs[k], right)}, {"x": [xs[k]] * len(lines), "y": ys[k]}]
        places = {"x": [xs[k]] * len(lines) + [label_xs[k]] * len(lines), "y": ys[k] + beside[k]}
        return [{"x": veil_x(xs[k], right)}, places | {"text": [""] * len(lines) + [text[k] for text in written]}]

    paint = [line.color for line in lines] * (2 if named else 1)
    heads: Dict = {
        "type": "scatter",
        "mode": "markers+text" if named else "markers",
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
        "textposition": "middle right",
        "textfont": {"color": paint, "size": 13, "shadow": halo(colors)},
        "marker": {"color": paint, "size": [10] * len(lines) + [0] * len(lines) if named else 6, "opacity": 1},
    }
    last_veil, last_heads = moves(len(xs) - 1)
    vertical = plain_axis(colors) | {"range": short([low, high]), "nticks": 6}
    if log_values:
        powers = range(max(int(np.floor(low)), -307), min(int(np.ceil(high)), 308) + 1)  # those that a float can hold
        every = max(1, len(powers) // 5)
        vertical |= {"tickvals": list(powers)[::every], "ticktext": [label(10.0**p) for p in powers][::every]}
    return {
        "data": [*still, veil(low, high, colors) | last_veil, heads | last_heads],
        "layout": layout(
            colors,
            title,
            token,
            height=height,
            xaxis=axis.layout(colors, room),
            yaxis=vertical,
            showlegend=not named and len({line.bundle for line in lines}) > 1,
            legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 12}},
            margin={"l": 44, "r": 8, "t": 32 if named else 50, "b": 38},
        ),
        "frames": [
            {"name": str(epoch), "data": moves(k), "traces": moving} for k, epoch in enumerate(history.epochs.tolist())
        ],
    }


def label_room(lines: Sequence[Line]) -> float:
    """The share of the axis that the longest label needs beyond its end, on a chart of about 380 pixels."""
    pixels = 7 * (max(len(line.name) for line in lines) + 8)
    return pixels / max(330 - pixels, 120)


def target_dashes(values: Sequence[float], start: float, end: float, colors: Palette) -> Dict:
    """A dashed line at each of the values, all one trace."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*short([start, end]), None] * len(values),
        "y": [y for value in values for y in [*short([value, value]), None]],
        "line": {"color": colors.muted, "width": 1.5, "dash": "dash"}
        if len(values) <= NAMED
        else {"color": fade(colors.muted, 0.4), "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def line_trace(line: Line, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], history: History) -> Dict:
    """One whole curve."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": line.name,
        "x": short(x),
        "y": short(y),
        "customdata": history.epochs.tolist(),
        "line": {"color": line.color, "width": 2.5, "dash": "dot" if line.dashed else "solid"},
        "hovertemplate": f"{line.name}, epoch %{{customdata:,}}: %{{y:.4g}}<extra></extra>",
    }


def bundles(lines: Sequence[Line], x: npt.NDArray[np.float64], values: npt.NDArray[np.float64]) -> list[Dict]:
    """Many curves as one trace a bundle and colour, the curves parted by gaps, the strongest told by a legend."""
    found: dict[tuple[str, str, bool], list[npt.NDArray[np.float64]]] = {}
    for line, y in zip(lines, values, strict=True):
        found.setdefault((line.bundle, line.color, line.dashed), []).append(y)
    gap = [None]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": (short(x) + gap) * len(group),
            "y": [value for y in group for value in short(y) + gap],
            "line": {"color": fade(color, 0.6), "width": 1.2, "dash": "dot" if dashed else "solid"},
            "showlegend": not dashed,
            "hovertemplate": f"{name}: %{{y:.4g}}<extra></extra>",
        }
        for (name, color, dashed), group in found.items()
    ]
