"""From epoch to epoch: the player, and the pages of the ledger turned one by one."""

import numpy as np
import streamlit as st

from engine import History
from engine.network import forward, loss_of
from pages.widgets.bench import Bench
from pages.widgets.player import player
from pages.widgets.seeded import seeded


def epoch_of(bench: Bench, history: History) -> int:
    """The cursor's epoch, which need not be one that was kept."""
    last = int(history.epochs[-1])
    return last if bench.cursor is None else min(bench.cursor, last)


def loss_at(history: History, epoch: int) -> float:
    """The training loss at any epoch."""
    e, step = history.experiment, history.step(epoch)
    passed = forward(e, list(step.weights), list(step.biases), np.array(e.inputs))
    return loss_of(e, passed, np.array(e.targets), e.train_rows)


def turn_pages(bench: Bench, history: History, epoch: int) -> None:
    """The player without charts, one epoch back and on, and, with small batches, which of them."""
    last, batches = int(history.epochs[-1]), history.experiment.batches
    player(bench, history, "ledger", charts=0, extra={epoch: loss_at(history, epoch)})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.button(
            "Previous epoch",
            icon=":material/chevron_left:",
            disabled=epoch == 0,
            on_click=lambda: bench.move(epoch - 1),
        )
        st.button(
            "Next epoch",
            icon=":material/chevron_right:",
            disabled=epoch == last,
            on_click=lambda: bench.move(epoch + 1 if epoch + 1 < last else None),
        )
        if batches > 1:
            number = min(bench.batch, batches - 1) + 1
            tied = seeded("batch number", number, lambda chosen: setattr(bench, "batch", (chosen or 1) - 1))
            st.number_input(f"Batch, of {batches:,}", 1, batches, number, width=150, **tied)
    part = f", batch {min(bench.batch, batches - 1) + 1:,} of {batches:,}" if batches > 1 else ""
    st.markdown(f"From epoch **{epoch:,}** to epoch **{epoch + 1:,}**{part}: forward, then back.")
