"""The Playground in projector mode, on one screen: the player, the network drawing, the table and one curve."""

import streamlit as st

from engine import History
from pages.state.bound_widget import bind
from pages.state.projector import CURVES, Projector
from pages.state.visit import Visit
from pages.widgets.frame.projector_bar import cover_button, highlight_buttons
from pages.widgets.frame.run_page import RunPage
from pages.widgets.frame.train_button import show_train_button
from pages.widgets.player.projector_charts import GAP, projector_alt_texts, projector_figures
from pages.widgets.player.run_charts import draw_figures
from pages.widgets.playground.projector_table import show_projector_table, table_height

PICTURE_HEIGHT = 580
"""Pixels for the charts and the table, on a screen of 1280x720, below the bar and the player."""


def show_projector_view(page: RunPage, projector: Projector) -> None:
    """Draw the page."""
    history = page.visit.run.history
    if history:
        show_bar(page, history, projector)
    page.show_status()
    if history:
        show_screen(page.visit, history, projector)


def show_bar(page: RunPage, history: History, projector: Projector) -> None:
    """The bar: the curve, covering the outputs, highlighting a row or a weight, and Train if the run waits for it."""
    with st.container(key="bar", horizontal=True, gap="small", vertical_alignment="center"):
        st.segmented_control(
            "Curve",
            list(CURVES),
            default=projector.curve,
            required=True,
            format_func=CURVES.__getitem__,
            label_visibility="collapsed",
            **bind("curve", projector.curve, projector.choose_curve),
        )
        cover_button(projector)
        highlight_buttons(history.experiment, page.visit.view, projector)
        if page.waits_for_train:
            show_train_button(page.visit)


def show_screen(visit: Visit, history: History, projector: Projector) -> None:
    """The player, charts and table; while the outputs are covered, text in place of their curve."""
    table = visit.link.restrictions.shows("table")
    covered = projector.outputs_covered and projector.curve == "outputs"
    heights = {"network": PICTURE_HEIGHT} | (
        {} if covered else {projector.curve: PICTURE_HEIGHT - (table_height(history) + GAP) * table}
    )
    figures = projector_figures(visit, history, projector, heights)
    left, right = st.columns([0.49, 0.51], gap="small")
    if table:
        with right:
            show_projector_table(visit.view, history, projector)
    mounted, row = visit.run.mounted_history or history, visit.view.row_of(history)  # another text mounts a chart anew
    draw_figures(figures, projector_alt_texts(mounted, figures, projector, row), (left, right))
    if covered:
        right.markdown("### What will each row's output be?\n\nPredict first. **R** shows the outputs.")
