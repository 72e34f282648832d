"""The grid at every width: outputs and targets are on the screen, and no number is cut off; columns that are hidden."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.clipboard import paste
from tests.browser.playground import (
    cells,
    click_cell,
    expect_query,
    expect_selected,
    open_at,
    read_columns,
    write,
)
from tests.browser.stillness import wait_for
from tests.browser.toolbar import show_toolbar

FOUR = "?x=1,7,1_2,8,0_3,6,1_4,5,1&y=0_0_1_1&xn=hours,sleep,breakfast&yn=passed&n=500&bias=1"


def test_four_columns_are_all_on_a_projectors_screen(page: Page, server: str) -> None:
    page.set_viewport_size(ViewportSize(width=1280, height=720))
    open_at(page, f"{server}/{FOUR}")
    wait_for(page, lambda: cells(page)[:1], [["1", "", "1", "7", "1", "0"]])  # what is out of sight is not written down
    titles = page.get_by_test_id("data-grid-canvas").first.locator("thead th")
    expect(titles).to_have_text(["#", "output", "hours", "sleep", "breakfast", "passed"])


@pytest.mark.parametrize("width", [390, 640])
def test_outputs_stay_in_sight_on_a_phone(page: Page, server: str, width: int) -> None:
    page.set_viewport_size(ViewportSize(width=width, height=844))
    open_at(page, f"{server}/{FOUR}")
    titles = page.get_by_test_id("data-grid-canvas").first.locator("thead th")
    expect(titles.nth(1)).to_have_text("output")
    assert read_columns(page) == 2


@pytest.mark.parametrize("preset", ["tutorial", "line"])
def test_on_a_phone_a_small_table_is_seen_whole(page: Page, server: str, preset: str) -> None:
    page.set_viewport_size(ViewportSize(width=390, height=844))
    open_at(page, f"{server}/?preset={preset}")
    room = page.locator("[class*=st-key-grid-] .dvn-scroller").first
    assert room.evaluate("(scroller) => scroller.scrollWidth - scroller.clientWidth") == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_keys_select_the_next_cell_wherever_the_mouse_is(page: Page, server: str) -> None:
    """Streamlit's grid would stay in the cell, and the second number would replace the first."""
    open_at(page, f"{server}/?preset=xor")
    click_cell(page, 0, 0)
    page.mouse.move(640, 100)
    for row, text in enumerate(["0.1", "0.2", "0.3"]):
        expect_selected(page, row, 0)
        write(page, text)
    expect_selected(page, 3, 0)
    page.keyboard.press("ArrowRight")
    expect_selected(page, 3, 1)
    first = read_columns(page)
    wait_for(page, lambda: [row[first] for row in cells(page)], ["0.1", "0.2", "0.3", "1"])


def test_the_grid_takes_the_focus_from_the_keyboard_after_the_mouse_was_over_it(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=xor")
    canvas = page.get_by_test_id("data-grid-canvas").first
    page.locator("[class*=st-key-grid-] .dvn-scroller").first.hover()
    page.mouse.move(640, 100)
    canvas.focus()
    expect_selected(page, 0, -1)
    page.keyboard.press("ArrowDown")
    expect_selected(page, 1, -1)


def test_a_paste_beside_a_hidden_column_goes_where_it_is_pasted(page: Page, server: str) -> None:
    open_at(page, f"{server}/{FOUR}")
    show_toolbar(page).locator('button[aria-label^="Show/hide"]').click()
    menu = page.get_by_test_id("stDataFrameColumnVisibilityMenu")
    menu.get_by_text("hours").click()
    page.get_by_text("Edit the table and watch a neuron learn").click()
    expect(menu).to_be_hidden()
    titles = page.get_by_test_id("data-grid-canvas").first.locator("thead th")
    expect(titles).to_have_text(["#", "output", "sleep", "breakfast", "passed"])
    paste(page, 0, 0, "9")
    expect_query(page, "x=1,9,1_2,8,0_3,6,1_4,5,1")


def test_after_a_paste_and_after_undo_the_cell_is_selected_again(page: Page, server: str) -> None:
    """The grid is made anew for both, without a cell that keys could go to."""
    open_at(page, f"{server}/?preset=xor")
    first = read_columns(page)

    def second_row() -> list[str]:
        return [row[first] for row in cells(page)[1:2]]  # none while the grid is made anew

    paste(page, 1, 0, "0.5")
    wait_for(page, second_row, ["0.5"])
    expect_selected(page, 1, 0)
    write(page, "0.7")
    expect_selected(page, 2, 0)
    wait_for(page, second_row, ["0.7"])
    page.keyboard.press("Control+z")
    wait_for(page, second_row, ["0.5"])
    expect_selected(page, 2, 0)
    page.keyboard.press("ArrowUp")
    expect_selected(page, 1, 0)
