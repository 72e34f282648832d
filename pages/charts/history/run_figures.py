"""The charts of a run, by name: the four of every page, and the fit, which lessons draw."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from engine import History
from pages.charts.history.curves import loss_curve, output_convergence, weight_evolution
from pages.charts.history.fit import fit_figure
from pages.charts.history.network import network_figure
from pages.charts.history.network_layout import network_height
from pages.charts.history.run_before import has_same_axes
from pages.charts.style.base import HEIGHT, Dict, EpochAxis
from pages.charts.style.highlight import NO_HIGHLIGHT, Highlight
from pages.charts.style.palette import Palette

CHART_NAMES = ("network", "outputs", "weights", "loss")


def run_figures(
    history: History,
    names: Sequence[str],
    row: int,
    axis: EpochAxis,
    colors: Palette,
    token: str,
    light: Highlight = NO_HIGHLIGHT,
    heights: Mapping[str, int] = MappingProxyType({}),
    before: History | None = None,
) -> dict[str, Dict]:
    """The named figures, with the heights in `heights` or else those of `chart_heights`.

    The run `before` is faint in those where it has the same axes.
    """
    tall = chart_heights(history, names) | dict(heights)
    bold = None if colors.sizes.projector else row  # on a projector a row is highlighted where somebody asks for it
    old = {name: before for name in names if before and has_same_axes(name, history.experiment, before.experiment)}
    build = {
        "network": lambda: network_figure(history, row, colors, token, tall["network"], light),
        "outputs": lambda: output_convergence(
            history, axis, colors, token, tall["outputs"], light, bold, old.get("outputs")
        ),
        "weights": lambda: weight_evolution(history, axis, colors, token, tall["weights"], light, old.get("weights")),
        "loss": lambda: loss_curve(history, axis, colors, token, tall["loss"], old.get("loss")),
        "fit": lambda: fit_figure(history, colors, token, tall["fit"]),
    }
    return {name: build[name]() for name in names}


def chart_heights(history: History, names: Sequence[str]) -> dict[str, int]:
    """The height of every chart in pixels; the outputs are as high as the network drawing if they are beside it."""
    drawing = network_height(history)
    return {
        "network": drawing,
        "outputs": drawing if "network" in names else HEIGHT,
        "weights": HEIGHT,
        "loss": HEIGHT,
        "fit": HEIGHT,
    }
