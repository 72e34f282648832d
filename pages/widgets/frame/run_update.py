"""The run of a page brought up to date: trained at once where that is quick, else when it is asked for."""

import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import Experiment, ExperimentError, Recorder
from pages.charts.style.format import format_number
from pages.server.page_lock import PAGE_LOCK
from pages.server.run_store import RUNS
from pages.state.run import begin_training
from pages.state.url import write_url
from pages.state.visit import Visit
from pages.widgets.frame.tab_storage_component import store_in_tab


def update_run(visit: Visit) -> str | None:
    """Bring the run up to what is typed, if that is quick; otherwise say in words what is in the way."""
    draft, run = visit.draft, visit.run
    try:
        experiment = draft.experiment()
    except ExperimentError as error:
        if run.recorder:
            run.history = run.recorder.history()
        run.forget_request()
        if draft.edits.get("deleted_rows") and draft.table.rows:  # number the rows as the message does
            draft.restart_grid()
        return str(error)
    visit.want(experiment)
    if run.recorder and run.recorder.experiment != experiment:
        visit.show_run(run.recorder.history())
        run.forget_request()
    if run.is_requested:
        finished = run.history if run.is_finished else RUNS.quick_run(experiment)
        if finished:
            visit.play_run(finished)
    if run.is_requested or run.is_shown:
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


def doubt_words(experiment: Experiment) -> str | None:
    """What can be trained but is probably a slip: it waits for Train, with these words."""
    if len(experiment.train_rows) == 1:
        return (
            f"Only row {experiment.train_rows[0] + 1} is there to learn from. Add a second row, "
            "or press Train to see the network learn one row by heart."
        )
    return None


def finish_run(visit: Visit, place: DeltaGenerator) -> None:
    """The last thing a page does: a long training that was asked for, while everything else is already there to see.

    Whatever the visitor does meanwhile interrupts the script at the next call into Streamlit. The training itself waits
    in the visit, and the next run of the script goes on with it, unless Stop was pressed or the experiment changed.
    """
    if not visit.run.is_requested:
        return
    write_url()
    store_in_tab()
    recorder = visit.run.begin()
    show_progress(recorder, visit.run.wanted, place)
    visit.play_run(RUNS.add(recorder.history()))
    st.rerun()


def show_progress(recorder: Recorder, experiment: Experiment, place: DeltaGenerator) -> None:
    """Take turns at training until it is done, and say how far it is, and how many others it shares the server with."""
    with PAGE_LOCK.long_training():
        seconds = experiment.predicted_seconds * PAGE_LOCK.trainings
        bar, began, first = place.progress(0.0, f"About {seconds:.0f} s{sharing_words()}"), time.monotonic(), 0
        for epoch, loss in recorder:
            first = first or epoch
            speed = (epoch - first) / (time.monotonic() - began)
            left = (experiment.epochs - epoch) / speed if speed else seconds
            remaining = f"about {max(1, round(left))} s left"
            words = f"Epoch {epoch:,} of {experiment.epochs:,} · loss {format_number(loss)} · {remaining}"
            PAGE_LOCK.yield_to_others()
            bar.progress(epoch / experiment.epochs, words + sharing_words())


def sharing_words() -> str:
    """What to say where others are training too: they take turns, so each takes longer."""
    others = PAGE_LOCK.trainings - 1
    return f", taking turns with {others} other {'training' if others == 1 else 'trainings'}" if others else ""
