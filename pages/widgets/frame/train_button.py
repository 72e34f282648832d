"""The Train button, which becomes Stop during a long training."""

import streamlit as st

from pages.state.visit import Visit


def show_train_button(visit: Visit) -> None:
    """The button: Train, or Stop while a training is requested."""
    trains = visit.run.is_requested
    st.button(
        "Stop" if trains else "Train",
        key="train",
        type="primary",
        shortcut=None if trains else "T",
        icon=":material/stop:" if trains else ":material/play_arrow:",
        on_click=visit.stop_training if trains else visit.run.request,
        help="Keep what has been learned so far." if trains else "Train from the start and watch.",
    )
