"""A fixture that stops the clock of a diagnosis."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def no_hurry() -> Iterator[None]:
    """Stop the clock, so that a busy machine finds as much as an idle one; predicted times still count."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.diagnosis.fix_search.monotonic", lambda: 0.0)
        patch.setattr("engine.diagnosis.diagnosis.monotonic", lambda: 0.0)
        yield
