"""Step by step in a real browser: links, clicks on numbers, the player's keys, slow motion, small screens."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from engine import PRESETS, record
from engine.training.milestones import steepest_drop
from tests.browser.launch import start_server, watched_page
from tests.browser.ledger import (
    WRITTEN,
    expect_ledger_of,
    expect_weight,
    number,
    wait_for_ledger,
)
from tests.browser.playground import (
    assert_none,
    expect_epoch,
    expect_query,
    open_at,
    open_once,
    query,
    wait_for_stage,
)
from tests.browser.stillness import a_run, wait_until_still


def test_a_cold_server_opens_the_page_by_its_link(browser: Browser) -> None:
    with start_server() as base, watched_page(browser) as page:
        page.goto(f"{base}/step?at=100&weight=1,3,1&row=2")
        wait_for_ledger(page)
        expect_ledger_of(page, 100)
        expect_weight(page, "x3 → y1")
        expect(page.get_by_role("combobox", name="Row")).to_have_value("row 2")
        assert_none(page, page.get_by_role("dialog"))
        page.get_by_role("button", name="Play").click()  # there is no chart to play on this page, and no Plotly
        expect_ledger_of(page, 10_000)


@pytest.fixture
def steps(shared_page: Page, server: str) -> Page:
    """The page, opened at epoch 100; its tests go on from one another."""
    open_once(shared_page, f"{server}/step?at=100", wait_for_ledger)
    return shared_page


def test_a_click_on_a_number_chooses_its_weight_and_its_row(steps: Page) -> None:
    page = steps
    expect_weight(page, "x1 → y1")
    number(page, 0, "W", 1, 0).click()
    expect_weight(page, "x2 → y1")
    expect_query(page, "weight=1,2,1")
    number(page, 5, "new W", 2, 0).click()
    expect_weight(page, "x3 → y1")
    number(page, 0, "W", 1, 0).click()  # the same number of the same picture once more
    expect_weight(page, "x2 → y1")
    number(page, 1, "a", 3, 0).click()
    expect_query(page, "row=4")
    expect(page.get_by_role("combobox", name="Row")).to_have_value("row 4")
    expect_weight(page, "x2 → y1")


def test_numbers_are_reached_and_chosen_by_keyboard(steps: Page) -> None:
    """One stop a picture for the Tab key; from there the arrows lead, into the next matrix too, and do not play."""
    page = steps
    number(page, 0, "W", 0, 0).click()
    expect_weight(page, "x1 → y1")
    first = number(page, 0, "X", 0, 0)
    stops = page.locator('.equation button[tabindex="0"]')
    expect(stops).to_have_count(6)
    first.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(number(page, 0, "X", 1, 0)).to_be_focused()
    page.keyboard.press("ArrowUp")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(number(page, 0, "W", 0, 0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect_weight(page, "x2 → y1")
    expect(number(page, 0, "W", 1, 0)).to_be_focused()
    expect(number(page, 0, "W", 1, 0)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="W, x2").and_(page.locator(":focus"))).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    expect(number(page, 0, "W", 1, 0)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(number(page, 0, "X", 1, 2)).to_be_focused()
    expect_epoch(page, 100)


def test_the_pages_turn_and_the_players_keys_move_the_ledger(steps: Page) -> None:
    page = steps
    expect_ledger_of(page, 100)
    page.get_by_role("button", name="Next epoch").click()
    expect_ledger_of(page, 101)
    expect_query(page, "at=101")
    page.get_by_role("button", name="Previous epoch").click()
    expect_ledger_of(page, 100)
    page.get_by_role("heading", name="One update of the network").click()
    page.keyboard.press("Home")
    expect_ledger_of(page, 0)
    page.keyboard.press("ArrowRight")
    expect_ledger_of(page, 1)
    expect_query(page, "at=1")
    page.keyboard.press("End")
    expect_ledger_of(page, 10_000)
    expect_query(page, "at=10000")
    page.keyboard.press("ArrowLeft")
    expect_ledger_of(page, 9_999)
    for name in ("Next epoch", "Previous epoch"):
        expect(page.get_by_role("button", name=name)).to_have_count(1)
    expect(page.get_by_role("button", name=re.compile("One step"))).to_have_count(0)


def test_quick_steps_are_all_taken(steps: Page) -> None:
    """Pressed faster than the page answers, the button goes on from the epoch asked for, not from the one shown."""
    page = steps
    page.get_by_role("heading", name="One update of the network").click()
    page.keyboard.press("Home")
    expect_ledger_of(page, 0)
    wait_until_still(page)
    button = page.get_by_role("button", name="Next epoch")
    button.evaluate("(button) => { for (let press = 0; press < 5; press++) button.click(); }")
    expect_ledger_of(page, 5)


def test_it_opens_where_most_happens(page: Page, server: str) -> None:
    page.goto(f"{server}/step?preset=xor")
    wait_for_ledger(page, 12)
    epoch, _ = steepest_drop(record(PRESETS["xor"])) or (0, 0)
    assert epoch > 0
    expect_epoch(page, epoch)
    expect(page.get_by_text(f"From epoch {epoch} to epoch {epoch + 1}")).to_be_visible()
    expect(page.get_by_text("Most happens here: the loss begins its steepest drop.")).to_be_visible()


def test_a_reload_brings_the_same_page_back(page: Page, server: str) -> None:
    page.goto(f"{server}/step?at=127&row=3")
    wait_for_ledger(page)
    number(page, 0, "W", 2, 0).click()
    expect_query(page, "weight=1,3,1")
    expect_weight(page, "x3 → y1")
    wait_for_ledger(page)
    before = query(page), [page.evaluate(WRITTEN, picture) for picture in range(6)]
    page.reload()
    wait_for_ledger(page)
    expect_ledger_of(page, 127)
    expect_weight(page, "x3 → y1")
    assert (query(page), [page.evaluate(WRITTEN, picture) for picture in range(6)]) == before


def test_verify_turns_green_and_the_verdict_goes_with_the_cursor(steps: Page) -> None:
    page = steps
    page.get_by_role("button", name="Verify these numbers").click()
    expect(page.get_by_text("All agree: 4 outputs, worked out again, and 3 gradients, measured.")).to_be_visible()
    page.get_by_role("button", name="Next epoch").click()
    expect(page.get_by_text("All agree")).to_have_count(0)


def test_slow_motion_by_itself_and_by_clicks(steps: Page) -> None:
    page = steps
    page.get_by_role("button", name="Slow motion").click()
    expect(page.get_by_text("1. Weighted sum")).to_be_visible()
    went = page.get_by_text(re.compile("Step [2-6] of 6"))  # a busy machine may see it only when it has gone further
    expect(went).to_be_visible()
    with a_run(page):
        page.get_by_text("By itself").click()
    wait_for_ledger(page, int(went.inner_text().split()[1]))
    with a_run(page):
        page.get_by_role("button", name="Back to the first").click()
    wait_for_ledger(page, 1)
    page.get_by_role("button", name="Next step").click()
    wait_for_ledger(page, 2)
    expect(page.get_by_text("Step 2 of 6")).to_be_visible()
    newest, older = page.get_by_text("2. Activation"), page.get_by_text("1. Weighted sum")
    expect(newest).to_be_visible()
    wait_until_still(page)
    first, second = newest.bounding_box(), older.bounding_box()
    assert first
    assert second
    assert first["y"] < second["y"]
    page.get_by_role("button", name="Show all steps").click()
    wait_for_ledger(page, 6)


def test_there_and_back_keeps_the_experiment_and_the_cursor(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=xor&at=8")
    page.get_by_role("link", name="Step by step").first.click()
    wait_for_ledger(page, 12)
    page.get_by_role("heading", name="One update of the network").click()  # which lets go of the link
    address = query(page)
    page.keyboard.press("ArrowRight")
    expect_epoch(page, 9)
    expect_query(page, "at=9")
    page.get_by_role("link", name="Playground").first.click()
    wait_for_stage(page)
    expect_epoch(page, 9)
    expect_query(page, "at=9")
    assert query(page) == address.replace("at=8", "at=9")
    page.get_by_role("link", name="Step by step").first.click()
    wait_for_ledger(page, 12)
    expect_epoch(page, 9)
    expect(page.get_by_text("From epoch 9 to epoch 10")).to_be_visible()
