"""Turns: one visitor's page is worked out at a time, in the order in which they asked.

One interpreter does not do two things faster than one after the other, and whoever is done first need not wait for the
rest. Long work gives its turn away every few moments and queues up again.
"""

import threading
from collections import deque
from types import TracebackType


class Turns:
    """A lock that goes to whoever has waited longest: `with` takes a turn and gives it back, `pass_on` in between.

    threading.Lock promises no order: who gives it back and wants it again at once may go on for ever.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._taken = False

    @property
    def waiting(self) -> int:
        """How many are waiting for a turn."""
        return len(self._queue)

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            called = threading.Event()
            self._queue.append(called)
        called.wait()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._taken = False

    def pass_on(self) -> None:
        """Give the turn to those who wait, if any, and take the next one after them."""
        if self._queue:
            self.__exit__(None, None, None)
            self.__enter__()


TURNS = Turns()
"""The turns of this server. They hold nothing of any visitor's."""
