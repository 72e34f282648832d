"""Real pastes into the grid: what fits lands cell for cell, what does not is previewed, nothing changes silently."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clipboard import allow_clipboard, copy_text, paste
from tests.browser.playground import (
    click_cell,
    edited_cells,
    expect_query,
    expect_selected,
    open_at,
    open_once,
    undo_all,
    wait_for_stage,
)
from tests.browser.stillness import wait_for, wait_for_timers, wait_until_still

THREE = "?x=0_1_2&y=0,0,0_0,0,0_0,0,0&xn=t&yn=p,q,r&seed=1&bias=1&a=linear&lr=0.01&n=60"
START_WEIGHTS = "?h=2&a=tanh,sigmoid&bias=1&n=60&seed=1&w=1,2_3,4_5,6;7_8&b=0,0;0"
NUMBERS = "?x=0_1_2&y=0_0_1&xn=size&yn=answer&n=60"
LESSON = [["0", "0", "1", "0"], ["1", "1", "1", "1"], ["1", "0", "1", "1"], ["0", "1", "1", "0"]]


@pytest.fixture
def lesson(shared_page: Page, server: str) -> Iterator[Page]:
    """The Playground with its first table, which is there again after the test."""
    open_once(shared_page, server)
    yield shared_page
    undo_all(shared_page)
    expect_cells(shared_page, LESSON)


@pytest.fixture
def numbers(shared_page: Page, server: str) -> Iterator[Page]:
    """The Playground with a column of numbers, which is there again after the test."""
    open_once(shared_page, f"{server}/{NUMBERS}")
    yield shared_page
    undo_all(shared_page)
    expect_cells(shared_page, [["0", "0"], ["1", "0"], ["2", "1"]])


def select_first_weight(page: Page) -> None:
    """Open the start weights, and select the first of the first layer by keyboard."""
    page.get_by_text("More", exact=True).first.click()
    weights = page.locator('[class*="st-key-start-0"]').get_by_test_id("data-grid-canvas")
    expect(weights).to_be_visible()
    weights.scroll_into_view_if_needed()
    wait_until_still(page)
    weights.focus()
    expect(weights.get_by_test_id("glide-cell-0-0")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowRight")
    expect(weights.get_by_test_id("glide-cell-1-0")).to_have_attribute("aria-selected", "true")


def expect_cells(page: Page, rows: list[list[str]]) -> None:
    wait_for(page, lambda: edited_cells(page), rows)


def test_a_block_goes_into_inputs_and_targets_and_outputs_are_not_between(page: Page, server: str) -> None:
    open_at(page, f"{server}/{THREE}")
    paste(page, 0, 0, "0\t10\t20\t30\n1\t11\t21\t31\n2\t12\t22\t32\n")
    expect_query(page, "y=10,20,30_11,21,31_12,22,32")
    expect_query(page, "x=0_1_2")


def test_a_table_of_another_width_is_previewed_and_taken_whole(lesson: Page) -> None:
    page = lesson
    paste(page, 0, 0, "0\t0\t0\n0\t1\t1\n1\t0\t1\n1\t1\t0\n")
    expect(page.get_by_role("dialog")).to_contain_text("Open what you pasted")
    assert edited_cells(page) == LESSON
    page.get_by_role("button", name="Use this table").click()
    expect_query(page, "x=0,0_0,1_1,0_1,1")
    wait_for_stage(page)
    expect_cells(page, [["0", "0", "0"], ["0", "1", "1"], ["1", "0", "1"], ["1", "1", "0"]])
    page.keyboard.press("Control+z")
    expect_cells(page, LESSON)


def test_a_preview_that_is_closed_changes_nothing(lesson: Page) -> None:
    page = lesson
    paste(page, 0, 0, "1\t2\t3\t4\t1\n5\t6\t7\t8\t0\n")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Inputs, which it starts from")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert edited_cells(page) == LESSON


def test_names_above_the_numbers_are_names(lesson: Page) -> None:
    page = lesson
    paste(page, 0, 0, "hours\tsleep\tpassed\n1\t8\t0\n5\t7\t1\n")
    page.get_by_role("button", name="Use this table").click()
    expect_query(page, "xn=hours,sleep")
    expect_query(page, "yn=passed")


def test_a_column_decides_together_what_its_commas_are(numbers: Page) -> None:
    page = numbers
    paste(page, 0, 0, "2,104\n1,600\n852\n")
    expect_query(page, "x=2104_1600_852")
    expect_cells(page, [["2104", "0"], ["1600", "0"], ["852", "1"]])


def test_a_number_of_two_meanings_is_asked(numbers: Page) -> None:
    page = numbers
    paste(page, 0, 0, "2,104")
    expect(page.get_by_test_id("stAlert")).to_contain_text("2,104 can be 2104 or 2.104")
    page.keyboard.press("Control+z")
    expect_cells(page, [["0", "0"], ["1", "0"], ["2", "1"]])


@pytest.mark.parametrize(
    "text",
    [
        "[[5 1]\n [6 0]\n [7 1]]",
        " $5.00 \t 100%\r\n $6.00 \t $-   \r\n $7.00 \t 1.00\r\n\r\n\r\n",
        '\uff15\t1.-\n6\t0\n"7\n"\t1',
    ],
)
def test_cells_of_programs_are_numbers(numbers: Page, text: str) -> None:
    page = numbers
    paste(page, 0, 0, text)
    expect_cells(page, [["5", "1"], ["6", "0"], ["7", "1"]])
    page.keyboard.press("Control+z")
    expect_cells(page, [["0", "0"], ["1", "0"], ["2", "1"]])
    page.keyboard.press("Control+Shift+z")
    expect_cells(page, [["5", "1"], ["6", "0"], ["7", "1"]])


@pytest.mark.parametrize("text", ["tea", "hours\n1\n2\n3"])
def test_a_word_in_a_chosen_cell_is_told_and_changes_nothing(numbers: Page, text: str) -> None:
    page = numbers
    paste(page, 0, 0, text)
    expect(page.get_by_test_id("stToast").last).to_contain_text("is not a number: copy numbers alone")
    assert edited_cells(page) == [["0", "0"], ["1", "0"], ["2", "1"]]


def test_an_empty_last_cell_empties_the_cell(numbers: Page) -> None:
    page = numbers
    paste(page, 0, 0, "7\t1\n8\t1\n\t1\n")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Row 3, column size is empty")
    expect_cells(page, [["7", "1"], ["8", "1"], ["", "1"]])


def test_what_is_no_table_is_told_and_changes_nothing(numbers: Page) -> None:
    page = numbers
    allow_clipboard(page)
    page.evaluate(
        """() => navigator.clipboard.write([new ClipboardItem({
          "text/html": new Blob(["<img src=x>"], { type: "text/html" }) })])"""
    )
    click_cell(page, 0, 0)
    page.keyboard.press("Control+v")
    expect(page.get_by_test_id("stToast")).to_contain_text("Nothing was pasted")
    assert edited_cells(page) == [["0", "0"], ["1", "0"], ["2", "1"]]


def test_far_too_many_cells_are_told_and_change_nothing(numbers: Page) -> None:
    page = numbers
    paste(page, 0, 0, "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\n" * 10_000)
    expect(page.get_by_test_id("stToast")).to_contain_text("100,000 cells in 10,000 rows")
    assert edited_cells(page) == [["0", "0"], ["1", "0"], ["2", "1"]]


def test_a_word_in_an_open_cell_is_typed_there(numbers: Page) -> None:
    page = numbers
    copy_text(page, "0,5")
    click_cell(page, 0, 0)
    page.keyboard.press("Enter")
    editor = page.locator(".gdg-input")
    editor.press("Control+a")
    editor.press("Control+v")
    expect(editor).to_have_value("0,5")
    wait_for_timers(page)
    editor.press("Enter")
    expect_query(page, "x=0.5_1_2")


def test_a_block_pasted_into_an_open_cell_goes_into_the_table(numbers: Page) -> None:
    page = numbers
    copy_text(page, "5\t1\n6\t1\n")
    click_cell(page, 0, 0)
    page.keyboard.press("Enter")
    editor = page.locator(".gdg-input")
    expect(editor).to_be_focused()
    editor.press("Control+v")
    expect_query(page, "x=5_6_2")
    expect(editor).to_be_hidden()
    expect_cells(page, [["5", "1"], ["6", "1"], ["2", "1"]])


def test_a_block_pasted_into_an_open_start_weight_goes_into_all_of_its_cells(page: Page, server: str) -> None:
    open_at(page, f"{server}/{START_WEIGHTS}")
    copy_text(page, '"0,1"\t0,2\n0,3\t1/4\n')
    select_first_weight(page)
    page.keyboard.press("Enter")
    editor = page.locator(".gdg-input")
    expect(editor).to_be_focused()
    editor.press("Control+v")
    expect_query(page, "w=0.1,0.2_0.3,0.25_5,6")


def test_a_block_goes_into_the_table_that_has_the_focus_though_a_cell_of_another_is_selected(
    page: Page, server: str
) -> None:
    open_at(page, f"{server}/{START_WEIGHTS}")
    copy_text(page, "0.1\t0.2\n")
    page.get_by_test_id("data-grid-canvas").first.focus()
    expect_selected(page, 0, -1)
    select_first_weight(page)
    page.keyboard.press("Control+v")
    expect_query(page, "w=0.1,0.2_3,4_5,6")
