"""The Activations page in a real browser: neurons move under the player, in both schemes, from a cold link."""

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from engine import ACTIVATIONS, PRESETS, record
from pages.charts.style.format import format_number
from tests.browser.launch import start_server, watched_page
from tests.browser.playground import (
    assert_all_is_seen,
    assert_none,
    epoch,
    expect_epoch,
    expect_playing,
    expect_query,
    markers,
    open_once,
    play_slowly,
    resize,
    texts,
    wait_for_a_move,
)
from tests.browser.stillness import wait_until_drawn

VALUES, SLOPES = "Tanh f(z)", "Slope f'(z)"
XOR = record(PRESETS["xor"])

DRAWN = """(titles) => titles.every((title) => [...document.querySelectorAll('.js-plotly-plot')].some((chart) =>
  chart.layout?.title?.text?.startsWith(title) && chart.layout?.meta?.frames))"""


# What a person can read in a chart: the text is drawn, and within the chart.
LABELS = """(title) => {
  const chart = [...document.querySelectorAll('.js-plotly-plot')].find((c) => c.layout.title.text.startsWith(title));
  const frame = chart.getBoundingClientRect();
  const drawn = (box) => box.width > 5 && box.left >= frame.left && box.right <= Math.min(frame.right, innerWidth);
  return [...chart.querySelectorAll('.textpoint text')]
    .filter((text) => text.textContent && drawn(text.getBoundingClientRect())).map((text) => text.textContent);
}"""


def wait_for_neurons(page: Page) -> None:
    page.wait_for_function(DRAWN, arg=[VALUES, SLOPES], timeout=60_000)
    wait_until_drawn(page)


@pytest.fixture
def neurons(shared_page: Page, server: str) -> Page:
    """The page with XOR at the last epoch, for tests that change nothing but what the player shows."""
    open_once(shared_page, f"{server}/activations?preset=xor", wait_for_neurons)
    shared_page.get_by_role("heading", name="Where each neuron sits").click()  # which lets go of the player's buttons
    shared_page.keyboard.press("End")
    expect_epoch(shared_page, 5_000)
    return shared_page


def test_neurons_move_with_the_player_and_the_words_follow(neurons: Page) -> None:
    page = neurons
    expect_epoch(page, 5_000)
    end = {title: markers(page, title) for title in (VALUES, SLOPES)}
    page.keyboard.press("Home")
    expect_epoch(page, 0)
    for title in (VALUES, SLOPES):
        assert len(markers(page, title)) == len(end[title]) == 12, "three neurons on four rows"
        assert markers(page, title) != end[title]
    z = XOR.forward(0).pre_activations[0][0]
    told = [f"h{unit + 1}: {format_number(float(value))}" for unit, value in enumerate(np.tanh(z))]
    assert set(told) <= set(texts(page, VALUES))
    expect(page.get_by_text("Epoch 0, hidden layer.")).to_be_visible()
    expect_query(page, "at=0")
    page.keyboard.press("End")
    expect_epoch(page, 5_000)
    assert {title: markers(page, title) for title in (VALUES, SLOPES)} == end


def labels(page: Page, title: str) -> list[str]:
    found: list[str] = page.evaluate(LABELS, title)
    return found


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=str)
def test_the_numbers_beside_the_marks_are_seen_at_rest_and_while_it_plays(neurons: Page, size: tuple[int, int]) -> None:
    page = neurons
    resize(page, ViewportSize(width=size[0], height=size[1]))
    z = XOR.forward(-1).pre_activations[0][0]
    for title, values in ((VALUES, np.tanh(z)), (SLOPES, 1 - np.tanh(z) ** 2)):
        assert labels(page, title) == [
            f"h{unit + 1}: {format_number(float(value))}" for unit, value in enumerate(values)
        ]
    play_slowly(page)
    page.get_by_role("button", name="Play").click()
    seen = []
    for _ in range(5):
        wait_for_a_move(page)
        seen += [labels(page, title) for title in (VALUES, SLOPES)]
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert [[text.partition(":")[0] for text in texts] for texts in seen] == [["h1", "h2", "h3"]] * 10
    assert len({tuple(texts) for texts in seen}) > 4, "they move"
    page.keyboard.press("End")
    expect_epoch(page, 5_000)


def test_it_plays(neurons: Page) -> None:
    page = neurons
    play_slowly(page)
    page.keyboard.press("Space")
    expect_playing(page, 10)
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    stopped = epoch(page)
    assert 10 <= stopped < 5_000
    expect_epoch(page, stopped)
    moved = markers(page, VALUES)
    page.keyboard.press("End")
    expect_epoch(page, 5_000)
    assert markers(page, VALUES) != moved


def test_use_it_teaches_the_network_another_activation(page: Page, server: str) -> None:
    page.goto(f"{server}/activations?preset=xor")
    wait_for_neurons(page)
    page.get_by_role("button", name="Use it").nth(1).click()  # the first is Sigmoid, Tanh is in use, the next is ReLU
    page.wait_for_function(DRAWN, arg=["ReLU f(z)", SLOPES], timeout=60_000)
    expect_query(page, "a=relu,sigmoid")
    page.get_by_role("link", name="Playground").first.click()
    expect(page.get_by_role("combobox", name="Hidden activation")).to_have_value("ReLU")


def test_it_follows_when_the_page_turns_dark(neurons: Page) -> None:
    page = neurons
    title = page.locator(".gtitle", has_text=VALUES).first  # for a moment the old one is still there
    expect(title).to_have_css("fill", "rgb(27, 36, 48)")
    page.emulate_media(color_scheme="dark")
    expect(title).to_have_css("fill", "rgb(232, 235, 240)")
    page.keyboard.press("Home")
    expect_epoch(page, 0)
    assert markers(page, VALUES)


@pytest.mark.parametrize("width", [1280, 1024, 910, 768, 650, 390])
def test_charts_stand_side_by_side_or_one_below_the_other_and_nothing_is_cut_off(neurons: Page, width: int) -> None:
    window = neurons
    expect(window.locator(".js-plotly-plot .main-svg:first-child")).to_have_count(2 + len(ACTIVATIONS))
    resize(window, ViewportSize(width=width, height=800))
    boxes = [window.locator(".js-plotly-plot").nth(index).bounding_box() for index in (0, 1)]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    first, second = (box["y"] for box in boxes if box)
    assert (first == second) == (width >= 768)  # where each has the 20rem that its labels need
    assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_all_is_seen(window, ".js-plotly-plot")


def test_a_cold_server_opens_the_page_by_its_link(browser: Browser) -> None:
    with start_server() as base, watched_page(browser) as page:
        page.goto(f"{base}/activations?preset=xor&at=8")
        wait_for_neurons(page)
        expect_epoch(page, 8)
        expect(page.get_by_text("Epoch 8, hidden layer.")).to_be_visible()
        assert_none(page, page.get_by_role("dialog"))
