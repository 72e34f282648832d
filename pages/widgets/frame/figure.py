"""A figure on the page, sent as it was built, without Plotly's toolbar."""

from collections.abc import Callable

import streamlit as st

from pages.charts.style.base import Dict
from pages.private_api.prebuilt_figure import PrebuiltFigure

CONFIG = {"displayModeBar": False, "responsive": True}


def show_figure(key: str, figure: Dict, words: str, on_select: Callable[[], None] | None = None) -> None:
    """Draw a figure with its alt text; `on_select`, where there is one, is called when a point of it is clicked on."""
    st.plotly_chart(
        PrebuiltFigure(figure),
        key=key,
        theme=None,
        config=CONFIG,
        on_select=on_select or "ignore",
        selection_mode="points",
        alt=words,
    )
