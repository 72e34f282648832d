"""Learn: a course of short lessons, each with a live network and a question."""

from pages.widgets.learn.course import current_course
from pages.widgets.learn.lesson_view import show_lesson
from pages.widgets.learn.projector_view import show_projector_view

course = current_course()
if course.visit.projector is None:
    show_lesson(course)
else:
    show_projector_view(course, course.visit.projector)
