"""Turns: one visitor's page is worked out at a time, in the order in which they asked.

One interpreter does not do two things faster than one after the other, and whoever is done first need not wait for the
rest. A page that waits for what is done elsewhere lends its turn. A long training gives its turn away every few
moments: to pages, which are quick, before other trainings.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class PageLock:
    """A lock in two queues, each first come, first served: `page` takes a turn, `give_way` lets the others go first.

    threading.Lock promises no order: who gives it back and wants it again at once may go on for ever.
    """

    def __init__(self) -> None:
        self._state_lock = threading.Lock()
        self._pages: deque[threading.Event] = deque()
        self._trainings: deque[threading.Event] = deque()
        self._taken = False
        self._training = 0

    @property
    def trainings(self) -> int:
        """How many trainings are taking turns."""
        return self._training

    @contextmanager
    def page(self) -> Iterator[None]:
        """A turn for a whole page: waits until it comes, and gives it back whatever happens."""
        self._acquire(self._pages)
        try:
            yield
        finally:
            self._release()

    @property
    def is_contended(self) -> bool:
        """Whether pages wait for their turn."""
        return bool(self._pages)

    @contextmanager
    def lend(self) -> Iterator[None]:
        """Within a page: its turn is lent to others, while it waits for something that is done elsewhere."""
        self._release()
        try:
            yield
        finally:
            self._acquire(self._pages)

    @contextmanager
    def long_training(self) -> Iterator[None]:
        """Within a page: a training that will give way, so that the others can be told of it."""
        self._training += 1
        try:
            yield
        finally:
            self._training -= 1

    def yield_to_others(self) -> None:
        """Within a page: let all pages that wait go first, and one slice of every other training."""
        if self._pages or self._trainings:
            self._release()
            self._acquire(self._trainings)

    def _acquire(self, queue: deque[threading.Event]) -> None:
        with self._state_lock:
            if not self._taken:
                self._taken = True
                return
            called = threading.Event()
            queue.append(called)
        called.wait()

    def _release(self) -> None:
        with self._state_lock:
            queue = self._pages or self._trainings
            if queue:
                queue.popleft().set()
            else:
                self._taken = False


PAGE_LOCK = PageLock()
"""The turns of this server. They hold nothing of any visitor's."""
