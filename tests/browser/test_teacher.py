"""A teacher at a projector: the Playground, a lesson, and back, by keys, and all as large as before at the end."""

from playwright.sync_api import Page, expect

from tests.browser.canvases import network_texts
from tests.browser.launch import SCREEN
from tests.browser.playground import expect_epoch, expect_query, open_at, wait_for_stage
from tests.browser.stillness import wait_for, wait_until_still
from tests.browser.test_projector import assert_large, wait_for_pictures

# What differs where a page was drawn at another size: the grid's height, the help icons, and how large words are.
DRAWN_SIZES = """() => [
  ...document.querySelectorAll('[data-testid="stDataFrame"], [data-testid="stTooltipIcon"] svg, .stMain p'),
].map((element) => element.getBoundingClientRect()).map((box) => [box.width, box.height].map(Math.round))"""


def present_the_playground(page: Page) -> None:
    """Every key of the projector on the Playground, and what each of them does."""
    wait_for_pictures(page, 2)
    page.keyboard.press("Home")
    expect_epoch(page, 0)
    page.keyboard.press("ArrowRight")
    expect_epoch(page, 1)
    page.keyboard.press("e")
    page.keyboard.type("p103")
    page.keyboard.press("Enter")
    expect_query(page, "at=103")
    expect_query(page, "projector=1")
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("End")
    expect_epoch(page, 10_000)
    output = page.locator(".projector-table td.output").first
    expect(output).to_have_text("0.00967 ✓")
    page.keyboard.press("r")
    expect(output).to_have_text("?")
    wait_for(page, lambda: "?" in network_texts(page) and "0.00967" not in network_texts(page), True)
    expect(page.get_by_text("What will each row's output be?")).to_be_visible()
    page.keyboard.press("r")
    expect(output).to_have_text("0.00967 ✓")
    for row in ("1", "2"):
        page.keyboard.press("s")
        expect(page.locator(".projector-table tr.lit th")).to_have_text(row)
    page.keyboard.press("v")
    expect(page.locator(".gtitle", has_text="Weight evolution")).to_be_visible()
    page.keyboard.press("w")
    wait_for(page, lambda: [text for text in network_texts(page) if text in ("9.67", "-0.208", "-4.63")], ["9.67"])
    for name in ("Loss", "Answer"):
        page.keyboard.press("v")
        expect(page.get_by_role("radio", name=name)).to_be_checked()
    wait_for_pictures(page, 1)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("type an epoch")
    page.keyboard.press("r")  # closes the list, and does its work
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("What will each row's output be?")).to_be_visible()
    page.keyboard.press("r")
    expect(page.get_by_text("What will each row's output be?")).to_have_count(0)
    page.keyboard.press("h")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def present_a_lesson(page: Page) -> None:
    """A lesson part by part; nobody goes past a question without its answer."""
    answer = page.get_by_text("0.5 ✓", exact=True)
    bar = page.locator(".st-key-bar")
    expect(bar).to_contain_text("Lesson 1 of 12, text")
    page.keyboard.press("n")
    wait_for_pictures(page, 1)
    page.keyboard.press("n")
    expect(page.get_by_text("Predict.")).to_be_visible()
    expect(page.get_by_role("button", name="Reveal the answer")).to_be_visible()  # the question comes before it
    expect(answer).to_have_count(0)
    for is_shown in (True, False):
        page.keyboard.press("r")
        expect(answer).to_have_count(int(is_shown))
    page.keyboard.press("n")
    expect(answer).to_be_visible()
    expect(bar).to_contain_text("Lesson 1 of 12, question")
    page.keyboard.press("n")
    expect(bar).to_contain_text("Lesson 2 of 12, text")
    page.keyboard.press("b")
    expect(bar).to_contain_text("Lesson 1 of 12, question")


def test_a_teacher_presents_and_leaves_with_everything_as_large_as_before(page: Page, server: str) -> None:
    page.set_viewport_size(SCREEN)
    open_at(page, server)
    wait_until_still(page)
    before = page.evaluate(DRAWN_SIZES)
    assert len(before) > 20
    page.keyboard.press("p")
    expect_query(page, "projector=1")
    present_the_playground(page)
    for name in ("Learn", "Playground"):
        page.get_by_role("button", name="Menu").click()
        page.get_by_test_id("stPopoverBody").get_by_role("link", name=name).click()
        if name == "Learn":
            present_a_lesson(page)
    wait_for_pictures(page, 1)  # the answer, as it was left
    for leaves_by_key in (True, False):
        if leaves_by_key:
            page.keyboard.press("p")
        else:
            page.get_by_role("button", name="Leave").click()
        expect(page.get_by_role("button", name="Projector")).to_be_visible()
        expect(page.get_by_role("button", name="Leave")).to_have_count(0)
        wait_for_stage(page)
        wait_until_still(page)
        assert page.evaluate(DRAWN_SIZES) == before
        page.keyboard.press("p")
        page.mouse.move(640, 716)
        wait_for_pictures(page, 2)
    assert_large(page, 4 + 3 + 4)  # neurons and weights, and the ends of lines
