"""The Playground in projector mode, on one screen: the player, the network, and its answer or the table and a curve."""

import streamlit as st

from engine import History
from pages.state.bound_widget import bind
from pages.state.projector import CURVES, Projector
from pages.state.visit import Visit
from pages.widgets.frame.projector_bar import cover_button, highlight_buttons
from pages.widgets.frame.run_page import RunPage
from pages.widgets.frame.train_button import show_train_button
from pages.widgets.player.pictures import mount_pictures, send_run
from pages.widgets.player.projector_charts import GAP, projector_alt_texts, projector_figures, projector_looks
from pages.widgets.player.run_charts import draw_figures
from pages.widgets.playground.network_editor import network_editor
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
    """The bar: what is beside the network, covering the outputs, a light on a row or weight, and Train if it waits."""
    with st.container(key="bar", horizontal=True, gap="small", vertical_alignment="center"):
        st.segmented_control(
            "Beside the network",
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
    """The player, the network, and beside it its answer, or the table with a curve; covered outputs are not told."""
    beside, covered = projector.curve, projector.outputs_covered and projector.curve in ("outputs", "answer")
    has_answer = beside == "answer" and not covered
    table = visit.link.restrictions.shows("table") and beside != "answer"
    curve = {} if covered or has_answer else {beside: PICTURE_HEIGHT - (table_height(history) + GAP) * table}
    figures = projector_figures(visit, history, projector, curve, has_pictures=True)
    send_run(history, keep=not visit.run.is_requested)
    with st.container(key="screen"):
        looks = projector_looks(history, projector, visit.view, PICTURE_HEIGHT, has_answer)
        mount_pictures(visit.view, history, looks, network_editor(visit, has_shape=False))
        if has_answer:
            return
        with st.container(key="beside"):
            if table:
                show_projector_table(visit.view, history, projector)
            mounted = visit.run.mounted_history or history  # another text mounts a chart anew
            words = projector_alt_texts(mounted, figures, projector, visit.view.row_of(history))
            draw_figures(figures, words, [st.container()])
            if covered:
                st.markdown("### What will each row's output be?\n\nPredict first. **R** shows the outputs.")
