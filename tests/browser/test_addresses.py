"""Addresses in a real browser: cold deep links, hostile links, no foreign requests, nothing cut off."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.browser.canvases import network_texts
from tests.browser.clipboard import paste
from tests.browser.launch import ROOT, start_server, watched_page
from tests.browser.playground import (
    SIZES,
    assert_all_is_seen,
    assert_none,
    expect_query,
    open_at,
    resize,
)


def test_a_cold_server_opens_a_deep_link_first(browser: Browser) -> None:
    with start_server() as base, watched_page(browser) as page:
        page.goto(f"{base}/about?seed=9&x=0,1_1,1&y=0_1")
        expect(page.get_by_role("heading", name="About Glassbox")).to_be_visible()
        assert_none(page, page.get_by_role("dialog"))
        expect_query(page, "x=0,1_1,1")
        page.get_by_role("link", name="Playground").click()
        expect(page.get_by_text("All 2 rows are right")).to_be_visible()


def test_what_a_hostile_link_says_is_named_and_never_markup(page: Page, server: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    open_at(page, f"{server}/?n=1000000000&lr=nan&x=![a](http://evil.invalid/x.png)&<b>k</b>=<script>alert(1)</script>")
    warning = page.get_by_test_id("stAlert")
    expect(warning).to_contain_text("n: The number of epochs: 1000000000 is outside 1 to 1,000,000.")
    expect(warning).to_contain_text("nan is not a number")
    expect(warning).to_contain_text("![a](http")
    expect(warning).to_contain_text("<b>k</b>")
    assert warning.locator("img, b, script, a").count() == 0
    assert not [url for url in requests if "evil" in url.split("?")[0]]
    assert "9.67" in network_texts(page)


def test_nothing_is_fetched_from_elsewhere(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    open_at(page, server)
    page.get_by_role("button", name=re.compile("Files")).click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    page.keyboard.press("Escape")
    links = page.get_by_test_id("stTopNavLink")
    names = [text.splitlines()[-1] for text in links.all_inner_texts()]
    assert len(names) == len(list((ROOT / "pages/views").glob("[!_]*.py")))
    for name, link in zip(names, links.all(), strict=True):
        link.click()
        expect(page).to_have_title(f"Glassbox · {name}")
        page.wait_for_load_state("networkidle")
    own = (server, server.replace("http", "ws"), "data:", "blob:")
    assert len(asked) > 100
    assert [url for url in asked if not url.startswith(own)] == []


def test_rows_pasted_from_a_spreadsheet_are_learned(page: Page, server: str) -> None:
    open_at(page, server)
    paste(page, 3, 0, "1\t0\t0\t1\n0\t1\t0\t0")
    expect_query(page, "x=0,0,1_1,1,1_1,0,1_1,0,0_0,1,0")
    expect(page.get_by_text("of 5 rows").or_(page.get_by_text("All 5 rows"))).to_be_visible()


@pytest.mark.parametrize("preset", ["tutorial", "xor", "fruit"])
def test_nothing_is_wider_than_the_page(page: Page, server: str, preset: str) -> None:
    open_at(page, f"{server}/?preset={preset}")
    for size in SIZES:
        resize(page, size)
        shown = '[data-testid="stMain"] button, .js-plotly-plot, h1, p, canvas'
        assert_all_is_seen(page, f':is({shown}):not([data-testid="stDataFrame"] *)')


def test_opening_the_page_runs_its_script_once(page: Page, server: str) -> None:
    """A grid that is there before pastes are listened for has to be made anew, by a second run."""
    open_at(page, server)
    sent: list[str] = []

    def keep(frame: bytes | str) -> None:
        assert isinstance(frame, bytes)
        sent.append(str(BackMsg.FromString(frame).WhichOneof("type")))

    page.on("websocket", lambda connection: connection.on("framesent", keep))
    open_at(page, server)
    assert_none(page, page.get_by_role("dialog"))  # at rest
    assert sent.count("rerun_script") == 1
