"""Fixtures that empty the caches before every test: a server shares runs, charts and findings among all visitors."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from engine import Experiment, History, record
from pages.server import run_store
from pages.server.run_store import RUNS


@pytest.fixture(autouse=True, scope="session")
def _packages_are_searched_once() -> Iterator[None]:
    """Scan installed packages for components once: every visit would, and that takes four times as long as its page."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(autouse=True, scope="session")
def _runs_are_trained_once() -> Iterator[None]:
    """Train every experiment only once; each visit gets its own copy of the history, which is always the same.

    Training again for each visit would take half the time of these tests.
    """
    trained = cache(record)

    def record_once(experiment: Experiment) -> History:
        return replace(trained(experiment))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_store, "record", record_once)
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    RUNS.clear()
    st.cache_resource.clear()
    st.cache_data.clear()
