"""Layers, neurons and weights are changed on the drawing of the network, by mouse, by finger and by keyboard."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from engine import PRESETS, record
from pages.charts.style.format import format_number
from pages.reading.network_changes import NetworkShape
from tests.browser.axe import assert_accessible
from tests.browser.canvases import FIND_PICTURES
from tests.browser.launch import watched_page
from tests.browser.measures import measured, scrolled
from tests.browser.playground import expect_epoch, expect_query, open_at, play_slowly, query
from tests.browser.stillness import a_run, wait_for, wait_until_still

LINK = "?preset=xor&n=300"
XOR = record(replace(PRESETS["xor"], epochs=300))
PHONE = ViewportSize(width=390, height=844)

# Of every button and list on the drawing: its name, its width and its height.
TARGETS = f"""() => {{
  {FIND_PICTURES}
  return [...pictures.querySelectorAll('.editor :is(button, select), .weight :is(button, select, input)')]
    .filter((target) => target.checkVisibility())
    .map((target) => [target.ariaLabel ?? target.dataset.part, target.offsetWidth, target.offsetHeight]);
}}"""

# The name of what has the focus on the drawing.
FOCUSED = f"""() => {{
  {FIND_PICTURES}
  return pictures.getRootNode().activeElement?.getAttribute('aria-label');
}}"""

# Whether the columns of plus and minus lie within the drawing, none over another.
APART = f"""() => {{
  {FIND_PICTURES}
  const boxes = [...pictures.querySelectorAll('.editor .column')].map((column) => column.getBoundingClientRect());
  const room = pictures.querySelector('.editor').getBoundingClientRect();
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const within = (box) => box.left >= room.left - 1 && box.right <= room.right + 1;
  return boxes.every((a, i) => within(a) && boxes.every((b, j) => i === j || !meet(a, b)));
}}"""


# Click a button after some milliseconds; at once after none.
CLICK_LATER = "(target, ms) => new Promise((done) => setTimeout(() => { target.click(); done(); }, ms))"


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def more(page: Page, layer: int) -> Locator:
    return button(page, f"One more neuron in hidden layer {layer}")


def fewer(page: Page, layer: int) -> Locator:
    return button(page, f"One neuron fewer in hidden layer {layer}")


def hidden(page: Page) -> Locator:
    """The list of hidden layers in the form of the settings."""
    return page.get_by_role("combobox", name="Hidden layers")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with watched_page(browser, PHONE, phone=True) as page:
        yield page


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
    """Forty clicks, 0 to 400 ms apart, while the page trains and draws: none is lost, and none counts twice."""
    open_at(page, f"{server}/?preset=xor&n=50")
    random, shape = np.random.RandomState(7), NetworkShape((3,), ("tanh", "sigmoid"))
    for _ in range(40):
        by = int(random.choice([1, -1]))
        layer = int(random.randint(len(shape.hidden) + 1))
        change: dict[str, object] = {"kind": "layers", "by": by}
        name = "Add a hidden layer" if by > 0 else "Remove the last hidden layer"
        if layer < len(shape.hidden):
            change = {"kind": "units", "layer": layer, "by": by}
            name = f"{'One more neuron' if by > 0 else 'One neuron fewer'} in hidden layer {layer + 1}"
        button(page, name).evaluate(CLICK_LATER, int(random.choice([0, 0, 100, 400])))
        shape = shape.change(change, 2, 1)
    expect_query(page, f"h={','.join(map(str, shape.hidden))}&")
    wait_until_still(page)
    assert f"h={','.join(map(str, shape.hidden))}&" in query(page)
    for layer, units in enumerate(shape.hidden, 1):
        words = f"Hidden layer {layer}: {units} neuron{'s' * (units != 1)}"
        expect(page.get_by_role("group", name=words, exact=True)).to_be_visible()


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


def open_weight(page: Page) -> Locator:
    """Open the weight from the first input to the first neuron by the keyboard."""
    page.locator('[data-part="network"]').focus()
    for key in ("ArrowRight", "PageDown", "Enter"):
        page.keyboard.press(key)
    panel = page.locator('[data-part="weight panel"]')
    expect(panel).to_be_visible()
    return panel


def test_a_weight_is_tried_by_the_keyboard_and_the_player_says_its_loss(page: Page, server: str) -> None:
    open_at(page, f"{server}/{LINK}")
    own = float(XOR.weights[0][-1, 0, 0])
    panel, loss = open_weight(page), page.locator('.reading [data-part="loss"]')
    expect(panel.get_by_role("combobox", name="Weight")).to_contain_text("switch 1 → h1")
    expect(panel).to_contain_text(f"{format_number(own)} at epoch 300")
    box = panel.get_by_role("textbox", name="What if it were")
    expect(box).to_be_focused()
    box.fill("-7/2")  # read where all numbers are
    page.keyboard.press("Enter")
    expect(panel).to_contain_text(f"What if: w = -3.5 instead of {format_number(own)}. Not trained")
    expect(loss).to_contain_text("(what if)")
    box.fill("2,104")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("2,104 can be 2104 or 2.104: type 2104 or 2.1040.")
    expect(loss).to_have_text(format_number(float(XOR.loss[-1])))
    box.fill("0,5")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("w = 0.5 instead")
    box.press("p")  # a letter in the box is no shortcut of the page
    expect(box).to_have_value("0.5p")
    page.keyboard.press("Escape")
    expect(loss).to_have_text(format_number(float(XOR.loss[-1])))
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator('[data-part="network"]')).to_be_focused()
    assert "projector" not in query(page)


def test_training_starts_from_the_number_and_the_panel_follows_the_cursor(page: Page, server: str) -> None:
    open_at(page, f"{server}/{LINK}")
    play_slowly(page)
    panel = open_weight(page)
    panel.get_by_role("textbox", name="What if it were").fill("1/3")
    panel.get_by_role("button", name="Start training from 1/3").click()
    expect_query(page, "0.3333333333333333")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="First epoch").click()
    expect_epoch(page, 0)
    expect(panel).to_contain_text("0.333 at epoch 0")
    expect(panel.get_by_role("textbox", name="What if it were")).to_have_value("0.333333")
    page.locator(".st-key-undo button").first.click()
    wait_for(page, lambda: "0.3333333333333333" in query(page), False)


def test_a_link_is_chosen_by_a_click_and_its_neurons_bias_from_the_list(page: Page, server: str) -> None:
    open_at(page, f"{server}/{LINK}")
    panel, names = page.locator('[data-part="weight panel"]'), []
    canvas = page.locator('[data-part="network"]')
    box = canvas.bounding_box()
    assert box
    for share in np.linspace(0.1, 0.9, 17):  # down through the links between the inputs and the hidden layer
        canvas.click(position={"x": 0.3 * box["width"], "y": share * box["height"]})
        if panel.is_visible():
            names.append(panel.locator("select").evaluate("(list) => list.selectedOptions[0].textContent"))
    assert len(set(names)) >= 3
    assert set(names) <= {f"switch {i} → h{j}" for i in (1, 2) for j in (1, 2, 3)}
    neuron = int(names[-1][-1])
    panel.locator("select").select_option(label=f"bias h{neuron}")
    expect(panel).to_contain_text(f"{format_number(float(XOR.biases[0][-1, neuron - 1]))} at epoch 300")


def test_a_finger_has_large_buttons_and_can_try_a_weight(phone: Page, server: str) -> None:
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_every_target_is_large_enough(page: Page, server: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    open_at(page, f"{server}/{LINK}")
    panel = open_weight(page)
    panel.get_by_role("textbox", name="What if it were").fill("-3")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("What if: w = -3")
    assert [target for target in page.evaluate(TARGETS) if min(target[1:]) < 24] == []
    assert_accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_projector_a_weight_can_be_tried_and_nothing_else(page: Page, server: str, scheme: str) -> None:
    """On one screen, in words as large as all others there."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{server}/{LINK}&projector=1")
    expect(page.locator('[data-part="pictures"]')).to_have_attribute("data-still", "true")
    wait_until_still(page)
    expect(page.locator('[data-part="editor"]')).to_be_hidden()
    panel = open_weight(page)
    panel.get_by_role("textbox", name="What if it were").fill("-3")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("What if: w = -3 instead of")
    expect(page.locator('[data-part="weight start"]')).to_be_hidden()
    wait_until_still(page)
    assert measured(page).offences == []
    assert scrolled(page) == []
    page.keyboard.press("Escape")
    expect(panel).not_to_contain_text("What if: w")
