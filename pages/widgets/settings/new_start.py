"""A start from what has been learned: an epoch's weights become the start weights, to go on with another table."""

from contextlib import suppress

import streamlit as st

from engine import ExperimentError, History
from pages.server.run_store import is_quick
from pages.state.visit import Visit
from pages.widgets.settings.start_weights import start_settings

NO_RULE = {"stop_loss": None, "stop_when_right": False, "patience": None}
"""No rule that stops a training; one that has stopped it would stop what goes on from there at once."""


def show_new_start(visit: Visit, is_locked: bool) -> None:
    """The button by which training starts from what is learned at the cursor's epoch."""
    history, view = visit.run.history, visit.view
    epoch = int(history.epochs[history.frame_at(view.cursor)]) if history else 0
    is_scaled = bool(visit.run.wanted.input_scale or visit.run.wanted.target_scale)
    own_scale = " The table's columns are then scaled by its own numbers." * is_scaled
    can_start = history is not None and visit.run.is_shown and not is_locked and history.diverged_at is None
    st.button(
        "Start from these weights",
        disabled=not can_start,
        help=f"The weights at epoch {epoch:,}, where the player is, become the start weights, and epochs count from 0 "
        f"again. Then change the table: training goes on from what is learned.{own_scale}",
        on_click=lambda: start_from(visit, history, epoch) if history else None,
    )


def start_from(visit: Visit, history: History, epoch: int) -> None:
    """Start from the weights of an epoch, with its rate, its optimizer and its rows, and their later changes."""
    e, frame = history.experiment, history.frame_at(epoch)
    weights, biases = ([layer[frame] for layer in layers] for layers in (history.weights, history.biases))
    visit.draft.change(
        **start_settings(e, weights, biases),
        learning_rate=e.rate_after(epoch),
        optimizer=e.optimizer_after(epoch),
        rate_changes=tuple((at - epoch, rate) for at, rate in e.rate_changes if at > epoch),
        optimizer_changes=tuple((at - epoch, name) for at, name in e.optimizer_changes if at > epoch),
        earlier_tables=tuple((end - epoch, *rows) for end, *rows in e.earlier_tables if end > epoch),
    )
    if history.stopped_at is not None:
        visit.draft.change(**NO_RULE)
    st.toast(f"Training now starts from the weights at epoch {epoch:,}. Undo brings the other start back.")
    with suppress(ExperimentError):  # which the page says
        if not is_quick(visit.draft.experiment()):
            visit.run.request()
