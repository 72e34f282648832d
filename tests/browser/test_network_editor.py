"""Layers and neurons are changed on the drawing of the network, by mouse, by finger and by keyboard."""

import numpy as np
from playwright.sync_api import Browser, Page, ViewportSize, expect

from pages.reading.pictures.network_changes import NetworkShape
from tests.browser.axe import assert_accessible
from tests.browser.canvases import FIND_PICTURES
from tests.browser.launch import watched_page
from tests.browser.network_drawing import APART, LINK, TARGETS, button, fewer, hidden, more, open_weight
from tests.browser.playground import expect_query, open_at, query
from tests.browser.stillness import a_run, wait_until_still

# The name of what has the focus on the drawing.
FOCUSED = f"""() => {{
  {FIND_PICTURES}
  return pictures.getRootNode().activeElement?.getAttribute('aria-label');
}}"""

# Click a button after some milliseconds; at once after none.
CLICK_LATER = "(target, ms) => new Promise((done) => setTimeout(() => { target.click(); done(); }, ms))"


def test_clicks_that_come_faster_than_the_page_answers_all_count(page: Page, server: str) -> None:
    open_at(page, f"{server}/{LINK}")
    more(page, 1).evaluate("(plus) => { for (let k = 0; k < 5; k++) plus.click(); }")
    expect(page.get_by_role("group", name="Hidden layer 1: 8 neurons")).to_be_visible()
    expect_query(page, "h=8")
    expect(hidden(page)).to_have_value("one layer of 8")
    for _ in range(3):
        fewer(page, 1).click()
    button(page, "Add a hidden layer").click()
    more(page, 2).click()
    expect_query(page, "h=5,6")
    expect(hidden(page)).to_have_value("two layers: 5, 6")
    page.get_by_role("combobox", name="Activation of hidden layer 2").select_option("relu")
    expect_query(page, "a=tanh,relu,sigmoid")
    button(page, "Remove the last hidden layer").click()
    expect_query(page, "h=5&")
    assert page.evaluate(APART)


def test_whatever_is_clicked_in_whatever_order_adds_up(page: Page, server: str) -> None:
    """Twenty-five clicks, 0 to 400 ms apart, while the page trains and draws: none is lost, and none counts twice."""
    open_at(page, f"{server}/?preset=xor&n=50")
    random, shape = np.random.RandomState(3), NetworkShape((3,), ("tanh", "sigmoid"))
    for _ in range(25):
        by = int(random.choice([1, -1]))
        layer = int(random.randint(len(shape.hidden) + 1))
        change: dict[str, object] = {"kind": "layers", "by": by}
        name = "Add a hidden layer" if by > 0 else "Remove the last hidden layer"
        if layer < len(shape.hidden):
            change = {"kind": "units", "layer": layer, "by": by}
            name = f"{'One more neuron' if by > 0 else 'One neuron fewer'} in hidden layer {layer + 1}"
        button(page, name).first.evaluate(CLICK_LATER, int(random.choice([0, 0, 100, 400])))
        shape = shape.change(change, 2, 1)
    expect_query(page, f"h={','.join(map(str, shape.hidden))}&")
    wait_until_still(page)
    assert f"h={','.join(map(str, shape.hidden))}&" in query(page)
    for layer, units in enumerate(shape.hidden, 1):
        words = f"Hidden layer {layer}: {units} neuron{'s' * (units != 1)}"
        expect(page.get_by_role("group", name=words, exact=True)).to_have_count(1)


def test_the_form_changes_what_the_drawing_says(page: Page, server: str) -> None:
    open_at(page, f"{server}/{LINK}")
    with a_run(page):
        hidden(page).fill("2, 3")
        hidden(page).press("Enter")
    expect(page.get_by_role("group", name="Hidden layer 2: 3 neurons")).to_be_visible()
    expect(page.get_by_role("combobox", name="Activation of the output")).to_have_value("sigmoid")


def test_a_button_at_its_limit_is_off_and_says_why(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=xor&n=20&h=1")
    expect(fewer(page, 1)).to_be_disabled()
    expect(fewer(page, 1)).to_have_attribute("title", "A layer has at least one neuron. Remove the layer instead.")
    fewer(page, 1).focus()
    page.keyboard.press("Enter")  # it has the focus, so that its reason can be read, and does nothing
    add = button(page, "Add a hidden layer")
    add.evaluate("(plus) => { for (let k = 0; k < 9; k++) plus.click(); }")
    expect_query(page, "h=1,1,1,1,1,1&")
    expect(add).to_be_disabled()
    expect(add).to_have_attribute("title", "A network has at most 6 hidden layers.")
    assert page.evaluate(APART)


def test_where_a_lesson_fixes_the_network_the_drawing_says_so(page: Page, server: str) -> None:
    open_at(page, f"{server}/{LINK}&lock=controls,more")
    expect(more(page, 1)).to_be_disabled()
    expect(more(page, 1)).to_have_attribute("title", "Fixed in this lesson: Network and training.")
    expect(page.locator('[data-part="editor"]')).to_contain_text("Fixed in this lesson: Network and training.")
    expect(page.get_by_role("combobox", name="Activation of the output")).to_be_disabled()
    open_weight(page)
    expect(page.locator('[data-part="weight start"]')).to_be_disabled()
    expect(page.locator('[data-part="weight start"]')).to_have_attribute("title", "Fixed in this lesson: More.")
    assert_accessible(page)


def test_the_keyboard_reaches_everything_and_keeps_its_place(page: Page, server: str) -> None:
    open_at(page, f"{server}/{LINK}")
    page.locator('[data-part="network"]').focus()
    names = []
    for _ in range(6):
        page.keyboard.press("Tab")
        names.append(page.evaluate(FOCUSED))
    assert names == [
        "Remove the last hidden layer",
        "Add a hidden layer",
        "One neuron fewer in hidden layer 1",
        "One more neuron in hidden layer 1",
        "Activation of the hidden layer",
        "Activation of the output",
    ]
    more(page, 1).focus()
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
    expect_query(page, "h=5&")
    expect(more(page, 1)).to_be_focused()
    assert "projector" not in query(page)


def test_a_finger_has_large_buttons_and_can_try_a_weight(browser: Browser, server: str) -> None:
    with watched_page(browser, ViewportSize(width=390, height=844), phone=True) as phone:
        tap_through(phone, server)


def tap_through(phone: Page, server: str) -> None:
    open_at(phone, f"{server}/{LINK}")
    more(phone, 1).tap()
    expect_query(phone, "h=4&")
    fewer(phone, 1).tap()
    expect_query(phone, "h=3&")
    panel = open_weight(phone)
    wait_until_still(phone)
    small = [target for target in phone.evaluate(TARGETS) if min(target[1:]) < 44]
    assert small == []
    assert phone.evaluate(APART)
    panel.get_by_role("slider").tap(position={"x": 8, "y": 22})
    expect(panel).to_contain_text("What if: w = -")
    panel.get_by_role("button", name="Back to").tap()
    expect(panel).not_to_contain_text("What if: w")
    panel.get_by_role("button", name="Close").tap()
    expect(panel).to_be_hidden()
