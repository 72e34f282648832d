"""Activations: a layer's neurons on their activation's curve and slope, and a gallery of all activations."""

from pages.widgets.activations.page import show_activations
from pages.widgets.activations.projector_view import show_projector_view
from pages.widgets.frame.run_page import run_page

with run_page() as page:
    if page.visit.projector is None:
        show_activations(page)
    else:
        show_projector_view(page, page.visit.projector)
