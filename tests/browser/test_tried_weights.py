"""A weight is tried on the Playground and on a projector, and training starts from it."""

from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from engine import PRESETS, record
from pages.charts.style.format import format_number
from tests.browser.axe import assert_accessible
from tests.browser.measures import measured, scrolled
from tests.browser.network_drawing import LINK, TARGETS, open_weight
from tests.browser.playground import expect_epoch, expect_query, open_at, play_slowly, query
from tests.browser.stillness import wait_for, wait_until_still

XOR = record(replace(PRESETS["xor"], epochs=300))


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
