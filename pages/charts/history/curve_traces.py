"""The strokes of which curves are made: whole lines, bundles of them, lines right across, and their names."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine import History
from pages.charts.history.series import Line
from pages.charts.style.base import Dict, fade, short, spread
from pages.charts.style.palette import Palette
from pages.charts.style.sizes import Sizes

Numbers = npt.NDArray[np.float64]


def label_room(texts: Sequence[str], sizes: Sizes) -> float:
    """The share of the axis that the longest text needs beyond its end."""
    pixels = sizes.letters(max(map(len, texts)))
    return pixels / max(sizes.room - pixels, 120)


def target_dashes(values: Sequence[float], end: float, colors: Palette) -> list[Dict]:
    """A dashed line at each of the values, all one trace; of many, and on a wall, whole thin ones."""
    few, sizes = len(values) <= colors.sizes.named, colors.sizes
    line: Dict = {"color": colors.muted, "width": sizes.thin, "dash": "solid" if sizes.bare else "dash"}
    start = 0.0 if few else 0.97 * end
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [*short([start, end]), None] * len(values),
            "y": [y for value in values for y in [*short([value, value]), None]],
            "line": line if few or sizes.bare else {"color": fade(colors.muted, 0.4), "width": 1},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]


def line_traces(line: Line, x: Numbers, y: Numbers, history: History, colors: Palette) -> list[Dict]:
    """One whole curve; on a wall with a rim of background, so that it is seen where it crosses others."""
    whole: Dict = {"type": "scatter", "mode": "lines", "x": short(x), "y": short(y)}
    rim = whole | {"line": {"color": colors.background, "width": line.stroke + 6}, "hoverinfo": "skip"}
    curve = whole | {
        "name": line.name,
        "customdata": history.epochs.tolist(),
        "line": {"color": line.color, "width": line.stroke, "dash": line.dash},
        "hovertemplate": f"{line.name}, epoch %{{customdata:,}}: %{{y:.4g}}<extra></extra>",
    }
    return [rim, curve] if colors.sizes.bare else [curve]


def bundles(lines: Sequence[Line], x: Numbers, values: Numbers, colors: Palette) -> list[Dict]:
    """Many curves as one trace a bundle and colour, the curves parted by gaps, the strongest told by a legend."""
    found: dict[tuple[str, str, str], list[Numbers]] = {}
    for line, y in zip(lines, values, strict=True):
        found.setdefault((line.bundle, line.color, line.dash), []).append(y)
    gap, bare = [None], colors.sizes.bare
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": (short(x) + gap) * len(group),
            "y": [value for y in group for value in short(y) + gap],
            "line": {"color": color if bare else fade(color, 0.6), "width": colors.sizes.faint, "dash": dash},
            "showlegend": dash == "solid",
            "hovertemplate": f"{name}: %{{y:.4g}}<extra></extra>",
        }
        for (name, color, dash), group in found.items()
    ]


def bundle_names(
    lines: Sequence[Line], ends: Numbers, x: float, gap: float, within: tuple[float, float], colors: Palette
) -> list[Dict]:
    """The bundles' names at the right, each about where its lines end."""
    first = {line.bundle: line for line in reversed(lines)}
    middles = [
        float(np.median([y for y, line in zip(ends, lines, strict=True) if line.bundle == name])) for name in first
    ]
    low, high = within
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": [x] * len(first),
            "y": short(spread(middles, gap, low + gap / 2, high - gap / 2)),
            "text": list(first),
            "textposition": "middle left",
            "textfont": {"color": [line.color for line in first.values()], "size": colors.sizes.words},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]
