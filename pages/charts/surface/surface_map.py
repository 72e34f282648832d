"""The loss over two weights as contour lines, with the path of the training and marks to click on."""

import math

import numpy as np
import numpy.typing as npt

from engine.model.types import Array
from engine.training.surface import LossSurface
from pages.charts.style.base import Dict, chart_layout, named_axis, value_axis
from pages.charts.style.format import format_number
from pages.charts.style.palette import Palette
from pages.charts.surface.contour_lines import contour_levels, contour_pieces

HEIGHT = 480


def finite_values(values: Array) -> Array:
    """The values with those beyond all bounds as the largest other one: JSON has no infinity."""
    finite = values[np.isfinite(values)]
    result: Array = np.where(np.isfinite(values), values, finite.max() if len(finite) else 1.0)
    return result


def round_along(values: npt.ArrayLike, axis: Array) -> list[float]:
    """Coordinates to a thousandth of the axis' length, however small that is beside them, or finer."""
    length = float(axis[-1] - axis[0]) or 1.0
    places: list[float] = np.round(np.asarray(values, dtype=float), 4 - math.floor(math.log10(length))).tolist()
    return places


def surface_map(
    surface: LossSurface,
    names: tuple[str, str],
    colors: Palette,
    token: str,
    height: int = HEIGHT,
    chosen: tuple[float, ...] | None = None,
) -> Dict:
    """The map, with one frame per kept epoch, which moves the mark on the path.

    Mark k to click on, of the trace before the last two, is the place of loss k of `surface.loss.ravel()`.
    """
    lines = contour_traces(surface, colors)
    path = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": round_along(surface.path[:, 0], surface.axes[0]),
        "y": round_along(surface.path[:, 1], surface.axes[1]),
        "line": {"color": colors.text, "width": colors.sizes.thin_line},
        "marker": {"color": colors.text, "size": 4},
        "hoverinfo": "skip",
    }
    head: Dict = {
        "type": "scatter",
        "mode": "markers",
        "marker": {"color": colors.text, "size": 14, "line": {"color": colors.background, "width": 2}},
        "hoverinfo": "skip",
    }
    places = [{"x": [x], "y": [y]} for x, y in zip(path["x"], path["y"], strict=True)]
    sizes = colors.sizes
    left, top, bottom = sizes.margins
    x, y = (value_axis(float(axis[0]), float(axis[-1]), colors) for axis in surface.axes)
    return {
        "data": [
            *lines,
            place_marks(surface, names),
            *start_and_place(surface, chosen, colors),
            path,
            head | places[-1],
        ],
        "layout": chart_layout(
            colors,
            "The loss, from thin lines (small) to thick ones (large)",
            token,
            height=height,
            xaxis=named_axis(x, names[0], colors),
            yaxis=named_axis(y, names[1], colors),
            margin={"l": left + 14, "r": 8, "t": top, "b": bottom},
            hoverdistance=-1,
        ),
        "frames": [
            {"name": str(epoch), "data": [place], "traces": [len(lines) + 4]}
            for epoch, place in zip(surface.epochs.tolist(), places, strict=True)
        ],
    }


def contour_traces(surface: LossSurface, colors: Palette) -> list[Dict]:
    """One trace per contour line."""
    loss, (across, up) = finite_values(surface.loss), surface.axes
    levels = contour_levels(loss)
    height = np.log(np.maximum(loss, levels[0] / 10))  # between two places of the grid rather this rises evenly
    traces = []
    for place, level in zip(np.linspace(0, 1, len(levels)), levels.tolist(), strict=True):
        pieces = contour_pieces(across, up, height, math.log(level))
        ends = [round_along(pieces[:, end, axis], surface.axes[axis]) for end in (0, 1) for axis in (0, 1)]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [value for first, last in zip(ends[0], ends[2], strict=True) for value in (first, last, None)],
                "y": [value for first, last in zip(ends[1], ends[3], strict=True) for value in (first, last, None)],
                "line": {
                    "color": mix_colors(colors.muted, colors.text, float(place)),
                    "width": round(0.8 + 1.7 * place, 2),
                },
                "hoverinfo": "skip",
            }
        )
    return traces


def mix_colors(first: str, last: str, share: float) -> str:
    """A colour between two "#rrggbb" ones."""
    parts = [(int(first[i : i + 2], 16), int(last[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(low + share * (high - low)):02x}" for low, high in parts)


def place_marks(surface: LossSurface, names: tuple[str, str]) -> Dict:
    """An invisible mark at every place, which says the loss there, and can be clicked on."""
    x, y = (grid.ravel() for grid in np.meshgrid(*surface.axes, indexing="ij"))
    return {
        "type": "scatter",
        "mode": "markers",
        "x": round_along(x, surface.axes[0]),
        "y": round_along(y, surface.axes[1]),
        "marker": {"size": 8, "opacity": 0},
        "text": [format_number(loss) for loss in surface.loss.ravel().tolist()],
        "hovertemplate": f"loss %{{text}}<br>{names[0]} %{{x:.3g}}<br>{names[1]} %{{y:.3g}}<extra></extra>",
    }


def start_and_place(surface: LossSurface, chosen: tuple[float, ...] | None, colors: Palette) -> list[Dict]:
    """The start of the path as a ring, and the chosen place as a cross."""
    places: list[tuple[float, ...]] = [tuple(surface.path[0].tolist()), chosen or ()]
    symbols = ("circle-open", "x")
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": list(place[:1]),
            "y": list(place[1:2]),
            "marker": {"symbol": symbol, "size": 14, "color": colors.text, "line": {"width": 2}},
            "hoverinfo": "skip",
        }
        for place, symbol in zip(places, symbols, strict=True)
    ]
