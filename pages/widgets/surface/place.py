"""A place on the landscape, clicked on or typed, and the start from there."""

from dataclasses import replace

import numpy as np
import streamlit as st

from engine import ExperimentError
from engine.training.surface import LossSurface, losses_at
from pages.charts.style.format import format_number
from pages.charts.surface.words import place_words
from pages.state.comparison.surface_choice import SurfaceChoice
from pages.state.restrictions import differing_parts
from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.settings.number_boxes import show_number_box


def show_place(visit: Visit, choice: SurfaceChoice, surface: LossSurface, names: tuple[str, ...]) -> None:
    """The place as numbers, its loss, and the button that starts there."""
    place = choice.place or tuple(float(f"{value:.4g}") for value in surface.here.tolist())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        for axis, name in enumerate(names):

            def take(typed: object, axis: int = axis) -> None:
                if isinstance(typed, int | float) and np.isfinite(typed):
                    choice.choose_place((*place[:axis], float(typed), *place[axis + 1 :]))

            box = st.container(width=180)
            about = "Type a number, or click on a place in the picture."
            show_number_box(box, visit, f"place {axis}", escape_markdown(name), about, place[axis], take)
        loss = losses_at(surface.experiment, surface.base, surface.directions, np.array([place]))
        st.markdown(f"Loss there: **{format_number(float(loss[0]))}**", width="content")
        start_button(visit, choice, surface, names, place)


def start_button(
    visit: Visit, choice: SurfaceChoice, surface: LossSurface, names: tuple[str, ...], place: tuple[float, ...]
) -> None:
    """Start from the place: its weights become the start weights, and the network is trained from there."""
    try:
        experiment = replace(surface.experiment_from(*place))
        refusal = visit.link.restrictions.refusal(*differing_parts(visit.run.wanted, experiment))
    except ExperimentError as error:
        experiment, refusal = surface.experiment, str(error)

    def start() -> None:
        choice.choose_place(None)
        visit.load(experiment, note=f"Started from a place on the loss surface: {place_words(place, names)}.")
        visit.run.request()

    st.button(
        "Start from there",
        key="start from place",
        type="primary",
        icon=":material/flag:",
        disabled=refusal is not None,
        help=refusal or "Trains the network from these weights. Undo on the Playground brings the other start back.",
        on_click=start,
    )
