"""The map of a sweep: a heat map with a cell for every pair of values, its number in it, and a mark to click on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.comparison.sweep import SweepCells
from engine.model.types import Array
from pages.charts.style.base import Dict, chart_layout, named_axis, plain_axis
from pages.charts.style.format import format_epoch, format_number, format_percent, round_coordinates, shorten
from pages.charts.style.palette import Palette

CELL_LINES, MOST_LINES = 3.4, 40
"""The height of a cell, and the most of all cells, in heights of a letter."""

MOST_TICKS = 13


@dataclass(frozen=True, slots=True)
class MapMeasure:
    """What a map shows of each cell."""

    label: str
    about: str  # what is strong in colour and what is faint
    values: Callable[[SweepCells], Array]
    text: Callable[[float], str]  # of one value
    worst: str  # the text of an infinite value, "" where there is none
    is_share: bool = False  # 0 to 1, more being better; otherwise less is, on a log scale


MEASURES: dict[str, MapMeasure] = {
    "learned": MapMeasure(
        "Share that learned",
        "How many of a cell's runs learned. Strong colour: all of them. Faint: none.",
        lambda cells: cells.learned,
        format_percent,
        "",
        is_share=True,
    ),
    "loss": MapMeasure(
        "Median loss",
        "Half of a cell's runs ended at this loss or lower. Strong colour: a small loss. Faint: a large one. "
        "∞: in most of them the numbers grew beyond all bounds.",
        lambda cells: cells.loss,
        lambda value: format_number(value, 2),
        "∞",
    ),
    "epochs": MapMeasure(
        "Epochs needed",
        "By this epoch half of a cell's runs had learned. Strong colour: few epochs. Faint: many. "
        "never: most of them did not learn.",
        lambda cells: cells.epochs,
        lambda value: format_epoch(round(value)),
        "never",
    ),
}
"""By name."""


def value_text(measure: MapMeasure, value: float) -> str:
    """A cell's value as its text; "" where nothing has begun."""
    if np.isnan(value):
        return ""
    return measure.text(value) if np.isfinite(value) else measure.worst


def cell_texts(measure: MapMeasure, cells: SweepCells) -> list[list[str]]:
    """The texts of the cells, [across][up], each with "…" where some of its runs have not come to their ends."""
    texts = [
        value_text(measure, value) + " …" * (done < 1 and not np.isnan(value))
        for value, done in zip(measure.values(cells).ravel().tolist(), cells.done.ravel().tolist(), strict=True)
    ]
    up = len(texts) // cells.learned.shape[0]
    return [texts[start : start + up] for start in range(0, len(texts), up)]


def color_values(measure: MapMeasure, values: Array) -> Array:
    """The values as colours take them, 0 (faint) to 1 (strong); NaN where nothing has begun."""
    if measure.is_share:
        return values
    size = np.log10(np.maximum(values, 1e-12))
    finite = size[np.isfinite(size)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 0.0)
    place: Array = np.where(np.isposinf(size), 0.0, 1 - 0.85 * (size - low) / ((high - low) or 1.0))
    return place  # finite values end at 0.15, so that an infinite one stands out


def sweep_map(
    cells: SweepCells,
    names: Sequence[str],
    texts: Sequence[Sequence[str]],
    measure: MapMeasure,
    colors: Palette,
    chosen: tuple[int, ...] | None = None,
) -> Dict:
    """The map; the first setting across, the second one up. `names` and `texts` are the settings and their values.

    The marks to click on are the last trace, the cell of mark k being `np.unravel_index(k, cells.learned.shape)`.
    """
    shape = cells.learned.shape
    across, up = shape[0], shape[1] if len(shape) == 2 else 1
    values = measure.values(cells).reshape(across, up)
    labels = cell_texts(measure, cells)
    x, y = (grid.ravel().tolist() for grid in np.meshgrid(range(across), range(up), indexing="ij"))
    heat: Dict = {
        "type": "heatmap",
        "z": [[None if np.isnan(z) else z for z in row] for row in round_rows(color_values(measure, values).T)],
        "text": [list(row) for row in zip(*labels, strict=True)],
        "texttemplate": "%{text}",
        "textfont": {"color": colors.text},
        "zmin": 0,
        "zmax": 1,
        "colorscale": list(zip((0, 1), colors.amounts, strict=True)),
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hoverinfo": "skip",
    }
    marks: Dict = {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": {"size": 24, "opacity": 0, "symbol": "square"},
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
        "text": [cell_words(names, texts, (i, j), labels[i][j]) for i, j in zip(x, y, strict=True)],
        "hovertemplate": "%{text}<extra></extra>",
        "showlegend": False,
    }
    (left, top, bottom), text = colors.sizes.margins, colors.sizes.text
    up_texts = list(texts[1]) if len(texts) == 2 else [""]
    return {
        "data": [heat, marks],
        "layout": chart_layout(
            colors,
            measure.label + f", {' up, '.join(reversed(names))} across" * colors.sizes.projector,
            "",
            height=top + bottom + 14 + min(round(CELL_LINES * text) * up, round(MOST_LINES * text)),
            xaxis=setting_axis(names[0], list(texts[0]), colors),
            yaxis=setting_axis(names[1] if len(names) == 2 else "", up_texts, colors),
            margin={
                "l": max(left, colors.sizes.text_width(max(map(len, up_texts))) + 36),
                "r": 8,
                "t": top + 4,
                "b": 48,
            },
            hoverdistance=-1,
            shapes=[] if chosen is None else [cell_frame(chosen, colors)],
        ),
    }


def round_rows(values: Array) -> list[list[float]]:
    return [round_coordinates(row) for row in values]


def cell_words(names: Sequence[str], texts: Sequence[Sequence[str]], cell: tuple[int, int], value: str) -> str:
    """The cell in words, as its mark says it when pointed at."""
    parts = [f"{name} {listed[index]}" for name, listed, index in zip(names, texts, cell, strict=False)]
    return "<br>".join([*parts, f"<b>{value or 'not yet'}</b>"])


def setting_axis(name: str, texts: list[str], colors: Palette) -> Dict:
    """The axis of a setting, with a tick at each value, or at some of many."""
    step = -(-len(texts) // MOST_TICKS)
    ticks = list(range(0, len(texts), step))
    return named_axis(plain_axis(colors), name, colors) | {
        "range": [-0.5, len(texts) - 0.5],
        "tickvals": ticks,
        "ticktext": [shorten(texts[tick], 20) for tick in ticks],
        "showgrid": False,
        "ticks": "",
    }


def cell_frame(cell: tuple[int, ...], colors: Palette) -> Dict:
    """The frame around the cell that is open."""
    i, j = (*cell, 0)[:2]
    return {
        "type": "rect",
        "x0": i - 0.5,
        "x1": i + 0.5,
        "y0": j - 0.5,
        "y1": j + 0.5,
        "line": {"color": colors.text, "width": colors.sizes.line},
    }
