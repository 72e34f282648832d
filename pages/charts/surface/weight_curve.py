"""The loss along one weight, all others as after one epoch, with the steps of the training on it."""

import numpy as np

from engine.training.surface import LossSurface
from pages.charts.style.base import Dict, chart_layout, named_axis, padded_range, value_axis
from pages.charts.style.format import round_coordinates
from pages.charts.style.palette import Palette
from pages.charts.surface.surface_map import HEIGHT, finite_values, round_along


def weight_curve(
    surface: LossSurface,
    name: str,
    colors: Palette,
    token: str,
    height: int = HEIGHT,
    chosen: tuple[float, ...] | None = None,
) -> Dict:
    """The curve, with one frame per kept epoch, which moves the mark to where the training was then.

    Mark k to click on is place k of the axis. The training's own losses leave the curve where other weights moved too.
    """
    (places,) = surface.axes
    loss = finite_values(surface.loss)
    steps = {"x": round_along(surface.path[:, 0], places), "y": round_coordinates(surface.path_loss)}
    low, high = padded_range(
        min(float(loss.min()), float(np.nanmin(surface.path_loss))), float(max(loss.max(), surface.path_loss[0]))
    )
    left, top, bottom = colors.sizes.margins
    cross = [] if chosen is None else [float(np.interp(chosen[0], places, loss))]
    data: list[Dict] = [
        {
            "mode": "lines+markers",
            "x": round_along(places, places),
            "y": round_coordinates(loss),
            "line": {"color": colors.text, "width": colors.sizes.line},
            "marker": {"size": 8, "opacity": 0},
            "hovertemplate": f"{name} %{{x:.3g}}: loss %{{y:.4g}}<extra></extra>",
        },
        {"mode": "markers", "marker": {"color": colors.muted, "size": 5}, "hoverinfo": "skip"} | steps,
        {
            "mode": "markers",
            "x": list(chosen or ()),
            "y": cross,
            "marker": {"symbol": "x", "size": 14, "color": colors.text},
            "hoverinfo": "skip",
        },
        {
            "mode": "markers",
            "x": steps["x"][-1:],
            "y": steps["y"][-1:],
            "marker": {"color": colors.text, "size": 14, "line": {"color": colors.background, "width": 2}},
            "hoverinfo": "skip",
        },
    ]
    return {
        "data": [{"type": "scatter"} | trace for trace in data],
        "layout": chart_layout(
            colors,
            f"The loss along {name}",
            token,
            height=height,
            xaxis=named_axis(value_axis(float(places[0]), float(places[-1]), colors), name, colors),
            yaxis=named_axis(value_axis(low, high, colors), "loss", colors),
            margin={"l": left + 14, "r": 8, "t": top, "b": bottom},
            hoverdistance=-1,
        ),
        "frames": [
            {"name": str(epoch), "data": [{"x": [x], "y": [y]}], "traces": [3]}
            for epoch, x, y in zip(surface.epochs.tolist(), steps["x"], steps["y"], strict=True)
        ],
    }
