"""The canvases on the Playground follow the player and the table, and what is chosen in them is chosen everywhere."""

from dataclasses import replace

from playwright.sync_api import Page, expect

from engine import PRESETS, Experiment, record
from pages.charts.style.format import format_number
from tests.browser.canvases import network_texts
from tests.browser.playground import (
    OUTPUTS,
    epoch,
    expect_epoch,
    expect_playing,
    expect_query,
    open_at,
    play_slowly,
    texts,
    type_cell,
)
from tests.browser.stillness import a_run, wait_for

XOR = record(PRESETS["xor"])


def test_the_drawing_follows_the_player(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=xor")
    for key, frame in (("Home", 0), ("ArrowRight", 1), ("End", -1)):
        page.keyboard.press(key)
        expect_epoch(page, int(XOR.epochs[frame]))
        assert format_number(float(XOR.weights[0][frame, 0, 0])) in network_texts(page)
        assert format_number(float(XOR.outputs[frame, 0, 0])) in network_texts(page)
    play_slowly(page)
    page.keyboard.press("Space")
    expect_playing(page)
    page.keyboard.press("Space")
    expect_epoch(page, epoch(page))


def test_a_row_is_chosen_by_keys_on_the_map_and_told_as_the_table_has_it(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=xor")
    page.locator('[data-part="answer"]').focus()
    for _ in range(3):
        page.keyboard.press("PageDown")
    said = page.locator('[data-part="said"]')
    expect(said).to_contain_text("Row 3: a 1, b 0")
    output = format_number(float(XOR.outputs[-1, 2, 0]))
    expect(said).to_contain_text(f"answer {output} (target 1), right")
    with a_run(page):
        page.keyboard.press("Enter")
    expect_query(page, "row=3")
    expect(page.get_by_role("radio", name="3", exact=True)).to_be_checked()
    expect(page.locator('[data-part="network caption"]')).to_contain_text("row 3")
    assert f"row 3 {output}" in texts(page, OUTPUTS)


def test_a_neuron_that_is_clicked_leaves_space_to_the_player(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=xor")
    network = page.locator('[data-part="network"]')
    network.click(position={"x": 30, "y": 200})
    play_slowly(page)
    network.focus()
    page.keyboard.press("Space")
    expect_playing(page)
    page.keyboard.press("Space")


def test_an_edited_table_is_drawn_at_once(page: Page, server: str) -> None:
    open_at(page, server)
    type_cell(page, 0, 1, "3")
    edited = record(replace(Experiment(), inputs=((0, 3, 1), *Experiment().inputs[1:])))
    expect(page.get_by_text(f"loss {format_number(float(edited.loss[-1]))} after")).to_be_visible()
    wanted = format_number(float(edited.weights[0][-1, 1, 0]))
    wait_for(page, lambda: wanted in network_texts(page), True)
