"""A fan of seeds in two pictures: the quantiles of the loss over the epochs, and a histogram of the last losses."""

import numpy as np

from engine import History, Runs
from engine.comparison.run_statistics import SMALLEST_LOSS, LossHistogram, loss_histogram, loss_quantiles
from engine.model.types import Array
from pages.charts.style.base import (
    HEIGHT,
    Dict,
    EpochAxis,
    chart_layout,
    named_axis,
    padded_range,
    plain_axis,
    with_opacity,
)
from pages.charts.style.format import count_words, format_number, round_coordinates
from pages.charts.style.palette import Palette

MOST_GROWTH = 2.0
"""Losses more than so many powers of ten above the first ones leave the picture at the top."""

DIVERGED_ROOM = 6
"""Bars at the right end below which no loss is written, so that Plotly does not drop the word "diverged" there."""


def loss_fan(runs: Runs, this: History | None, axis: EpochAxis, colors: Palette, height: int = HEIGHT) -> Dict:
    """The loss that 5, 25, 50, 75 and 95 % of the runs do not exceed, at every kept epoch; `this` run in bold."""
    quantiles = log_loss(loss_quantiles(runs))
    own = None if this is None else log_loss(this.loss)
    finite = np.concatenate([part[np.isfinite(part)] for part in (quantiles, *([] if own is None else [own]))])
    top = float(finite.max()) if len(finite) else 0.0
    if np.isfinite(quantiles[-1, 0]):
        top = min(top, float(quantiles[-1, 0]) + MOST_GROWTH)
    low, high = padded_range(float(finite.min()) if len(finite) else -1.0, top)
    x = axis.positions(runs.epochs)
    above = high + (high - low)  # as far as lines go that leave the picture
    lines = np.minimum(quantiles, above)
    begun = ~np.isnan(lines[2])
    x, lines = x[begun], lines[:, begun]
    data = [
        band(x, lines[0], lines[4], with_opacity(colors.muted, 0.2), "90% of the starts"),
        band(x, lines[1], lines[3], with_opacity(colors.muted, 0.35), "50% of the starts"),
        line(x, lines[2], {"color": colors.muted, "width": 1.5, "dash": "dot"}, "the middle one"),
    ]
    if this is not None and own is not None:
        stroke = {"color": colors.text, "width": colors.sizes.line + 0.5}
        data.append(
            line(axis.positions(this.epochs), np.minimum(own, above), stroke, f"this one, seed {this.experiment.seed}")
        )
    left, top, bottom = colors.sizes.margins
    return {
        "data": data,
        "layout": chart_layout(
            colors,
            "Loss of all starts (log scale)",
            "",
            height=height,
            xaxis=axis.layout(colors, 0.04),
            yaxis=power_axis(low, high, colors),
            margin={"l": left + 8, "r": 8, "t": top, "b": bottom},
        ),
    }


def log_loss(loss: Array) -> Array:
    """The logarithm of losses, a loss of 0 counted as the smallest there is."""
    result: Array = np.log10(np.maximum(loss, SMALLEST_LOSS))
    return result


def line(x: Array, y: Array, stroke: Dict, name: str) -> Dict:
    """A curve."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": round_coordinates(x),
        "y": round_coordinates(y),
        "line": stroke,
        "hoverinfo": "skip",
    }


def band(x: Array, low: Array, high: Array, color: str, name: str) -> Dict:
    """The area between two curves."""
    corners = line(np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]]), {"width": 0}, name)
    return corners | {"fill": "toself", "fillcolor": color}


def power_axis(low: float, high: float, colors: Palette) -> Dict:
    """The axis of logarithms, with ticks at powers of ten."""
    powers = range(max(int(np.ceil(low)), -307), min(int(np.floor(high)), 307) + 1)  # the range of float64
    ticks = [float(power) for power in powers][:: max(1, len(powers) // 5)]
    ticks = ticks if len(ticks) > 1 else round_coordinates(np.linspace(low, high, 5)[1:-1])
    return plain_axis(colors) | {
        "range": [low, high],
        "tickvals": ticks,
        "ticktext": [format_number(10.0**tick) for tick in ticks],
    }


def last_loss_histogram(runs: Runs, this: History | None, colors: Palette, height: int = HEIGHT) -> Dict:
    """How many runs ended at which loss; those that diverged have a bar of their own on the right."""
    histogram = loss_histogram(runs)
    edges = log_loss(histogram.edges)
    width = float(edges[1] - edges[0])
    centers, counts = [*((edges[:-1] + edges[1:]) / 2)], histogram.counts.tolist()
    hover = bar_words(histogram)
    end = float(edges[-1])
    if histogram.diverged:
        end += 2 * width
        centers, counts = [*centers, end - width / 2], [*counts, histogram.diverged]
        hover.append(f"{count_words(histogram.diverged, 'start')} diverged")
    sizes = colors.sizes
    left, top, bottom = sizes.margins
    axis = power_axis(float(edges[0]) - width, end + width, colors)
    if histogram.diverged:
        last = edges[-1] - DIVERGED_ROOM * width if histogram.counts.any() else -np.inf
        axis["tickvals"] = [tick for tick in axis["tickvals"] if tick <= last]
        axis["ticktext"] = [*axis["ticktext"][: len(axis["tickvals"])], "diverged"]
        axis["tickvals"] = [*axis["tickvals"], centers[-1]]
    bars: Dict = {
        "type": "bar",
        "x": round_coordinates(centers),
        "y": counts,
        "width": 0.92 * width,
        "marker": {"color": [colors.muted] * len(histogram.counts) + [colors.wrong]},
        "text": hover,
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }
    return {
        "data": [bars],
        "layout": chart_layout(
            colors,
            "How many ended at which loss",
            "",
            height=height,
            xaxis=named_axis(axis, "last loss", colors),
            yaxis=plain_axis(colors) | {"rangemode": "tozero", "nticks": 6},
            margin={"l": left, "r": 8, "t": top + sizes.small_text, "b": bottom},
            **own_mark(this, colors),
        ),
    }


def bar_words(histogram: LossHistogram) -> list[str]:
    """What each bar says when pointed at."""
    ends = [format_number(edge) for edge in histogram.edges.tolist()]
    return [
        f"{count_words(count, 'start')} ended at a loss of {low} to {high}"
        for count, low, high in zip(histogram.counts.tolist(), ends[:-1], ends[1:], strict=True)
    ]


def own_mark(this: History | None, colors: Palette) -> Dict:
    """The line and the words at the loss of this run."""
    if this is None or this.diverged_at is not None:
        return {}
    x = float(log_loss(this.loss[-1:])[0])
    words = {"text": "this one", "x": x, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False}
    stroke = {"color": colors.text, "width": colors.sizes.line}
    return {
        "shapes": [{"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": stroke}],
        "annotations": [words | {"font": {"size": colors.sizes.small_text, "color": colors.text}}],
    }
