"""Helpers of the browser tests: what a person does and sees on the Playground."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.launch import SCREEN
from tests.browser.scripts import CUT, FITTED, MARKERS, READY, TEXTS, TURNED, WIDE
from tests.browser.stillness import a_run, wait_for, wait_for_timers, wait_until_drawn, wait_until_still

SIZES = (SCREEN, ViewportSize(width=1600, height=1000), ViewportSize(width=390, height=844))
"""The window sizes that pages are checked in: a projector's, a desktop's and a phone's."""

WEIGHTS = "Weight evolution"
OUTPUTS = "Output convergence"


def open_at(page: Page, address: str) -> None:
    """Open an address and wait until the charts are drawn."""
    page.goto(address)
    wait_for_stage(page)


def wait_for_stage(page: Page) -> None:
    """Wait until the charts show the results of the last run of the page. The player must not be playing."""
    page.wait_for_function(READY, arg=[4], timeout=60_000)
    wait_until_drawn(page)


def resize(page: Page, size: ViewportSize) -> None:
    """Resize the window and wait until the charts have adapted."""
    page.set_viewport_size(size)
    page.wait_for_function(FITTED)
    wait_until_still(page)


def open_once(
    page: Page, address: str, wait: Callable[[Page], None] = wait_for_stage, size: ViewportSize = SCREEN
) -> None:
    """Open an address, unless a test before has opened it on this page and left it so; in light colours, at this size.

    For tests of one file that share a page: to open it anew costs two seconds of a processor. What plays must have
    been stopped: a window that is resized while it plays costs more than that.
    """
    page.emulate_media(color_scheme="light")
    if page.evaluate("window.openedAt") == address:
        resize(page, size)
    else:
        page.set_viewport_size(size)
        page.goto(address)
        wait(page)
        page.evaluate("(address) => { window.openedAt = address; }", address)


def epoch(page: Page) -> int:
    """The epoch that the player shows."""
    return int(page.locator('[data-part="epoch"]').inner_text().replace(",", ""))


def expect_epoch(page: Page, wanted: int) -> None:
    """Expect the player and every chart to be at this epoch."""
    expect(page.locator('[data-part="epoch"]')).to_have_text(f"{wanted:,}")
    page.wait_for_function(TURNED, arg=str(wanted))


def expect_drawn_epoch(page: Page, wanted: int) -> None:
    """Expect the server to have drawn the page at this epoch: the summary says so, which the player does not move."""
    metric = page.get_by_test_id("stMetric").filter(has_text=re.compile("^Epoch"))
    expect(metric.get_by_test_id("stMetricValue")).to_have_text(f"{wanted:,}")


def expect_playing(page: Page, least: int = 1) -> None:
    """Expect the player to be playing, at this epoch or later."""
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    wait_for(page, lambda: epoch(page) >= least, True)


def wait_for_a_move(page: Page) -> None:
    """Wait until the player shows a different epoch."""
    before = epoch(page)
    wait_for(page, lambda: epoch(page) != before, True)


def play_slowly(page: Page) -> None:
    """Slow the player down to 17 seconds instead of 4, so that even a busy machine can act while it is playing."""
    page.get_by_role("combobox", name="Speed").select_option("¼×")


def change_fast(page: Page, epochs: str, hidden: str) -> None:
    """Type both: the page has not yet followed the first when the second comes."""
    fields = (page.get_by_role("textbox", name="Epochs"), page.get_by_role("combobox", name="Hidden layers"))
    for field, value in zip(fields, (epochs, hidden), strict=True):
        field.fill(value)
        field.press("Enter")


def undo_all(page: Page) -> None:
    """Undo every change of the table and the settings, as a test that leaves the page to the next one does."""
    undo = page.locator(".st-key-undo button").first
    while undo.is_enabled():
        with a_run(page):
            undo.click()


def query(page: Page) -> str:
    """The page's own parameters in the address bar."""
    found: str = page.evaluate("decodeURIComponent(location.search)")
    return found


def expect_query(page: Page, part: str) -> None:
    page.wait_for_function("(part) => decodeURIComponent(location.search).includes(part)", arg=part)


def markers(page: Page, title: str) -> list[list[int]]:
    found: list[list[int]] = page.evaluate(MARKERS, title)
    return found


def texts(page: Page, title: str) -> list[str]:
    """All texts in a chart."""
    found: list[str] = page.evaluate(TEXTS, title)
    return [text for text in found if text]


def assert_all_is_seen(page: Page, selector: str) -> None:
    """Assert that nothing the selector finds is wider than the window, and that no chart cuts off a text."""
    assert page.evaluate(WIDE, selector) == []
    assert page.evaluate(CUT) == []


def assert_none(page: Page, *locators: Locator) -> None:
    """Assert that the page has none of these once it is at rest; before that, they might still appear."""
    wait_until_still(page)
    assert [locator.count() for locator in locators] == [0] * len(locators)


def click_cell(page: Page, row: int, column: int) -> None:
    """Select a cell of the grid, both counted from 0: a click on the row's number, and then the arrow keys.

    The grid ignores a mouse that has just entered until it has been redrawn twice. Its cursor shows that: a hand over
    the checkboxes on the left, and the default one elsewhere.
    """
    wait_until_still(page)
    grid = page.get_by_test_id("data-grid-canvas").first
    box = grid.bounding_box()
    assert box
    (hand, x), y = (box["x"] + 16, box["x"] + 33 + 15), box["y"] + 35 * (row + 1.5)
    page.mouse.move(x, y)
    for _ in range(2):
        page.mouse.move(hand, y)
        expect(grid).to_have_css("cursor", "pointer")
        page.mouse.move(x, y)
        expect(grid).to_have_css("cursor", "default")
    page.mouse.click(x, y)
    expect_selected(page, row, -1)
    go_to_column(page, row, column)


def go_to_column(page: Page, row: int, column: int) -> None:
    """Press the right arrow from the row's number to a column, 0 for the first input."""
    for _ in range(read_columns(page) + column):
        page.keyboard.press("ArrowRight")
    expect_selected(page, row, column)


def expect_selected(page: Page, row: int, column: int) -> None:
    """Expect this cell to be selected in the grid; column 0 is the first input, -1 the row's number."""
    place = 1 if column < 0 else read_columns(page) + column + 1
    cell = page.get_by_test_id("data-grid-canvas").first.get_by_test_id(f"glide-cell-{place}-{row}")
    expect(cell).to_have_attribute("aria-selected", "true")


def read_columns(page: Page) -> int:
    """How many columns stand before the inputs: the row's number, the outputs, the boxes for rows held out."""
    titles = page.get_by_test_id("data-grid-canvas").first.locator("thead th")
    expect(titles.first).to_be_attached()
    names = [(name or "").strip() for name in titles.all_text_contents()]
    return sum(name in ("#", "output", "held out") or name.startswith("→") for name in names)


def type_cell(page: Page, row: int, column: int, text: str) -> None:
    """Type a text into a cell of the grid."""
    click_cell(page, row, column)
    write(page, text)


def write(page: Page, text: str) -> None:
    """Type into the selected cell; the first key opens the grid's editor.

    The grid handles each key a moment later; if Enter comes before that, it drops the text.
    """
    editor = page.locator(".gdg-input")
    page.keyboard.type(text[0])
    expect(editor).to_have_value(text[0])
    page.keyboard.type(text[1:])
    expect(editor).to_have_value(text)
    wait_for_timers(page)
    page.keyboard.press("Enter")


def cells(page: Page) -> list[list[str]]:
    """The grid's cells from its accessible table, which the grid updates a moment after drawing."""
    found: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="data-grid-canvas"]')].slice(0, 1).flatMap(
            (grid) => [...grid.querySelectorAll('tbody tr')].map(
                (row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)))"""
    )
    return found


def edited_cells(page: Page) -> list[list[str]]:
    """Inputs and targets of the grid's rows, as assistive technology reads them."""
    before = read_columns(page)
    return [row[before:] for row in cells(page)]
