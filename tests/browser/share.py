"""The Share dialog in a browser: its link copied with the button, and tables larger than a link may be."""

import numpy as np
from playwright.sync_api import Page, expect

from engine import Experiment
from tests.browser.clipboard import allow_clipboard
from tests.browser.stillness import wait_for


def share(page: Page) -> str:
    """Open the Share dialog and copy its link with the button."""
    page.get_by_role("button", name="Share").click()
    allow_clipboard(page)
    page.get_by_role("dialog").get_by_role("button", name="Copy to clipboard").click()
    copied = page.locator(".st-key-link code").inner_text()
    assert copied.startswith("http")
    wait_for(page, lambda: page.evaluate("navigator.clipboard.readText()"), copied)
    return copied


def close(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def random_table(rows: int) -> Experiment:
    random = np.random.RandomState(0)
    inputs, targets = random.rand(rows, 2), random.rand(rows, 1)
    return Experiment(inputs=tuple(map(tuple, inputs)), targets=tuple(map(tuple, targets)), epochs=9)
