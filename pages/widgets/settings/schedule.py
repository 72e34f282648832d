"""The course of a training: go on from where it stands, change the learning rate on the way, stop early by a rule."""

from contextlib import suppress

import streamlit as st

from engine import ExperimentError
from engine.model.plan.rate_changes import rate_after
from pages.reading.cells import cell_text, read_cell, read_whole_number
from pages.reading.rate_changes import read_rate_changes, write_rate_changes
from pages.server.run_store import is_quick
from pages.state.bound_widget import bind
from pages.state.visit import Visit
from pages.state.widget_values import widget_value
from pages.widgets.settings.number_boxes import show_number_box

NO_RULE = {"stop_loss": None, "stop_when_right": False, "patience": None}


def show_schedule(visit: Visit) -> None:
    """An expander, whose contents are drawn only when it is open."""
    is_locked = "controls" in visit.link.restrictions.fixed_parts
    fold = st.expander("Go on training, stop early", icon=":material/update:", key="schedule", on_change="rerun")
    if not fold.open:
        return
    with fold:
        show_going_on(visit, is_locked)
        show_rate_changes(visit, is_locked)
        show_stop_rules(visit, is_locked)


def show_going_on(visit: Visit, is_locked: bool) -> None:
    """How many epochs more, with which learning rate, and the button."""
    history, e = visit.run.history, visit.run.wanted
    can_go_on = history is not None and visit.run.is_shown and history.diverged_at is None
    last = int(history.epochs[-1]) if history and can_go_on else e.epochs
    rate = rate_after(e.learning_rate, e.rate_changes, last)
    more_key, rate_key = f"more epochs {last}", f"rate from {last} {rate}"
    line = st.container(horizontal=True, gap="small", vertical_alignment="bottom")
    off = is_locked or not can_go_on
    line.text_input("Epochs more", cell_text(e.epochs), key=more_key, width=110, disabled=off)
    line.text_input("Learning rate then", cell_text(rate), key=rate_key, width=140, disabled=off)
    line.button(
        "Go on training",
        disabled=off,
        help=f"From epoch {last:,} on, where the training stands. The loss curve is marked where the rate changes.",
        on_click=lambda: go_on(visit, last, widget_value(more_key, str) or "", widget_value(rate_key, str) or ""),
    )


def go_on(visit: Visit, last: int, more: str, rate: str) -> None:
    """Train for more epochs after the last one; what is no number is refused like every setting.

    Changes of the rate that were still to come stay, unless there is another rate now. Rules that stopped the training
    go: they would stop it at the same place again.
    """
    e, history = visit.run.wanted, visit.run.history
    epochs, then = read_whole_number(more).cell, read_cell(rate).cell
    if not isinstance(epochs, float) or not epochs.is_integer() or epochs < 1:
        st.toast("Type how many epochs more: a whole number, at least 1.", icon=":material/info:")
        return
    changes: tuple[object, ...] = e.rate_changes
    if then != rate_after(e.learning_rate, e.rate_changes, last):
        changes = (*(change for change in e.rate_changes if change[0] < last), (last, then))
    visit.draft.change(epochs=last + int(epochs), rate_changes=changes)
    if history and history.stopped_at is not None:
        visit.draft.change(**NO_RULE)
    with suppress(ExperimentError):  # which the page says
        if not is_quick(visit.draft.experiment()):
            visit.run.request()


def show_rate_changes(visit: Visit, is_locked: bool) -> None:
    """All changes of the learning rate, as one text."""
    text = write_rate_changes(visit.draft.settings["rate_changes"])
    st.text_input(
        "Learning rate on the way",
        text,
        disabled=is_locked,
        placeholder="500: 0.1; 800: 0.01",
        help="500: 0.1 makes it 0.1 from epoch 500 on. Several changes with ; between them, none: leave it empty.",
        **bind("rate changes", text, lambda typed: visit.draft.change(rate_changes=read_rate_changes(typed))),
    )


def show_stop_rules(visit: Visit, is_locked: bool) -> None:
    """The rules by which a training stops before its last epoch."""
    settings = visit.draft.settings
    st.toggle(
        "Stop when all rows are right",
        settings["stop_when_right"],
        disabled=is_locked,
        help="At the first kept epoch at which every row that is trained on is right.",
        **bind("stop when right", settings["stop_when_right"], lambda on: visit.draft.change(stop_when_right=on)),
    )
    boxes = st.container(key="boxes of rules")
    about = "At the first kept epoch with a loss below this. Empty: never."
    show_number_box(boxes, visit, "stop_loss", "Stop below loss", about, settings["stop_loss"], is_locked=is_locked)
    if visit.draft.holds_rows_out or settings["patience"] is not None:
        about = "At a kept epoch so many after the one with the lowest held-out loss. Empty: never."
        patience = settings["patience"]
        show_number_box(boxes, visit, "patience", "Patience", about, patience, is_whole=True, is_locked=is_locked)
