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
from queue import SimpleQueue

from engine.model.experiment import Experiment
from engine.training.history import History, record

ROOT = Path(__file__).resolve().parents[2]
QUEUE_SECONDS = 2.0
"""Orders are taken on while less than this is left to train, as predicted."""


class WorkerProcess:
    """Takes orders; the first one opens it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Experiment, Future[History | None]]] = deque()
        self._to_send: SimpleQueue[Experiment] = SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    @property
    def is_running(self) -> bool:
        """Whether it waits for orders already."""
        return self._process is not None and not self._closed

    def submit(self, experiment: Experiment) -> Future[History | None] | None:
        """What will become the run of an experiment, or None if the workshop dies of it; None if it takes none on."""
        with self._lock:
            if self._closed or sum(ordered.predicted_seconds for ordered, _ in self._waiting) > QUEUE_SECONDS:
                return None
            if self._process is None and not self._start():
                return None
            wanted: Future[History | None] = Future()
            self._waiting.append((experiment, wanted))
            self._to_send.put(experiment)
            return wanted

    def shut_down(self) -> None:
        """Take nothing on any more, where it has kept somebody waiting for too long; all who wait are told."""
        self._closed = True
        if self._process:
            self._process.kill()

    def _start(self) -> bool:
        command = [sys.executable, "-m", "engine.training.worker_process"]
        try:
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError:
            self._closed = True
            return False
        threading.Thread(target=self._exchange, args=(self._process,), name="workshop", daemon=True).start()
        return True

    def _exchange(self, process: subprocess.Popen[bytes]) -> None:
        """Send one order at a time and hand out what comes back; when the workshop has died, tell all who wait.

        Nobody else writes into the pipe: it holds 64 KiB, and whoever writes more waits until they are read.
        """
        assert process.stdin is not None, "opened with pipes"
        assert process.stdout is not None, "opened with pipes"
        try:
            with suppress(EOFError, OSError, pickle.UnpicklingError), process:  # nothing more, or half of something
                while True:
                    experiment = self._to_send.get()
                    process.stdin.write(pickle.dumps(experiment))
                    process.stdin.flush()
                    history = pickle.load(process.stdout)
                    with self._lock:
                        _, run = self._waiting.popleft()
                    run.set_result(replace(history, experiment=experiment))
        finally:
            with self._lock:
                self._closed = True
                for _, run in self._waiting:
                    run.set_result(None)
                self._waiting.clear()


def serve() -> None:
    """Train what comes in, until nothing can come any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that opened this one
    orders, runs = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError):
        while True:
            pickle.dump(record(pickle.load(orders)), runs)
            runs.flush()


if __name__ == "__main__":
    serve()
