"""A workshop is a second process that trains, while the first one draws: one interpreter does one thing at a time.

Experiments go to it and histories come back, in order, as pickles through two pipes. It ends when the process that
opened it does, for then its pipes close. Where it cannot be opened, or has died, nothing is taken on any more.
"""

import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from engine.experiment import Experiment
from engine.history import History, record

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 2.0
"""Orders are taken on while less than this is left to train, as predicted."""


class Workshop:
    """Takes orders; the first one opens it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._orders: deque[tuple[Experiment, Future[History | None]]] = deque()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    @property
    def is_open(self) -> bool:
        """Whether it waits for orders already."""
        return self._process is not None and not self._closed

    def order(self, experiment: Experiment) -> Future[History | None] | None:
        """What will become the run of an experiment, or None if the workshop dies of it; None if it takes none on."""
        with self._guard:
            waiting = tuple(self._orders)
            if self._closed or sum(ordered.predicted_seconds for ordered, _ in waiting) > SECONDS:
                return None
            for ordered, run in waiting:
                if ordered == experiment:
                    return run
            wanted: Future[History | None] = Future()
            self._orders.append((experiment, wanted))  # before it is sent: the answer is for whoever stands first
            try:
                orders = (self._process or self._open()).stdin
                assert orders is not None, "opened with a pipe"
                orders.write(pickle.dumps(experiment))
                orders.flush()
            except (OSError, ValueError):  # it cannot be opened; its pipe is broken, or closed already
                self._closed = True
                return None
            return wanted

    def _open(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "engine.workshop"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        threading.Thread(target=self._deliver, args=(self._process,), name="workshop", daemon=True).start()
        return self._process

    def _deliver(self, process: subprocess.Popen[bytes]) -> None:
        """Hand out what is finished; when the workshop has died, tell all who wait."""
        assert process.stdout is not None, "opened with a pipe"
        try:
            with suppress(EOFError, OSError, pickle.UnpicklingError), process:  # nothing more, or half of something
                while True:
                    history = pickle.load(process.stdout)
                    experiment, run = self._orders.popleft()
                    run.set_result(replace(history, experiment=experiment))
        finally:
            with self._guard:
                self._closed = True
                for _, run in self._orders:
                    run.set_result(None)
                self._orders.clear()


def work() -> None:
    """Train what comes in, until nothing can come any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that opened this one
    orders, runs = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError):
        while True:
            pickle.dump(record(pickle.load(orders)), runs)
            runs.flush()


if __name__ == "__main__":
    work()
