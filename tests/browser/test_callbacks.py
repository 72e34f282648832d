"""What is clicked counts, also where the next click comes while it is still being taken in."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.launch import ROOT, start_server

SCRIPT = """
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

from pages.private_api.callbacks import let_callbacks_finish
from tests.deadline import wait_until

let_callbacks_finish()
counts = st.session_state.setdefault("counts", {"first": 0, "second": 0})


def count_first():
    requests = get_script_run_ctx().script_requests
    wait_until(lambda: requests._state is not ScriptRequestType.CONTINUE, "The second click is there")
    st.session_state["counts"]["first"] += 1


def count_second():
    st.session_state["counts"]["second"] += 1


st.button("First", on_click=count_first)
st.button("Second", on_click=count_second)
st.write(f"First {counts['first']}, second {counts['second']}")
"""


def test_a_click_does_not_stop_what_the_click_before_it_does(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "app.py"
    script.write_text(SCRIPT, encoding="utf-8")
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with start_server(script) as server:
        page.goto(server)
        expect(page.get_by_text("First 0, second 0")).to_be_visible()
        for clicks in (1, 2):
            page.get_by_role("button", name="First").click()
            page.get_by_role("button", name="Second").click()
            expect(page.get_by_text(f"First {clicks}, second {clicks}")).to_be_visible()
        page.goto("about:blank")  # a page that outlives its server logs errors
