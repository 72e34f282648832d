"""The Playground as one screen for a projector: the player, the drawing, the table and one curve, nothing to scroll."""

from collections.abc import Callable, Iterable, Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import History
from pages.charts.history.alt_text import described
from pages.charts.history.run_figures import charts_of
from pages.charts.style.base import Dict, EpochAxis
from pages.charts.style.palette import palette
from pages.server.run_store import train_button
from pages.state.bound_widget import seeded
from pages.state.projector import PICTURES, Slide, weights_of
from pages.state.visit import Bench
from pages.widgets.player.player import player, token_of
from pages.widgets.player.run_charts import hang
from pages.widgets.playground.projector_table import chalk, tall

HIGH = 580
"""Pixels for the pictures, on a screen of 1280x720 and below the bar and the player."""

ROOM = 8
"""Pixels between what stands one below the other."""


def screen(bench: Bench, history: History, slide: Slide) -> None:
    """Draw all of it but the bar."""
    table = bench.handout.shows("table")
    covered = slide.covered and slide.picture == "outputs"
    high = {"network": HIGH} | ({} if covered else {slide.picture: HIGH - (tall(history) + ROOM) * table})
    figures = pictures(bench, history, slide, high)
    left, right = st.columns([0.49, 0.51], gap="small")
    if table:
        with right:
            chalk(bench, history)
    hang(figures, alternatives(history, figures, slide, bench.row_of(history)), (left, right))
    if covered:
        right.markdown("### What will each row's output be?\n\nPredict first. **R** shows the outputs.")


def pictures(bench: Bench, history: History, slide: Slide, high: Mapping[str, int]) -> dict[str, Dict]:
    """The player, drawn, and its figures, each so many pixels high on 1280x720."""
    colors = palette(st.context.theme.type, slide.sizes)
    axis = EpochAxis(int(history.epochs[-1]), bench.log)
    row = bench.row_of(history)
    light = slide.light(row, bench.weight)
    token = token_of((history.experiment, axis, row, colors, light, *high))
    player(bench, history, [token] * len(high))
    heights = {name: round(slide.factor * pixels) for name, pixels in high.items()}
    return charts_of(history, list(high), row, axis, colors, token, light, heights)


def alternatives(history: History, names: Iterable[str], slide: Slide, row: int) -> dict[str, str]:
    """What the pictures show, in words; nothing of the outputs while they are covered."""
    if slide.covered:
        return dict.fromkeys(names, "A picture of the network; its outputs are covered until they have been predicted.")
    return described(history, tuple(names), row)


def tools(bench: Bench, history: History, slide: Slide, message: str | None) -> None:
    """The bar: which curve, outputs covered or not, the light on a row or a weight; Train, where that is waited for."""
    with st.container(key="bar", horizontal=True, gap="small", vertical_alignment="center"):
        st.segmented_control(
            "Curve",
            list(PICTURES),
            default=slide.picture,
            required=True,
            format_func=PICTURES.__getitem__,
            label_visibility="collapsed",
            **seeded("curve", slide.picture, lambda chosen: setattr(slide, "picture", chosen)),
        )
        covers(slide)
        spotlights(bench, history, slide)
        if message or bench.asked:
            train_button(bench)


def back_and_on(turn: Callable[[int], None], first: bool, last: bool) -> DeltaGenerator:
    """The bar of what goes on part by part, with two buttons that `turn` by -1 and 1; it takes what else is in it."""
    bar = st.container(key="bar", horizontal=True, gap="small", vertical_alignment="center")
    bar.button("Back", key="backward", disabled=first, on_click=turn, args=(-1,), help="Key B.")
    bar.button("On", key="onward", type="primary", disabled=last, on_click=turn, args=(1,), help="Key N.")
    return bar


def covers(slide: Slide) -> None:
    """Cover the outputs, or show them."""
    st.button(
        "Reveal" if slide.covered else "Cover",
        key="reveal",
        on_click=lambda: setattr(slide, "covered", not slide.covered),
        help="Outputs hidden until you show them, so that everybody can predict them. Key R.",
    )


def spotlights(bench: Bench, history: History, slide: Slide) -> None:
    """The light goes from row to row and from weight to weight, and after the last one out."""
    e = history.experiment

    def next_row() -> None:
        ahead = bench.row + 1 if slide.row else 0
        slide.row = ahead < len(e.inputs)
        bench.row = ahead if slide.row else 0

    def next_weight() -> None:
        weights = weights_of(e)
        ahead = weights.index(bench.weight) + 1 if slide.weight and bench.weight in weights else 0
        slide.weight = ahead < len(weights)
        bench.weight = weights[ahead] if slide.weight else (0, 0, 0)

    st.button("Row", key="spotlight", on_click=next_row, help="Light on the next row, after the last on all. Key S.")
    st.button("Weight", key="weigh", on_click=next_weight, help="Light on the next weight, then on all. Key W.")
