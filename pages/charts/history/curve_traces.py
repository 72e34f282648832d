"""The traces of the curve charts: single curves, groups of curves, target lines, and group names."""

import math
from collections.abc import Sequence, Set

import numpy as np
import numpy.typing as npt

from engine import History
from pages.charts.history.series import Series
from pages.charts.style.base import Dict, spread_labels, text_shadow, with_opacity
from pages.charts.style.format import round_coordinates
from pages.charts.style.palette import Palette
from pages.charts.style.sizes import Sizes

NARROW_PLOT = 300
"""The width between the axes where a chart is narrowest, on a phone, in pixels."""

LEGEND_MARK, LEGEND_LINE = 40, 18
"""Of a legend: the pixels before each name, and the height of a line."""

Numbers = npt.NDArray[np.float64]


def label_share(texts: Sequence[str], sizes: Sizes) -> float:
    """The room that the longest label needs beyond the end of the axis, as a share of the axis."""
    pixels = sizes.text_width(max(map(len, texts))) + label_gap(sizes)
    return pixels / max(sizes.plot_width - pixels, 120)


def label_gap(sizes: Sizes) -> float:
    """The pixels from a line's end to its label, which the marker there leaves free."""
    return sizes.marker / 2 + sizes.thin_line + 2


def legend_lines(names: Set[str], sizes: Sizes) -> int:
    """The lines of a legend above the plot, where Plotly gives all entries the width of the longest; 0 without one.

    >>> from pages.charts.style.sizes import DESK
    >>> legend_lines({"hidden", "output"}, DESK), legend_lines({f"digit {n}" for n in range(10)}, DESK)
    (1, 4)
    """
    if not 1 < len(names) <= sizes.most_named:
        return 0
    widest = LEGEND_MARK + round(0.54 * sizes.small_text * max(map(len, names)))
    return math.ceil(len(names) / max(1, NARROW_PLOT // widest))


def target_traces(values: Sequence[float], end: float, colors: Palette) -> list[Dict]:
    """A dashed line at each target, all in one trace; thin and solid if there are many, or on a projector."""
    few, sizes = len(values) <= colors.sizes.most_named, colors.sizes
    line: Dict = {"color": colors.muted, "width": sizes.thin_line, "dash": "solid" if sizes.projector else "dash"}
    start = 0.0 if few else 0.97 * end
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [*round_coordinates([start, end]), None] * len(values),
            "y": [y for value in values for y in [*round_coordinates([value, value]), None]],
            "line": line if few or sizes.projector else {"color": with_opacity(colors.muted, 0.4), "width": 1},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]


def curve_traces(line: Series, x: Numbers, y: Numbers, history: History, colors: Palette) -> list[Dict]:
    """One curve; on a projector with a rim of background colour, so that crossing curves can be told apart."""
    own = slice(line.frames)
    whole: Dict = {"type": "scatter", "mode": "lines", "x": round_coordinates(x[own]), "y": round_coordinates(y[own])}
    rim = whole | {"line": {"color": colors.background, "width": line.stroke + 6}, "hoverinfo": "skip"}
    curve = whole | {
        "name": line.name,
        "customdata": history.epochs[own].tolist(),
        "line": {"color": line.color, "width": line.stroke, "dash": line.dash},
        "hovertemplate": f"{line.name}, epoch %{{customdata:,}}: %{{y:.4g}}<extra></extra>",
    }
    return [rim, curve] if colors.sizes.projector else [curve]


def head_traces(lines: Sequence[Series], colors: Palette) -> list[Dict]:
    """The markers at the cursor, and the labels beside them: a frame has the one x of each, the y, and the numbers.

    Their x is x0 + 0 dx, x0 + 1 dx, ...; Plotly 7.1 takes a dx of 0 for the default of 1, so it is almost 0.
    """
    sizes, paint = colors.sizes, [line.color for line in lines]
    both: Dict = {"type": "scatter", "dx": 1e-9, "hoverinfo": "skip", "showlegend": False, "cliponaxis": False}
    marker: Dict = {"color": paint, "opacity": 1, "size": sizes.marker}
    if sizes.projector:
        marker |= {"symbol": [line.shape for line in lines]}
        marker |= {"line": {"color": colors.background, "width": sizes.thin_line}}
    labels: Dict = {
        "mode": "text",
        "texttemplate": "%{customdata}: %{text}",
        "customdata": [line.name for line in lines],
        "textposition": "middle right",
        "textfont": {"color": paint, "size": sizes.text, "shadow": text_shadow(colors)},
    }
    return [both | {"mode": "markers", "marker": marker}, both | labels]


def group_traces(lines: Sequence[Series], x: Numbers, values: Numbers, colors: Palette) -> list[Dict]:
    """Many curves as one trace per group, colour and dash, separated by gaps; solid ones have a legend entry."""
    found: dict[tuple[str, str, str], list[Numbers]] = {}
    for line, y in zip(lines, values, strict=True):
        found.setdefault((line.group, line.color, line.dash), []).append(y)
    gap, bare = [None], colors.sizes.projector
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": (round_coordinates(x) + gap) * len(group),
            "y": [value for y in group for value in round_coordinates(y) + gap],
            "line": {
                "color": color if bare else with_opacity(color, 0.6),
                "width": colors.sizes.bundle_line,
                "dash": dash,
            },
            "showlegend": dash == "solid",
            "hovertemplate": f"{name}: %{{y:.4g}}<extra></extra>",
        }
        for (name, color, dash), group in found.items()
    ]


def group_name_trace(
    lines: Sequence[Series], ends: Numbers, x: float, gap: float, within: tuple[float, float], colors: Palette
) -> list[Dict]:
    """The names of the groups on the right, each near the ends of its lines."""
    first = {line.group: line for line in reversed(lines)}
    middles = [
        float(np.median([y for y, line in zip(ends, lines, strict=True) if line.group == name])) for name in first
    ]
    low, high = within
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": [x] * len(first),
            "y": round_coordinates(spread_labels(middles, gap, low + gap / 2, high - gap / 2)),
            "text": list(first),
            "textposition": "middle left",
            "textfont": {"color": [line.color for line in first.values()], "size": colors.sizes.text},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]
