"""The run before in a real browser: faint behind the new one after an edit, while the player moves the new one."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from engine import PRESETS, record
from engine.serialization.url_format import to_url
from pages.charts.style.format import format_number
from tests.browser.axe import assert_accessible
from tests.browser.playground import expect_epoch, texts, wait_for_stage
from tests.browser.stillness import wait_until_still

XOR = replace(PRESETS["xor"], hidden=(2,), epochs=300)
SLOW = replace(XOR, learning_rate=0.5)

FAINT = """() => Object.fromEntries(["loss", "outputs", "weights"].map((name) => [name,
  document.querySelector(`.st-key-chart-${name} .js-plotly-plot`).data
    .filter((trace) => trace.line?.color?.startsWith("rgba") && trace.hoverinfo === "skip" && !trace.fill)
    .map((trace) => [...trace.y])]))"""


def test_after_an_edit_the_run_before_is_faint_and_the_player_moves_the_new_one(page: Page, server: str) -> None:
    page.goto(f"{server}/?{urlencode(to_url(XOR))}")
    wait_for_stage(page)
    assert page.evaluate(FAINT) == {"loss": [], "outputs": [], "weights": []}
    page.get_by_role("textbox", name="Learning rate").fill("0.5")
    page.keyboard.press("Enter")
    expect(page.get_by_text("the run before. Learning rate: 1, now 0.5.")).to_be_visible()
    wait_for_stage(page)
    page.get_by_role("button", name="First epoch").focus()
    before, now = record(XOR), record(SLOW)
    for key, epoch, frame in (("Home", 0, 0), ("End", 300, -1)):
        page.keyboard.press(key)
        expect_epoch(page, epoch)
        wait_until_still(page)
        assert texts(page, "Loss") == [f"loss: {format_number(float(now.loss[frame]))}"]
        faint = page.evaluate(FAINT)
        assert {name: len(lines) for name, lines in faint.items()} == {"loss": 1, "outputs": 4, "weights": 9}
        assert faint["loss"][0] == pytest.approx(before.loss.tolist(), rel=1e-3)
    assert_accessible(page)
