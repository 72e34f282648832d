"""The clock of a diagnosis, which its tests hold still."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def no_hurry() -> Iterator[None]:
    """The clock stands still, so that a busy machine finds what an idle one does; predicted times count as ever."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.diagnosis.fix_search.monotonic", lambda: 0.0)
        patch.setattr("engine.diagnosis.diagnosis.monotonic", lambda: 0.0)
        yield
