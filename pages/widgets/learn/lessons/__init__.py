"""The lessons, in teaching order."""

from pages.widgets.learn.lessons.training import LESSONS as LESSONS
