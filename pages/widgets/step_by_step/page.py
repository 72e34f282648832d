"""The page Step by step, outside projector mode: the choice of epoch, row and weight, then every step of the update."""

import streamlit as st

from pages.widgets.frame.run_page import RunPage
from pages.widgets.step_by_step.epoch_pager import cached_update, show_epoch_pager
from pages.widgets.step_by_step.focus import focus_of, show_focus_choices
from pages.widgets.step_by_step.glossary import show_glossary
from pages.widgets.step_by_step.slow_motion import show_slow_motion
from pages.widgets.step_by_step.update_steps import show_update_steps, visible_steps
from pages.widgets.step_by_step.weight_account import show_verification, show_weight_account


def show_step_by_step(page: RunPage) -> None:
    """Draw the page."""
    page.show_status_and_train()
    visit, view, history = page.visit, page.visit.view, page.visit.run.history
    if history is None:
        return
    epoch = view.update_epoch_of(history)
    trained = history.trained_at(epoch)
    update, loss = cached_update(trained.experiment, epoch, view.batch_of(trained), history)
    focus = focus_of(view, trained, update)
    steps = visible_steps(trained, update, focus)
    left, right = st.columns([0.52, 0.48], gap="large")
    with left:
        st.markdown("# One update of the network: every number, and where it comes from")
        show_epoch_pager(visit, history, epoch, loss)
        if view.steps_shown is None:
            show_focus_choices(view, trained, update, focus)
        with st.container(horizontal=True, gap="small"):
            show_slow_motion(view, len(steps))
            show_glossary(trained.experiment, epoch)
    if view.steps_shown is None:
        with right:
            show_weight_account(trained, update, focus)
            show_verification(view, trained, update, focus, epoch)
    show_update_steps(view, update, focus, steps)
