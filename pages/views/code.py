"""Code: the experiment as a program, what it prints, an offline page of its charts, and a worksheet."""

import streamlit as st

from pages.widgets.export.programs import show_downloads, show_programs
from pages.widgets.frame.run_page import run_page

with run_page() as page:
    page.show_status_and_train()
    left, right = st.columns([0.66, 0.34], gap="large")
    with left:
        st.markdown("# Your network as a program: NumPy alone, the same numbers")
        program = show_programs(page.visit.run.wanted)
    with right:
        show_downloads(page.visit, program)
