"""The trainer runs experiments: at once where that is quick, else when asked, with progress and a way to stop.

Finished runs are shared by all visitors, who in a classroom start from the same link. Training waits its turn: one
interpreter does not train two networks faster than one after the other.
"""

import threading
import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import ACTIVATIONS, Experiment, ExperimentError, History, Recorder, record
from pages.charts.figure import label
from pages.widgets.bench import Bench

QUICK_SECONDS = 0.5
TURN = threading.BoundedSemaphore(1)


class NotTrainedYetError(LookupError):
    """The run would take too long to start it unasked."""


@st.cache_resource(max_entries=64, show_spinner=False)
def history_of(experiment: Experiment, _finished: History | None = None) -> History:
    """The finished run of an experiment: remembered, handed in, or trained now if quick; else NotTrainedYetError."""
    if _finished is not None:
        return _finished
    if not quick(experiment):
        raise NotTrainedYetError
    with TURN:
        return record(experiment)


def quick(experiment: Experiment) -> bool:
    """Whether training is predicted to be over before anyone would wait for it."""
    return experiment.predicted_seconds < QUICK_SECONDS


def untrained(experiment: Experiment) -> History:
    """The network at epoch 0: what there is to see before a long training."""
    recorder = Recorder(experiment)
    next(iter(recorder))
    return recorder.history()


def doubts(experiment: Experiment) -> str | None:
    """What can be trained but is probably a slip: it waits for Train, with these words."""
    if len(experiment.train_rows) == 1:
        return (
            f"Only row {experiment.train_rows[0] + 1} is there to learn from. Add a second row, "
            "or press Train to see the network learn one row by heart."
        )
    output = ACTIVATIONS[experiment.activations[-1]]
    for number, row in enumerate(experiment.targets, 1):
        for name, target in zip(experiment.target_names, row, strict=True):
            if not output.low <= target <= output.high:
                high = f"to {label(output.high)}" if output.high != float("inf") else "and up"
                return (
                    f"Row {number}, column {name}: {output.label} can only put out {label(output.low)} {high}, "
                    f"never {label(target)}. Change the target, choose the Linear output, or press Train and watch."
                )
    return None


def update(bench: Bench) -> str | None:
    """Bring the run up to what is on the bench, if that is quick; otherwise say in words what is in the way."""
    try:
        experiment = bench.experiment()
    except ExperimentError as error:
        bench.asked = False
        return str(error)
    if experiment != bench.wanted or bench.history is None:
        bench.wanted, bench.cursor = experiment, None if bench.history else bench.cursor
    if bench.asked and quick(experiment):
        bench.asked, bench.cursor = False, None
        bench.plays += 1
        show(bench, history_of(experiment))
    if bench.asked or is_shown(bench):
        return None
    doubt = doubts(experiment)
    if doubt is None:
        try:
            show(bench, history_of(experiment))
            return None
        except NotTrainedYetError:
            pass
    if bench.history is None:
        show(bench, untrained(experiment))
    return (
        doubt
        or f"The settings have changed. Training takes about {label(experiment.predicted_seconds)} s: press Train."
    )


def is_shown(bench: Bench) -> bool:
    """Whether the run on the stage is the one that is wanted."""
    return bench.history is not None and bench.history.experiment == bench.wanted and len(bench.history.epochs) > 1


def show(bench: Bench, history: History) -> None:
    """Put a run on the stage. Where rows came or went the grid starts afresh, so that all of them have outputs."""
    bench.history = history
    edits = st.session_state.get(bench.grid, {})
    if edits.get("added_rows") or edits.get("deleted_rows"):
        bench.put(bench.table)


def train_button(bench: Bench) -> None:
    """Train; while a long training runs, Stop."""
    if bench.asked:
        st.button(
            "Stop", key="stop", icon=":material/stop:", on_click=stop, args=(bench,), help="Keep what is learned."
        )
        return
    st.button(
        "Train",
        key="train",
        type="primary",
        shortcut="T",
        icon=":material/play_arrow:",
        on_click=lambda: setattr(bench, "asked", True),
        help="Train from the start and watch.",
    )


def stop(bench: Bench) -> None:
    """Stop was pressed; the training was interrupted by that, and what it learned is on the stage already."""
    bench.asked = False
    bench.plays += 1


def finish(bench: Bench, place: DeltaGenerator) -> None:
    """The last thing a page does: a long training that was asked for, while everything else is already there to see.

    An interruption (Stop, an edit, another page) arrives as an exception out of the progress bar; what was learned so
    far is on the bench by then.
    """
    if not bench.asked:
        return
    recorder = Recorder(bench.wanted)
    try:
        watch(recorder, bench.wanted, place.progress(0.0, "Waiting for a turn …"))
    finally:
        bench.asked, bench.cursor = False, None
        show(bench, recorder.history())
    history_of(bench.wanted, recorder.history())
    bench.plays += 1
    st.rerun()


def watch(recorder: Recorder, experiment: Experiment, bar: DeltaGenerator) -> None:
    """Take turns at training until it is done, and say how far it is."""
    turns, began = iter(recorder), time.monotonic()
    while True:
        with TURN:
            turn = next(turns, None)
        if turn is None:
            return
        epoch, loss = turn
        done = epoch / experiment.epochs
        left = (time.monotonic() - began) * (1 - done) / done if done else experiment.predicted_seconds
        words = f"Epoch {epoch:,} of {experiment.epochs:,} · loss {label(loss)} · about {max(1, round(left))} s left"
        bar.progress(done, words)
