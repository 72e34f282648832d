"""Step by step: one update of the network, every number of it, where it came from and where it goes."""

import streamlit as st

from pages.server.run_store import finish, train_button, update
from pages.state.url import bench
from pages.widgets.frame.messages import show_messages
from pages.widgets.player.player import show_player
from pages.widgets.step_by_step.epoch_pager import batch_index, cached_update, cursor_epoch, show_epoch_pager
from pages.widgets.step_by_step.focus import focus_of, show_focus_choices
from pages.widgets.step_by_step.glossary import show_glossary
from pages.widgets.step_by_step.update_steps import (
    show_projector_step,
    show_slow_motion,
    show_step_bar,
    show_update_steps,
    visible_steps,
)
from pages.widgets.step_by_step.weight_account import show_verification, show_weight_account

lab = bench()
message, progress = update(lab), st.empty()
show_messages(lab, message, progress)
if message or lab.asked:
    train_button(lab)
history = lab.history
if history:
    epoch = cursor_epoch(lab, history)
    one, loss = cached_update(history.experiment, epoch, batch_index(lab, history), history)
    focus = focus_of(lab, history, one)
    found = visible_steps(history, one, focus)
    if lab.slide is not None:
        show_step_bar(lab, history, focus, found)
        show_player(lab, history, [], extra={epoch: loss})
        show_projector_step(lab, focus, found)
    else:
        left, right = st.columns([0.52, 0.48], gap="large")
        with left:
            st.markdown("# One update of the network: every number, and where it comes from")
            show_epoch_pager(lab, history, epoch, loss)
            if lab.shown is None:
                show_focus_choices(lab, history, one, focus)
            with st.container(horizontal=True, gap="small"):
                show_slow_motion(lab, len(found))
                show_glossary(history.experiment)
        if lab.shown is None:
            with right:
                show_weight_account(history, one, focus)
                show_verification(lab, history, one, focus, epoch)
        show_update_steps(lab, one, focus, found)
finish(lab, progress)
