"""Activations, outside projector mode: the neurons of one layer on their curve, a table of them, and the gallery."""

import streamlit as st

from pages.widgets.activations.gallery import show_gallery
from pages.widgets.activations.neurons import show_neurons
from pages.widgets.frame.run_page import RunPage


def show_activations(page: RunPage) -> None:
    """Draw the page."""
    st.markdown("# Where each neuron sits on its curve, and how much it can still learn there")
    st.markdown(
        "A neuron turns its sum z into f(z) and sends that on. On the way back its error is multiplied by the slope "
        "f'(z): on a flat part of the curve next to nothing is left, and the neuron hardly learns."
    )
    page.show_status_and_train()
    history = page.visit.run.history
    if history:
        show_neurons(page.visit, history)
        show_gallery(page.visit, page.visit.view.layer_of(history))
