"""The buttons of projector pages: back and on, cover and reveal, highlight the next row or weight."""

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import Experiment
from engine.model.weight_index import WeightIndex
from pages.state.projector import Projector
from pages.state.view import View


def back_and_next(turn: Callable[[int], None], first: bool, last: bool) -> DeltaGenerator:
    """A bar with the buttons Back and On, which call `turn` with -1 and 1; the page adds its own buttons to it."""
    bar = st.container(key="bar", horizontal=True, gap="small", vertical_alignment="center")
    bar.button("Back", key="backward", disabled=first, on_click=turn, args=(-1,), help="Key B.")
    bar.button("On", key="onward", type="primary", disabled=last, on_click=turn, args=(1,), help="Key N.")
    return bar


def cover_button(projector: Projector) -> None:
    """The button that covers the outputs, or reveals them."""
    st.button(
        "Reveal" if projector.outputs_covered else "Cover",
        key="reveal",
        on_click=projector.cover_or_reveal_outputs,
        help="Outputs hidden until you show them, so that everybody can predict them. Key R.",
    )


def highlight_buttons(experiment: Experiment, view: View, projector: Projector) -> None:
    """The buttons that highlight the next row and the next weight; after the last one, none."""
    st.button(
        "Row",
        key="spotlight",
        on_click=partial(projector.highlight_next_row, view, len(experiment.inputs)),
        help="Light on the next row, after the last on all. Key S.",
    )
    st.button(
        "Weight",
        key="weigh",
        on_click=partial(projector.highlight_next_weight, view, list(WeightIndex.all_of(experiment))),
        help="Light on the next weight, then on all. Key W.",
    )
