"""Fixtures of the browser tests: `page` is a fresh, watched page; `server` the address of the running app."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.install import find_chromium
from tests.browser.launch import FLAGS, start_server, watched_page
from tests.browser.pictures import open_module

expect.set_options(timeout=20_000)  # generous, as the benchmarks are what measures speed


SHORT_LIVED = "--js-flags=--no-opt"
"""V8's last compiler pays off on pages that live longer than a test's: without it Chromium takes a tenth less of the
processor. Benchmarks keep it, as visitors have it."""

LONGEST = ("test_axe", "test_learn", "test_frames", "test_player", "test_paste", "test_step")
"""The slowest files, run first: a worker that began one last would still be running when the other is done."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run browser tests last: they are slow, and once started, Playwright's event loop stays in this thread."""
    items.sort(key=place)


def place(item: pytest.Item) -> int:
    """The sort key of a test; tests with the same key stay in the order of collection."""
    if Path(__file__).parent not in item.path.parents:
        return 0
    return 1 if item.path.stem in LONGEST else 2


@pytest.fixture(scope="session")
def chromium() -> str:
    return find_chromium()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with start_server() as base:
        yield base


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, SHORT_LIVED])
        launched.new_context().new_page()  # stays open: the renderer process ends with its last page
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with watched_page(browser) as watched:
        yield watched


@pytest.fixture(scope="module")
def shared_page(browser: Browser) -> Iterator[Page]:
    """One watched page for the tests of a file that leave it as they came to it: see `open_once`."""
    with watched_page(browser) as watched:
        yield watched


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Function) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a test has failed, the next one does not go on with its page."""
    report = yield
    if report.failed and isinstance(shared := item.funcargs.get("shared_page"), Page):
        shared.goto("about:blank")
    return report


@pytest.fixture(scope="module")
def forward_page(shared_page: Page) -> Page:
    """A page with the module of the forward pass, which the tests only ask."""
    open_module(shared_page, "forward", also=("scene", "derived"))
    return shared_page
