"""A link to another page is followed, and what was done right before it counts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import (
    expect_epoch,
    expect_playing,
    expect_query,
    open_at,
    play_slowly,
    type_cell,
    wait_for_a_move,
)
from tests.browser.stillness import wait_until_still

AFTER = """([name, ms]) => {
  const link = [...document.querySelectorAll("a, button")].find((each) => each.textContent.includes(name));
  const home = { key: "Home", code: "Home", bubbles: true, composed: true };
  document.body.dispatchEvent(new KeyboardEvent("keydown", home));
  setTimeout(() => link.click(), ms);
}"""
"""The player goes to the first epoch by its key, and so many milliseconds later a link or button is clicked."""


@pytest.mark.parametrize("ms", [0, 240])
def test_a_click_right_before_the_player_reports_is_followed(page: Page, server: str, ms: int) -> None:
    open_at(page, f"{server}/?seed=1")
    page.evaluate(AFTER, ["Activations", ms])
    expect(page.get_by_role("heading", name="Where each neuron sits")).to_be_visible()
    expect_epoch(page, 0)


def test_of_two_clicks_the_last_counts(page: Page, server: str) -> None:
    open_at(page, f"{server}/?seed=1")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Playground").first.click()
    page.get_by_role("link", name="Activations").first.click()
    expect(page.get_by_role("heading", name="Where each neuron sits")).to_be_visible()
    wait_until_still(page)
    expect(page.get_by_role("heading", name="Where each neuron sits")).to_be_visible()


def test_so_is_a_button_that_opens_another_page(page: Page, server: str) -> None:
    page.goto(f"{server}/learn?lesson=xor")
    expect(page.get_by_role("button", name="See it step by step")).to_be_enabled()
    expect(page.locator('[data-part="epoch"]')).to_be_visible()
    wait_until_still(page)
    page.evaluate(AFTER, ["See it step by step", 240])
    expect(page.get_by_role("heading", name="One update of the network")).to_be_visible()
    expect_epoch(page, 0)


def test_a_cell_that_was_typed_right_before_counts(page: Page, server: str) -> None:
    open_at(page, f"{server}/?seed=1")
    type_cell(page, 0, 0, "7")
    page.get_by_role("link", name="Activations").first.click()
    expect(page.get_by_role("heading", name="Where each neuron sits")).to_be_visible()
    expect_query(page, "x=7,0,1")


def test_a_field_that_still_has_the_focus_counts(page: Page, server: str) -> None:
    open_at(page, f"{server}/?seed=1")
    page.get_by_role("textbox", name="Epochs").fill("77")
    page.get_by_role("link", name="Activations").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Where each neuron sits")).to_be_visible()
    expect_query(page, "n=77")
    expect_epoch(page, 77)


def test_no_other_button_stops_the_player(page: Page, server: str) -> None:
    open_at(page, f"{server}/?seed=1")
    play_slowly(page)
    page.get_by_role("button", name="Play", exact=True).click()
    expect_playing(page)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    wait_for_a_move(page)
