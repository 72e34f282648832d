"""Sweep: the network trained for every value of one or two settings, from several seeds each."""

from pages.widgets.frame.run_page import run_page
from pages.widgets.sweep.page import show_sweep

with run_page() as page:
    show_sweep(page)
