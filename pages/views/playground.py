"""The Playground: edit the table, choose a network, train, and watch it learn."""

import streamlit as st

from pages.server.run_store import finish, train_button, update
from pages.state.url import bench
from pages.widgets.files.files import show_files, show_too_large
from pages.widgets.frame.messages import show_lesson_note, show_messages
from pages.widgets.player.run_charts import show_run_charts
from pages.widgets.playground.columns import show_columns
from pages.widgets.playground.controls import show_controls, show_more_controls
from pages.widgets.playground.diagnosis_panel import show_diagnosis
from pages.widgets.playground.grid import show_grid
from pages.widgets.playground.presets import show_presets
from pages.widgets.playground.projector_view import show_bar, show_projector_view
from pages.widgets.playground.summary import show_summary

lab = bench()
handout = lab.handout
message = update(lab)

if lab.slide is not None:
    if lab.history:
        show_bar(lab, lab.history, lab.slide, message)
    progress = st.empty()
    show_messages(lab, message, progress)
    if lab.history:
        show_projector_view(lab, lab.history, lab.slide)
else:
    left, right = st.columns([0.36, 0.64], gap="medium")
    with left:
        st.markdown("# Edit the table, press Train, watch a neuron learn")
        if handout.shows("presets"):
            show_presets(lab)
        if handout.shows("table"):
            show_grid(lab)
        with st.container(horizontal=True, gap="small"):
            train_button(lab)
            if handout.allows_change("table"):
                show_columns(lab, message)
            if handout.shows("files"):
                show_files(lab)
        show_lesson_note(lab)
        show_too_large(lab)
        progress = st.empty()
        show_messages(lab, message, progress)
        remarks = st.container()
        if handout.shows("controls"):
            show_controls(lab)
        if handout.shows("more"):
            show_more_controls(lab)
    with right:
        if lab.history:
            show_run_charts(lab, lab.history)
            show_summary(lab, lab.history)
    if handout.shows("advice"):
        show_diagnosis(lab, remarks)
finish(lab, progress)
