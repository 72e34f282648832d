"""The clipboard of the browser, for real pastes."""

from playwright.sync_api import Page

from tests.browser.playground import click_cell


def allow_clipboard(page: Page) -> None:
    """Let the test read what is there, and put something there; a paste by key needs no permission."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])


def copy_text(page: Page, text: str) -> None:
    """Put a text there."""
    allow_clipboard(page)
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)


def paste(page: Page, row: int, column: int, text: str) -> None:
    """Copy a text, choose a cell, both counted from 0, and paste."""
    copy_text(page, text)
    click_cell(page, row, column)
    page.keyboard.press("Control+v")
