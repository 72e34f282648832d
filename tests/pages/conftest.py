"""Every visit starts with nothing remembered: finished runs are shared by all visitors of one server."""

import pytest

from pages.widgets.trainer import history_of


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    history_of.clear()
