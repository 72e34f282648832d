"""What Step by step looks like in a real browser: nothing cut off or far apart, on a desk and on a phone."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from engine.serialization import to_url
from tests.browser.ledger import PICTURES, come, expect_weight, number, wait_for_ledger
from tests.browser.playground import (
    assert_all_is_seen,
    expect_query,
)
from tests.browser.stillness import wait_until_still
from tests.charts.update.updates import SCALED


def test_formulas_stand_beside_their_matrices(page: Page, server: str) -> None:
    """Between the last matrix of a step and its formula there are no more than a few letters."""
    page.set_viewport_size(ViewportSize(width=1600, height=1000))
    come(page, server)
    wait_until_still(page)
    for picture in range(6):
        matrix = page.locator(".equation").nth(picture).locator("table").last.bounding_box()
        formula = page.locator(".st-key-update-steps .katex-display .katex-html").nth(2 * picture).bounding_box()
        assert matrix
        assert formula
        assert 0 < formula["x"] - (matrix["x"] + matrix["width"]) < 180, picture


@pytest.mark.parametrize(("width", "height"), [(390, 844), (720, 900), (900, 600)])
def test_the_product_and_the_gradient_are_seen(page: Page, server: str, width: int, height: int) -> None:
    """On a phone, a tablet and in a frame, where the account has little room."""
    page.set_viewport_size(ViewportSize(width=width, height=height))
    come(page, server)
    wait_until_still(page)
    account = page.locator(".st-key-account-rows")
    place = account.bounding_box()
    assert place
    edge = place["x"] + place["width"]
    assert edge <= width
    for text in ("product", "gradient", "error", "slope", "input"):
        box = account.get_by_text(text, exact=True).bounding_box()
        assert box
        assert box["x"] >= place["x"]
        assert box["x"] + box["width"] <= edge, text
    for row in account.locator("tbody tr").all():
        box = row.locator("td").last.locator("p").bounding_box()
        assert box
        assert box["x"] + box["width"] <= edge
    assert account.locator("table").evaluate("(table) => table.scrollWidth <= table.parentElement.clientWidth + 1")


def test_a_scaled_table_shows_how_it_came_and_a_click_chooses_its_column(page: Page, server: str) -> None:
    page.goto(f"{server}/step?{urlencode(to_url(SCALED))}&at=7")
    wait_for_ledger(page, 8)
    expect(page.get_by_role("heading", name="1. Scaled inputs")).to_be_visible()
    expect(number(page, 0, "mean and deviation", 1, 1)).to_have_text("1.02")
    number(page, 0, "inputs", 3, 1).click()
    expect_weight(page, "x2 → y1")
    expect_query(page, "row=4")


@pytest.mark.parametrize(("link", "pictures"), [("at=100", 6), ("preset=xor&at=8", 12)])
def test_nothing_is_cut_off(page: Page, server: str, link: str, pictures: int) -> None:
    page.goto(f"{server}/step?{link}")
    wait_for_ledger(page, pictures)
    for width, height in ((1280, 720), (390, 844)):
        page.set_viewport_size(ViewportSize(width=width, height=height))
        wait_until_still(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert_all_is_seen(page, '[data-testid="stMain"] :is(button, h1, p, .katex, pre, .stTable):not(table *)')
        cut = page.evaluate(
            f"""() => {PICTURES}.flatMap((picture) => {{
              const frame = picture.getBoundingClientRect();
              return [...picture.querySelectorAll('button, th, caption')].filter((text) => {{
                const box = text.getBoundingClientRect();
                return box.right > frame.right + 1 || text.scrollWidth > text.clientWidth + 1;
              }}).map((text) => text.textContent);
            }})"""
        )
        assert cut == []
