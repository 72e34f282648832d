"""How long an act takes: this thread's own time, at best of three, since a machine may have other things to do."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def timely(seconds: float, act: Callable[[], Found]) -> Found:
    """What a pure act gives; fails where it takes so many seconds or more each time."""
    times = []
    for _ in range(3):
        begun = time.thread_time()
        found = act()
        times.append(time.thread_time() - begun)
        if times[-1] < seconds:
            return found
    raise AssertionError(f"took {min(times):.3f} s, not less than {seconds} s")
