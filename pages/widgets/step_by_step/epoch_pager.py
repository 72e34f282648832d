"""The choice of the epoch and batch: the player without charts, whose steps are one epoch."""

import streamlit as st

from engine import Experiment, History
from engine.explanation.ledger import Update, explain_epoch
from engine.model.network import forward, loss_over_rows
from engine.training.milestones import steepest_drop
from pages.server.cache_key import HASH_BY_TEXT
from pages.state.bound_widget import bind
from pages.state.visit import Visit
from pages.widgets.player.player import show_player


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=HASH_BY_TEXT)
def cached_update(experiment: Experiment, epoch: int, batch: int, _history: History) -> tuple[Update, float]:
    """One update of the network at this epoch, and the loss at that epoch, over the rows that are trained on there."""
    e, step = experiment, _history.state_at(epoch)
    passed = forward(e, list(step.weights), list(step.biases), e.input_array)
    return explain_epoch(e, step).updates[batch], loss_over_rows(e, passed, e.target_array, e.train_rows)


def show_epoch_pager(visit: Visit, history: History, epoch: int, loss: float) -> None:
    """The player without charts, what its epoch is and, with small batches, the choice of a batch."""
    view, last, trained = visit.view, int(history.epochs[-1]), history.trained_at(epoch)
    batches = trained.experiment.batches
    show_player(visit, history, [], shown=(epoch, loss))
    if batches > 1:
        number = view.batch_of(trained) + 1
        tied = bind("batch number", number, lambda chosen: view.choose_batch((chosen or 1) - 1))
        st.number_input(f"Batch, of {batches:,}", 1, batches, number, width=150, **tied)
    part = f", batch {view.batch_of(trained) + 1:,} of {batches:,}" if batches > 1 else ""
    more = ", if training went on" * (epoch == last)
    words = f"From epoch **{epoch:,}** to epoch **{epoch + 1:,}**{more}{part}: forward, then back."
    drop = steepest_drop(history)
    if drop and drop[0] == epoch:
        words += " Most happens here: the loss begins its steepest drop."
    st.markdown(words)
    if (end := history.experiment.table_end(epoch)) is not None:
        st.caption(f"These are the rows that were learned until epoch {end:,}. The table has changed there.")
    elif history.test_loss is not None:
        st.caption("Rows that are held out have no part in it: they are tested, not trained on.")
