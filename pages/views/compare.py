"""Compare: pinned runs on the same axes, and what made the difference."""

from pages.widgets.compare.page import show_compare
from pages.widgets.frame.run_page import run_page

with run_page() as page:
    show_compare(page)
