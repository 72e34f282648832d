"""The charts and pictures of a run in projector size, with highlights and covered outputs."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from engine import History
from pages.charts.history.alt_text import alt_texts
from pages.charts.history.run_figures import run_figures
from pages.charts.style.base import Dict, EpochAxis
from pages.charts.style.palette import palette_for
from pages.state.projector import Projector
from pages.state.view import View
from pages.state.visit import Visit
from pages.widgets.player.player import content_token, show_player

GAP = 8
"""Pixels between elements one below the other."""


def projector_figures(
    visit: Visit, history: History, projector: Projector, pixels: Mapping[str, int], has_pictures: bool = False
) -> dict[str, Dict]:
    """Draw the player and return its figures by name; `pixels` gives the height of each on 1280x720.

    The player moves the pictures as well, where the page has them.
    """
    view = visit.view
    colors = palette_for(st.context.theme.type, projector.sizes)
    mounted, row = visit.run.mounted_history or history, view.row_of(history)
    highlight = projector.highlight(row, view.weight)
    token = content_token(
        (mounted.experiment, int(mounted.epochs[-1]), view.has_log_axis, row, colors, highlight, *pixels)
    )
    heights = {name: round(projector.scale * height) for name, height in pixels.items()}

    def figures(run: History) -> dict[str, Dict]:
        axis = EpochAxis(int(run.epochs[-1]), view.has_log_axis)
        return run_figures(run, list(pixels), row, axis, colors, token, highlight, heights)

    redraw = figures(history) if visit.run.is_requested else None
    show_player(visit, history, [token] * len(pixels), has_pictures=has_pictures, redraw=redraw)
    return figures(mounted)


def projector_alt_texts(history: History, names: Iterable[str], projector: Projector, row: int) -> dict[str, str]:
    """The alt texts of the named charts; those of covered outputs say nothing of them."""
    if projector.outputs_covered:
        return dict.fromkeys(names, "A picture of the network; its outputs are covered until they have been predicted.")
    return alt_texts(history, tuple(names), row)


def projector_looks(
    history: History, projector: Projector, view: View, pixels: int, has_answer: bool
) -> dict[str, Any]:
    """How the pictures look (`present` in stage.js): the network, or also its answer, `pixels` high on 1280x720."""
    light, link, bias = projector.highlight(view.row_of(history), view.weight), None, None
    if weight := light.weight:
        if weight.is_bias(history.experiment):
            bias = {"layer": weight.layer + 1, "unit": weight.neuron}
        else:
            link = {"layer": weight.layer, "i": weight.source, "j": weight.neuron}
    return {
        "sizes": asdict(projector.sizes),
        "height": round(projector.scale * pixels),
        "hasAnswer": has_answer,
        "light": {"isOnRow": light.row is not None, "link": link, "bias": bias, "covered": light.outputs_covered},
    }
