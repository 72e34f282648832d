"""The course of a training: go on from where it stands, change rate and optimizer on the way, stop early by a rule."""

from contextlib import suppress

import streamlit as st

from engine import LIMITS, OPTIMIZERS, ExperimentError
from pages.reading.cells import cell_text, read_cell, read_whole_number
from pages.reading.typed_changes import (
    read_optimizer_changes,
    read_rate_changes,
    write_optimizer_changes,
    write_rate_changes,
)
from pages.server.run_store import is_quick
from pages.state.bound_widget import bind
from pages.state.visit import Visit
from pages.state.widget_values import widget_value
from pages.widgets.settings.earlier_tables import begin_other_table, show_earlier_tables
from pages.widgets.settings.new_start import NO_RULE, show_new_start
from pages.widgets.settings.number_boxes import show_number_box


def show_schedule(visit: Visit) -> None:
    """An expander, whose contents are drawn only when it is open."""
    is_locked, is_optimizer_locked = (part in visit.link.restrictions.fixed_parts for part in ("controls", "more"))
    fold = st.expander("Go on training, stop early", icon=":material/update:", key="schedule", on_change="rerun")
    if not fold.open:
        return
    with fold:
        show_going_on(visit, is_locked, is_optimizer_locked)
        show_earlier_tables(visit, is_locked or "table" in visit.link.restrictions.fixed_parts)
        show_new_start(visit, is_locked or is_optimizer_locked)
        show_rate_changes(visit, is_locked)
        show_optimizer_changes(visit, is_optimizer_locked)
        show_stop_rules(visit, is_locked)


def show_going_on(visit: Visit, is_locked: bool, is_optimizer_locked: bool) -> None:
    """How many epochs more, with which learning rate and optimizer, and the button."""
    history, e = visit.run.history, visit.run.wanted
    can_go_on = history is not None and visit.run.is_shown and history.diverged_at is None
    last = int(history.epochs[-1]) if history and can_go_on else e.epochs
    rate, optimizer, names = e.rate_after(last), e.optimizer_after(last), list(OPTIMIZERS)
    more_key, rate_key = f"more epochs {last}", f"rate from {last} {rate}"
    optimizer_key = f"optimizer from {last} {optimizer}"
    line = st.container(horizontal=True, gap="small", vertical_alignment="bottom")
    off = is_locked or not can_go_on
    line.text_input("Epochs more", cell_text(e.epochs), key=more_key, width=110, disabled=off)
    line.text_input("Learning rate then", cell_text(rate), key=rate_key, width=140, disabled=off)
    line.selectbox(
        "Optimizer then",
        names,
        names.index(optimizer),
        format_func=lambda name: OPTIMIZERS[name].label,
        key=optimizer_key,
        width=180,
        disabled=off or is_optimizer_locked,
    )

    is_fixed = "table" in visit.link.restrictions.fixed_parts

    def begin(other_table: bool) -> None:
        typed = (widget_value(more_key, str) or "", widget_value(rate_key, str) or "")
        go_on(visit, last, *typed, widget_value(optimizer_key, str) or optimizer, other_table)

    line.button(
        "Go on training",
        disabled=off,
        help=f"From epoch {last:,} on, where the training stands. The loss curve is marked where rate or optimizer "
        "change; another optimizer remembers nothing of what was before.",
        on_click=lambda: begin(other_table=False),
    )
    line.button(
        "Go on with a changed table",
        disabled=off or is_fixed or last < 1 or len(e.earlier_tables) >= LIMITS["earlier tables"],
        help=f"Until epoch {last:,} the rows stay as they are. Then change the table: from there on the network learns "
        "the changed one, from what it has learned. The scales of columns stay. At most "
        f"{LIMITS['earlier tables']} changes.",
        on_click=lambda: begin(other_table=True),
    )


def go_on(visit: Visit, last: int, more: str, rate: str, optimizer: str, other_table: bool = False) -> None:
    """Train for more epochs after the last one; what is no number is refused like every setting.

    Changes of rate or optimizer that were still to come stay, unless there is another now. Rules that stopped the
    training go: they would stop it at the same place again.
    """
    e, history = visit.run.wanted, visit.run.history
    epochs, then = read_whole_number(more).cell, read_cell(rate).cell
    if not isinstance(epochs, float) or not epochs.is_integer() or epochs < 1:
        st.toast("Type how many epochs more: a whole number, at least 1.", icon=":material/info:")
        return
    rates: tuple[object, ...] = e.rate_changes
    if then != e.rate_after(last):
        rates = (*(change for change in e.rate_changes if change[0] < last), (last, then))
    optimizers = e.optimizer_changes
    if optimizer != e.optimizer_after(last):
        optimizers = (*(change for change in e.optimizer_changes if change[0] < last), (last, optimizer))
    visit.draft.change(epochs=last + int(epochs), rate_changes=rates, optimizer_changes=optimizers)
    if other_table:
        begin_other_table(visit, last)
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


def show_optimizer_changes(visit: Visit, is_locked: bool) -> None:
    """All changes of the optimizer, as one text."""
    text = write_optimizer_changes(visit.draft.settings["optimizer_changes"])
    names = ", ".join(record.label for record in OPTIMIZERS.values())
    st.text_input(
        "Optimizer on the way",
        text,
        disabled=is_locked,
        placeholder="500: Adam; 800: Gradient descent",
        help=f"500: Adam makes it Adam from epoch 500 on. It begins anew there and remembers nothing. One of: {names}. "
        "Several changes with ; between them, none: leave it empty.",
        **bind(
            "optimizer changes",
            text,
            lambda typed: visit.draft.change(optimizer_changes=read_optimizer_changes(typed)),
        ),
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
