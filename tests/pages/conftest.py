"""Every visit starts with nothing remembered: a server shares runs, charts and findings among all visitors."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from engine import Experiment, History, record
from pages.widgets import house, trainer


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


@pytest.fixture(autouse=True, scope="session")
def _runs_are_trained_once() -> Iterator[None]:
    """The page asks for them anew and gets its own, but what the engine makes of an experiment is always the same.

    To train the lesson again for each visit would take half the time of these tests.
    """
    trained = cache(record)

    def again(experiment: Experiment) -> History:
        return replace(trained(experiment))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trainer, "record", again)
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()
