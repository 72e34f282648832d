"""A table of random points is made: the grid has its rows, the map its points, and Undo takes it back."""

import re

from playwright.sync_api import Page, expect

from engine.data import generate
from tests.browser.playground import cells, open_at
from tests.browser.stillness import a_run, wait_for, wait_until_still


def test_moons_fill_the_table_and_the_map(page: Page, server: str) -> None:
    open_at(page, f"{server}/?n=60")  # a few epochs, as nothing here depends on them
    with a_run(page):
        page.get_by_text("Make a table", exact=True).click()
    kind = page.get_by_role("combobox", name="Points")
    kind.scroll_into_view_if_needed()
    wait_until_still(page)  # the list closes when the page scrolls
    kind.click()
    page.get_by_role("option", name="Moons").click()
    expect(page.get_by_text("Two half moons that reach into each other.")).to_be_visible()
    with a_run(page):
        page.get_by_role("textbox", name="Rows", exact=True).fill("60")
        page.keyboard.press("Enter")
    with a_run(page):
        page.get_by_role("button", name="Make the table").click()
    first = generate("moons", 60)
    x, y = (f"{value:g}" for value in first.inputs[0])
    answer = page.locator('[data-part="answer"]')
    expect(answer).to_have_attribute("aria-label", re.compile("Of 60 rows"))
    wait_for(page, lambda: [row[2:4] for row in cells(page)[:1]], [[x, y]])
    with a_run(page):
        page.locator(".st-key-undo button").first.click()
    expect(answer).to_have_attribute("aria-label", re.compile("Of 4 rows"))
