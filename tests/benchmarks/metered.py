"""A metered server: `streamlit run` with timers around the large parts of its work.

Run as `python -m tests.benchmarks.metered run streamlit_app.py ...`. On SIGUSR1 it writes the processor milliseconds
and calls of each part as JSON to the file that METERED names, and starts from zero. The time of a part excludes that of
parts called within it, and waiting.
"""

import gc
import json
import os
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import ParamSpec, TypeVar

import plotly.io
from streamlit.elements.widgets.data_editor import DataEditorMixin
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.web.cli import main

import engine
import engine.diagnosis.diagnosis
import pages.charts.history.run_figures
from engine.training import recorder

P = ParamSpec("P")
R = TypeVar("R")

spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0])
within = threading.local()


def begin() -> None:
    """Start a timer within the current one."""
    within.__dict__.setdefault("stack", []).append([time.thread_time(), 0.0])


def end(part: str) -> None:
    """Stop the timer, and take its time off the outer one's."""
    began, inner = within.stack.pop()
    whole = time.thread_time() - began
    spent[part][0] += whole - inner
    spent[part][1] += 1
    if within.stack:
        within.stack[-1][1] += whole


def meter(owner: type | ModuleType, name: str, part: str) -> None:
    """Time the calls of a function."""
    setattr(owner, name, clocked(getattr(owner, name), part))


def clocked(inner: Callable[P, R], part: str) -> Callable[P, R]:
    """A function that times its calls."""

    @wraps(inner)
    def outer(*arguments: P.args, **named: P.kwargs) -> R:
        begin()
        try:
            return inner(*arguments, **named)
        finally:
            end(part)

    return outer


def collecting(phase: str, _: object) -> None:
    """Time garbage collection, as a gc callback."""
    if phase == "start":
        begin()
    else:
        end("gc")


def write(*_: object) -> None:
    """Write the times to the file and start from zero."""
    Path(os.environ["METERED"]).write_text(json.dumps({part: [1000 * s, n] for part, (s, n) in spent.items()}))
    spent.clear()


for owner, name, part in (
    (ScriptRunner, "_run_script", "script, the rest"),
    (recorder, "record", "training"),
    (engine, "record", "training"),
    (recorder.Recorder, "_record", "training"),
    (engine.diagnosis.diagnosis, "diagnose_experiment", "advice"),
    (engine.diagnosis.diagnosis, "diagnose_run", "advice"),
    (pages.charts.history.run_figures, "run_figures", "figures"),
    (plotly.io, "to_json", "figures as JSON"),
    (DataEditorMixin, "data_editor", "table"),
):
    meter(owner, name, part)
gc.callbacks.append(collecting)
signal.signal(signal.SIGUSR1, write)

if __name__ == "__main__":
    main()
