"""Shared links in a real browser: they survive a restart, play, hide parts, and a camera can read the QR code."""

import io
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from engine import Experiment
from engine.serialization.url_format import to_url
from pages.state.url import LONGEST_URL, fits_in_url
from tests.browser.canvases import network_texts
from tests.browser.launch import ROOT, free_port, healthy, watched_page
from tests.browser.playground import (
    OUTPUTS,
    assert_none,
    cells,
    edited_cells,
    expect_epoch,
    expect_query,
    open_at,
    texts,
    type_cell,
    wait_for_stage,
)
from tests.browser.playground import epoch as shown_epoch
from tests.browser.stillness import a_run, wait_for, wait_until_still
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


def share(page: Page) -> str:
    """Open the Share dialog and copy its link with the button."""
    page.get_by_role("button", name="Share").click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("dialog").get_by_role("button", name="Copy to clipboard").click()
    copied = page.locator(".st-key-link code").inner_text()
    assert copied.startswith("http")
    wait_for(page, lambda: page.evaluate("navigator.clipboard.readText()"), copied)
    return copied


def close(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


EDITED = [["0", "0.5", "0"], ["0", "1", "0"], ["1", "0", "0"], ["1", "1", "1"]]
"""The table AND as it is after another number was typed into it."""


def test_a_link_outlives_the_server_and_the_browser(browser: Browser) -> None:
    port = free_port()
    with doomed_server(port) as process:
        page = browser.new_page()
        open_at(page, f"http://127.0.0.1:{port}/?preset=and")
        type_cell(page, 0, 1, "0.5")
        expect_query(page, "x=0,0.5_")
        wait_for_stage(page)
        page.get_by_role("slider", name="Epoch", exact=True).focus()
        for _ in range(7):
            page.keyboard.press("ArrowLeft")
        epoch = shown_epoch(page)
        expect_epoch(page, epoch)
        expect_query(page, f"at={epoch}")
        expect(page.get_by_text(f"Weights and biases at epoch {epoch:,}")).to_be_visible()
        wait_for(page, lambda: edited_cells(page), EDITED)
        seen = cells(page), network_texts(page), texts(page, OUTPUTS)
        link = share(page)
        assert f"&at={epoch}" in link
        close(page)
        page.get_by_role("link", name="Step by step").click()
        expect(page.get_by_text("One update of the network")).to_be_visible()
        step_link = share(page)
        close(page)
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL
        page.close()
    with doomed_server(port):
        with watched_page(browser) as fresh:
            open_at(fresh, link)
            expect_epoch(fresh, epoch)
            wait_for(fresh, lambda: (cells(fresh), network_texts(fresh), texts(fresh, OUTPUTS)), seen)
            expect(fresh.get_by_role("combobox", name="Table")).to_have_value("Your table")
            expect_query(fresh, f"at={epoch}")
        fresh = browser.new_context().new_page()  # Streamlit itself asks for files beside a page's address: 404
        fresh.goto(step_link)
        expect(fresh.get_by_text("One update of the network")).to_be_visible()
        expect_query(fresh, f"at={epoch}")
        fresh.context.close()


DARK = "embed=true&embed_options=dark_theme&embed_options=show_toolbar&embed_options=show_padding"
BACKGROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"


def test_a_lesson_link_plays_once_hides_locks_and_is_dark(page: Page, server: str) -> None:
    page.goto(f"{server}/?seed=1&hide=presets,more&lock=table,controls&play=1&at=0&{DARK}")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect_epoch(page, 10_000)
    assert page.evaluate(BACKGROUND) == "rgb(17, 22, 29)"
    new_seed, more = page.get_by_role("button", name="New seed"), page.get_by_text("More", exact=True)
    assert_none(page, page.get_by_test_id("stAlert"), new_seed, more)
    expect(page.get_by_role("textbox", name="Learning rate")).to_be_disabled()
    page.wait_for_function("!location.search.includes('play=1')")
    page.reload()
    wait_for_stage(page)
    expect(page.get_by_role("textbox", name="Learning rate")).to_be_disabled()
    assert shown_epoch(page) == 10_000, "it would play as soon as the stage is there"
    assert page.get_by_role("button", name="Play", exact=True).is_visible()


def test_the_colours_of_a_link_outlive_another_page_and_a_reload(browser: Browser, server: str) -> None:
    page = browser.new_context().new_page()  # not watched: a reload beside the root asks for files that are not there
    open_at(page, f"{server}/?seed=2&{DARK}")
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", name="About Glassbox")).to_be_visible()
    expect_query(page, "seed=2")
    page.reload()
    expect(page.get_by_role("heading", name="About Glassbox")).to_be_visible()
    assert page.evaluate(BACKGROUND) == "rgb(17, 22, 29)"
    page.get_by_role("link", name="Playground").click()
    wait_for_stage(page)
    page.reload()
    wait_for_stage(page)
    assert page.evaluate(BACKGROUND) == "rgb(17, 22, 29)"
    assert DARK in page.url
    expect_query(page, "seed=2")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light_theme", "dark_theme"])
def test_a_camera_reads_the_code_off_the_screen(page: Page, server: str, scheme: str) -> None:
    open_at(page, f"{server}/?seed=1&at=35&embed_options={scheme}")
    link = share(page)
    picture = page.get_by_alt_text("QR code of the link")
    expect(picture).to_be_visible()
    wait_until_still(page)
    found = zxingcpp.read_barcode(np.array(Image.open(io.BytesIO(picture.screenshot())).convert("L")))
    assert found is not None
    assert found.text == link == f"{server}/?seed=1&at=35"


def test_the_dialog_stays_open_while_the_player_reports_its_epoch(page: Page, server: str) -> None:
    page.goto(f"{server}/?seed=1&at=0&play=1")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect_epoch(page, 10_000)
    page.wait_for_function("!location.search.includes('at=0')")  # it has reported, and a run has followed
    wait_until_still(page)
    assert page.get_by_role("dialog").is_visible()
    with a_run(page):
        close(page)
    assert_none(page, page.get_by_role("dialog"))


def test_the_dialog_fits_a_phone(browser: Browser, server: str) -> None:
    with watched_page(browser, ViewportSize(width=390, height=844)) as page:
        open_at(page, server)
        page.get_by_role("button", name="Share").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_text("For a lesson").click()
        expect(dialog.get_by_text("Plays when it opens")).to_be_visible()
        copy = dialog.get_by_role("button", name="Copy to clipboard")
        copy.scroll_into_view_if_needed()
        expect(copy).to_be_visible()
        wide = """(box) => [...box.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > innerWidth)
                  .map((e) => e.outerHTML.slice(0, 80))"""
        wait_until_still(page)
        assert dialog.evaluate(wide) == []
        dialog.locator(".st-key-link code").click()
        assert page.evaluate("getSelection().toString()") == dialog.locator(".st-key-link code").inner_text()


WATCH = """() => new MutationObserver(() => {
  if (document.body.innerText.includes("Bringing your table back")) window.asked = true;
  else if (window.asked) window.back = true;
}).observe(document.body, { childList: true, subtree: true, characterData: true })"""
"""Tells when the page has asked for the table and shows something else again."""


def test_what_no_address_holds_outlives_a_reload_and_the_server(browser: Browser) -> None:
    parameters = to_url(random_table(800))
    assert not fits_in_url(parameters)
    query, port = urlencode(parameters), free_port()
    page = browser.new_page()  # not watched: the server it speaks with is killed
    with doomed_server(port) as process:
        open_at(page, f"http://127.0.0.1:{port}/?{query}")
        expect(page.get_by_text("of 800 rows")).to_be_visible()
        expect_query(page, "?large=")
        page.reload()
        expect(page.get_by_text("of 800 rows")).to_be_visible()
        assert_none(page, page.get_by_test_id("stAlert"))
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    page.evaluate(WATCH)
    app, connected = page.get_by_test_id("stApp"), ("data-test-connection-state", "CONNECTED")
    expect(app).not_to_have_attribute(*connected)
    with doomed_server(port):
        expect(app).to_have_attribute(*connected, timeout=30_000)
        page.wait_for_function("window.back")
        expect(page.get_by_text("of 800 rows")).to_be_visible()
        page.get_by_role("textbox", name="Epochs").fill("11")
        page.keyboard.press("Enter")
        expect(page.get_by_text("after 11 epochs")).to_be_visible()
        expect(page.get_by_text("of 800 rows")).to_be_visible()
        assert_none(page, page.get_by_test_id("stAlert"))
        expect_query(page, "?large=")
        page.context.close()


def random_table(rows: int) -> Experiment:
    random = np.random.RandomState(0)
    inputs, targets = random.rand(rows, 2), random.rand(rows, 1)
    return Experiment(inputs=tuple(map(tuple, inputs)), targets=tuple(map(tuple, targets)), epochs=9)


def largest() -> dict[str, str]:
    """The link of the largest random table that is offered as one."""
    found: dict[str, str] = {}
    for rows in range(100, 1_000, 5):
        parameters = to_url(random_table(rows))
        if not fits_in_url(parameters):
            break
        found = parameters
    return found


def test_the_longest_link_that_is_offered_opens(page: Page, server: str) -> None:
    parameters = largest()
    query = "&".join(f"{key}={text}" for key, text in parameters.items())
    assert LONGEST_URL - 400 < len(query) <= LONGEST_URL
    open_at(page, f"{server}/?{query}")
    expect(page.get_by_text("after 9 epochs")).to_be_visible()
    assert_none(page, page.get_by_test_id("stAlert"))
    page.reload()
    wait_for_stage(page)
    assert_none(page, page.get_by_test_id("stAlert"))
