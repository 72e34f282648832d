"""Every visit starts with nothing remembered: a server shares runs, charts and findings among all visitors."""

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from pages.widgets import house


@pytest.fixture(autouse=True, scope="session")
def _packages_are_searched_once() -> Iterator[None]:
    """Each visit would look through all installed packages for components, four times as long as its page takes."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(autouse=True, scope="session")
def _process_is_settled_once() -> Iterator[None]:
    """The process is put in order, not the page: as every test forgets all, every visit would do it anew."""
    house.settle()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(house, "settle", lambda: None)
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()
