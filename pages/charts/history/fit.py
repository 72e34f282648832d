"""The fit: a network's answer over its one input, through the rows of the table, which lessons draw."""

import numpy as np

from engine import History
from engine.model.types import Array
from pages.charts.style.base import HEIGHT, Dict, chart_layout, named_axis, padded_range, value_axis
from pages.charts.style.format import format_number, round_coordinates
from pages.charts.style.palette import Palette

POINTS = 21
"""The points that the line is drawn through."""

FAR = 100
"""How far outside the chart a line is drawn to, as a multiple of its height: a diverging one has no bounds."""


def fit_figure(history: History, colors: Palette, token: str, height: int = HEIGHT) -> Dict:
    """The rows as points, held-out ones hollow, and the line that moves: inputs across, outputs up.

    It is made for one input and one target, in the table's own units.
    """
    e, sizes = history.experiment, colors.sizes
    x, y = e.unscaled_inputs[:, 0], e.unscaled_targets[:, 0]
    left, right = padded_range(float(x.min()), float(x.max()))
    low, high = padded_range(float(np.nanmin(y)), float(np.nanmax(y)), 0.2)
    across, reach = np.linspace(left, right, POINTS), FAR * (high - low)
    lines = [history.predict(across[:, None], epoch)[:, 0] for epoch in history.epochs.tolist()]
    moves = [
        round_coordinates(np.nan_to_num(line, nan=low, posinf=reach, neginf=-reach).clip(low - reach, high + reach))
        for line in lines
    ]
    words: Dict = {"type": "scatter", "mode": "text", "x": [(left + right) / 2], "hoverinfo": "skip"}
    words |= {"textposition": "middle center", "textfont": {"color": colors.line(0), "size": sizes.text}}
    told = [beyond_words(line, low, high) for line in lines]
    rows: Dict = {
        "type": "scatter",
        "mode": "markers",
        "x": round_coordinates(x),
        "y": round_coordinates(y),
        "marker": {
            "color": colors.text,
            "size": sizes.marker,
            "symbol": ["circle-open" if row in e.test_rows else "circle" for row in range(len(x))],
            "line": {"color": colors.text, "width": sizes.thin_line},
        },
        "hovertemplate": f"{e.input_names[0]} %{{x}}: {e.target_names[0]} %{{y}}<extra></extra>",
    }
    line: Dict = {
        "type": "scatter",
        "mode": "lines",
        "x": round_coordinates(across),
        "line": {"color": colors.line(0), "width": sizes.line},
        "hoverinfo": "skip",
    }
    return {
        "data": [rows, line | {"y": moves[-1]}, words | told[-1]],
        "layout": chart_layout(
            colors,
            "The line, and the rows" + ", held out hollow" * bool(e.test_rows),
            token,
            height=height,
            xaxis=named_axis(value_axis(left, right, colors), e.input_names[0], colors),
            yaxis=named_axis(value_axis(low, high, colors), e.target_names[0], colors),
            margin={"l": sizes.margins[0] + 12, "r": 8, "t": sizes.margins[1], "b": sizes.margins[2]},
        ),
        "frames": [
            {"name": str(epoch), "data": [{"y": move}, place], "traces": [1, 2]}
            for epoch, move, place in zip(history.epochs.tolist(), moves, told, strict=True)
        ],
    }


def beyond_words(line: Array, low: float, high: float) -> Dict:
    """What stands at the edge of a picture from `low` to `high` if the whole line lies beyond it, and where.

    >>> beyond_words(np.array([7.0, 9.0]), 0, 5), beyond_words(np.array([-7.0, 9.0]), 0, 5)["text"]
    ({'y': [4.6], 'text': ['The line is above the picture']}, [''])
    """
    is_above, is_below, room = bool((line > high).all()), bool((line < low).all()), 0.08 * (high - low)
    side = "above" if is_above else "below"
    words = f"The line is {side} the picture" if is_above or is_below else ""
    return {"y": round_coordinates([high - room if is_above else low + room]), "text": [words]}


def fit_alt_text(history: History) -> str:
    """What the line makes of the smallest and the largest input, at the end."""
    e = history.experiment
    ends = sorted(e.unscaled_inputs[:, 0])[:: len(e.inputs) - 1]
    told = [
        f"{format_number(float(y))} for {x:g}"
        for x, y in zip(ends, history.predict([[x] for x in ends])[:, 0], strict=True)
    ]
    columns = f"{e.input_names[0]} across and {e.target_names[0]} up"
    words = f"Each row as a point, {columns}, and the network's answers as a line."
    return f"{words} At epoch {int(history.epochs[-1]):,} it answers {' and '.join(told)}."
