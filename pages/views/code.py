"""Code: the experiment as a program that runs without us, and the stage and a worksheet to keep."""

import streamlit as st

from pages.server.run_store import update
from pages.state.url import bench
from pages.widgets.export.programs import show_downloads, show_programs
from pages.widgets.frame.messages import show_messages

lab = bench()
show_messages(lab, update(lab), st.empty())
left, right = st.columns([0.66, 0.34], gap="large")
with left:
    st.markdown("# Your network as a program: NumPy alone, the same numbers to the last bit")
    program = show_programs(lab)
with right:
    show_downloads(lab, program)
