"""The loss over two weights as a surface in space, with the path of the training on it."""

from collections.abc import Sequence

import numpy as np

from engine.model.types import Array
from engine.training.surface import LossSurface
from pages.charts.style.base import Dict, chart_layout
from pages.charts.style.format import round_coordinates
from pages.charts.style.palette import Palette
from pages.charts.surface.surface_map import HEIGHT, finite_values, round_along

CAMERA = {"eye": {"x": 1.45, "y": 1.45, "z": 1.1}, "center": {"x": 0, "y": 0, "z": -0.15}}
"""Further away than Plotly's own, which cuts the names of the axes off."""


def surface_in_space(surface: LossSurface, names: tuple[str, str], colors: Palette, height: int = HEIGHT) -> Dict:
    """The surface; it can be turned, and does not move with the player: its mark is at the surface's own epoch."""
    x, y = (round_along(axis, axis) for axis in surface.axes)
    frame = int(np.searchsorted(surface.epochs, surface.epoch, side="right")) - 1
    return {
        "data": [
            surface_trace(x, y, surface.loss.T, (*names, "loss"), colors),
            {
                "type": "scatter3d",
                "mode": "lines+markers",
                "x": round_along(surface.path[:, 0], surface.axes[0]),
                "y": round_along(surface.path[:, 1], surface.axes[1]),
                "z": round_coordinates(surface.path_loss),
                "line": {"color": colors.text, "width": 5},
                "marker": {"color": colors.text, "size": [8 if k == frame else 2 for k in range(len(surface.path))]},
                "hoverinfo": "skip",
            },
        ],
        "layout": space_layout("The loss as height", (*names, "loss"), colors, height),
    }


def surface_trace(
    x: Sequence[float], y: Sequence[float], values: Array, names: tuple[str, str, str], colors: Palette
) -> Dict:
    """A surface: values (Y, X) at every place, named after what is across, up and high."""
    return {
        "type": "surface",
        "x": x,
        "y": y,
        "z": [round_coordinates(row) for row in finite_values(values)],
        "colorscale": list(zip((0, 1), colors.amounts, strict=True)),
        "showscale": False,
        "opacity": 0.85,
        "contours": {"z": {"show": True, "color": colors.background, "width": 1}},
        "hovertemplate": f"{names[2]} %{{z:.3g}}<br>{names[0]} %{{x:.3g}}<br>{names[1]} %{{y:.3g}}<extra></extra>",
    }


def space_layout(title: str, names: tuple[str, str, str], colors: Palette, height: int) -> Dict:
    """The layout of a picture in space that can be turned, its three axes named."""
    floor = {"showbackground": False, "gridcolor": colors.muted, "color": colors.text, "tickformat": ".3~g"}
    font = {"color": colors.text, "size": colors.sizes.small_text}
    axes = {
        f"{letter}axis": floor | {"title": {"text": name, "font": font}}
        for letter, name in zip("xyz", names, strict=True)
    }
    return chart_layout(
        colors,
        title,
        "",
        height=height,
        margin={"l": 0, "r": 0, "t": colors.sizes.margins[1], "b": 0},
        scene=axes | {"aspectmode": "cube", "dragmode": "orbit", "camera": CAMERA},
    )
