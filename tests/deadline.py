"""Waiting by polling, until a deadline, for what no event announces."""

import time
from collections.abc import Callable

SECONDS = 60.0
"""Far more than anything here takes, even on a busy machine."""
PAUSE = 0.01


def wait_until(happened: Callable[[], object], what: str | Callable[[], str], seconds: float = SECONDS) -> None:
    """Return as soon as it has happened, or fail with `what` was awaited; as a function, that is called only then."""
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            raise AssertionError(f"{what if isinstance(what, str) else what()}: not within {seconds:.0f} seconds")
        time.sleep(PAUSE)
