"""The curve of an activation and of its slope, without a network."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from engine import ACTIVATIONS
from pages.charts.style.base import Dict, chart_layout, padded_range, plain_axis, spread_labels, with_opacity
from pages.charts.style.format import round_coordinates
from pages.charts.style.palette import Palette

Numbers: TypeAlias = npt.NDArray[np.float64]
Function: TypeAlias = Callable[[Numbers], Numbers]

LEAST_REACH = 4.0
"""Every chart spans at least -LEAST_REACH to LEAST_REACH in z, so that the curve has its familiar shape."""

CARD_HEIGHT = 168


def activation_card_figure(name: str, colors: Palette) -> Dict:
    """The curve of an activation and, dotted, its slope; if it mixes units, of the first of two, the other at z = 0."""
    activation = ACTIVATIONS[name]

    def alone(function: Function) -> Function:
        return lambda z: (
            function(np.stack([z, 0 * z], axis=-1))[..., 0] if not activation.is_elementwise else function(z)
        )

    lines = (
        ("f", activation.value, colors.text, "solid"),
        ("slope", activation.slope, colors.muted, "dot"),
    )
    curves = [curve_points(alone(function), -LEAST_REACH, LEAST_REACH) for _, function, _, _ in lines]
    seen = [y for _, ys in curves for y in ys if y is not None]
    low, high = padded_range(min(seen), max(seen), 0.12)
    heights = spread_labels([ys[-1] or 0.0 for _, ys in curves], 0.17 * (high - low), low, high)
    texts: Dict = {
        "type": "scatter",
        "mode": "text",
        "x": [LEAST_REACH * 1.05] * len(lines),
        "y": round_coordinates(heights),
        "text": [word for word, *_ in lines],
        "textposition": "middle right",
        "textfont": {"color": [color for _, _, color, _ in lines], "size": 13},
        "hoverinfo": "skip",
    }
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "name": word,
                "x": xs,
                "y": ys,
                "line": {"color": color, "width": 2.5, "dash": dash},
                "hovertemplate": f"z %{{x:.3g}}: {word} %{{y:.3g}}<extra></extra>",
            }
            for (word, _, color, dash), (xs, ys) in zip(lines, curves, strict=True)
        ]
        + [texts],
        "layout": chart_layout(
            colors,
            "",
            "",
            height=CARD_HEIGHT,
            margin={"l": 34, "r": 4, "t": 6, "b": 22},
            xaxis=with_zero_line(
                plain_axis(colors) | {"range": [-LEAST_REACH, 1.45 * LEAST_REACH], "tickvals": [-4, 0, 4]}, colors
            )
            | {"showgrid": False},
            yaxis=with_zero_line(plain_axis(colors) | {"range": [low, high], "nticks": 6}, colors),
        ),
    }


def curve_points(function: Function, low: float, high: float) -> tuple[list[float | None], list[float | None]]:
    """Points of a function from low to high, dense near 0, where most bends are; a jump at 0 becomes a gap."""
    wide = np.linspace(low, high, int(np.clip((high - low) / 0.1, 160, 2_000)))
    near = np.linspace(max(low, -8), min(high, 8), 161)
    z = np.unique(np.concatenate([wide, near]))
    left, right = np.append(z[z < 0], -1e-9), np.append(1e-9, z[z > 0])
    with np.errstate(all="ignore"):
        values = [function(left), function(right)]
    gap: list[float | None] = [None] if abs(values[0][-1] - values[1][0]) > 1e-3 else []
    return [*round_coordinates(left), *gap, *round_coordinates(right)], [
        *round_coordinates(values[0]),
        *gap,
        *round_coordinates(values[1]),
    ]


def with_zero_line(axis: Dict, colors: Palette) -> Dict:
    """The axis with a line at 0; on a projector without it, as it would be too pale."""
    if colors.sizes.projector:
        return axis
    return axis | {"zeroline": True, "zerolinecolor": with_opacity(colors.muted, 0.4), "zerolinewidth": 1}
