"""The trainer runs experiments: at once where that is quick, else when asked, with progress and a way to stop.

Finished runs are shared by all visitors, who in a classroom start from the same link. When pages wait for each other,
quick runs are trained in a second process. A long training gives way to everybody's pages, takes turns with other
trainings and says so, and ends when its visitor leaves.
"""

import time
from contextlib import suppress

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import Experiment, ExperimentError, History, Recorder, record
from engine.training.worker_process import WorkerProcess
from pages.charts.style.base import format_number
from pages.server.cache_key import HASH_BY_TEXT
from pages.server.page_lock import PAGE_LOCK
from pages.state.url import write_url
from pages.state.visit import Bench
from pages.widgets.frame.tab_storage import store_in_tab

QUICK_SECONDS = 0.5
PATIENCE = 20.0
"""Seconds to wait for the workshop: what it takes on is done in a tenth of them."""

WORKSHOP = WorkerProcess()
"""Opened when pages first wait for each other, which those of one person hardly do. It keeps nothing of anyone's."""


class NotTrainedYetError(LookupError):
    """The run would take too long to start it unasked, or could be trained elsewhere."""


@st.cache_resource(max_entries=24, show_spinner=False, hash_funcs=HASH_BY_TEXT)
def history_of(experiment: Experiment, _finished: History | None = None, _here: bool = True) -> History:
    """The finished run of an experiment: remembered, handed in, or trained here and now if quick.

    NotTrainedYetError where it is not quick, or must not be trained here.
    """
    if _finished is not None:
        return _finished
    if not (_here and quick(experiment)):
        raise NotTrainedYetError
    return record(experiment)


def run_of(experiment: Experiment) -> History:
    """The same; where others wait for their pages, or once did, it is trained in the workshop while they go first."""
    if quick(experiment) and (PAGE_LOCK.is_contended or WORKSHOP.is_running):
        with suppress(NotTrainedYetError):
            return history_of(experiment, _here=False)
        if ordered := WORKSHOP.submit(experiment):
            run = None
            with PAGE_LOCK.lent():
                try:
                    run = ordered.result(PATIENCE)
                except TimeoutError:
                    WORKSHOP.shut_down()
            return history_of(experiment, run)
    return history_of(experiment)


def quick(experiment: Experiment) -> bool:
    """Whether training is predicted to be over before anyone would wait for it."""
    return experiment.predicted_seconds < QUICK_SECONDS


def begun(experiment: Experiment) -> Recorder:
    """A training that has looked at epoch 0: whatever interrupts it from here on finds something to show."""
    recorder = Recorder(experiment)
    next(iter(recorder))
    return recorder


def doubts(experiment: Experiment) -> str | None:
    """What can be trained but is probably a slip: it waits for Train, with these words."""
    if len(experiment.train_rows) == 1:
        return (
            f"Only row {experiment.train_rows[0] + 1} is there to learn from. Add a second row, "
            "or press Train to see the network learn one row by heart."
        )
    return None


def update(bench: Bench) -> str | None:
    """Bring the run up to what is on the bench, if that is quick; otherwise say in words what is in the way."""
    try:
        experiment = bench.experiment()
    except ExperimentError as error:
        if bench.training:
            bench.history = bench.training.history()
        forget(bench)
        if bench.edits.get("deleted_rows") and bench.table.rows:  # number the rows as the message does
            bench.put(bench.table)
        return str(error)
    if experiment != bench.wanted or bench.history is None:
        bench.wanted, bench.cursor = experiment, None if bench.history else bench.cursor
    if bench.training and bench.training.experiment != experiment:
        show(bench, bench.training.history())
        forget(bench)
    if bench.asked:
        with suppress(NotTrainedYetError):
            play(bench, bench.history if bench.history and is_finished(bench) else run_of(experiment))
    if bench.asked or is_shown(bench):
        return None
    doubt = doubts(experiment)
    if doubt is None:
        try:
            show(bench, run_of(experiment))
            return None
        except NotTrainedYetError:
            pass
    if bench.history is None:
        bench.history = begun(experiment).history()
    if doubt:
        return doubt
    changed = "" if len(bench.history.epochs) == 1 else "The settings have changed. "
    seconds = experiment.predicted_seconds
    return f"{changed}Training takes about {seconds:.{0 if seconds >= 10 else 1}f} s: press Train."


def is_shown(bench: Bench) -> bool:
    """Whether the run on the stage is the one that is wanted."""
    history = bench.history
    if history is None or history.experiment != bench.wanted:
        return False
    return len(history.epochs) > 1 or history.diverged_at is not None


def is_finished(bench: Bench) -> bool:
    """Whether it is also trained to its end, and not stopped before."""
    history = bench.history
    ended = history is not None and (history.epochs[-1] == bench.wanted.epochs or history.diverged_at is not None)
    return ended and is_shown(bench)


def show(bench: Bench, history: History) -> None:
    """Put a run on the stage. Where rows came or went the grid starts afresh, so that all of them have outputs."""
    bench.history = history
    edits = st.session_state.get(bench.grid, {})
    if edits.get("added_rows") or edits.get("deleted_rows"):
        bench.put(bench.table)


def play(bench: Bench, history: History) -> None:
    """Put a run on the stage that was asked for, and play it from the start."""
    show(bench, history)
    forget(bench)
    bench.move(None)
    bench.plays += 1


def train_button(bench: Bench) -> None:
    """Train; while a long training runs, Stop."""
    st.button(
        "Stop" if bench.asked else "Train",
        key="train",
        type="primary",
        shortcut=None if bench.asked else "T",
        icon=":material/stop:" if bench.asked else ":material/play_arrow:",
        on_click=stop if bench.asked else ask,
        args=(bench,),
        help="Keep what has been learned so far." if bench.asked else "Train from the start and watch.",
    )


def ask(bench: Bench) -> None:
    """Train was pressed."""
    bench.asked = True


def stop(bench: Bench) -> None:
    """Stop was pressed: what has been learned so far goes on the stage and plays."""
    if bench.training:
        play(bench, bench.training.history())
    forget(bench)


def forget(bench: Bench) -> None:
    """Let go of a training that runs."""
    bench.asked, bench.training = False, None


def finish(bench: Bench, place: DeltaGenerator) -> None:
    """The last thing a page does: a long training that was asked for, while everything else is already there to see.

    Whatever the visitor does meanwhile interrupts the script at the next call into Streamlit. The training itself waits
    on the bench, and the next run of the script goes on with it, unless Stop was pressed or the experiment changed.
    """
    if not bench.asked:
        return
    write_url()
    store_in_tab()
    bench.training = bench.training or begun(bench.wanted)
    watch(bench.training, bench.wanted, place)
    play(bench, history_of(bench.wanted, bench.training.history()))
    st.rerun()


def watch(training: Recorder, experiment: Experiment, place: DeltaGenerator) -> None:
    """Take turns at training until it is done, and say how far it is, and how many others it shares the server with."""
    with PAGE_LOCK.long_training():
        seconds = experiment.predicted_seconds * PAGE_LOCK.trainings
        bar, began, first = place.progress(0.0, f"About {seconds:.0f} s{shared()}"), time.monotonic(), 0
        while turn := next(iter(training), None):
            epoch, loss = turn
            first = first or epoch
            speed = (epoch - first) / (time.monotonic() - began)
            left = (experiment.epochs - epoch) / speed if speed else seconds
            remaining = f"about {max(1, round(left))} s left"
            words = f"Epoch {epoch:,} of {experiment.epochs:,} · loss {format_number(loss)} · {remaining}"
            PAGE_LOCK.yield_to_others()
            bar.progress(epoch / experiment.epochs, words + shared())


def shared() -> str:
    """What to say where others are training too: they take turns, so each takes longer."""
    others = PAGE_LOCK.trainings - 1
    return f", taking turns with {others} other {'training' if others == 1 else 'trainings'}" if others else ""
