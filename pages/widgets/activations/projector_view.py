"""Activations in projector mode: the two charts fill the screen, with one sentence on the layer."""

import streamlit as st

from engine.explanation.saturation import neuron_states
from pages.state.projector import Projector
from pages.widgets.activations.neuron_table import layer_verdict
from pages.widgets.activations.neurons import draw_neurons, show_choices
from pages.widgets.frame.run_page import RunPage

PICTURE_HEIGHT = 500
"""Pixels of a chart, on a screen of 1280x720."""


def show_projector_view(page: RunPage, projector: Projector) -> None:
    """Draw the page."""
    page.show_status_and_train()
    visit, view, history = page.visit, page.visit.view, page.visit.run.history
    if history is None:
        return
    with st.container(key="bar"):
        show_choices(view, history)
    positions = draw_neurons(visit, history, projector.sizes, round(PICTURE_HEIGHT * projector.scale))
    states = neuron_states(history, positions.layer, history.frame_at(view.cursor))
    st.markdown(f"Large marks: row {positions.row + 1}. {layer_verdict(positions.names, states)}")
