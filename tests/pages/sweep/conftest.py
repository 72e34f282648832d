"""Ends the process that trains sweeps, after each file of tests."""

from collections.abc import Iterator

import pytest

from pages.server.sweep_store import SWEEPS
from tests.deadline import wait_until


@pytest.fixture(autouse=True, scope="module")
def _process_ends() -> Iterator[None]:
    """What the next file submits would be lost in a process that is about to die."""
    yield
    SWEEPS.shut_down()
    wait_until(lambda: SWEEPS._process is None, "The process ends")
