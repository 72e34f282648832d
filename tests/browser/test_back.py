"""The browser's Back goes to the page before: edits replace an entry of its list and add none."""

from playwright.sync_api import Page, expect

from tests.browser.playground import edited_cells, expect_query, open_at, query, type_cell, wait_for_stage
from tests.browser.stillness import wait_for, wait_until_drawn

OWN = "?x=5,1_6,2_7,3&y=0_1_1&xn=mine,other&yn=ans&n=60"


def first_row(page: Page) -> list[str]:
    return [text for row in edited_cells(page)[:1] for text in row]


def entries(page: Page) -> int:
    count: int = page.evaluate("history.length")
    return count


def test_an_edit_adds_no_entry_and_back_leaves_the_page(page: Page, server: str) -> None:
    page.goto(f"{server}/about")
    expect(page.get_by_role("heading", name="About Glassbox")).to_be_visible()
    open_at(page, f"{server}/{OWN}")
    before = entries(page)
    type_cell(page, 0, 0, "8")
    expect_query(page, "x=8,1_6,2_7,3")
    type_cell(page, 1, 0, "9")
    expect_query(page, "x=8,1_9,2_7,3")
    assert entries(page) == before
    page.go_back()
    expect(page.get_by_role("heading", name="About Glassbox")).to_be_visible()


def test_back_goes_from_page_to_page_with_what_was_typed(page: Page, server: str) -> None:
    open_at(page, f"{server}/{OWN}")
    type_cell(page, 0, 0, "8")
    expect_query(page, "x=8,1_6,2_7,3")
    page.get_by_role("link", name="Code").click()
    expect(page).to_have_title("Glassbox · Code")
    expect_query(page, "x=8,1_6,2_7,3")
    page.go_back()
    expect(page).to_have_title("Glassbox · Playground")
    wait_for_stage(page)
    wait_for(page, lambda: first_row(page)[:1], ["8"])


def test_undo_by_key_right_after_a_choice_takes_it_back(page: Page, server: str) -> None:
    """The focus is on a field then, but on none that text was typed into; the button may not know of the change yet."""
    open_at(page, f"{server}/{OWN}")
    page.get_by_role("combobox", name="Table").click()
    page.get_by_role("option", name="AND", exact=True).click()
    expect_query(page, "preset=and")
    page.keyboard.press("Control+z")
    expect_query(page, "x=5,1_6,2_7,3")
    wait_until_drawn(page)
    page.get_by_text("More", exact=True).click()
    page.get_by_text("Bias", exact=True).click()
    expect_query(page, "bias=1")
    page.keyboard.press("Control+z")
    wait_for(page, lambda: "bias=1" in query(page), False)
    page.get_by_role("slider", name="Epoch", exact=True).focus()
    page.keyboard.press("Control+Shift+z")
    expect_query(page, "bias=1")


def test_undo_by_key_takes_back_a_cell_and_a_table_survives_a_reload(page: Page, server: str) -> None:
    open_at(page, f"{server}/{OWN}")
    type_cell(page, 0, 0, "8")
    expect_query(page, "x=8,1_6,2_7,3")
    expect(page.locator(".st-key-undo button").first).to_be_enabled()
    page.keyboard.press("Control+z")
    expect_query(page, "x=5,1_6,2_7,3")
    expect(page.locator(".st-key-redo button").first).to_be_enabled()
    page.keyboard.press("Control+Shift+z")
    expect_query(page, "x=8,1_6,2_7,3")
    page.get_by_role("combobox", name="Table").click()
    page.get_by_role("option", name="AND", exact=True).click()
    expect_query(page, "preset=and")
    page.reload()
    wait_for_stage(page)
    page.get_by_role("combobox", name="Table").click()
    page.get_by_role("option", name="Your table").click()
    expect_query(page, "x=8,1_6,2_7,3")
