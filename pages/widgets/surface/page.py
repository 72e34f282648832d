"""The page Surface: the loss over weights as a landscape, the training's path on it, and a new start from any place."""

import streamlit as st

from engine import History
from engine.training.surface import LossSurface
from pages.charts.style.base import Dict
from pages.charts.surface.surface_3d import surface_in_space
from pages.charts.surface.surface_map import HEIGHT, surface_map
from pages.charts.surface.weight_curve import weight_curve
from pages.charts.surface.words import shares_words, surface_words
from pages.state.comparison.surface_choice import SurfaceChoice, current_surface
from pages.state.visit import Visit
from pages.widgets.frame.colors import page_colors, page_height
from pages.widgets.frame.figure import show_figure
from pages.widgets.frame.run_page import RunPage
from pages.widgets.player.player import content_token, show_player
from pages.widgets.player.run_charts import draw_figure
from pages.widgets.surface.choices import show_choices
from pages.widgets.surface.clicks import take_clicks
from pages.widgets.surface.place import show_place

PROJECTOR_HEIGHT = 540
"""Pixels of the picture on a projector of 1280x720, below the title and the player."""


def show_surface(page: RunPage) -> None:
    """Draw the page."""
    visit = page.visit
    st.markdown("# The loss is a landscape, and training walks downhill")
    if not visit.projector:  # there the picture takes the screen, and the teacher tells
        st.markdown(
            "Every place is a pair of weights, and its height the loss of the network with them; all other weights are "
            "as at the player's epoch. The training follows the slope under its feet. Click on a place to start there."
        )
    page.show_status_and_train()
    history = visit.run.history
    if history:
        show_landscape(visit, current_surface(), history)


def show_landscape(visit: Visit, choice: SurfaceChoice, history: History) -> None:
    """The player, the choices, the picture, and the start from a place."""
    epoch = visit.view.epoch_of(history)
    surface = choice.surface(history, epoch)
    names = choice.names(history.experiment)
    colors = page_colors(visit)
    height = page_height(visit, HEIGHT, PROJECTOR_HEIGHT)
    token = content_token((history.experiment, len(history.epochs), epoch, choice.kind, names, choice.place, colors))
    moves = choice.kind == "one" or choice.picture == "lines"
    show_player(visit, history, [token] if moves else [])
    if not visit.projector:  # there they are below the picture
        show_choices(choice, history)
    if choice.kind == "one":
        draw_surface(choice, surface, weight_curve(surface, names[0], colors, token, height, choice.place), names)
    elif choice.picture == "lines":
        two = names[0], names[1]
        draw_surface(choice, surface, surface_map(surface, two, colors, token, height, choice.place), names)
    else:
        figure = surface_in_space(surface, (names[0], names[1]), colors, height)
        show_figure("surface in space", figure, surface_words(surface, names))
    if visit.projector:
        show_choices(choice, history)
    st.caption(f"{picture_words(choice, epoch)} {shares_words(surface)}")
    show_place(visit, choice, surface, names)


def picture_words(choice: SurfaceChoice, epoch: int) -> str:
    """What is what in the picture."""
    rest = "both directions go through the network of" if choice.kind == "main" else "all other weights are as at"
    marks = {
        "one": "Each grey dot is a kept epoch, with the other weights of then; the large dot is the player's",
        "lines": "The ring is the start, the large dot the player's epoch",
        "space": "The line is the way of the training, the large dot the player's epoch",
    }
    return (
        f"{marks['one' if choice.kind == 'one' else choice.picture]}; {rest} epoch {epoch:,}. Where the player rests, "
        "the landscape is drawn anew: other weights that moved have changed it."
    )


def draw_surface(choice: SurfaceChoice, surface: LossSurface, figure: Dict, names: tuple[str, ...]) -> None:
    """A picture that the player moves, and whose places can be clicked on."""
    draw_figure("surface", figure, surface_words(surface, names))
    take_clicks(choice, surface, figure["layout"]["meta"]["stage"])
