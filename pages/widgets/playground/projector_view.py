"""The Playground as one screen for a projector: the player, the drawing, the table and one curve, nothing to scroll."""

from collections.abc import Callable, Iterable, Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import History
from engine.model.weight_index import WeightIndex
from pages.charts.history.alt_text import alt_texts
from pages.charts.history.run_figures import run_figures
from pages.charts.style.base import Dict, EpochAxis
from pages.charts.style.palette import palette_for
from pages.server.run_store import train_button
from pages.state.bound_widget import bind
from pages.state.projector import CURVES, Projector
from pages.state.visit import Bench
from pages.widgets.player.player import content_token, show_player
from pages.widgets.player.run_charts import draw_figures
from pages.widgets.playground.projector_table import show_projector_table, table_height

PICTURE_HEIGHT = 580
"""Pixels for the pictures, on a screen of 1280x720 and below the bar and the player."""

GAP = 8
"""Pixels between what stands one below the other."""


def show_projector_view(bench: Bench, history: History, slide: Projector) -> None:
    """Draw all of it but the bar."""
    table = bench.handout.shows("table")
    covered = slide.outputs_covered and slide.curve == "outputs"
    high = {"network": PICTURE_HEIGHT} | (
        {} if covered else {slide.curve: PICTURE_HEIGHT - (table_height(history) + GAP) * table}
    )
    figures = projector_figures(bench, history, slide, high)
    left, right = st.columns([0.49, 0.51], gap="small")
    if table:
        with right:
            show_projector_table(bench, history)
    draw_figures(figures, projector_alt_texts(history, figures, slide, bench.row_of(history)), (left, right))
    if covered:
        right.markdown("### What will each row's output be?\n\nPredict first. **R** shows the outputs.")


def projector_figures(bench: Bench, history: History, slide: Projector, high: Mapping[str, int]) -> dict[str, Dict]:
    """The player, drawn, and its figures, each so many pixels high on 1280x720."""
    colors = palette_for(st.context.theme.type, slide.sizes)
    axis = EpochAxis(int(history.epochs[-1]), bench.log)
    row = bench.row_of(history)
    light = slide.highlight(row, bench.weight)
    token = content_token((history.experiment, axis, row, colors, light, *high))
    show_player(bench, history, [token] * len(high))
    heights = {name: round(slide.scale * pixels) for name, pixels in high.items()}
    return run_figures(history, list(high), row, axis, colors, token, light, heights)


def projector_alt_texts(history: History, names: Iterable[str], slide: Projector, row: int) -> dict[str, str]:
    """What the pictures show, in words; nothing of the outputs while they are covered."""
    if slide.outputs_covered:
        return dict.fromkeys(names, "A picture of the network; its outputs are covered until they have been predicted.")
    return alt_texts(history, tuple(names), row)


def show_bar(bench: Bench, history: History, slide: Projector, message: str | None) -> None:
    """The bar: which curve, outputs covered or not, the light on a row or a weight; Train, where that is waited for."""
    with st.container(key="bar", horizontal=True, gap="small", vertical_alignment="center"):
        st.segmented_control(
            "Curve",
            list(CURVES),
            default=slide.curve,
            required=True,
            format_func=CURVES.__getitem__,
            label_visibility="collapsed",
            **bind("curve", slide.curve, lambda chosen: setattr(slide, "curve", chosen)),
        )
        cover_button(slide)
        highlight_buttons(bench, history, slide)
        if message or bench.asked:
            train_button(bench)


def back_and_next(turn: Callable[[int], None], first: bool, last: bool) -> DeltaGenerator:
    """The bar of what goes on part by part, with two buttons that `turn` by -1 and 1; it takes what else is in it."""
    bar = st.container(key="bar", horizontal=True, gap="small", vertical_alignment="center")
    bar.button("Back", key="backward", disabled=first, on_click=turn, args=(-1,), help="Key B.")
    bar.button("On", key="onward", type="primary", disabled=last, on_click=turn, args=(1,), help="Key N.")
    return bar


def cover_button(slide: Projector) -> None:
    """Cover the outputs, or show them."""
    st.button(
        "Reveal" if slide.outputs_covered else "Cover",
        key="reveal",
        on_click=lambda: setattr(slide, "outputs_covered", not slide.outputs_covered),
        help="Outputs hidden until you show them, so that everybody can predict them. Key R.",
    )


def highlight_buttons(bench: Bench, history: History, slide: Projector) -> None:
    """The light goes from row to row and from weight to weight, and after the last one out."""
    e = history.experiment

    def next_row() -> None:
        ahead = bench.row + 1 if slide.row_highlighted else 0
        slide.row_highlighted = ahead < len(e.inputs)
        bench.row = ahead if slide.row_highlighted else 0

    def next_weight() -> None:
        weights = list(WeightIndex.all_of(e))
        ahead = weights.index(bench.weight) + 1 if slide.weight_highlighted and bench.weight in weights else 0
        slide.weight_highlighted = ahead < len(weights)
        bench.weight = weights[ahead] if slide.weight_highlighted else WeightIndex()

    st.button("Row", key="spotlight", on_click=next_row, help="Light on the next row, after the last on all. Key S.")
    st.button("Weight", key="weigh", on_click=next_weight, help="Light on the next weight, then on all. Key W.")
