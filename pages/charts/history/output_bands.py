"""The outputs of many rows as bands, one a class or a target column: where most rows lie, and the median."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine import History
from engine.model.targets import decision_middles, target_kind
from pages.charts.history.series import Series
from pages.charts.style.base import Dict, with_opacity
from pages.charts.style.format import format_number, round_coordinates
from pages.charts.style.palette import Palette

Numbers = npt.NDArray[np.float64]

MOST_LINES = 40
"""So many outputs have a line each; more are drawn as bands."""

QUANTILES = (0.1, 0.25, 0.75, 0.9)
PALE = 0.16


@dataclass(frozen=True, slots=True)
class Band:
    """Rows that are drawn together: their median over the epochs, and the `QUANTILES` round it, (4, F)."""

    median: Series
    edges: Numbers


def output_bands(history: History, colors: Palette) -> list[Band]:
    """A band a class: of several classes, each row's output for its own class; else a band a target column.

    Of rows that have targets; questions are in none.
    """
    e = history.experiment
    labelled, outputs = list(e.labelled_rows), history.outputs[:, list(e.labelled_rows)]
    targets = e.unscaled_targets[labelled]
    above = targets > decision_middles(e)
    if target_kind(e) == "multiclass":
        groups = [(name, outputs[:, above[:, k], k]) for k, name in enumerate(e.target_names)]
    elif target_kind(e) == "binary" and len(e.target_names) == 1:
        groups = [
            (f"target {format_number(float(targets[rows, 0].mean()))}", outputs[:, rows, 0])
            for rows in (~above[:, 0], above[:, 0])
            if rows.any()
        ]
    else:
        groups = [(name, outputs[:, :, k]) for k, name in enumerate(e.target_names)]
    return [band_of(name, values, colors.line(k)) for k, (name, values) in enumerate(groups) if values.shape[1]]


def band_of(name: str, values: Numbers, color: str) -> Band:
    """The band of these rows' values, (F, rows)."""
    return Band(Series(name, np.median(values, axis=1), color, name), np.quantile(values, QUANTILES, axis=1))


def band_traces(bands: Sequence[Band], x: Numbers, colors: Palette) -> list[Dict]:
    """Two areas a band, the inner within the outer and so darker."""
    way_there_and_back = round_coordinates(np.concatenate([x, x[::-1]]))
    return [
        {
            "type": "scatter",
            "mode": "none",
            "x": way_there_and_back,
            "y": round_coordinates(np.concatenate([band.edges[low], band.edges[high][::-1]])),
            "fill": "toself",
            "fillcolor": with_opacity(band.median.color, 2 * PALE if colors.sizes.projector else PALE),
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for band in bands
        for low, high in ((0, 3), (1, 2))
    ]
