"""Surface: the loss over two weights, the training's path on it, and a start from any place."""

from pages.widgets.frame.run_page import run_page
from pages.widgets.surface.page import show_surface

with run_page() as page:
    show_surface(page)
