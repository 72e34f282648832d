"""Shared links and tables that no address holds outlive the server, the browser and a reload."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, expect

from engine.serialization.url_format import to_url
from pages.state.url import fits_in_url
from tests.browser.canvases import network_texts
from tests.browser.launch import ROOT, free_port, healthy, watched_page
from tests.browser.playground import (
    OUTPUTS,
    assert_none,
    cells,
    edited_cells,
    epoch,
    expect_epoch,
    expect_query,
    open_at,
    texts,
    type_cell,
    wait_for_stage,
)
from tests.browser.share import close, random_table, share
from tests.browser.stillness import wait_for
from tests.deadline import wait_until


@contextmanager
def doomed_server(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server at a port of one's choice, which may be killed within the block."""
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_until(lambda: process.poll() is not None or healthy(f"http://127.0.0.1:{port}"), "The server is up")
            assert process.poll() is None, "the server ended before it was up"
            yield process
        finally:
            process.kill()


EDITED = [["0", "0.5", "0"], ["0", "1", "0"], ["1", "0", "0"], ["1", "1", "1"]]
"""The table AND as it is after another number was typed into it."""


WATCH = """() => new MutationObserver(() => {
  if (document.body.innerText.includes("Bringing your table back")) window.asked = true;
  else if (window.asked) window.back = true;
}).observe(document.body, { childList: true, subtree: true, characterData: true })"""
"""Tells when the page has asked for the table and shows something else again."""


def test_links_and_large_tables_outlive_the_server(browser: Browser) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    large, page = browser.new_page(), browser.new_page()  # not watched: the server they speak with is killed
    with doomed_server(port) as process:
        open_large_table(large, base)
        open_at(page, f"{base}/?preset=and")
        type_cell(page, 0, 1, "0.5")
        expect_query(page, "x=0,0.5_")
        wait_for_stage(page)
        page.get_by_role("slider", name="Epoch", exact=True).focus()
        for _ in range(7):
            page.keyboard.press("ArrowLeft")
        at = epoch(page)
        expect_epoch(page, at)
        expect_query(page, f"at={at}")
        expect(page.get_by_text(f"Weights and biases at epoch {at:,}")).to_be_visible()
        wait_for(page, lambda: edited_cells(page), EDITED)
        seen = cells(page), network_texts(page), texts(page, OUTPUTS)
        link = share(page)
        assert f"&at={at}" in link
        close(page)
        page.get_by_role("link", name="Step by step").click()
        expect(page.get_by_text("One update of the network")).to_be_visible()
        step_link = share(page)
        close(page)
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL
        page.context.close()
    large.bring_to_front()
    large.evaluate(WATCH)
    expect(large.get_by_test_id("stApp")).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    with doomed_server(port):
        assert_large_table_is_back(large)
        large.context.close()
        with watched_page(browser) as fresh:
            open_at(fresh, link)
            expect_epoch(fresh, at)
            wait_for(fresh, lambda: (cells(fresh), network_texts(fresh), texts(fresh, OUTPUTS)), seen)
            expect(fresh.get_by_role("combobox", name="Table")).to_have_value("Your table")
            expect_query(fresh, f"at={at}")
        fresh = browser.new_context().new_page()  # Streamlit itself asks for files beside a page's address: 404
        fresh.goto(step_link)
        expect(fresh.get_by_text("One update of the network")).to_be_visible()
        expect_query(fresh, f"at={at}")
        fresh.context.close()


def open_large_table(page: Page, base: str) -> None:
    """A table that no address holds outlives a reload."""
    parameters = to_url(random_table(800))
    assert not fits_in_url(parameters)
    open_at(page, f"{base}/?{urlencode(parameters)}")
    expect(page.get_by_text("of 800 rows")).to_be_visible()
    expect_query(page, "?large=")
    page.reload()
    expect(page.get_by_text("of 800 rows")).to_be_visible()
    assert_none(page, page.get_by_test_id("stAlert"))


def assert_large_table_is_back(page: Page) -> None:
    """It outlives its server, and goes on."""
    connected = ("data-test-connection-state", "CONNECTED")
    expect(page.get_by_test_id("stApp")).to_have_attribute(*connected, timeout=30_000)
    page.wait_for_function("window.back")
    expect(page.get_by_text("of 800 rows")).to_be_visible()
    page.get_by_role("textbox", name="Epochs").fill("11")
    page.keyboard.press("Enter")
    expect(page.get_by_text("after 11 epochs")).to_be_visible()
    expect(page.get_by_text("of 800 rows")).to_be_visible()
    assert_none(page, page.get_by_test_id("stAlert"))
    expect_query(page, "?large=")
