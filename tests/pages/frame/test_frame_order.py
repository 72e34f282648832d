"""The frame sets its icon before it names its pages, as a new tab keeps the first icon it gets.

Pages have icons by name, and Streamlit's front end would fetch that of a tab from Google's server.
"""

from unittest.mock import Mock

import pytest
import streamlit as st

from tests.pages.visit import visit


def test_the_icon_comes_before_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Mock()
    for name in ("set_page_config", "navigation"):
        spy = Mock(wraps=getattr(st, name))
        told.attach_mock(spy, name)
        monkeypatch.setattr(st, name, spy)
    visit()
    order = [(name, *settings) for name, _, settings in told.mock_calls]
    assert order == [
        ("set_page_config", "page_icon", "layout"),
        ("navigation", "position"),
        ("set_page_config", "page_title"),
    ]
