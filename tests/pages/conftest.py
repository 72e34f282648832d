"""Every visit starts with nothing remembered: a server shares runs, ledgers and verifications among all visitors."""

from collections.abc import Iterator

import pytest
from streamlit.components.v2 import manifest_scanner

from pages.server.run_store import history_of
from pages.widgets.step_by_step.epoch_pager import cached_update
from pages.widgets.step_by_step.weight_account import cached_verification


@pytest.fixture(autouse=True, scope="session")
def _packages_are_searched_once() -> Iterator[None]:
    """Each visit would look through all installed packages for components, four times as long as its page takes."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    for remembered in (history_of, cached_update, cached_verification):
        remembered.clear()
