"""The Playground: edit the table, choose a network, train, and watch it learn."""

import streamlit as st

from pages.server.run_store import finish, train_button, update
from pages.state.url import bench
from pages.widgets.files.files import files, too_large
from pages.widgets.frame.messages import lesson_note, messages
from pages.widgets.player.run_charts import stage
from pages.widgets.playground.columns import columns
from pages.widgets.playground.controls import controls, more
from pages.widgets.playground.diagnosis_panel import advice
from pages.widgets.playground.grid import grid
from pages.widgets.playground.presets import presets
from pages.widgets.playground.projector_view import screen, tools
from pages.widgets.playground.summary import summary

lab = bench()
handout = lab.handout
message = update(lab)

if lab.slide is not None:
    if lab.history:
        tools(lab, lab.history, lab.slide, message)
    progress = st.empty()
    messages(lab, message, progress)
    if lab.history:
        screen(lab, lab.history, lab.slide)
else:
    left, right = st.columns([0.36, 0.64], gap="medium")
    with left:
        st.markdown("# Edit the table, press Train, watch a neuron learn")
        if handout.shows("presets"):
            presets(lab)
        if handout.shows("table"):
            grid(lab)
        with st.container(horizontal=True, gap="small"):
            train_button(lab)
            if handout.opens("table"):
                columns(lab, message)
            if handout.shows("files"):
                files(lab)
        lesson_note(lab)
        too_large(lab)
        progress = st.empty()
        messages(lab, message, progress)
        remarks = st.container()
        if handout.shows("controls"):
            controls(lab)
        if handout.shows("more"):
            more(lab)
    with right:
        if lab.history:
            stage(lab, lab.history)
            summary(lab, lab.history)
    if handout.shows("advice"):
        advice(lab, remarks)
finish(lab, progress)
