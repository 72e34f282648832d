"""The Learn page in a real browser: every lesson by its link, a question answered, a variant tried, at every size."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from pages.widgets.learn.lessons import LESSONS
from tests.browser.launch import SCREEN, start_server, watched_page
from tests.browser.playground import (
    SIZES,
    assert_all_is_seen,
    assert_none,
    expect_epoch,
    expect_query,
    query,
    resize,
    wait_for_stage,
)
from tests.browser.scripts import READY
from tests.browser.stillness import a_run, wait_until_drawn, wait_until_still

LAPTOP = ViewportSize(width=1366, height=768)
TEXTS_THAT_MEET = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap((chart) => {
  const texts = [...chart.querySelectorAll('text')].filter((text) => text.textContent.trim());
  const lines = texts.flatMap((text) => text.querySelector('tspan.line') ? [...text.children] : [text]);
  const boxes = lines.map((line) => { // a pixel is no overlap; letters take the middle three fifths of a line's height
    const { left, right, top, height } = line.getBoundingClientRect();
    const room = height / 5;
    return { words: line.textContent, left: left + 1, right: right - 1, top: top + room, bottom: top + height - room };
  }).filter((box) => box.right > box.left);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => meet(a, b)).map((b) => `${a.words} on ${b.words}`));
})"""
"""The texts of Plotly's charts that lie on each other, in pairs."""
BOXES = "() => [...document.querySelectorAll('.js-plotly-plot')].map((chart) => chart.getBoundingClientRect().toJSON())"


def open_lesson(page: Page, base: str, key: str) -> None:
    """Open a lesson by its link and wait until its charts are drawn."""
    page.goto(f"{base}/learn?lesson={key}")
    wait_for_lesson(page, key)


def wait_for_lesson(page: Page, key: str) -> None:
    expect(page.get_by_role("heading", name=LESSONS[key].title, exact=True)).to_be_visible(timeout=30_000)
    page.wait_for_function(READY, arg=[len(LESSONS[key].charts)], timeout=60_000)
    wait_until_drawn(page)


def choose(page: Page, name: str) -> None:
    """Click a choice, which the page covers with its own drawing of it."""
    page.get_by_test_id("stRadio").get_by_text(name, exact=True).click()


def wrong_choice(key: str) -> str:
    right, _ = LESSONS[key].question.answer()
    return next(choice for choice in LESSONS[key].question.choices if choice != right)


def answered(page: Page, number: int, right: int = 0) -> None:
    words = f", {right} right" if number else ""
    expect(page.get_by_text(f"{number} of 12 answered{words}", exact=True)).to_be_visible()


def assert_is_there(page: Page, key: str) -> None:
    """A lesson that was come to: its formulas, its charts at its epoch, and no errors."""
    lesson = LESSONS[key]
    expect(page.locator(".katex-display")).to_have_count(len(lesson.formulas))
    last = LESSONS[key].variants[lesson.first].epochs
    if list(LESSONS).index(key) >= list(LESSONS).index("loop"):  # which introduces the player
        expect_epoch(page, last if lesson.cursor is None else lesson.cursor)
    expect_query(page, f"lesson={key}")
    assert_none(page, page.get_by_role("dialog"), page.get_by_test_id("stException"), page.locator(".katex-error"))


def test_a_cold_server_opens_a_lesson_by_its_link_and_the_playground_after_it(browser: Browser) -> None:
    with start_server() as base, watched_page(browser) as page:
        open_lesson(page, base, "xor")
        assert_is_there(page, "xor")
        page.get_by_role("link", name="Playground").click()
        wait_for_stage(page)
        expect_epoch(page, 10_000)


def come_to(page: Page, base: str, key: str) -> None:
    """Go to a lesson from the one before it, or by its link."""
    keys = list(LESSONS)
    before = keys[keys.index(key) - 1] if key != keys[0] else ""
    page.set_viewport_size(SCREEN)
    if before and page.get_by_role("heading", name=LESSONS[before].title, exact=True).is_visible():
        page.get_by_role("button", name="Next", exact=True).click()
        wait_for_lesson(page, key)
    else:
        open_lesson(page, base, key)


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_is_drawn_fits_the_page_and_explains_its_answer(shared_page: Page, server: str, key: str) -> None:
    """The lessons are gone through on one page; that each opens by its link is asked in tests/pages/learn."""
    page = shared_page
    come_to(page, server, key)
    assert_is_there(page, key)
    boxes = page.evaluate(BOXES)
    assert boxes
    assert all(box["bottom"] <= SCREEN["height"] for box in boxes)  # the charts are visible without scrolling
    for size in (*SIZES, LAPTOP):
        resize(page, size)
        assert_fits(page, key, size["width"])
    assert_explains(page, key)


def test_an_unknown_lesson_is_named(browser: Browser, server: str) -> None:
    with watched_page(browser) as page:
        page.goto(f"{server}/learn?lesson=physics")
        expect(page.get_by_test_id("stAlert")).to_contain_text("There is no lesson called “physics”")
        wait_for_lesson(page, next(iter(LESSONS)))


def test_the_player_moves_the_lesson_and_not_the_playground(browser: Browser, server: str) -> None:
    with watched_page(browser) as page:
        page.goto(f"{server}/?preset=and&at=0")
        wait_for_stage(page)
        page.get_by_role("link", name="Learn").click()
        wait_for_lesson(page, "neuron")
        for key in ("layers", "matrix", "loop"):
            page.get_by_role("button", name="Next", exact=True).click()
            wait_for_lesson(page, key)
        expect_epoch(page, 3)
        with a_run(page):  # the player tells the epoch
            page.locator('[data-part="first"]').click()
            page.locator('[data-part="next"]').click()
        expect_epoch(page, 1)
        assert "at=0" in query(page)
        page.get_by_role("link", name="Playground").click()
        wait_for_stage(page)
        expect_epoch(page, 0)
        assert "preset=and" in query(page)


def test_a_lesson_goes_to_the_playground_when_asked(browser: Browser, server: str) -> None:
    with watched_page(browser) as page:
        open_lesson(page, server, "xor")
        page.get_by_role("button", name="Open in the Playground").click()
        wait_for_stage(page)
        expect(page.get_by_text("0 of 4 rows are right")).to_be_visible()
        expect_query(page, "preset=xor_one_neuron")


def test_a_lesson_is_seen_step_by_step_when_asked(browser: Browser, server: str) -> None:
    with watched_page(browser) as page:
        open_lesson(page, server, "slope")
        page.get_by_role("button", name="See it step by step").click()
        expect(page.get_by_text("From epoch 0 to epoch 1: forward, then back.")).to_be_visible(timeout=30_000)
        expect_query(page, "init=zeros")
        page.wait_for_function("() => !location.search.includes('lesson=')")
        assert page.url.partition("?")[0].endswith("/step")


def assert_explains(page: Page, key: str) -> None:
    """A wrong answer is explained in sight, beside the network that was asked about."""
    choose(page, wrong_choice(key))
    expect(page.get_by_text("Not this one: the answer is")).to_be_visible()
    expect(page.locator(".st-key-explanation")).to_be_in_viewport(ratio=1)
    wait_until_still(page)
    expect(page.locator(".st-key-explanation")).to_be_in_viewport(ratio=1)
    asked = LESSONS[key].question.network
    assert asked is not None
    expect(page.get_by_role("radio", name=asked.name, exact=True).first).to_be_checked()  # rows have numbers too
    for chart in page.locator(".js-plotly-plot").all():
        expect(chart).to_be_in_viewport(ratio=0.5)
    assert page.evaluate(TEXTS_THAT_MEET) == []


def assert_fits(page: Page, key: str, width: int) -> None:
    words = '[data-testid="stMain"] :is(button, p, h3, .katex .base, label)'
    assert_all_is_seen(page, f"{words}, .js-plotly-plot, .js-plotly-plot .gtitle")
    assert page.evaluate(TEXTS_THAT_MEET) == []
    text = page.get_by_text(LESSONS[key].text_with_facts().replace("**", "")[:30]).first.bounding_box()
    assert text
    stage = page.evaluate(BOXES)[0]
    if width > 640:
        assert text["x"] + text["width"] < stage["left"]
        assert text["width"] <= 560  # some 70 characters
        formulas = page.locator(".katex-display .base").evaluate_all(
            "(all) => all.map((e) => e.getBoundingClientRect().right)"
        )
        assert max(formulas) <= text["x"] + text["width"] + 1
    else:
        assert text["y"] + text["height"] < stage["top"]
