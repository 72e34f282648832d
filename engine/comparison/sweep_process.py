"""The process that trains sweeps, while others draw pages and train what is quick.

Jobs are sent to it and reports come back, as pickles through two pipes. Sweeps take turns of a twentieth of a second,
and the process has a low priority, so that pages come first. It exits when the process that started it does.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue

from engine.comparison.sweep_queue import Message, Report, SweepQueue
from engine.training.worker_process import open_process

NICENESS = 19
"""On systems that have it, the most there is: next to pages that want the same core, a sweep gets hardly any of it."""

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""So that it uses one core and no more."""


class SweepProcess:
    """The process, started at once. Once it has died it stays so."""

    def __init__(self, on_report: Callable[[Report | None], object]) -> None:
        """`on_report` is called with every report, in a thread of its own, and with None once the process has died."""
        self._on_report = on_report
        self._process = open_process("engine.comparison.sweep_process", **ONE_THREAD)
        if self._process:
            threading.Thread(target=self._read_reports, args=(self._process,), name="sweeps", daemon=True).start()

    @property
    def has_started(self) -> bool:
        """Whether the process could be started; otherwise there are no reports, not even None."""
        return self._process is not None

    def send(self, message: Message) -> None:
        """Start or stop a sweep; for one thread at a time. Messages to a process that has died are lost.

        Messages are short, and a thread of the process reads them at once, so this does not block.
        """
        if self._process and self._process.stdin:
            with suppress(OSError, ValueError):  # it has just died, which `_read_reports` is about to notice
                self._process.stdin.write(pickle.dumps(message))
                self._process.stdin.flush()

    def shut_down(self) -> None:
        """Kill the process."""
        if self._process:
            self._process.kill()

    def _read_reports(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None, "opened with pipes"
        try:
            with suppress(EOFError, OSError, pickle.UnpicklingError), process:  # the pipe has closed
                while True:
                    self._on_report(pickle.load(process.stdout))
        finally:
            self._on_report(None)


def serve() -> None:
    """Train every sweep that comes in, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is meant for the process that started this one
    if sys.platform != "win32":
        os.nice(NICENESS)
    messages: SimpleQueue[Message | None] = SimpleQueue()
    threading.Thread(target=read_messages, args=(messages,), daemon=True).start()
    queue = SweepQueue()
    while True:
        if queue.is_empty or not messages.empty():
            message = messages.get()
            if message is None:
                return
            report = queue.receive(message)
        else:
            report = queue.take_turn()
        if report:
            pickle.dump(report, sys.stdout.buffer)
            sys.stdout.buffer.flush()


def read_messages(messages: "SimpleQueue[Message | None]") -> None:
    """Put every message into the queue, and None when the pipe has closed."""
    with suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            messages.put(pickle.load(sys.stdin.buffer))
    messages.put(None)


if __name__ == "__main__":
    serve()
