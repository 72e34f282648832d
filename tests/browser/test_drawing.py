"""Drawing on the map beside the grid, Undo and the pages, as fast as hands are: nothing is lost, nothing twice."""

import random

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawing import CORNERS, LINK, Hand, draw_button, place_of, start_drawing, table_in_address
from tests.browser.playground import cells, wait_for_stage
from tests.browser.stillness import wait_for

POINT = (0.5, 0.5, 0.0)
OPERATIONS = 20


def pause(page: Page, milliseconds: int) -> None:
    page.evaluate("(ms) => new Promise((done) => setTimeout(done, ms))", milliseconds)


def click_map(page: Page) -> None:
    page.mouse.click(*place_of(page, *POINT[:2]))


@pytest.mark.parametrize("gap", [0, 100, 250])
def test_a_click_and_what_is_typed_right_after_it_both_count(page: Page, server: str, gap: int) -> None:
    start_drawing(page, server)
    click_map(page)
    pause(page, gap)
    Hand(page, random.Random()).type_into(0, 1, "0.42")
    wait_for(page, lambda: table_in_address(page), ((0, 0.42, 0), *CORNERS[1:], POINT))


@pytest.mark.parametrize("gap", [0, 100, 250])
def test_a_typed_cell_and_a_click_right_after_it_both_count(page: Page, server: str, gap: int) -> None:
    start_drawing(page, server)
    Hand(page, random.Random()).type_into(0, 1, "0.42")
    pause(page, gap)
    click_map(page)
    wait_for(page, lambda: table_in_address(page), ((0, 0.42, 0), *CORNERS[1:], POINT))


def test_the_map_is_pressed_while_what_was_typed_goes_into_the_next_grid(page: Page, server: str) -> None:
    """A press elsewhere would close the cell, and the keys that are still to come would be lost."""
    start_drawing(page, server)
    hand, other = Hand(page, random.Random()), (0.9, 0.3, 0.0)
    place = place_of(page, *other[:2])
    click_map(page)
    hand.type_into(0, 1, "0.4375")
    typed = ((0, 0.4375, 0), *CORNERS[1:], POINT)
    half = "(document.querySelector('.gdg-input')?.value ?? '').startsWith('0.4')"
    wait_for(page, lambda: page.evaluate(half) or table_in_address(page) == typed, True)
    page.mouse.click(*place)
    wait_for(page, lambda: table_in_address(page), (*typed, other))


def test_a_cell_that_is_still_open_is_kept_when_the_map_is_pressed(page: Page, server: str) -> None:
    start_drawing(page, server)
    Hand(page, random.Random()).type_into(0, 1, "0.42", enter=False)
    click_map(page)
    wait_for(page, lambda: table_in_address(page), ((0, 0.42, 0), *CORNERS[1:], POINT))


def test_undo_right_after_takes_back_the_last_of_both(page: Page, server: str) -> None:
    start_drawing(page, server)
    click_map(page)
    Hand(page, random.Random()).type_into(0, 1, "0.42")
    page.keyboard.press("Control+z")
    wait_for(page, lambda: table_in_address(page), (*CORNERS, POINT))
    page.locator(".st-key-undo button").first.click()
    wait_for(page, lambda: table_in_address(page), CORNERS)
    page.keyboard.press("Control+Shift+z")
    wait_for(page, lambda: table_in_address(page), (*CORNERS, POINT))
    wait_for(page, lambda: len(cells(page)), 5)


def test_a_click_right_before_another_page_is_opened_counts(page: Page, server: str) -> None:
    start_drawing(page, server)
    Hand(page, random.Random()).type_into(0, 1, "0.42")
    click_map(page)
    page.get_by_role("link", name="Code").click()
    wait_for(page, lambda: table_in_address(page), ((0, 0.42, 0), *CORNERS[1:], POINT))


def test_a_lesson_that_locks_the_table_says_so_in_place_of_drawing(page: Page, server: str) -> None:
    page.goto(f"{server}/{LINK}&lock=table")
    wait_for_stage(page)
    expect(draw_button(page)).to_be_disabled()
    expect(page.locator('[data-part="drawn"]')).to_have_text("Fixed in this lesson: Table.")


def test_the_table_is_what_all_of_it_adds_up_to(page: Page, server: str) -> None:
    """By a hand that waits for what it did; `python -m tests.benchmarks.random_drawing` has one that does not."""
    start_drawing(page, server)
    hand = Hand(page, random.Random(15))
    while len(hand.done) < OPERATIONS:
        hand.act()
        hand.compare()
