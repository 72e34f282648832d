"""The run before, faint behind the curves of this one."""

from collections.abc import Callable, Sequence

import numpy as np

from engine import Experiment, History
from pages.charts.history.series import Series
from pages.charts.style.base import Dict, EpochAxis, with_opacity
from pages.charts.style.format import round_coordinates
from pages.charts.style.palette import Palette

FAINT = 0.35


def has_same_axes(chart: str, e: Experiment, before: Experiment) -> bool:
    """Whether the curves of two experiments in the chart of this name can be held against each other."""
    return {
        "loss": (e.loss, e.target_scaling) == (before.loss, before.target_scaling),
        "outputs": (e.target_names, len(e.inputs)) == (before.target_names, len(before.inputs)),
        "weights": (e.shapes, e.bias) == (before.shapes, before.bias),
    }.get(chart, False)


def faint_traces(
    before: History | None,
    series: Callable[[History, Palette], Sequence[Series]],
    lines: Sequence[Series],
    axis: EpochAxis,
    colors: Palette,
    log_values: bool = False,
) -> list[Dict]:
    """The `series` of the run before, each faint in the colour of the line of this run at the same place.

    A line stops where the epochs of this run end, or where it leaves three times the range of this run's values. There
    are none where lines are too many to have names: they could not be told from those of this run.
    """
    if before is None or len(lines) > colors.sizes.most_named:
        return []
    scaled = np.log10 if log_values else np.asarray
    own = np.concatenate([scaled(line.values) for line in lines])
    span = float(np.ptp(own))
    x = axis.positions(before.epochs)
    traces = []
    for line, now in zip(series(before, colors), lines, strict=False):
        with np.errstate(divide="ignore"):  # a loss of 0 has no place on a log scale
            y = scaled(line.values)
        inside = (x <= axis.end) & (y >= own.min() - span) & (y <= own.max() + span)
        end = len(x) if inside.all() else int(inside.argmin())
        if end > 1:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": round_coordinates(x[:end]),
                    "y": round_coordinates(y[:end]),
                    "line": {
                        "color": with_opacity(now.color, FAINT),
                        "width": colors.sizes.line,
                        "dash": "dot" if now.dashed else "solid",
                    },
                    "hoverinfo": "skip",
                    "showlegend": False,
                }
            )
    return traces
