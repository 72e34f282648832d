"""A lesson without a stumble, in a real browser: from its top, the explanation in sight, nothing lost by a reload."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from pages.widgets.learn.lessons import LESSONS
from tests.browser.launch import watched_page
from tests.browser.playground import expect_epoch, expect_query, texts
from tests.browser.stillness import wait_for, wait_until_still
from tests.browser.test_learn import choose, open_lesson, wait_for_lesson

LAPTOP, PHONE = ViewportSize(width=1366, height=768), ViewportSize(width=390, height=844)
KEYS = list(LESSONS)
NO_STORAGE = "Object.defineProperty(window, 'sessionStorage', { get: () => { throw new Error('forbidden'); } });"


def scrolled(page: Page) -> int:
    """How far the page is scrolled, in pixels."""
    distance: int = page.evaluate("Math.round(document.querySelector('[data-testid=stMain]').scrollTop)")
    return distance


def wrong(key: str) -> str:
    right, _ = LESSONS[key].question.answer()
    return next(choice for choice in LESSONS[key].question.choices if choice != right)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_next_lesson_opens_at_its_top(browser: Browser, server: str, size: ViewportSize) -> None:
    with watched_page(browser, size) as page:
        open_lesson(page, server, "loop")
        choose(page, wrong("loop"))
        onward = page.get_by_role("button", name="Next lesson")
        expect(onward).to_be_in_viewport(ratio=1)
        wait_until_still(page)
        assert scrolled(page) > 50
        onward.click()
        wait_for_lesson(page, KEYS[KEYS.index("loop") + 1])
        wait_for(page, lambda: scrolled(page), 0)
        expect(page.get_by_role("combobox", name="Lesson")).to_be_in_viewport(ratio=1)
        wait_until_still(page)
        assert scrolled(page) == 0


@pytest.mark.parametrize("key", KEYS)
def test_the_explanation_is_in_sight_and_so_is_the_network_asked_about(browser: Browser, server: str, key: str) -> None:
    with watched_page(browser, LAPTOP) as page:
        open_lesson(page, server, key)
        assert scrolled(page) == 0
        choose(page, wrong(key))
        expect(page.get_by_text("Not this one: the answer is")).to_be_visible()
        expect(page.locator(".st-key-explanation")).to_be_in_viewport(ratio=1)
        wait_until_still(page)
        expect(page.locator(".st-key-explanation")).to_be_in_viewport(ratio=1)
        asked = LESSONS[key].question.network
        assert asked is not None
        expect(page.get_by_role("radio", name=asked.name, exact=True).first).to_be_checked()  # rows have numbers too
        for chart in page.locator(".js-plotly-plot").all():
            expect(chart).to_be_in_viewport(ratio=0.5)


def test_a_reload_keeps_answers_and_their_marks(browser: Browser, server: str) -> None:
    with watched_page(browser, LAPTOP) as page:
        open_lesson(page, server, "xor")
        choose(page, wrong("xor"))
        expect(page.get_by_text("1 of 12 answered, 0 right")).to_be_visible()
        page.get_by_role("button", name="Next lesson").click()
        wait_for_lesson(page, "seeds")
        choose(page, LESSONS["seeds"].question.answer()[0])
        expect(page.get_by_text("2 of 12 answered, 1 right")).to_be_visible()
        wait_until_still(page)
        page.reload()
        wait_for_lesson(page, "seeds")
        expect(page.get_by_text("2 of 12 answered, 1 right")).to_be_visible()
        expect(page.get_by_text("Right. Only 1")).to_be_visible()
        wait_until_still(page)
        page.get_by_role("combobox", name="Lesson").click()
        expect(page.get_by_role("option", name="9. When one neuron is not enough ✗")).to_be_visible()
        expect(page.get_by_role("option", name="10. Symmetry and seeds ✓")).to_be_visible()


def test_where_storage_is_forbidden_the_course_works_and_forgets(browser: Browser, server: str) -> None:
    with watched_page(browser, LAPTOP) as page:
        page.add_init_script(NO_STORAGE)
        open_lesson(page, server, "xor")
        choose(page, wrong("xor"))
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


def test_the_first_lesson_has_a_drawing_and_no_player(page: Page, server: str) -> None:
    open_lesson(page, server, KEYS[0])
    assert {"9", "0", "-4", "0.993"} <= set(texts(page, "The network, row 2"))
    assert page.get_by_role("button", name="Play", exact=True).count() == 0
    page.get_by_role("radio", name="4", exact=True).click()
    expect(page.locator(".gtitle").first).to_contain_text("row 4")
    wait_for_lesson(page, KEYS[0])
    assert "0.0180" in texts(page, "The network, row 4")
    title = page.locator(".gtitle").first
    for scheme, color in (("dark", "rgb(232, 235, 240)"), ("light", "rgb(27, 36, 48)")):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        expect(title).to_have_css("fill", color)
