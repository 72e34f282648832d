"""What all charts share: the epoch axis, the layout, the mask over the future, and the spreading of labels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pages.charts.style.format import format_epoch, format_number, round_coordinates
from pages.charts.style.palette import Palette

Dict = dict[str, Any]
HEIGHT = 272

MOST_TICKS = 6
"""The most ticks of a vertical axis."""


@dataclass(frozen=True, slots=True)
class EpochAxis:
    """The epoch axis, linear or logarithmic at log10(1 + epoch), so that epoch 0 has a position on both."""

    last: int
    log: bool

    def positions(self, epochs: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Positions of epochs, of any shape."""
        array = np.asarray(epochs, dtype=float)
        return np.log10(1 + array) if self.log else array

    @property
    def end(self) -> float:
        """The position of the last epoch."""
        return max(float(self.positions(self.last)), 1e-9)

    def ticks(self) -> list[int]:
        """The epochs with a tick: powers of ten, or quarters, and always both ends."""
        if not self.log:
            return sorted({round(self.last * quarter / 4) for quarter in range(5)})
        return [0, *(10**power for power in range(7) if 10**power <= 0.4 * self.last), self.last]

    def layout(self, colors: Palette, room: float) -> Dict:
        """The axis for Plotly, with `room` (a share of its length) kept free on the right for labels."""
        ticks, sizes = self.ticks(), colors.sizes
        if room > 0.6 or sizes.projector:
            ticks = [*ticks[:-1:2], ticks[-1]]
        axis = plain_axis(colors) | {"range": [-0.03 * self.end, (1 + room) * self.end], "tickangle": 0}
        axis |= {
            "tickvals": round_coordinates(self.positions(ticks)),
            "ticktext": [format_epoch(tick) for tick in ticks],
        }
        return named_axis(axis, "epoch", colors) | {"showgrid": False}


def plain_axis(colors: Palette) -> Dict:
    """A plain axis that does not react to drags; on a projector with an axis line instead of a grid."""
    sizes = colors.sizes
    lines: Dict = {"showgrid": False, "showline": True, "linewidth": sizes.thin_line, "linecolor": colors.muted}
    return (lines if sizes.projector else {"gridcolor": colors.grid, "linecolor": colors.grid}) | {
        "fixedrange": True,
        "zeroline": False,
        "exponentformat": "e",
        "tickfont": {"color": colors.muted, "size": sizes.small_text},
    }


def named_axis(axis: Dict, name: str, colors: Palette) -> Dict:
    """The axis with its title; on a projector, where there is no room for it, without."""
    if colors.sizes.projector:
        return axis
    title = {"text": name, "standoff": 4, "font": {"color": colors.muted, "size": colors.sizes.small_text}}
    return axis | {"title": title}


def value_axis(low: float, high: float, colors: Palette, most_ticks: int = MOST_TICKS) -> Dict:
    """The axis of a quantity from `low` to `high`, its ticks written as every number on the page."""
    axis = plain_axis(colors) | {"range": [low, high]}
    ticks = tick_values(low, high, most_ticks)
    if not ticks:
        return axis | {"nticks": most_ticks}
    steps = ticks[1] - ticks[0] if len(ticks) > 1 else high - low
    digits = 2 + math.floor(math.log10(max(map(abs, ticks)) or 1)) - math.floor(math.log10(steps) + 1e-9)
    return axis | {"tickvals": ticks, "ticktext": [format_number(tick, max(3, digits)) for tick in ticks]}


def tick_values(low: float, high: float, most: int = MOST_TICKS) -> list[float]:
    """At most so many round values from `low` to `high`: the multiples of 1, 2 or 5 times a power of ten.

    >>> tick_values(-0.02, 0.54), tick_values(0.0003680, 0.0003690)
    ([0.0, 0.1, 0.2, 0.3, 0.4, 0.5], [0.000368, 0.0003682, 0.0003684, 0.0003686, 0.0003688, 0.000369])
    """
    span = high - low
    if not (math.isfinite(span) and span > 1e-300):
        return []
    power = math.floor(math.log10(span)) - 1
    for factor in (1, 2, 5, 10, 20, 50):
        step = factor * 10.0**power
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            return [round(number * step, -power) for number in range(first, last + 1)]
    return []


def chart_layout(colors: Palette, title: str, token: str, **more: object) -> Dict:
    """The layout of a chart; the player finds the chart by the `token` in its meta."""
    sizes = colors.sizes
    left, top, bottom = sizes.margins
    return {
        "meta": {"stage": token},
        "title": {"text": title, "x": 0, "xref": "container", "pad": {"l": 4}, "y": 0.985, "yanchor": "top"}
        | {"font": {"size": sizes.title, "color": colors.text, "weight": 600}},
        "height": HEIGHT,
        "margin": {"l": left, "r": 8, "t": top, "b": bottom},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": '"Source Sans", sans-serif', "color": colors.text, "size": sizes.text},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": colors.background, "font": {"color": colors.text}},
        **more,
    }


def future_mask(low: float, high: float, colors: Palette) -> Dict:
    """A mask of background colour over the curves after the cursor; its left edge is the cursor's line.

    Its other edges are outside the plot, and the right one is not drawn, as every frame carries all corners.

    On a projector the mask is opaque, so that a class can be asked how a curve goes on; faint lines could not be seen
    there anyway.
    """
    bare = colors.sizes.projector
    below, above = 2 * low - high, 2 * high - low
    return {
        "type": "scatter",
        "mode": "lines",
        "y": round_coordinates([below, below, above, above]),
        "fill": "toself",
        "fillcolor": colors.background if bare else with_opacity(colors.background, 0.78),
        "line": {"width": colors.sizes.thin_line, "color": colors.muted}
        if bare
        else {"width": 1, "color": with_opacity(colors.muted, 0.45)},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def future_mask_x(x: float, end: float) -> list[Any]:
    """The x of the mask's corners, for every frame; those outside the plot are integers, which are shorter to send."""
    far = math.ceil(2 * end)
    return [far, x, x, far]


def text_shadow(colors: Palette, reach: int = 1) -> str:
    """A text shadow of background colour, so many pixels wide, which keeps text readable on top of lines."""
    sides = (f"{reach}px 0", f"-{reach}px 0", f"0 {reach}px", f"0 -{reach}px")
    return ", ".join(f"{side} 2px {colors.background}" for side in sides)


def with_opacity(color: str, alpha: float) -> str:
    """A "#rrggbb" colour with opacity `alpha`."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def spread_labels(values: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions of labels at least `gap` apart, in the order of their values, close to them, and within [low, high]."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    placed = [0.0] * len(values)
    floor = low
    for i in order:
        placed[i] = floor = max(values[i], floor)
        floor += gap
    ceiling = high
    for i in reversed(order):
        placed[i] = ceiling = min(placed[i], ceiling)
        ceiling -= gap
    return placed


def padded_range(low: float, high: float, share: float = 0.08) -> tuple[float, float]:
    """A range a little larger than the data's, never empty."""
    room = (high - low) * share or max(abs(high), 1.0) * share
    return low - room, high + room
