"""Activations: where the network's neurons sit on their curve, how steep it is there, and every function by itself."""

from pages.widgets.activations.page import show_activations
from pages.widgets.activations.projector_view import show_projector_view
from pages.widgets.frame.run_page import run_page

with run_page() as page:
    if page.visit.projector is None:
        show_activations(page)
    else:
        show_projector_view(page, page.visit.projector)
