"""Step by step: one update of the network, every number of it, where it came from and where it goes."""

import streamlit as st

from pages.widgets.account import accounted, verification
from pages.widgets.bench import bench
from pages.widgets.epochs import epoch_of, turn_pages
from pages.widgets.focus import choices, focus_of
from pages.widgets.ledger import ledger, shown_steps, slow_motion, update_of
from pages.widgets.messages import messages
from pages.widgets.trainer import update

lab = bench()
messages(lab, update(lab), st.empty())
history = lab.history
if history:
    epoch = epoch_of(lab, history)
    left, right = st.columns([0.52, 0.48], gap="large")
    with left:
        st.markdown("###### One update of the network: every number, and where it comes from")
        batches = history.experiment.batches
        turn_pages(lab, history, epoch)
        one = update_of(history, (history.experiment, len(history.epochs)), epoch, min(lab.batch, batches - 1))
        focus = focus_of(lab, history, one)
        choices(lab, history, one, focus)
        found = shown_steps(history, one, focus)
        with st.container(horizontal=True, gap="small"):
            slow_motion(lab, len(found))
    with right:
        accounted(history, one, focus)
        verification(lab, history, one, focus, epoch)
    ledger(lab, one, focus, found)
