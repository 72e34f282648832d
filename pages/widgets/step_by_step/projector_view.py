"""Step by step in projector mode: one step fills the screen, with a bar to move from step to step."""

from functools import partial

import streamlit as st

from engine import History
from pages.charts.update.latex import first_formula
from pages.charts.update.layer_view import Focus
from pages.charts.update.step import Step
from pages.state.projector import Projector
from pages.state.view import View
from pages.widgets.frame.projector_bar import back_and_next, highlight_buttons
from pages.widgets.frame.run_page import RunPage
from pages.widgets.player.player import show_player
from pages.widgets.step_by_step.epoch_pager import cached_update
from pages.widgets.step_by_step.focus import focus_of, set_focus
from pages.widgets.step_by_step.matrices import show_matrices
from pages.widgets.step_by_step.slow_motion import show_steps
from pages.widgets.step_by_step.update_steps import display_math, visible_steps

MOST_TERMS = 5
"""The most terms of a sum that are written out, in half of the screen."""


def show_projector_view(page: RunPage, projector: Projector) -> None:
    """Draw the page."""
    page.show_status_and_train()
    view, history = page.visit.view, page.visit.run.history
    if history is None:
        return
    epoch = view.update_epoch_of(history)
    trained = history.trained_at(epoch)
    update, loss = cached_update(trained.experiment, epoch, view.batch_of(trained), history)
    focus = focus_of(view, trained, update)
    steps = visible_steps(trained, update, focus, MOST_TERMS)
    number = min(view.steps_shown or 1, len(steps))
    show_bar(view, history, projector, number, len(steps))
    show_player(page.visit, history, [], shown=(epoch, loss))
    show_step(view, focus, steps[number - 1], number, projector)


def show_bar(view: View, history: History, projector: Projector, number: int, steps: int) -> None:
    """The bar: one step back or on; after the last step, the next epoch."""
    last, epoch = int(history.epochs[-1]), view.update_epoch_of(history)

    def turn(way: int) -> None:
        ahead = number + way
        if ahead > steps:
            view.move(min(epoch + 1, last))
        elif ahead < 1:
            view.move(max(epoch - 1, 0))
        show_steps(view, 1 if ahead > steps else ahead or steps)

    with back_and_next(turn, first=number == 1 and epoch == 0, last=number == steps and epoch == last):
        highlight_buttons(history.trained_at(epoch).experiment, view, projector)
        end = history.experiment.table_end(epoch)
        st.markdown(f"Step {number} of {steps}" + ("" if end is None else f" · the rows until epoch {end:,}"))


def show_step(view: View, focus: Focus, step: Step, number: int, projector: Projector) -> None:
    """The equation of the step, and its formula in letters and in numbers."""
    pick = partial(set_focus, view, focus)
    show_matrices(f"picture {number} {step.title}", f"{number}. {step.title}", step.about, step.parts, pick, projector)
    names, numbers = st.columns([0.46, 0.54], gap="small")
    names.markdown(display_math(first_formula(step.formula)))
    numbers.container(key="numbers").markdown(display_math(step.numbers))
