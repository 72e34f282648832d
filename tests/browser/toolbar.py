"""The toolbar of the grid, which is there while the mouse is over the grid."""

from playwright.sync_api import Locator, Page

from tests.browser.stillness import wait_for


def show_toolbar(page: Page) -> Locator:
    """Move the mouse over the grid until its toolbar is there: while the page moves, the mouse is soon beside it."""
    toolbar = page.locator('[class*="st-key-grid-"]').get_by_test_id("stElementToolbar").first

    def opacity() -> str:
        page.get_by_test_id("stDataFrame").first.hover()
        return str(toolbar.evaluate("(element) => getComputedStyle(element).opacity"))

    wait_for(page, opacity, "1")
    return toolbar
