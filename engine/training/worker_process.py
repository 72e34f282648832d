"""The worker process: a second interpreter that trains while the first one draws, as one holds one interpreter lock.

Experiments are sent to it and histories come back, in order, as pickles through two pipes. It exits when the process
that started it does, as its pipes then close. Once it has failed to start, or has died, it accepts no more jobs.

It is not a ProcessPoolExecutor: with the start method "spawn" that would import the main module again, which is the
page's script (https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods).
"""

import os
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
from engine.training.history import History
from engine.training.recorder import record

ROOT = Path(__file__).resolve().parents[2]
QUEUE_SECONDS = 2.0
"""Jobs are accepted while the queue is predicted to take less than this."""


class WorkerProcess:
    """The worker process, started by the first job."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: deque[tuple[Experiment, Future[History | None]]] = deque()
        self._to_send: SimpleQueue[Experiment] = SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    @property
    def is_running(self) -> bool:
        """Whether it has been started, and accepts jobs."""
        return self._process is not None and not self._closed

    def submit(self, experiment: Experiment) -> Future[History | None] | None:
        """A future of the run, whose result is None if the process dies; None at once if the job is not accepted."""
        with self._lock:
            if self._closed or sum(queued.predicted_seconds for queued, _ in self._queue) > QUEUE_SECONDS:
                return None
            if self._process is None and not self._start():
                return None
            run: Future[History | None] = Future()
            self._queue.append((experiment, run))
            self._to_send.put(experiment)
            return run

    def shut_down(self) -> None:
        """Kill the process, which has taken too long, and accept no more jobs; every waiting future gets None."""
        self._closed = True
        if self._process:
            self._process.kill()

    def _start(self) -> bool:
        self._process = open_process("engine.training.worker_process")
        if self._process is None:
            self._closed = True
            return False
        threading.Thread(target=self._exchange, args=(self._process,), name="worker process", daemon=True).start()
        return True

    def _exchange(self, process: subprocess.Popen[bytes]) -> None:
        """Send one job at a time and resolve its future; when the process has died, resolve all of them with None.

        Only this thread writes into the pipe: it holds 64 KiB, and a longer write blocks until the process reads.
        """
        assert process.stdin is not None, "opened with pipes"
        assert process.stdout is not None, "opened with pipes"
        try:
            with suppress(EOFError, OSError, pickle.UnpicklingError), process:  # the pipe has closed
                while True:
                    experiment = self._to_send.get()
                    process.stdin.write(pickle.dumps(experiment))
                    process.stdin.flush()
                    history = pickle.load(process.stdout)
                    with self._lock:
                        _, future = self._queue.popleft()
                    future.set_result(replace(history, experiment=experiment))
        finally:
            with self._lock:
                self._closed = True
                for _, future in self._queue:
                    future.set_result(None)
                self._queue.clear()


def open_process(module: str, **environment: str) -> subprocess.Popen[bytes] | None:
    """A Python that runs a module of ours, with a pipe there and one back; None where it cannot be opened."""
    try:
        return subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None


def serve() -> None:
    """Train every experiment that comes in, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is meant for the process that started this one
    jobs, runs = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError):
        while True:
            pickle.dump(record(pickle.load(jobs)), runs)
            runs.flush()


if __name__ == "__main__":
    serve()
