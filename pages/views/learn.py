"""Learn: a course of short lessons, each with a live network and a question to think about."""

import streamlit as st

from pages.state.url import bench
from pages.widgets.learn.course import current_course, show_contents
from pages.widgets.learn.lesson_view import show_question, show_text, show_trial
from pages.widgets.learn.projector_view import show_projector_view

open_course = current_course(bench())

if open_course.visit.slide is not None:
    show_projector_view(open_course, open_course.visit.slide)
else:
    open_course.lesson_visit.slide = None
    show_contents(open_course)
    left, right = st.columns([0.37, 0.63], gap="medium")
    with left.container(width=540):
        show_text(open_course)
        show_question(open_course)
    with right:
        show_trial(open_course)
