"""A process that trains sweeps, while others draw pages and train what is quick.

Orders go to it and reports come back, as pickles through two pipes. Sweeps take turns of a twentieth of a second, and
the process has a low priority: what a visitor waits for goes first. It ends when the process that opened it does.
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

from engine.comparison.sweep_turns import Message, Report, SweepTurns
from engine.training.worker_process import open_process

PRIORITY = 10
"""How far the process steps back, on systems that have priorities: it gets a tenth of a core that others want too."""

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""So that it takes one core and no more."""


class SweepProcess:
    """The process as others see it: opened at once, and never again once it has died."""

    def __init__(self, hear: Callable[[Report | None], object]) -> None:
        """`hear` is called with every report, in a thread of its own, and at last with None, when it has died."""
        self._hear = hear
        self._process = open_process("engine.comparison.sweep_process", **ONE_THREAD)
        if self._process:
            threading.Thread(target=self._listen, args=(self._process,), name="sweeps", daemon=True).start()

    @property
    def has_opened(self) -> bool:
        """Whether there ever was a process; without one nothing is heard."""
        return self._process is not None

    def send(self, message: Message) -> None:
        """Order or stop a sweep, one thread at a time. What is sent to a process that has died is lost.

        These are few bytes, and the process reads them at once, so that nobody waits here.
        """
        if self._process and self._process.stdin:
            with suppress(OSError, ValueError):  # it has just died, which `_listen` is about to tell
                self._process.stdin.write(pickle.dumps(message))
                self._process.stdin.flush()

    def shut_down(self) -> None:
        """End it, whatever it does."""
        if self._process:
            self._process.kill()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None, "opened with pipes"
        try:
            with suppress(EOFError, OSError, pickle.UnpicklingError), process:  # nothing more, or half of something
                while True:
                    self._hear(pickle.load(process.stdout))
        finally:
            self._hear(None)


def serve() -> None:
    """Train what is ordered, until nothing can come any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that opened this one
    if sys.platform != "win32":
        os.nice(PRIORITY)
    messages: SimpleQueue[Message | None] = SimpleQueue()
    threading.Thread(target=read_messages, args=(messages,), daemon=True).start()
    turns = SweepTurns()
    while True:
        if turns.is_idle or not messages.empty():
            message = messages.get()
            if message is None:
                return
            report = turns.receive(message)
        else:
            report = turns.take_turn()
        if report:
            pickle.dump(report, sys.stdout.buffer)
            sys.stdout.buffer.flush()


def read_messages(messages: "SimpleQueue[Message | None]") -> None:
    """Pass on what comes in; None at the end."""
    with suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            messages.put(pickle.load(sys.stdin.buffer))
    messages.put(None)


if __name__ == "__main__":
    serve()
