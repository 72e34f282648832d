"""Waiting for what no event tells: asked again and again, until a deadline."""

import time
from collections.abc import Callable

SECONDS = 60.0
"""Far more than anything here takes, on a busy machine too: who waits so long would wait for ever."""
PAUSE = 0.01


def wait_until(happened: Callable[[], object], what: str | Callable[[], str], seconds: float = SECONDS) -> None:
    """Return as soon as it has happened; else fail with what was waited for, in words that may be made up only then."""
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            raise AssertionError(f"{what if isinstance(what, str) else what()}: not within {seconds:.0f} seconds")
        time.sleep(PAUSE)
