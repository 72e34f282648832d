"""Glassbox in a frame of another site's page, as a learning platform has it, whatever the browser forbids frames."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.playground import open_at, open_once, resize
from tests.browser.replicas import hosted
from tests.browser.test_learn import wait_for_lesson

PLATFORM = ViewportSize(width=1000, height=760)
COOKIES, STORAGE, NOTHING = "cookies and storage", "storage", "neither"
"""What a browser may allow another site's frame. Chromium without third-party cookies keeps storage for each pair of
sites; others forbid that as well, depending on their settings."""

WITHOUT_EXCEPTIONS = {"disableThirdPartyCookieMetadata": True, "disableThirdPartyCookieHeuristics": True}
"""For sites that would break, which Chromium makes otherwise."""

FORBID = """const forbidden = { get() { throw new DOMException("denied", "SecurityError"); } };
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
  if (window !== top) Object.defineProperty(window, name, forbidden);
"""
DATA = Path(__file__).resolve().parents[1] / "data"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing is written."""


@contextmanager
def platform(folder: Path, iframe: str) -> Iterator[str]:
    """A course page with this element in it, at another address than Glassbox; gives the page's address."""
    page = f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Course</title><h1>Week 3</h1>{iframe}</html>'
    (folder / "course.html").write_text(page, encoding="utf-8")
    (folder / "favicon.ico").touch()
    with ThreadingHTTPServer(("127.0.0.2", 0), partial(Quiet, directory=str(folder))) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.2:{serving.server_port}/course.html"
        finally:
            serving.shutdown()
            thread.join()


@contextmanager
def course_page(browser: Browser, allowed: str) -> Iterator[Page]:
    """A fresh browser's page, in which another site's frame is allowed so much."""
    with browser.new_context(viewport=PLATFORM) as context:
        page = context.new_page()
        restricted = {"enableThirdPartyCookieRestriction": allowed != COOKIES}
        context.new_cdp_session(page).send("Network.setCookieControls", WITHOUT_EXCEPTIONS | restricted)
        if allowed == NOTHING:
            page.add_init_script(FORBID)
        yield page


@pytest.fixture(scope="module")
def iframe(shared_page: Page, server: str) -> str:
    """What Share offers for a page of a course."""
    page = shared_page
    open_at(page, f"{server}/?preset=and")
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("As a frame in a page").click()
    code = dialog.locator(".st-key-link code")
    expect(code).to_contain_text("</iframe>")
    return code.inner_text()


def use_files(course: Page, folder: Path) -> None:
    """Open a table in the frame, and take one away."""
    inside = course.frame_locator("iframe")
    inside.get_by_role("button", name="Files").click()
    inside.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(DATA / "calc-german-utf8.csv")
    inside.get_by_role("button", name="Use this table").click()
    expect(inside.get_by_role("dialog")).to_have_count(0)
    expect(inside.get_by_text("wächst").first).to_be_attached()
    inside.get_by_role("button", name="Files").click()
    with course.expect_download() as started:
        inside.get_by_role("button", name="Table as CSV").click()
    target = folder / "table.csv"
    started.value.save_as(target)
    assert "wächst" in target.read_text(encoding="utf-8")
    course.keyboard.press("Escape")  # the list of files lies over what is beside it


@pytest.mark.parametrize("allowed", [COOKIES, STORAGE, NOTHING])
def test_what_share_offers_works_in_another_sites_page(
    browser: Browser, iframe: str, server: str, tmp_path: Path, allowed: str
) -> None:
    with platform(tmp_path, iframe) as address, course_page(browser, allowed) as course:
        course.goto(address)
        expect(course.get_by_title("Glassbox: a neural network you can see through")).to_be_visible()
        inside = course.frame_locator("iframe")
        expect(inside.locator(".js-plotly-plot .textpoint").first).to_be_attached()
        expect(inside.get_by_role("combobox", name="Table")).to_have_value("AND")
        use_files(course, tmp_path)
        inside.get_by_text(re.compile(r"^\d more$")).click()  # the pages for which there is no room
        inside.get_by_role("menuitem", name="About").click()
        expect(inside.get_by_role("heading", name="About Glassbox")).to_be_visible()
        (frame,) = course.main_frame.child_frames
        assert frame.url.startswith(f"{server}/about?embed=true&")
        assert course.context.cookies() == []


def test_replicas_keep_a_frame_by_a_cookie_of_its_own(browser: Browser, tmp_path: Path) -> None:
    """Over https, which somebody before HAProxy ends, as the header says; loopback may have secure cookies without it.

    A browser asks for a download without the cookie: of two replicas one has the file, and either may be asked first.
    """
    with hosted(tmp_path) as (base, _), course_page(browser, STORAGE) as course:
        course.set_extra_http_headers({"X-Forwarded-Proto": "https"})
        with platform(tmp_path, f'<iframe src="{base}/?embed=true" width="900" height="600"></iframe>') as address:
            course.goto(address)
            inside = course.frame_locator("iframe")
            expect(inside.locator(".js-plotly-plot .textpoint").first).to_be_attached()
            use_files(course, tmp_path)
            (cookie,) = course.context.cookies()
            assert (cookie.get("name"), cookie.get("sameSite"), cookie.get("secure")) == ("REPLICA", "None", True)
            assert cookie.get("partitionKey") == "http://127.0.0.2"


@pytest.mark.parametrize(
    ("width", "height", "preset"),
    [(900, 600, "tutorial"), (853, 480, "tutorial"), (720, 480, "tutorial"), (853, 480, "xor"), (800, 600, "fruit")],
)
def test_in_a_window_wider_than_high_a_chart_is_seen_beside_the_whole_table(
    shared_page: Page, server: str, width: int, height: int, preset: str
) -> None:
    page = shared_page
    open_once(page, f"{server}/?embed=true&preset={preset}")
    resize(page, ViewportSize(width=width, height=height))
    expect(page.locator('[data-part="network"]')).to_be_in_viewport(ratio=0.6)
    expect(page.get_by_test_id("stDataFrame").first).to_be_in_viewport(ratio=0.5)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if width == 900:
        expect(page.locator('[data-part="network"]')).to_be_in_viewport(ratio=1)
        scroller = page.locator(".dvn-scroller").first
        assert scroller.evaluate("(grid) => grid.scrollWidth <= grid.clientWidth"), "targets and outputs are seen"


@pytest.mark.parametrize("key", ["neuron", "loop", "activation", "epochs", "saturation"])
def test_in_a_frame_a_lesson_shows_its_text_beside_what_it_is_about(shared_page: Page, server: str, key: str) -> None:
    page = shared_page
    resize(page, ViewportSize(width=900, height=600))
    page.goto(f"{server}/learn?embed=true&lesson={key}")
    wait_for_lesson(page, key)
    expect(page.locator(".js-plotly-plot").first).to_be_in_viewport(ratio=0.3)
    slider = page.get_by_role("slider", name="Epoch", exact=True)
    if slider.count():
        speed, reading = page.get_by_role("combobox", name="Speed"), page.locator('[data-part="reading"]')
        tops = [box["y"] + box["height"] / 2 for part in (slider, speed, reading) if (box := part.bounding_box())]
        assert tops[0] < tops[1] - 20
        assert tops[1] == pytest.approx(tops[2], abs=6), "the lists have no line of their own"
