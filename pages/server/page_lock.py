"""The page lock: the server runs one page at a time, first come, first served.

One interpreter is no faster at two pages at once than at one after the other, and that way the first is finished
sooner. A page that waits for the worker process lends its turn. A long training yields every few moments: to waiting
pages first, which are quick, then to other trainings.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class PageLock:
    """A fair lock with two queues, pages before trainings, each first come, first served.

    threading.Lock promises no order: a thread that releases it and acquires it again at once may keep it for ever.
    """

    def __init__(self) -> None:
        self._state_lock = threading.Lock()
        self._pages: deque[threading.Event] = deque()
        self._trainings: deque[threading.Event] = deque()
        self._taken = False
        self._training_count = 0

    @property
    def trainings(self) -> int:
        """How many trainings are taking turns."""
        return self._training_count

    @contextmanager
    def page(self) -> Iterator[None]:
        """A turn for a whole page: waits for it, and gives it back whatever happens."""
        self._acquire(self._pages)
        try:
            yield
        finally:
            self._release()

    @property
    def is_contended(self) -> bool:
        """Whether pages are waiting for their turn."""
        return bool(self._pages)

    @contextmanager
    def lend(self) -> Iterator[None]:
        """Within a page: lend its turn to others while it waits for another process."""
        self._release()
        try:
            yield
        finally:
            self._acquire(self._pages)

    @contextmanager
    def long_training(self) -> Iterator[None]:
        """Within a page: count a training that takes turns, so that `trainings` includes it."""
        self._training_count += 1
        try:
            yield
        finally:
            self._training_count -= 1

    def yield_to_others(self) -> None:
        """Within a page: let every waiting page go first, and every other training for one slice."""
        if self._pages or self._trainings:
            self._release()
            self._acquire(self._trainings)

    def _acquire(self, queue: deque[threading.Event]) -> None:
        with self._state_lock:
            if not self._taken:
                self._taken = True
                return
            our_turn = threading.Event()
            queue.append(our_turn)
        our_turn.wait()

    def _release(self) -> None:
        with self._state_lock:
            queue = self._pages or self._trainings
            if queue:
                queue.popleft().set()
            else:
                self._taken = False


PAGE_LOCK = PageLock()
"""The lock of this server; it holds nothing of any visitor."""
