"""Neurons on their activation's curve, and on the curve of its slope, at every kept epoch.

Each neuron has a mark at (z, f(z)) for every row of the table. The chosen row's marks are large, and up to MOST_LABELS
neurons have a label with their number on the right.

Marks and labels may overlap the edges of the plot, but Plotly draws only those whose own point is within the axes: so
the z axis extends to the labels.
"""

import numpy as np
import numpy.typing as npt

from engine.explanation.saturation import cancels_slope
from engine.model.types import Flags
from pages.charts.activations.activation_curve import Function, Numbers, curve_points, with_zero_line
from pages.charts.activations.neuron_positions import NeuronPositions
from pages.charts.style.base import (
    Dict,
    chart_layout,
    padded_range,
    spread_labels,
    text_shadow,
    value_axis,
    with_opacity,
)
from pages.charts.style.format import format_number, round_coordinates, shorten
from pages.charts.style.palette import Palette
from pages.charts.style.sizes import SHAPES, Sizes

HEIGHT = 340
MOST_LABELS = 8
NUMBER_LENGTH = 10
"""The characters of a label after the name: a colon, a space and a number."""


def activation_figure(seats: NeuronPositions, colors: Palette, token: str, tall: int = HEIGHT) -> Dict:
    """f(z): each neuron's output, with one frame per kept epoch."""
    title = f"{seats.activation.label} f(z)" + ": what a neuron sends on" * (not colors.sizes.projector)
    return curve_figure(seats, seats.activation.value, "f(z)", title, colors, token, tall)


def slope_figure(seats: NeuronPositions, colors: Palette, token: str, tall: int = HEIGHT) -> Dict:
    """f'(z): the factor of the error on its way back through each neuron, with one frame per kept epoch."""
    e = seats.history.experiment
    does = "cancelled out by the loss" if cancels_slope(e, seats.layer) else "how far f(z) moves with z"
    title = "Slope f'(z)" + f": {does}" * (not colors.sizes.projector)
    return curve_figure(seats, seats.activation.slope, "slope", title, colors, token, tall)


def curve_figure(
    seats: NeuronPositions, function: Function, quantity: str, title: str, colors: Palette, token: str, tall: int
) -> Dict:
    """The figure of one function of z: the curve, drawn once, and the neurons, which move along it.

    The first trace is the curve, empty if the activation mixes units, as there is none; the second has the marks of the
    other rows, sorted by row and then by neuron; the third has the marks of the chosen row, followed by the labels.
    """
    sizes = colors.sizes
    with np.errstate(all="ignore"):
        values = function(seats.z)
    xs, ys = ([], []) if not seats.activation.is_elementwise else curve_points(function, seats.low, seats.high)
    seen = values[seats.inside & np.isfinite(values)].tolist()
    shown = [0.0, *seen, *(y for y in ys if y is not None)]
    low, high = padded_range(min(shown), max(shown))
    line: Dict = {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "hoverinfo": "skip"}
    small, large = marker_styles(seats, quantity, colors)
    left, top, bottom = sizes.margins
    labelled = len(seats.names) <= min(MOST_LABELS, sizes.most_neurons)
    gap = 1.77 * sizes.text / (tall - top - bottom) * (high - low)
    moving = frame_traces(seats, values, low, high, gap, labelled)
    z_axis = value_axis(seats.low, label_x(seats), colors)
    if not sizes.projector:
        z_axis |= {"title": {"text": "z", "standoff": 4, "font": {"color": colors.muted, "size": sizes.small_text}}}
    z_axis |= {"showgrid": False}
    path = colors.muted if sizes.projector else with_opacity(colors.muted, 0.75)
    return {
        "data": [
            line | {"line": {"color": path, "width": max(2, sizes.thin_line)}},
            small | moving[-1][0],
            large | moving[-1][1],
        ],
        "layout": chart_layout(
            colors,
            title,
            token,
            height=tall,
            margin={"l": left, "r": label_pixels(seats.names, sizes) if labelled else 8, "t": top, "b": bottom},
            xaxis=with_zero_line(z_axis, colors),
            yaxis=with_zero_line(value_axis(low, high, colors), colors),
        ),
        "frames": [
            {"name": str(epoch), "data": data, "traces": [1, 2]}
            for epoch, data in zip(seats.history.epochs.tolist(), moving, strict=True)
        ],
    }


def frame_traces(
    seats: NeuronPositions, values: Numbers, low: float, high: float, gap: float, labelled: bool
) -> list[list[Dict]]:
    """What moves, per frame: the marks of the other rows, and those of the chosen row with their labels."""
    frames, units = len(values), len(seats.names)
    x, y = coordinates(seats.z, seats.inside), coordinates(values, seats.inside & np.isfinite(values))
    small_x, small_y = (part[:, seats.other_indices].reshape(frames, -1).tolist() for part in (x, y))
    large_x, large_y = (part[:, seats.chosen_index].tolist() for part in (x, y))
    found: list[list[Dict]] = [
        [{"x": small_x[k], "y": small_y[k]}, {"x": large_x[k], "y": large_y[k]}] for k in range(frames)
    ]
    if not labelled:
        return found
    numbers = values[:, seats.chosen_index]
    heights = np.nan_to_num(numbers, nan=low, posinf=high, neginf=low).clip(low, high).tolist()
    names = [shorten(name) for name in seats.names]
    places = round_coordinates([label_x(seats)] * units)
    for (_, large), near, told in zip(found, heights, numbers.tolist(), strict=True):
        texts = [f"{name}: {format_number(value)}" for name, value in zip(names, told, strict=True)]
        large["x"] += places
        large["y"] += round_coordinates(spread_labels(near, gap, low + gap / 2, high - gap / 2))
        large["text"] = [""] * units + texts
    return found


def marker_styles(seats: NeuronPositions, quantity: str, colors: Palette) -> tuple[Dict, Dict]:
    """The fixed properties of the marks of the other rows, and of those of the chosen row with their labels."""
    units, sizes = len(seats.names), colors.sizes
    paint = [colors.line(unit) for unit in range(units)]
    shapes = [SHAPES[unit % len(SHAPES)] if sizes.projector else "circle" for unit in range(units)]
    told: Dict = {
        "type": "scatter",
        "hovertemplate": f"%{{customdata}}: z %{{x:.4g}}, {quantity} %{{y:.4g}}<extra></extra>",
    }
    small = told | {
        "mode": "markers",
        "marker": {
            "color": paint * len(seats.other_indices),
            "size": sizes.neuron_marker[0],
            "opacity": 1 if sizes.projector else 0.7,
        }
        | {"symbol": shapes * len(seats.other_indices)},
        "customdata": [f"{name}, row {seats.rows[index] + 1}" for index in seats.other_indices for name in seats.names],
    }
    large = told | {
        "mode": "markers+text",
        "cliponaxis": False,
        "textposition": "middle right",
        "textfont": {"color": paint * 2, "size": sizes.text, "shadow": text_shadow(colors)},
        "marker": {"color": paint * 2, "size": [sizes.neuron_marker[1]] * units + [0] * units, "opacity": 1}
        | {"line": {"color": colors.background, "width": sizes.thin_line}, "symbol": shapes * 2},
        "customdata": [f"{name}, row {seats.row + 1}" for name in seats.names],
    }
    return small, large


def label_x(seats: NeuronPositions) -> float:
    """The x of the labels: a little to the right of all marks."""
    return seats.high + 0.012 * (seats.high - seats.low)


def coordinates(values: Numbers, kept: Flags) -> npt.NDArray[np.object_]:
    """Coordinates, of any shape; None for those not on the chart."""
    found = np.array(round_coordinates(values), dtype=object)
    found[~kept] = None
    return found


def label_pixels(names: tuple[str, ...], sizes: Sizes) -> int:
    """The width that the longest label needs, in pixels."""
    return sizes.text_width(max(len(shorten(name)) for name in names) + NUMBER_LENGTH)
