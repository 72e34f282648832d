"""Slow motion: the steps of an update appear one by one, by themselves or on a click."""

import time

import streamlit as st

from pages.state.view import View
from pages.state.widget_values import widget_value

STEP_SECONDS = 3.5
"""Seconds between steps that appear by themselves."""

BY_ITSELF = "slow by itself"


def show_slow_motion(view: View, count: int) -> None:
    """The button that starts slow motion; while it is on, its controls."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if view.steps_shown is None:
            st.button(
                "Slow motion",
                icon=":material/slow_motion_video:",
                on_click=lambda: show_steps(view, 1),
                help=f"A new step every {STEP_SECONDS:g} seconds, so that somebody can talk.",
            )
            return
        more = view.steps_shown < count
        st.button(
            "Next step",
            type="primary",
            icon=":material/navigate_next:",
            disabled=not more,
            on_click=lambda: show_steps(view, (view.steps_shown or 0) + 1),
        )
        st.button("Back to the first", on_click=lambda: show_steps(view, 1))
        st.toggle(
            "By itself",
            True,
            key=BY_ITSELF,
            help=f"A new step every {STEP_SECONDS:g} seconds.",
            on_change=lambda: show_steps(view, view.steps_shown),
        )
        st.button("Show all steps", on_click=lambda: show_steps(view, None))
        st.caption(f"Step {min(view.steps_shown, count)} of {count}")
    if widget_value(BY_ITSELF, bool) and more:
        advance_by_itself(view)


def show_steps(view: View, count: int | None) -> None:
    """Show this many steps from now on; None means all."""
    view.show_steps(count, time.monotonic())


@st.fragment(run_every=STEP_SECONDS)
def advance_by_itself(view: View) -> None:
    """Show the next step when its time has come."""
    if time.monotonic() - view.steps_since >= 0.9 * STEP_SECONDS:
        show_steps(view, (view.steps_shown or 0) + 1)
        st.rerun()
