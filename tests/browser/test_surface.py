"""Surface in a real browser: the mark walks with the player, a click chooses a place, and training starts there."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from engine import PRESETS, record
from engine.model.weight_index import WeightIndex
from engine.serialization.url_format import to_url
from engine.training.surface import loss_surface
from tests.browser.axe import assert_accessible, wait_for_colors
from tests.browser.playground import SIZES, assert_all_is_seen, expect_epoch, resize, wait_for_stage
from tests.browser.stillness import wait_until_drawn, wait_until_still

XOR = replace(PRESETS["xor"], epochs=300)

HEAD = """() => {
  const chart = document.querySelector('.st-key-chart-surface .js-plotly-plot');
  const trace = chart.data[chart.data.length - 1];
  return [trace.x[0], trace.y[0]];
}"""

PLACE = """(point) => {
  const chart = document.querySelector('.st-key-chart-surface .js-plotly-plot'), axes = chart._fullLayout;
  const trace = chart.data[chart.data.length - 5], box = chart.getBoundingClientRect();
  return [box.x + axes.xaxis._offset + axes.xaxis.d2p(trace.x[point]),
          box.y + axes.yaxis._offset + axes.yaxis.d2p(trace.y[point])];
}"""


def come(page: Page, server: str) -> None:
    page.goto(f"{server}/surface?{urlencode(to_url(XOR))}")
    page.locator(".st-key-chart-surface .js-plotly-plot[data-epoch]").wait_for()
    wait_until_drawn(page)


def test_the_mark_walks_with_the_player(page: Page, server: str) -> None:
    come(page, server)
    weights = record(XOR).weights[0]
    for key, epoch, frame in (("Home", 0, 0), ("End", 300, -1)):
        page.keyboard.press(key)
        expect_epoch(page, epoch)
        wait_until_still(page)
        assert page.evaluate(HEAD) == pytest.approx(weights[frame, :, 0].tolist(), abs=0.01)
        expect(page.get_by_text(f"all other weights are as at epoch {epoch:,}")).to_be_visible()


def test_a_click_chooses_a_place_and_training_starts_there(page: Page, server: str) -> None:
    come(page, server)
    surface = loss_surface(record(XOR), None, WeightIndex(0, 0, 0), WeightIndex(0, 1, 0))
    page.get_by_role("button", name="Start from there").scroll_into_view_if_needed()
    wait_until_still(page)
    page.mouse.click(*page.evaluate(PLACE, 41 * 10 + 8))
    box = page.get_by_role("textbox", name="switch 1 → h1")
    expect(box).not_to_have_value(f"{surface.here[0]:.4g}")
    wait_until_still(page)
    place = [float(page.get_by_role("textbox", name=f"switch {number} → h1").input_value()) for number in (1, 2)]
    assert place == pytest.approx([surface.axes[0][10], surface.axes[1][8]], abs=0.01)
    page.get_by_role("button", name="Start from there").click()
    page.wait_for_url("**&w=**")
    wait_until_still(page)
    page.keyboard.press("Home")
    expect_epoch(page, 0)
    assert page.evaluate(HEAD) == pytest.approx(place, abs=0.01)
    page.get_by_role("link", name="Playground").first.click()
    wait_for_stage(page)
    expect(page.get_by_text("Started from a place on the loss surface")).to_be_visible()


def test_everything_is_seen_at_every_size_and_axe_finds_nothing(page: Page, server: str) -> None:
    come(page, server)
    assert_accessible(page)  # which leaves it dark
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        wait_for_colors(page, scheme)
        for size in SIZES:
            resize(page, size)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (scheme, size)
            assert_all_is_seen(page, ".js-plotly-plot, button, [role=combobox]")
