"""The outputs in the table follow the player: those of every epoch are drawn over the grid's, in the same place."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from engine import PRESETS, Experiment, History, record
from engine.model.targets import correct_outputs
from pages.charts.style.format import format_number
from tests.browser.playground import expect_epoch, expect_playing, open_at, play_slowly
from tests.browser.stillness import wait_for, wait_until_still

WATCH = """
const draw = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
  if (this.canvas.dataset.testid === "outputs-over-grid") window.drawnOver.push(text);
  return draw.call(this, text, ...place);
};
document.addEventListener("glassbox-outputs", () => { window.drawnOver = []; });
"""
"""Keeps the texts that were drawn last."""

DRAWN = """() => ({
  epoch: document.querySelector('[class*="st-key-grid-"] + * p:not([hidden])').textContent.match(/epoch ([\\d,]+)/)[1],
  texts: window.drawnOver })"""

WATCH_CELLS = """() => {
  window.seenCells = [];
  document.addEventListener("glassbox-epoch", ({ detail: { index, playing } }) => {
    const cells = [...document.querySelectorAll("[data-output]")];
    if (playing) seenCells.push([index, cells.map((cell) => cell.textContent)]);
  });
}"""
"""Keeps the cells of the projector's table as they are at each epoch; called once all others listen already."""

PIXELS = """() => {
  const over = document.querySelector('[data-testid="outputs-over-grid"]'), { width, height } = over;
  window.placeOver = [0, 0, width, height];
  window.pixelsOver = over.getContext("2d").getImageData(0, 0, width, height).data;
}"""

DIFFERENT = """() => {
  const grid = document.querySelector('[data-testid="data-grid-canvas"]').getContext("2d");
  const now = grid.getImageData(...window.placeOver).data, then = window.pixelsOver;
  let opaque = 0, different = 0;
  for (let k = 0; k < then.length; k += 4) {
    if (then[k + 3] < 255) continue;
    opaque++;
    different += [0, 1, 2].some((c) => Math.abs(then[k + c] - now[k + c]) > 8);
  }
  return { opaque, different };
}"""


def overlay(page: Page) -> Locator:
    return page.get_by_test_id("outputs-over-grid")


def output_texts(history: History, epoch: int) -> list[str]:
    """What the grid shows at an epoch, row by row."""
    frame = history.frame_at(epoch)
    outputs = history.outputs[frame]
    right = correct_outputs(history.experiment, outputs)
    pairs = zip(outputs.ravel().tolist(), right.ravel().tolist(), strict=True)
    return [format_number(value) + " ✗" * (not ok) for value, ok in pairs]


@pytest.mark.parametrize(("address", "experiment"), [("", Experiment()), ("?preset=xor", PRESETS["xor"])])
def test_while_it_plays_the_table_has_the_outputs_of_its_epoch(
    page: Page, server: str, address: str, experiment: Experiment
) -> None:
    page.add_init_script(WATCH)
    open_at(page, f"{server}/{address}")
    play_slowly(page)
    page.get_by_role("button", name="Play", exact=True).click()
    expect_playing(page, 3)
    history = record(experiment)
    epochs: set[int] = set()
    while len(epochs) < 3:
        shown: dict[str, Any] = page.evaluate(DRAWN)
        epochs.add(epoch := int(shown["epoch"].replace(",", "")))
        assert shown["texts"] == output_texts(history, epoch)


@pytest.mark.parametrize("density", [1, 1.5])
def test_at_rest_the_grid_shows_the_same_in_the_same_place(page: Page, server: str, density: float) -> None:
    metrics = {"width": 1280, "height": 720, "deviceScaleFactor": density, "mobile": False}
    page.context.new_cdp_session(page).send("Emulation.setDeviceMetricsOverride", metrics)
    open_at(page, f"{server}/?preset=fruit")
    page.get_by_role("button", name="First epoch").click()
    expect(overlay(page)).to_be_visible()
    page.evaluate(PIXELS)
    expect_epoch(page, 0)
    expect(overlay(page)).to_have_count(0)
    found: dict[str, int] = page.evaluate(DIFFERENT)
    assert found["opaque"] > 50_000
    assert found["different"] == 0


def test_where_the_columns_were_scrolled_nothing_is_drawn_over_the_grid(page: Page, server: str) -> None:
    page.add_init_script(WATCH)
    open_at(page, f"{server}/?preset=fruit")
    scroller = page.locator(".dvn-scroller").first
    scroller.evaluate("(element) => { element.scrollLeft = 40; }")
    page.get_by_role("button", name="First epoch").click()
    expect_epoch(page, 0)
    assert page.evaluate("window.drawnOver") == []  # it was told of the epoch
    expect(overlay(page)).to_have_count(0)
    expect(page.get_by_text("Outputs at epoch 0.")).to_be_visible()


def test_where_the_rows_were_sorted_nothing_is_drawn_over_the_grid(page: Page, server: str) -> None:
    page.add_init_script(WATCH)
    open_at(page, f"{server}/?preset=fruit&lock=table")
    grid, scroller = page.get_by_test_id("data-grid-canvas").first, page.locator(".dvn-scroller").first
    box = grid.bounding_box()
    assert box
    title = box["x"] + box["width"] - 40, box["y"] + 17
    page.mouse.move(title[0], title[1] + 70)
    page.mouse.wheel(1000, 0)  # the title that it is sorted by is out of view afterwards, with its arrow
    expect(grid.locator("th").last).to_have_text("plum")
    page.mouse.move(*title)
    expect(page.get_by_text("plum: a target")).to_be_visible()
    page.mouse.click(*title)
    expect(grid.locator("th").last).to_have_text("↑ plum")
    page.mouse.click(*title)
    expect(grid.locator("th").last).to_have_text("↓ plum")
    scroller.evaluate("(element) => { element.scrollLeft = 0; }")
    expect(grid.locator("tbody tr").first.locator("td").first).to_have_text("9")
    page.get_by_role("button", name="First epoch").click()
    expect_epoch(page, 0)
    assert page.evaluate("window.drawnOver") == []
    expect(overlay(page)).to_have_count(0)


def test_the_words_below_name_the_epoch_of_the_grids_own_outputs_again(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=or")
    play_slowly(page)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(overlay(page)).to_be_visible()
    page.get_by_role("textbox", name="Epochs").fill("900000")  # more than are trained at once: the player goes on
    page.keyboard.press("Enter")
    expect(overlay(page)).to_have_count(0)
    expect_playing(page)
    expect(page.get_by_text("Outputs at epoch 5,000.")).to_be_visible()


def test_on_a_projector_the_table_has_the_outputs_of_the_players_epoch(page: Page, server: str) -> None:
    page.goto(f"{server}/?projector=1&n=100")
    wait_for(page, lambda: page.locator("td.output").count(), 4)
    wait_until_still(page)
    page.evaluate(WATCH_CELLS)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("seenCells.length > 5")
    history = record(Experiment(epochs=100))
    for index, texts in page.evaluate("seenCells"):
        assert [text.replace(" ✓", "") for text in texts] == output_texts(history, index)
    page.get_by_role("button", name="First epoch").click()
    expect_epoch(page, 0)
    wait_until_still(page)
    page.keyboard.press("r")
    expect(page.locator("td.output").first).to_have_text("?")
    expect(page.locator("[data-output]")).to_have_count(0)
