"""The colours and sizes of charts on this visitor's screen."""

from pathlib import Path

import streamlit as st

from pages.charts.style.palette import Palette, palette_for
from pages.charts.style.sizes import DESK
from pages.state.visit import Visit

JS = Path(__file__).with_name("colors.js").read_text(encoding="utf-8")


def page_colors(visit: Visit) -> Palette:
    """The palette for light or dark, in the sizes of a desk or of the projector."""
    return palette_for(st.context.theme.type, visit.projector.sizes if visit.projector else DESK)


def page_height(visit: Visit, desk: int, projector: int) -> int:
    """The pixels of a picture that has so many on a desk, or on a projector of 1280x720."""
    return round(projector * visit.projector.scale) if visit.projector else desk


def follow_scheme() -> None:
    """Have charts drawn again when the page turns dark or light; on pages with a player it does that."""
    mount = st.components.v2.component("glassbox_scheme", js=JS)
    mount(key="scheme", data={"scheme": st.context.theme.type or "light"}, on_scheme_change=lambda: None)
