"""Learn: a course of short lessons, each with a live network and a question to think about."""

import streamlit as st

from pages.state.url import bench
from pages.widgets.learn.course import contents, course
from pages.widgets.learn.lesson_view import question, trial, words
from pages.widgets.learn.projector_view import lecture

open_course = course(bench())

if open_course.lab.slide is not None:
    lecture(open_course, open_course.lab.slide)
else:
    open_course.bench.slide = None
    contents(open_course)
    left, right = st.columns([0.37, 0.63], gap="medium")
    with left.container(width=540):
        words(open_course)
        question(open_course)
    with right:
        trial(open_course)
