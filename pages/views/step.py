"""Step by step: one update of the network, every number of it, where it came from and where it goes."""

import streamlit as st

from pages.server.run_store import finish, train_button, update
from pages.state.url import bench
from pages.widgets.frame.messages import messages
from pages.widgets.player.player import player
from pages.widgets.step_by_step.epoch_pager import batch_of, epoch_of, opened, turn_pages
from pages.widgets.step_by_step.focus import choices, focus_of
from pages.widgets.step_by_step.glossary import letters
from pages.widgets.step_by_step.update_steps import ledger, one_step, shown_steps, slow_motion, step_on_wall
from pages.widgets.step_by_step.weight_account import accounted, verification

lab = bench()
message, progress = update(lab), st.empty()
messages(lab, message, progress)
if message or lab.asked:
    train_button(lab)
history = lab.history
if history:
    epoch = epoch_of(lab, history)
    one, loss = opened(history.experiment, epoch, batch_of(lab, history), history)
    focus = focus_of(lab, history, one)
    found = shown_steps(history, one, focus)
    if lab.slide is not None:
        one_step(lab, history, focus, found)
        player(lab, history, [], extra={epoch: loss})
        step_on_wall(lab, focus, found)
    else:
        left, right = st.columns([0.52, 0.48], gap="large")
        with left:
            st.markdown("# One update of the network: every number, and where it comes from")
            turn_pages(lab, history, epoch, loss)
            if lab.shown is None:
                choices(lab, history, one, focus)
            with st.container(horizontal=True, gap="small"):
                slow_motion(lab, len(found))
                letters(history.experiment)
        if lab.shown is None:
            with right:
                accounted(history, one, focus)
                verification(lab, history, one, focus, epoch)
        ledger(lab, one, focus, found)
finish(lab, progress)
