"""Shared links in a real browser: they play, hide parts, and a camera can read the QR code."""

import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from engine.serialization.url_format import to_url
from pages.state.url import LONGEST_URL, fits_in_url
from tests.browser.axe import wait_for_colors
from tests.browser.playground import (
    assert_none,
    expect_epoch,
    expect_query,
    open_at,
    open_once,
    resize,
    wait_for_stage,
)
from tests.browser.playground import epoch as shown_epoch
from tests.browser.share import close, random_table, share
from tests.browser.stillness import a_run, wait_until_still

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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_camera_reads_the_code_off_the_screen(shared_page: Page, server: str, scheme: str) -> None:
    page = shared_page
    open_once(page, f"{server}/?seed=1&at=35")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    wait_for_colors(page, scheme)
    link = share(page)
    picture = page.get_by_alt_text("QR code of the link")
    expect(picture).to_be_visible()
    wait_until_still(page)
    found = zxingcpp.read_barcode(np.array(Image.open(io.BytesIO(picture.screenshot())).convert("L")))
    assert found is not None
    assert found.text == link == f"{server}/?seed=1&at=35"
    close(page)


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


def test_the_dialog_fits_a_phone(shared_page: Page, server: str) -> None:
    page = shared_page
    open_once(page, f"{server}/?seed=1&at=35")
    resize(page, ViewportSize(width=390, height=844))
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
