"""Equations of matrices, whose numbers can be clicked, or reached with the arrow keys."""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from pages.charts.style.palette import palette_for
from pages.charts.style.sizes import DESK
from pages.charts.update.matrices import EquationPart, Matrix, equation
from pages.state.projector import Projector
from pages.state.widget_values import component_value

CSS, JS = (Path(__file__).with_name(f"matrices.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
HTML = '<div class="step"></div>'


def show_matrices(
    key: str,
    title: str,
    about: str,
    parts: Sequence[EquationPart],
    pick: Callable[[int, int, int, int], None],
    projector: Projector | None = None,
) -> None:
    """Draw an equation; a click on a number calls `pick` with its table row, layer, source and neuron.

    It is a component rather than a chart: a chart is rebuilt when its numbers change, which is slow; here every number
    can be reached by keyboard, and on a phone the equation wraps.
    """
    mount = st.components.v2.component("glassbox_matrices", html=HTML, css=CSS, js=JS)
    colors = palette_for(st.context.theme.type, DESK if projector is None else projector.sizes)
    data = equation(parts, colors) | {"title": title, "about": about, "wall": projector is not None}

    def report_pick() -> None:
        picks = component_value(key, "picked", list)
        if picks and any(picks in row for part in parts if isinstance(part, Matrix) for row in part.picks.tolist()):
            pick(*picks)

    mount(key=key, data=data, on_picked_change=report_pick, width="stretch" if projector else "content")
