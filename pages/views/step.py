"""Step by step: one update of the network, with every number and where it comes from."""

from pages.widgets.frame.run_page import run_page
from pages.widgets.step_by_step.page import show_step_by_step
from pages.widgets.step_by_step.projector_view import show_projector_view

with run_page() as page:
    if page.visit.projector is None:
        show_step_by_step(page)
    else:
        show_projector_view(page, page.visit.projector)
