"""Every visit starts with nothing remembered: a server shares runs, ledgers and verifications among all visitors."""

import pytest

from pages.widgets.account import verified
from pages.widgets.epochs import opened
from pages.widgets.trainer import history_of


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    for remembered in (history_of, opened, verified):
        remembered.clear()
