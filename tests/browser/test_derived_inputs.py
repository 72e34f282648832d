"""Derived inputs in the browser: chosen under More, drawn with their names, computed anew with every cell."""

from playwright.sync_api import Page, expect

from tests.browser.canvases import network_texts
from tests.browser.playground import expect_query, open_at, type_cell
from tests.browser.stillness import a_run, wait_for, wait_until_still

FOUR = "?x=2,1_0,3_1,1_0.5,0&y=1_0_1_0&h=2&a=tanh,sigmoid&n=200&bias=1"


def test_a_formula_is_chosen_and_another_typed(page: Page, server: str) -> None:
    open_at(page, f"{server}/{FOUR}")
    with a_run(page):
        page.get_by_text("More", exact=True).click()
    box = page.get_by_role("combobox", name="Derived inputs")
    box.scroll_into_view_if_needed()
    wait_until_still(page)  # the list closes when the page scrolls
    box.fill("x1")
    with a_run(page):
        page.get_by_role("option", name="x1^2", exact=True).click()
    expect_query(page, "xd=x1^2")
    assert "x1^2" in network_texts(page)
    expect(page.get_by_test_id("data-grid-canvas").first.locator("thead th").last).to_have_text("x1^2")
    box.fill("x1 - 2 x2")
    with a_run(page):
        page.keyboard.press("Enter")
    expect_query(page, "xd=x1^2,x1-2*x2")
    expect(page.get_by_test_id("stMultiSelectTagsContainer").get_by_text("x1-2*x2")).to_be_visible()
    assert {"x1^2", "x1-2*x2"} <= {*network_texts(page)}


def test_a_cell_that_is_typed_changes_what_is_computed_from_it(page: Page, server: str) -> None:
    open_at(page, f"{server}/{FOUR}&xd=x1^2")
    assert "4" in network_texts(page)
    with a_run(page):
        type_cell(page, 0, 0, "7")
    wait_for(page, lambda: "49" in network_texts(page), True)
