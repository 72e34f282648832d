"""Learn: a course of short lessons, each with a live network and a question to think about."""

import streamlit as st

from pages.widgets.bench import bench
from pages.widgets.board import question, trial, words
from pages.widgets.course import contents, course

open_course = course(bench())

contents(open_course)
left, right = st.columns([0.37, 0.63], gap="medium")
with left.container(width=540):
    words(open_course)
    question(open_course)
with right:
    trial(open_course)
