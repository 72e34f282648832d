"""The Playground: edit the table, choose a network, train, and watch it learn."""

from pages.widgets.frame.run_page import run_page
from pages.widgets.playground.page import show_playground
from pages.widgets.playground.projector_view import show_projector_view

with run_page() as page:
    if page.visit.projector is None:
        show_playground(page)
    else:
        show_projector_view(page, page.visit.projector)
