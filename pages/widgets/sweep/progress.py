"""How far a sweep or a fan is, and the button that stops it."""

import streamlit as st

from pages.state.comparison.sweep_results import SweepResult

POLL_SECONDS = 0.2
"""How often the page asks how far a sweep is."""

FORESEEABLE = 0.05
"""From this share on, the time that is left can be told."""


def show_progress(result: SweepResult) -> None:
    """How far it is or, where it did not come to its end, how it ended."""
    networks = f"{result.networks:,} networks"
    match result.state:
        case "waiting":
            st.progress(0.0, f"{networks} wait for their turn: others are training.")
        case "training":
            seconds = result.seconds_left if result.share > FORESEEABLE else None
            left = "" if seconds is None else f", about {max(1, round(seconds))} s left"
            st.progress(min(result.share, 1.0), f"Training {networks}: {result.share:.0%}{left}")
        case "stopped":
            st.caption(f"Stopped at {result.share:.0%}: what follows is what was trained until then.")
        case "lost":
            st.warning("The server could not go on with these runs: start again.", icon=":material/info:")
    if not result.has_ended and not result.names:
        st.button("Stop", key="stop fan", icon=":material/stop:", on_click=result.stop)
