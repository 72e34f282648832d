"""The canvases on the Playground follow the player and the table, and what is chosen in them is chosen everywhere."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from engine import PRESETS, Experiment, record
from engine.serialization.url_format import to_url
from pages.charts.style.format import format_number
from tests.browser.canvases import network_texts
from tests.browser.playground import (
    OUTPUTS,
    epoch,
    expect_epoch,
    expect_playing,
    expect_query,
    open_at,
    open_once,
    play_slowly,
    resize,
    texts,
    type_cell,
    wait_for_stage,
)
from tests.browser.stillness import a_run, wait_for

XOR = record(PRESETS["xor"])
TOP = "(element) => element.getBoundingClientRect().top"
SIZE = "(element) => [element.clientWidth, element.clientHeight]"


@pytest.fixture
def stage(shared_page: Page, server: str) -> Page:
    """The Playground with XOR at the last epoch. The tests leave the table and the settings as they are."""
    open_once(shared_page, f"{server}/?preset=xor")
    shared_page.get_by_role("heading", name="Edit the table").click()  # keys are not typed into a field
    shared_page.keyboard.press("End")
    expect_epoch(shared_page, int(XOR.epochs[-1]))
    return shared_page


def test_the_drawing_follows_the_player(stage: Page) -> None:
    page = stage
    for key, frame in (("Home", 0), ("ArrowRight", 1), ("End", -1)):
        page.keyboard.press(key)
        expect_epoch(page, int(XOR.epochs[frame]))
        weights = [weight for layer in XOR.weights for weight in layer[frame].ravel().tolist()]
        biases = [bias for layer in XOR.biases for bias in layer[frame].tolist()]
        written = network_texts(page)
        assert format_number(max(weights, key=abs)) in written
        assert {f"bias {format_number(bias)}" for bias in biases} <= {*written}
        assert format_number(float(XOR.outputs[frame, 0, 0])) in network_texts(page)
    play_slowly(page)
    page.keyboard.press("Space")
    expect_playing(page)
    page.keyboard.press("Space")
    expect_epoch(page, epoch(page))


def test_a_row_is_chosen_by_keys_on_the_map_and_told_as_the_table_has_it(stage: Page) -> None:
    page = stage
    page.locator('[data-part="answer"]').focus()
    for _ in range(3):
        page.keyboard.press("PageDown")
    said = page.locator('[data-part="said"]')
    expect(said).to_contain_text("Row 3: switch 1 = 1, switch 2 = 0")
    output = format_number(float(XOR.outputs[-1, 2, 0]))
    expect(said).to_contain_text(f"answer = {output} (target 1), right")
    with a_run(page):
        page.keyboard.press("Enter")
    expect_query(page, "row=3")
    expect(page.get_by_role("radio", name="3", exact=True)).to_be_checked()
    expect(page.locator('[data-part="network caption"]')).to_contain_text("row 3")
    assert f"row 3: {output}" in texts(page, OUTPUTS)


def test_a_neuron_that_is_clicked_leaves_space_to_the_player(stage: Page) -> None:
    page = stage
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


def test_settings_scroll_beside_the_stage(stage: Page) -> None:
    page = stage
    with a_run(page):
        page.locator(".st-key-more summary").click()
    seed, play = page.get_by_label("Seed", exact=True), page.get_by_role("button", name="Play")
    seed.scroll_into_view_if_needed()
    expect(seed).to_be_in_viewport()
    expect(play).to_be_in_viewport()
    page.get_by_text("Weights and biases at epoch").scroll_into_view_if_needed()
    expect(page.get_by_text("Weights and biases at epoch")).to_be_in_viewport()
    expect(seed).to_be_in_viewport()


def test_on_a_phone_the_stage_comes_before_the_settings(stage: Page) -> None:
    resize(stage, ViewportSize(width=390, height=844))
    parts = ['[data-testid="stDataFrame"]', '[data-part="play"]', ".st-key-pairs-of-charts", ".st-key-settings"]
    tops = {stage.locator(part).first.evaluate(TOP): part for part in parts}
    assert [tops[top] for top in sorted(tops)] == parts


def test_the_loss_is_a_strip_as_wide_as_the_stage_that_can_be_enlarged(stage: Page) -> None:
    page = stage
    loss = page.locator(".st-key-chart-loss")
    width, height = loss.evaluate(SIZE)
    pictures = page.locator('[data-part="pictures"]').evaluate(SIZE)
    assert height < 0.4 * pictures[1]
    assert abs(width - pictures[0]) < 2
    page.get_by_text("Large loss curve").click()
    wait_for(page, lambda: loss.evaluate_all("(charts) => charts.map((chart) => chart.offsetHeight > 400)"), [True])
    expect_epoch(page, int(XOR.epochs[-1]))


def test_a_weight_beyond_all_bounds_is_written_to_its_exponent(page: Page, server: str) -> None:
    e = Experiment(
        inputs=((1, 2), (3, 4), (50, 6)),
        targets=((1,), (2,), (3,)),
        activations=("linear",),
        loss="mean_squared_error",
        epochs=100,
    )
    page.goto(f"{server}/?{urlencode(to_url(e))}")
    wait_for_stage(page)
    page.get_by_text("Weights at epoch").scroll_into_view_if_needed()
    last = record(e).weights[0][-1]
    cell = page.get_by_test_id("data-grid-canvas").last.get_by_test_id("glide-cell-1-0")
    expect(cell).to_have_text(f"{last[0, 0]:.8e}")
