"""A time limit: the best of three times of a call in this thread's processor time, as the machine may be busy."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def timely(seconds: float, act: Callable[[], Found]) -> Found:
    """The result of a pure function; fails if every call takes this many seconds or more."""
    times = []
    for _ in range(3):
        begun = time.thread_time()
        found = act()
        times.append(time.thread_time() - begun)
        if times[-1] < seconds:
            return found
    raise AssertionError(f"took {min(times):.3f} s, not less than {seconds} s")
