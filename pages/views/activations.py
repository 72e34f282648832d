"""Activations: where the network's neurons sit on their curve, how steep it is there, and every function by itself."""

import streamlit as st

from pages.server.run_store import finish, train_button, update
from pages.state.url import bench
from pages.widgets.activations.gallery import show_gallery
from pages.widgets.activations.neurons import chosen_layer, show_neurons
from pages.widgets.frame.messages import show_messages

lab = bench()
message = update(lab)

if lab.slide is None:
    st.markdown("# Where each neuron sits on its curve, and how much it can still learn there")
    st.markdown(
        "A neuron turns its sum z into f(z) and sends that on. On the way back its error is multiplied by the slope "
        "f'(z): on a flat part of the curve next to nothing is left, and the neuron hardly learns."
    )
progress = st.empty()
show_messages(lab, message, progress)
if message or lab.asked:
    train_button(lab)
if lab.history:
    show_neurons(lab, lab.history)
    if lab.slide is None:
        show_gallery(lab, chosen_layer(lab.history))
finish(lab, progress)
