"""A training goes on in the browser from where it stands, with another rate and optimizer; the loss curve is marked."""

from playwright.sync_api import Page, expect

from tests.browser.playground import expect_epoch, expect_query, open_at, type_cell, wait_for_stage
from tests.browser.stillness import a_run

MARKS = (
    """() => [...document.querySelectorAll('.st-key-chart-loss .annotation-text')].map((mark) => mark.textContent)"""
)


def test_it_goes_on_and_is_marked_where_rate_and_optimizer_changed(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=xor&n=300")
    with a_run(page):
        page.get_by_text("Go on training, stop early", exact=True).click()
    with a_run(page):
        page.get_by_role("textbox", name="Epochs more").fill("200")
        page.keyboard.press("Tab")
    with a_run(page):
        page.get_by_role("textbox", name="Learning rate then").fill("0.05")
        page.keyboard.press("Tab")
    page.get_by_role("combobox", name="Optimizer then").click()
    with a_run(page):
        page.get_by_role("option", name="Adam").click()
    with a_run(page):
        page.get_by_role("button", name="Go on training").click()
    expect_query(page, "rates=300:0.05")
    expect_query(page, "opts=300:adam")
    expect_epoch(page, 500)
    assert page.evaluate(MARKS) == ["Adam, rate 0.05"]
    expect(page.get_by_role("button", name="Before Adam, rate 0.05")).to_be_visible()


def test_it_goes_on_with_another_table_in_one_history(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=xor&n=300")
    with a_run(page):
        page.get_by_text("Go on training, stop early", exact=True).click()
    with a_run(page):
        page.get_by_role("button", name="Go on with a changed table").click()
    expect(page.get_by_text("Now change the table. Until epoch 300")).to_be_visible()
    expect_epoch(page, 600)
    page.get_by_test_id("data-grid-canvas").first.scroll_into_view_if_needed()
    with a_run(page):
        type_cell(page, 3, 2, "1")
    expect_query(page, "before=300:0,0_0,1_1,0_1,1:0_1_1_0")
    expect_query(page, "y=0_1_1_1")
    assert page.evaluate(MARKS) == ["changed table"]
    expect(page.get_by_role("button", name="Before changed table")).to_be_visible()
    page.reload()
    wait_for_stage(page)
    assert page.evaluate(MARKS) == ["changed table"]
    expect(page.get_by_text("Until epoch 300 the network learned the rows as they were then")).to_be_visible()


def test_it_stops_by_a_rule_and_says_where(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=xor")
    with a_run(page):
        page.get_by_text("Go on training, stop early", exact=True).click()
    with a_run(page):
        page.get_by_text("Stop when all rows are right", exact=True).click()
    expect(page.get_by_text("Stopped there: every row is right.")).to_be_visible()
