"""A phone can do everything, by taps; at 200 % zoom nothing is cut off and all can be reached."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.launch import watched_page
from tests.browser.playground import (
    assert_all_is_seen,
    epoch,
    expect_epoch,
    expect_query,
    expect_selected,
    open_at,
    open_once,
    play_slowly,
    wait_for_stage,
    write,
)
from tests.browser.stillness import wait_for, wait_until_still

CONTROLS = "button, input:not([type=range]), [data-testid^=stSlider], select, canvas, summary, .js-plotly-plot, h1, p"
"""Of a slider its rail, its thumb's number and its ends: its input is hidden in one pixel, and wider only in name."""

PHONE = ViewportSize(width=390, height=844)
COLUMNS = (173, 217, 261)  # where the inputs are in the lesson's grid
MARKS = {
    "Step by step": "td button",
    "Activations": ".js-plotly-plot",
    "Learn": ".katex",
    "Code": '[data-testid="stCode"]',
    "About": "h1",
}
"""By what a page can be told from the one before it."""
SMALLEST = 24  # pixels: WCAG 2.2, 2.5.8
PLAYER = "[...document.querySelectorAll('*')].map((e) => e.shadowRoot?.querySelector('.player')).find(Boolean)"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with watched_page(browser, PHONE, phone=True) as page:
        yield page


def assert_nothing_is_lost(page: Page) -> None:
    """Nothing reaches out of the screen at the right, no chart cuts a text off, no page scrolls sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_all_is_seen(page, f'[data-testid="stMain"] :is({CONTROLS}):not([data-testid="stDataFrame"] *, .katex *)')


def test_the_main_job_on_a_phone(phone: Page, server: str) -> None:
    open_at(phone, server)
    expect(phone.get_by_role("button", name="Play", exact=True)).to_be_visible()
    wait_until_still(phone)
    assert_nothing_is_lost(phone)
    small = phone.evaluate(
        f"""(least) => [...{PLAYER}.querySelectorAll('button, select')]
          .filter((e) => !e.hidden).map((e) => [e.title, e.getBoundingClientRect()])
          .filter(([, box]) => Math.min(box.width, box.height) < least).map(([title]) => title)""",
        SMALLEST,
    )
    assert small == []
    rows = phone.evaluate(
        f"() => [...{PLAYER}.querySelectorAll('.keys button, select')].map((e) => e.getBoundingClientRect().top)"
    )
    assert len(rows) == 7
    assert len(set(rows)) == 1  # all that is pressed in the player is in one row

    change_cell(phone, 0, 1, "3")
    expect_query(phone, "x=0,3,1_")
    wait_for_stage(phone)

    play_slowly(phone)
    phone.get_by_role("button", name="Train").tap()
    expect(phone.get_by_role("button", name="Pause")).to_be_in_viewport()
    phone.get_by_role("button", name="Pause").tap()
    expect(phone.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert epoch(phone) < 10_000
    scrub(phone, 0.5)
    wait_for(phone, lambda: 10 < epoch(phone) < 1_000, True)
    phone.get_by_role("button", name="All right").tap()
    expect(phone.get_by_role("button", name="All right")).to_have_attribute("aria-pressed", "true")
    expect_query(phone, f"at={epoch(phone)}")
    phone.get_by_role("button", name="First epoch").tap()
    expect_epoch(phone, 0)

    phone.get_by_test_id("stExpandSidebarButton").tap()
    phone.get_by_role("link", name="Step by step").first.tap()
    expect(phone).to_have_title("Glassbox · Step by step")
    expect(phone.locator("td button").first).to_be_attached()
    wait_until_still(phone)  # the list of pages folds away by itself, but not always
    if phone.locator('[data-testid="stSidebar"][data-collapsed="false"]').count():
        phone.get_by_test_id("stSidebarCollapseButton").locator("button").tap()
    weights = phone.locator(".equation").first.locator("table").nth(1)
    weights.get_by_role("button").nth(1).tap()
    expect(phone.get_by_text("The weight x2 → y1", exact=True)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

    phone.get_by_role("button", name="Share").tap()
    expect(phone.get_by_role("dialog").get_by_text("x=0,3,1_")).to_be_visible()
    phone.get_by_role("button", name="Close").tap()
    expect(phone.get_by_role("dialog")).to_have_count(0)


def change_cell(page: Page, row: int, column: int, text: str) -> None:
    """Tap a cell of the grid, counted from 0, twice, as one does on a phone, and type."""
    wait_until_still(page)
    grid = page.locator('[data-testid="stDataFrame"] canvas').first
    box = grid.bounding_box()
    assert box
    place = box["x"] + COLUMNS[column], box["y"] + 35 * (row + 1.5)
    page.touchscreen.tap(*place)
    expect_selected(page, row, column)
    page.touchscreen.tap(*place)
    expect(page.locator(".gdg-input")).to_be_focused()
    write(page, text)


def scrub(page: Page, share: float) -> None:
    """Tap the player's slider at a share of its length."""
    slider = page.get_by_role("slider", name="Epoch", exact=True)
    box = slider.bounding_box()
    assert box
    slider.tap(position={"x": box["width"] * share, "y": box["height"] / 2})


def at_the_end(page: Page, server: str, size: ViewportSize) -> Page:
    """The Playground in a window of this size, at the last epoch and, as when it opens, scrolled to its top."""
    open_once(page, server, size=size)
    page.get_by_role("heading", name="Edit the table").click()  # keys are not typed into a field
    page.keyboard.press("End")
    expect_epoch(page, 10_000)
    page.get_by_test_id("stMain").evaluate("(main) => main.scrollTo({ top: 0, behavior: 'instant' })")
    wait_until_still(page)
    return page


@pytest.mark.parametrize("width", [650, 768, 853, 910, 1024])
def test_a_tablet_held_upright_and_a_window_at_150_per_cent_lose_nothing(
    shared_page: Page, server: str, width: int
) -> None:
    page = at_the_end(shared_page, server, ViewportSize(width=width, height=1112))
    assert_nothing_is_lost(page)
    choice = page.get_by_test_id("stSelectbox").first.bounding_box()
    assert choice
    assert choice["width"] >= 128, "the table's name can be read"
    button = page.get_by_role("button", name="Projector").bounding_box()
    assert button
    assert min(button["width"], button["height"]) >= SMALLEST
    for link in page.get_by_test_id("stTopNavLink").all():
        box = link.bounding_box()
        assert box
        assert box["x"] + box["width"] <= button["x"], "no button lies on a link"
    play_slowly(page)
    page.get_by_role("button", name="Train").click()
    expect(page.get_by_role("button", name="Pause")).to_be_in_viewport()
    page.keyboard.press("End")
    expect_epoch(page, 10_000)


def test_at_200_per_cent_nothing_is_lost(shared_page: Page, server: str) -> None:
    """A window of 1280x720 shows as much, at 200 %, as one of 640x360."""
    page = at_the_end(shared_page, server, ViewportSize(width=640, height=360))
    assert_nothing_is_lost(page)
    play_slowly(page)
    page.get_by_role("button", name="Train").click()
    expect(page.get_by_role("button", name="Pause")).to_be_in_viewport()
    for name in MARKS:
        unfold = page.get_by_test_id("stExpandSidebarButton")
        if unfold.is_visible():
            unfold.click()
        page.get_by_role("link", name=name).first.click()
        expect(page).to_have_title(f"Glassbox · {name}")
        expect(page.locator(MARKS[name]).first).to_be_visible()
        wait_until_still(page)
        assert_nothing_is_lost(page)
