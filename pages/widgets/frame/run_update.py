"""The update of a page's run to its draft: trained at once if that is quick, otherwise on request."""

import time
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import Experiment, ExperimentError, Recorder
from pages.charts.style.format import format_number
from pages.reading.bad_cells import BadCell, bad_cells
from pages.server.page_lock import PAGE_LOCK
from pages.server.run_store import RUNS
from pages.state.run import Run, begin_training
from pages.state.url import write_url
from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.frame.tab_storage_component import store_in_tab

DRAWING_SECONDS, DRAWING_SHARE = 1.0, 0.1
"""A long training is drawn anew after so many seconds of it, and no more of its time than this share is for drawing."""

MOST_LISTED = 5
"""Of the cells in the way so many are listed."""


def update_run(visit: Visit) -> str | None:
    """Train the draft if that is quick, and return None; otherwise return why it is not trained."""
    draft, run = visit.draft, visit.run
    try:
        experiment = draft.experiment()
    except ExperimentError as error:
        return refuse_draft(visit, error)
    run.accept()
    visit.want(experiment)
    if run.recorder and run.recorder.experiment != experiment:
        visit.show_run(run.recorder.history())
        run.forget_request()
    if run.is_requested:
        finished = run.history if run.is_finished else RUNS.quick_run(experiment)
        if finished:
            visit.play_run(finished)
    if run.is_requested:
        visit.show_run(run.begin().history())  # what has been learned so far
        return None
    if run.is_shown:
        visit.number_rows()
        return None
    doubt = doubt_words(experiment)
    if doubt is None and (history := RUNS.quick_run(experiment)):
        visit.show_run(history)
        return None
    if run.history is None:
        run.history = begin_training(experiment).history()
    if doubt:
        return doubt
    changed = "" if len(run.history.epochs) == 1 else "The settings have changed. "
    seconds = experiment.predicted_seconds
    return f"{changed}Training takes about {seconds:.{0 if seconds >= 10 else 1}f} s: press Train."


def refuse_draft(visit: Visit, error: ExperimentError) -> str:
    """Keep the last run on the page, and say what is in the way; a press of Train is answered."""
    draft, run = visit.draft, visit.run
    if run.recorder:
        run.history = run.recorder.history()
    if run.is_requested:
        st.toast(escape_markdown(f"Not trained. {error}"), icon=":material/info:")
    run.forget_request()
    if draft.table.rows and draft.edits.get("deleted_rows"):  # the grid then numbers rows as the message does
        draft.restart_grid()
    cells = bad_cells(draft.table)
    run.refuse(str(error), cells)
    return list_problems(str(error), cells)


def list_problems(message: str, cells: Sequence[BadCell]) -> str:
    """The message, or where there are several cells in the way a line for each; one for all empty cells of a row."""
    rows: set[int] = set()
    listed = []
    for cell in cells:
        if not (cell.is_empty and cell.row in rows):
            listed.append(cell.message)
        if cell.is_empty:
            rows.add(cell.row)
    if len(listed) < 2:
        return message
    more = len(listed) - MOST_LISTED
    lines = [f"{len(cells):,} cells are in the way.", *listed[:MOST_LISTED]]
    return "\n".join([*lines, f"And {more:,} more."] if more > 0 else lines)


def doubt_words(experiment: Experiment) -> str | None:
    """A message about a table that is probably a slip, and waits for Train; None if there is no doubt."""
    if experiment.most_trained_rows == 1:
        return (
            f"Only row {experiment.train_rows[0] + 1} is there to learn from. Add a second row, "
            "or press Train to see the network fit that one row."
        )
    return None


def finish_run(visit: Visit, place: DeltaGenerator, page_seconds: float) -> None:
    """Continue a requested long training, as the last thing a page does, when the rest of it is already on the screen.

    After every second of it, the page is drawn anew with what has been learned so far, and the training goes on; less
    often where drawing takes long: `page_seconds`. Any action of the visitor interrupts the script at its next
    Streamlit call. The recorder stays in the visit, and the next run of the script continues it, unless Stop was
    pressed or the experiment changed.
    """
    if not visit.run.is_requested:
        return
    write_url()
    store_in_tab()
    recorder = visit.run.begin()
    if show_progress(visit.run, recorder, place, max(DRAWING_SECONDS, page_seconds / DRAWING_SHARE)):
        visit.play_run(RUNS.add(recorder.history()))
    st.rerun()


def show_progress(run: Run, recorder: Recorder, place: DeltaGenerator, work: float) -> bool:
    """Train for so many seconds of work, yielding to other pages; returns whether that was to the end.

    Shown are the progress, and how many other trainings take turns. The seconds are this thread's own, without those in
    which it waits for its turn: however many trainings there are, the same share of the time goes to drawing.
    """
    epochs = recorder.experiment.epochs
    with PAGE_LOCK.long_training():
        seconds = recorder.experiment.predicted_seconds * PAGE_LOCK.trainings
        run.progress_words = run.progress_words or f"About {seconds:.0f} s{sharing_words()}"
        bar = place.progress(recorder.epoch / epochs, run.progress_words)
        began, first, end = time.monotonic(), recorder.epoch, time.thread_time() + work
        for epoch, loss in recorder:
            left = (epochs - epoch) * (time.monotonic() - began) / max(1, epoch - first)
            remaining = f"about {max(1, round(left))} s left"
            words = f"Epoch {epoch:,} of {epochs:,} · loss {format_number(loss)} · {remaining}"
            PAGE_LOCK.yield_to_others()
            run.progress_words = words + sharing_words()
            bar.progress(epoch / epochs, run.progress_words)
            if time.thread_time() >= end:
                return False
    return True


def sharing_words() -> str:
    """The words about other trainings that take turns with this one; "" if there are none."""
    others = PAGE_LOCK.trainings - 1
    return f", taking turns with {others} other {'training' if others == 1 else 'trainings'}" if others else ""
