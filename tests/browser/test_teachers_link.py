"""A teacher's own table becomes a lesson's link with a fixed table; students' phones and the projector open it."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.launch import watched_page
from tests.browser.playground import assert_none, cells, expect_query, open_at, type_cell, wait_for_stage
from tests.browser.stillness import wait_for, wait_until_still
from tests.browser.test_projector import wait_for_pictures
from tests.browser.test_student import UPRIGHT

OWN = [["0", "0.5", "0"], ["0", "1", "0"], ["1", "0", "0"], ["1", "1", "1"]]
"""The table AND with another number typed into it."""


def table(page: Page) -> list[list[str]]:
    """The inputs and targets that the grid has."""
    return [row[-3:] for row in cells(page)[:4]]


def make_link(page: Page) -> str:
    """In the Share dialog, a lesson's link with the table fixed and *More* hidden."""
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog")
    link = dialog.locator(".st-key-link code")
    dialog.get_by_text("For a lesson").click()
    epoch = dialog.get_by_role("spinbutton", name="At epoch")
    epoch.fill("35")
    epoch.press("Enter")
    expect(link).to_contain_text("at=35")
    for kind in ("As it is", "For a lesson"):  # what the form has is kept while another link is shown
        dialog.get_by_text(kind).click()
        wait_until_still(page)
    expect(epoch).to_have_value("35")
    expect(link).to_contain_text("at=35")
    for group, part in (("hide", "More"), ("lock", "Table")):
        dialog.locator(f".st-key-share-{group}").get_by_role("button", name=part, exact=True).click()
        expect(link).to_contain_text(f"{group}={part.lower()}")
    wait_until_still(page)
    made = link.inner_text()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    return made


def test_a_teachers_own_table_is_fixed_for_students_and_shown_on_the_projector(
    browser: Browser, page: Page, server: str
) -> None:
    open_at(page, f"{server}/?preset=and")
    type_cell(page, 0, 1, "0.5")
    expect_query(page, "x=0,0.5_")
    wait_for_stage(page)
    link = make_link(page)

    with watched_page(browser, UPRIGHT, phone=True) as student:
        student.goto(link)
        wait_for_stage(student)
        wait_for(student, lambda: table(student), OWN)
        expect(student.get_by_role("heading", name="Change the settings and watch a neuron learn")).to_be_visible()
        assert_none(
            student,
            student.get_by_text("More", exact=True),
            student.get_by_text("Columns and held-out rows"),
        )
        rate = student.get_by_role("textbox", name="Learning rate")
        rate.fill("0,25")
        rate.press("Enter")
        expect_query(student, "lr=0.25")
        expect_query(student, "lock=table")
        wait_for_stage(student)
        assert table(student) == OWN

    with watched_page(browser) as student:
        student.goto(link)
        wait_for_stage(student)
        student.locator(".dvn-scroller").first.dblclick(position={"x": 200, "y": 52})
        student.keyboard.type("7")
        student.keyboard.press("Enter")
        student.keyboard.press("Escape")
        wait_until_still(student)
        wait_for(student, lambda: table(student), OWN)  # a fixed cell takes no number
        student.get_by_role("heading", name="Change the settings").click()
        student.keyboard.press("p")
        wait_for_pictures(student, 2)
        first = student.locator(".projector-table tbody tr").first
        expect(first).to_contain_text("0.5")
        student.keyboard.press("p")
        wait_for_stage(student)
        expect_query(student, "lock=table")
