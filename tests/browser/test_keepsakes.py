"""The offline page plays from disk without a network; the worksheet prints on A4 and Letter."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from engine import PRESETS, Experiment, record
from pages.charts.style.format import format_number
from pages.widgets.export.offline_page import offline_page
from pages.widgets.export.worksheet import worksheet
from tests.browser.canvases import network_texts
from tests.browser.playground import (
    OUTPUTS,
    WEIGHTS,
    assert_all_is_seen,
    epoch,
    expect_epoch,
    expect_playing,
    markers,
    play_slowly,
    texts,
)
from tests.browser.stillness import wait_until_still

TUTORIAL = record(Experiment())
# The charts have taken the widths of their places.
FITS = """() => [...document.querySelectorAll('.js-plotly-plot')].every((chart) => {
  const drawn = chart.querySelector('.main-svg').getBoundingClientRect();
  return Math.abs(drawn.width - chart.getBoundingClientRect().width) < 1;
})"""

PRINTED = {"A4": 703, "Letter": 725}
"""Width between the margins, in pixels of which 96 are an inch."""


@pytest.fixture
def alone(browser: Browser) -> Iterator[Page]:
    """A browser without a network that fails on any error of the page's own."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else problems.append(request.url),
    )
    yield page
    context.close()
    assert problems == []


def play(page: Page, folder: Path, film: str, epoch: int) -> None:
    """Open a film from disk and wait until all its pictures show the epoch."""
    file = folder / "glassbox.html"
    file.write_text(film, encoding="utf-8")
    page.goto(file.as_uri())
    expect(page.locator(".js-plotly-plot[data-epoch]")).to_have_count(3)
    expect_epoch(page, epoch)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_stage_plays_from_disk(alone: Page, tmp_path: Path, scheme: str) -> None:
    play(alone, tmp_path, offline_page(TUTORIAL, 1, True, 96, scheme), int(TUTORIAL.epochs[TUTORIAL.frame_at(96)]))
    start = markers(alone, WEIGHTS)
    alone.keyboard.press("End")
    expect_epoch(alone, 10_000)
    for row in range(4):
        assert f"row {row + 1}: {format_number(TUTORIAL.outputs[-1, row, 0])}" in texts(alone, OUTPUTS)
    assert markers(alone, WEIGHTS) != start
    assert {format_number(float(weight)) for weight in TUTORIAL.weights[0][-1, :, 0]} <= set(network_texts(alone))
    play_slowly(alone)
    alone.keyboard.press("Home")
    alone.keyboard.press("Space")
    expect_playing(alone)
    alone.keyboard.press("Space")
    expect(alone.get_by_role("button", name="Play")).to_be_visible()
    assert 0 < epoch(alone) < 10_000
    assert alone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(alone.get_by_text("All 4 rows are right")).to_be_visible()


def test_the_film_fits_a_window_that_changes_its_size(alone: Page, tmp_path: Path) -> None:
    play(alone, tmp_path, offline_page(TUTORIAL, 1, True, None, "light"), 10_000)
    for wide, across in ((1600, 2), (800, 1), (390, 1)):  # of three, the loss is as wide as two
        alone.set_viewport_size({"width": wide, "height": 900})
        alone.wait_for_function(FITS)
        wait_until_still(alone)
        boxes = [chart.bounding_box() for chart in alone.locator(".js-plotly-plot .main-svg:first-child").all()]
        places = {(box["x"], box["y"]) for box in boxes if box and box["height"] > 200}
        assert (len(places), len({x for x, _ in places})) == (3, across)
        assert_all_is_seen(alone, "h1, p, .js-plotly-plot, canvas")


def test_the_pictures_answer_in_a_film_as_on_the_page(alone: Page, tmp_path: Path) -> None:
    """Numbers of the row that was there when it was saved, at the cursor's epoch; then of the one that is chosen."""
    play(alone, tmp_path, offline_page(TUTORIAL, 1, True, 96, "light"), int(TUTORIAL.epochs[TUTORIAL.frame_at(96)]))
    answer, network = (alone.locator(f'canvas[data-part="{name}"]') for name in ("answer", "network"))
    expect(network).to_have_accessible_name("The network: 3 inputs, 1 output neuron (Sigmoid).")
    expect(answer).to_have_accessible_name(re.compile("What the network answers, y1, over x1 and x2. Of 4 rows"))
    assert format_number(float(TUTORIAL.outputs[TUTORIAL.frame_at(96), 1, 0])) in network_texts(alone)
    answer.focus()
    for _ in range(2):
        alone.keyboard.press("PageDown")
    said = alone.get_by_text("Row 3: x1 = 1, x2 = 0, x3 = 1")
    expect(said.first).to_be_visible()
    alone.keyboard.press("Enter")
    alone.keyboard.press("Escape")
    expect(alone.get_by_text("The network, row 3")).to_be_visible()
    alone.locator("body").click(position={"x": 5, "y": 5})
    alone.keyboard.press("End")
    expect_epoch(alone, 10_000)
    assert format_number(float(TUTORIAL.outputs[-1, 2, 0])) in network_texts(alone)


def test_pictures_are_saved_from_the_browser(alone: Page, tmp_path: Path) -> None:
    play(alone, tmp_path, offline_page(TUTORIAL, 0, True, None, "light"), 10_000)
    saved: list[Download] = []

    def all_five(picture: Download) -> bool:
        saved.append(picture)
        return len(saved) == 5

    for kind, start in (("png", b"\x89PNG"), ("svg", b"<svg")):
        with alone.expect_event("download", all_five):
            alone.locator('[data-part="save"]').select_option(kind)
        assert sorted(picture.suggested_filename for picture in saved) == [
            f"glassbox-{chart}-epoch-10000.{kind}"
            for chart in ("loss", "output-convergence", "the-answer", "the-network", "weight-evolution")
        ]
        assert all(picture.path().read_bytes().startswith(start) for picture in saved)
        saved.clear()


@pytest.mark.parametrize("paper", PRINTED)
@pytest.mark.parametrize("name", ["tutorial", "xor", "fruit"])
def test_the_worksheet_prints_without_cutting_anything(alone: Page, tmp_path: Path, name: str, paper: str) -> None:
    file = tmp_path / "worksheet.html"
    file.write_text(worksheet(PRESETS[name]), encoding="utf-8")
    alone.goto(file.as_uri())
    alone.emulate_media(media="print")
    alone.set_viewport_size({"width": PRINTED[paper], "height": 900})
    wait_until_still(alone)
    assert alone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    printed = alone.pdf(format=paper)
    pages = printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ")
    assert pages == 2 if name == "tutorial" else pages >= 2, "the lesson: a sheet, and its answers"
    tall = alone.evaluate("Math.max(...[...document.querySelectorAll('.step')].map((step) => step.offsetHeight))")
    assert tall < 900, "no step is taller than a page, so none is cut"
