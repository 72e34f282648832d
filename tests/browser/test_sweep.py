"""Sweep in a real browser: progress, Stop, a click on a cell, and a run that opens with the same weights."""

from dataclasses import replace
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from engine import PRESETS, record, record_many
from engine.comparison.run_statistics import luckiest
from engine.serialization.url_format import to_url
from pages.charts.style.format import format_number
from tests.browser.axe import assert_accessible, wait_for_colors
from tests.browser.playground import SIZES, assert_all_is_seen, resize, texts, wait_for_stage
from tests.browser.stillness import wait_until_still

XOR = replace(PRESETS["xor"], hidden=(2,), epochs=300)

CELL = """(index) => {
  const chart = document.querySelector('.st-key-sweep-map .js-plotly-plot');
  const [trace, axes] = [chart.data[1], chart._fullLayout];
  const box = chart.getBoundingClientRect();
  return [box.x + axes.xaxis._offset + axes.xaxis.d2p(trace.x[index]),
          box.y + axes.yaxis._offset + axes.yaxis.d2p(trace.y[index])];
}"""


def come(page: Page, server: str, epochs: int = 300) -> None:
    page.goto(f"{server}/sweep?{urlencode(to_url(replace(XOR, epochs=epochs)))}")
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def start(page: Page) -> None:
    """Start, and wait until it is trained."""
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".st-key-sweep-map .js-plotly-plot")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    wait_until_still(page)


def click_cell(page: Page, index: int) -> None:
    """Click on a cell of the map."""
    page.locator(".st-key-sweep-map").scroll_into_view_if_needed()
    wait_until_still(page)
    page.mouse.click(*page.evaluate(CELL, index))
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    wait_until_still(page)


def test_a_click_on_a_cell_opens_its_runs_and_the_luckiest_opens_with_its_weights(page: Page, server: str) -> None:
    come(page, server)
    start(page)
    click_cell(page, 4)
    expect(page.get_by_role("heading", name="Learning rate 1", exact=True)).to_be_visible()
    e = replace(XOR, learning_rate=1.0)
    runs = record_many([replace(e, seed=seed) for seed in range(16)])
    best = luckiest(runs)
    assert best is not None
    page.get_by_role("button", name=f"Open the luckiest: seed {best}").click()
    wait_for_stage(page)
    weights = record(runs.experiments[best]).weights[1][-1]
    assert f"h1 → answer: {format_number(float(weights[0, 0]))}" in texts(page, "Weight evolution")


def test_a_long_sweep_shows_progress_and_stops_at_once(page: Page, server: str) -> None:
    come(page, server, epochs=100_000)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Training 112 networks")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped at ")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def test_is_it_luck(page: Page, server: str) -> None:
    page.goto(f"{server}/?{urlencode(to_url(XOR))}")
    wait_for_stage(page)
    page.get_by_text("Is it luck?").click()
    expect(page.get_by_text("of 256 starts learned")).to_be_visible()
    expect(page.locator("[class*=st-key-seeds] .js-plotly-plot")).to_have_count(2)
    wait_until_still(page)
    assert_accessible(page)


def test_everything_is_seen_at_every_size_and_axe_finds_nothing(page: Page, server: str) -> None:
    come(page, server)
    start(page)
    click_cell(page, 2)
    assert_accessible(page)  # which leaves it dark
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        wait_for_colors(page, scheme)
        for size in SIZES:
            resize(page, size)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (scheme, size)
            assert_all_is_seen(page, ".js-plotly-plot, button, [role=combobox]")
