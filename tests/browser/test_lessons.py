"""Lessons in a real browser: without storage, and one that ends with a row that was not in the table."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.launch import watched_page
from tests.browser.playground import expect_epoch, expect_query, texts
from tests.browser.stillness import wait_for
from tests.browser.test_learn import LAPTOP, choose, open_lesson, wait_for_lesson, wrong_choice

NO_STORAGE = "Object.defineProperty(window, 'sessionStorage', { get: () => { throw new Error('forbidden'); } });"


def test_where_storage_is_forbidden_the_course_works_and_forgets(browser: Browser, server: str) -> None:
    with watched_page(browser, LAPTOP) as page:
        page.add_init_script(NO_STORAGE)
        open_lesson(page, server, "xor")
        choose(page, wrong_choice("xor"))
        expect(page.get_by_text("1 of 12 answered, 0 right")).to_be_visible()
        expect(page.locator(".st-key-explanation")).to_be_in_viewport(ratio=1)


def test_the_lesson_ends_by_asking_a_row_that_was_not_in_the_table(page: Page, server: str) -> None:
    open_lesson(page, server, "loop")
    choose(page, "More than 0.9")
    expect(page.get_by_text("The output is 0.99993704.")).to_be_visible()
    wait_for_lesson(page, "loop")
    expect_epoch(page, 10_000)
    wait_for(page, lambda: [text for text in texts(page, "Output") if text.startswith("row 5?")] != [], True)
    assert {"1", "0", "9.67", "-0.208", "-4.63"} <= set(texts(page, "The network, row 5"))
    expect(page.get_by_text("All 4 rows are right")).to_be_visible()  # the fifth is a question
    page.get_by_role("button", name="Open in the Playground").click()
    expect_query(page, "x=0,0,1_1,1,1_1,0,1_0,1,1_1,0,0")
