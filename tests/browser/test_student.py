"""A student and somebody with a phone go through lessons, in a real browser; test_teacher.py has the teacher."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from pages.widgets.learn.course import neighbour
from pages.widgets.learn.lessons import LESSONS
from tests.browser.launch import watched_page
from tests.browser.playground import assert_all_is_seen, expect_epoch, expect_query, texts
from tests.browser.stillness import wait_for, wait_until_still
from tests.browser.test_learn import (
    LAPTOP,
    TEXTS_THAT_MEET,
    answered,
    choose,
    open_lesson,
    wait_for_lesson,
    wrong_choice,
)

SCHEMES: dict[Literal["dark", "light"], str] = {"dark": "rgb(232, 235, 240)", "light": "rgb(27, 36, 48)"}
"""The colour of a chart's title, the light one last."""
JOURNEY = ("matrix", "loop", "activation")
UPRIGHT, ACROSS = ViewportSize(width=390, height=844), ViewportSize(width=844, height=390)


def right_choice(key: str) -> str:
    return LESSONS[key].question.answer()[0]


def expect_top(page: Page, key: str) -> None:
    """Expect a lesson to be open, at its top."""
    wait_for_lesson(page, key)
    scrolled = "[...document.querySelectorAll('[data-testid=stMain], [data-testid=stColumn]')]"
    distance = f"Math.round({scrolled}.reduce((sum, element) => sum + element.scrollTop, 0))"
    wait_for(page, lambda: page.evaluate(distance), 0)
    expect(page.get_by_role("combobox", name="Lesson")).to_be_in_viewport(ratio=1)
    wait_until_still(page)
    assert page.evaluate(distance) == 0


def test_a_student_goes_through_three_lessons_and_reloads(browser: Browser, server: str) -> None:
    """Wrong once and right twice, each lesson from its top, a variant tried, another row looked at."""
    with watched_page(browser, LAPTOP) as page:
        page.goto(f"{server}/learn")
        expect_top(page, "neuron")
        answered(page, 0)
        assert page.get_by_role("button", name="Play", exact=True).count() == 0
        assert {"9", "0", "-4", "0.993"} <= set(texts(page, "The network, row 2"))
        page.get_by_role("radio", name="4", exact=True).click()
        title = page.locator(".gtitle").first
        expect(title).to_contain_text("row 4")
        wait_for(page, lambda: "0.0180" in texts(page, "The network, row 4"), True)
        for scheme, color in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            expect(title).to_have_css("fill", color)
        choose(page, wrong_choice("neuron"))
        expect(page.get_by_text("Not this one: the answer is “0.5”.")).to_be_visible()
        answered(page, 1)
        choose(page, right_choice("neuron"))
        answered(page, 1, right=1)
        expect(page.get_by_test_id("stAlert")).to_contain_text("Right. The products 1, 2 and −3 cancel")
        expect(title).to_contain_text("row 2")
        wait_for(page, lambda: {"1", "2", "-3", "0.5"} <= set(texts(page, "The network, row 2")), True)

        page.get_by_role("button", name="Next lesson").click()
        expect_top(page, "layers")
        expect_query(page, "lesson=layers")
        page.get_by_role("radio", name="4, then 4", exact=True).click()
        wait_for(page, lambda: page.locator(".js-plotly-plot .textpoint").count() > 12, True)
        choose(page, wrong_choice("layers"))
        answered(page, 2, right=1)
        page.get_by_role("button", name="Next lesson").click()
        expect_top(page, "matrix")
        choose(page, right_choice("matrix"))
        answered(page, 3, right=2)

        wait_until_still(page)
        page.reload()
        wait_for_lesson(page, "matrix")
        answered(page, 3, right=2)
        expect(page.get_by_role("radio", name=right_choice("matrix"), exact=True)).to_be_checked()
        expect(page.get_by_text("Right. A row for each of 3 inputs")).to_be_visible()
        wait_until_still(page)  # a list that is opened while the page still scrolls closes again
        page.get_by_role("combobox", name="Lesson").click()
        for option in ("1. A neuron ✓", "2. Layers ✗", "3. The weight matrix ✓", "4. The training loop"):
            expect(page.get_by_role("option", name=option, exact=True)).to_be_visible()
        page.get_by_role("option", name="2. Layers ✗").click()
        expect_top(page, "layers")
        expect(page.get_by_test_id("stRadio").get_by_role("radio", name=wrong_choice("layers"))).to_be_checked()


def test_the_next_lesson_opens_at_its_top_in_a_frame(browser: Browser, server: str) -> None:
    """There its text scrolls beside the charts, and the answer to the last question had been far down in it."""
    with watched_page(browser, ViewportSize(width=900, height=600)) as page:
        open_lesson(page, server, "neuron")
        for key in ("neuron", "layers"):
            choose(page, right_choice(key))
            expect(page.get_by_test_id("stAlert")).to_be_in_viewport()
            wait_until_still(page)
            page.get_by_role("button", name="Next lesson").click()
            expect_top(page, neighbour(key, 1) or "")
            expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", [UPRIGHT, ACROSS], ids=["upright", "across"])
def test_three_lessons_on_a_phone_from_the_list_to_the_answer(
    browser: Browser, server: str, size: ViewportSize
) -> None:
    """One without the player, one with it, one with the rows on a curve; held upright, and across."""
    with watched_page(browser, size, phone=True) as phone:
        open_lesson(phone, server, "neuron")
        expect(phone.get_by_label("Shortcut P").first).to_be_hidden()  # no keyboard, no words of keys
        wait_until_still(phone)  # a list that is opened while the page still moves closes again
        phone.get_by_role("combobox", name="Lesson").tap()
        phone.get_by_role("option", name="3. The weight matrix", exact=True).tap()
        expect_top(phone, "matrix")
        for number, key in enumerate(JOURNEY, 1):
            expect_lesson_on_phone(phone, key)
            try_on_phone(phone, key)
            tap_at_rest(phone, phone.get_by_test_id("stRadio").get_by_text(right_choice(key), exact=True))
            expect(phone.get_by_test_id("stAlert")).to_contain_text("Right.")
            expect(phone.get_by_test_id("stAlert")).to_be_in_viewport()
            onward = phone.get_by_role("button", name="Next lesson")
            expect(onward).to_be_in_viewport(ratio=1)
            wait_until_still(phone)
            asked = LESSONS[key].question.network
            assert asked is not None
            expect(phone.get_by_role("radio", name=asked.name, exact=True).first).to_be_checked()
            assert phone.evaluate(TEXTS_THAT_MEET) == []
            onward.tap()
            expect_top(phone, neighbour(key, 1) or "")
            answered(phone, number, right=number)


def expect_lesson_on_phone(phone: Page, key: str) -> None:
    """Its words, formulas and question, the controls that it has introduced, its charts: all within the width."""
    lesson, has_player = LESSONS[key], key != "matrix"
    expect(phone.get_by_text("Predict.")).to_be_visible()
    expect(phone.locator(".katex-display")).to_have_count(len(lesson.formulas))
    for choice in lesson.question.choices:
        expect(phone.get_by_test_id("stRadio").get_by_text(choice, exact=True)).to_be_visible()
    expect(phone.get_by_role("button", name="Play", exact=True)).to_have_count(int(has_player))
    expect(phone.get_by_text("Choose first. Then it is computed.")).to_be_visible()
    expect(phone.locator(".js-plotly-plot")).to_have_count(len(lesson.charts))
    assert_all_is_seen(phone, '[data-testid="stMain"] :is(button, p, h3, .katex .base, label), .js-plotly-plot')
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert phone.evaluate(TEXTS_THAT_MEET) == []


def tap_at_rest(phone: Page, target: Locator) -> None:
    """Tap on it once it is in sight and nothing moves: a finger that comes while the page scrolls only stops that."""
    target.scroll_into_view_if_needed()
    wait_until_still(phone)
    target.tap()


def try_on_phone(phone: Page, key: str) -> None:
    """What the hint says: another variant by a tap, and with a player its first epoch."""
    *_, variant = LESSONS[key].variants
    tap_at_rest(phone, phone.get_by_role("radio", name=variant, exact=True).first)
    expect(phone.get_by_role("radio", name=variant, exact=True).first).to_be_checked()
    wait_for_lesson(phone, key)
    if key != "matrix":
        phone.locator('[data-part="first"]').tap()
        expect_epoch(phone, 0)
