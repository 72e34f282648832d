"""Projector mode in a real browser: measured as rendered, and its keys."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from pages.widgets.learn.projector_view import PARTS
from tests.browser.canvases import FIND_PICTURES
from tests.browser.measures import measured, scrolled
from tests.browser.playground import open_at
from tests.browser.stillness import wait_until_drawn, wait_until_still

SMALL, LARGE = ViewportSize(width=1280, height=720), ViewportSize(width=1920, height=1080)
MARKS = "x=1,7,0_0,5,1_1,8,1_0,6,0_1,4,1_1,9,0_0,9,1_1,6,1&y=1_0_1_0_0_1_1_1&xn=breakfast,hours slept,studied&n=50"
"""A table of eight rows with long names."""
# So many pictures are drawn as large as the window wants them; the canvases count as one.
DRAWN = f"""([count, factor]) => {{
  {FIND_PICTURES}
  const charts = [...document.querySelectorAll('.js-plotly-plot')];
  const caption = pictures && parseFloat(getComputedStyle(pictures.querySelector('figcaption')).fontSize);
  if (pictures && (pictures.dataset.still !== 'true' || Math.abs(caption - 26 * factor) > 1)) return false;
  const grown = charts.every((chart) => Math.abs(chart.layout.font.size - 24 * factor) < 1);
  const frames = (chart) => chart.layout?.meta?.frames?.names.length ?? 0; // with one, no player moves it
  const shown = charts.every((chart) => frames(chart) === 1 || (frames(chart) && chart.dataset.epoch));
  return charts.length + Boolean(pictures) === count && grown && shown;
}}"""


@pytest.fixture(scope="module")
def screen(browser: Browser) -> Iterator[Page]:
    """One page for all that only looks: it is resized and turned dark instead of opened anew.

    It is not watched: where a page's own address is opened, Streamlit itself asks for files that are not there.
    """
    context = browser.new_context(viewport=SMALL)
    yield context.new_page()
    context.close()


def present(page: Page, address: str, charts: int) -> None:
    """Open an address in projector mode and wait until so many pictures are drawn."""
    page.goto(address)
    expect(page.get_by_role("button", name="Leave")).to_be_visible(timeout=30_000)
    wait_for_pictures(page, charts)


def wait_for_pictures(page: Page, charts: int) -> None:
    size = page.viewport_size
    assert size
    page.wait_for_function(DRAWN, arg=[charts, min(size["width"] / 1280, size["height"] / 720)], timeout=60_000)
    wait_until_drawn(page)


def assert_large(page: Page, marks: int) -> None:
    """Nothing is too small, too thin or too pale, once the page is at rest; and so many marks were measured."""
    wait_until_still(page)
    seen = measured(page)
    assert seen.offences == []
    assert seen.texts > 10
    assert seen.markers == marks
    assert seen.strokes > 5 or not marks


@pytest.mark.parametrize(
    ("link", "network", "ends", "answer"),  # marks: neurons and weights; ends of lines if few; rows and classes
    [
        ("", 4 + 3, 4, 4 + 2),
        ("preset=xor&row=2", 6 + 4, 4, 4 + 2),
        ("preset=fruit&at=20", 5 + 3, 0, 12 + 3),
        ("preset=majority", 4 + 3, 0, 8 + 2),
        (MARKS, 4 + 3, 0, 8 + 2),
    ],
)
def test_the_playground_is_one_screen_large_and_clear(
    screen: Page, server: str, link: str, network: int, ends: int, answer: int
) -> None:
    screen.set_viewport_size(SMALL)
    screen.emulate_media(color_scheme="light")
    present(screen, f"{server}/?projector=1&{link}", 2)
    assert_large(screen, network + ends)
    assert scrolled(screen) == []
    show_the_answer(screen)
    assert_large(screen, network + answer)
    assert scrolled(screen) == []
    pictures = screen.locator(".st-key-pictures").bounding_box()
    assert pictures
    assert pictures["width"] > 0.9 * SMALL["width"], "the answer stands beside the network, over the whole screen"
    screen.set_viewport_size(LARGE)
    screen.emulate_media(color_scheme="dark")
    wait_for_pictures(screen, 1)
    assert_large(screen, network + answer)
    screen.keyboard.press("v")
    expect(screen.locator(".gtitle").first).to_have_css("fill", "rgb(232, 235, 240)")
    wait_for_pictures(screen, 2)
    assert_large(screen, network + ends)
    assert scrolled(screen) == []


def show_the_answer(page: Page) -> None:
    """Turn with the key from the outputs to the answer."""
    for name in ("Weights", "Loss", "Answer"):
        page.keyboard.press("v")
        expect(page.get_by_role("radio", name=name)).to_be_checked()
    wait_for_pictures(page, 1)


def test_the_measure_finds_what_is_too_small_and_too_pale(page: Page, server: str) -> None:
    open_at(page, f"{server}/?seed=1")  # an address that says something does not play by itself
    wait_until_still(page)
    offences = "\n".join(measured(page).offences)
    for where in ("", "CANVAS "):
        assert re.search(f"^texts: 1[23].0 pixels: {where}", offences, re.MULTILINE)
        assert re.search(f"^strokes: [12].5 pixels: {where}", offences, re.MULTILINE)
    assert "markers: 1" in offences
    assert scrolled(page)
    page.evaluate(f"() => {{ {FIND_PICTURES} pictures.style.backgroundColor = '#cccccc'; }}")
    grey = "getComputedStyle(pictures).backgroundColor === 'rgb(204, 204, 204)'"  # it has a transition
    page.wait_for_function(f"() => {{ {FIND_PICTURES} return {grey}; }}")
    pale = "\n".join(measured(page).offences)
    for kind in ("texts", "strokes", "markers"):
        assert re.search(f"^{kind}: contrast [0-9.]+: CANVAS ", pale, re.MULTILINE)
    page.add_style_tag(content=".gtitle { fill: #aaaaaa !important; } h6 { color: #999999 !important; }")
    assert sum("contrast 2." in offence for offence in measured(page).offences) >= 5


@pytest.mark.parametrize(
    ("path", "marks"),  # of every part of the page; a neuron of a row each, in both curves; units and ends of lines
    [
        ("/step?at=100", (0, 0, 0)),
        ("/activations?preset=xor", (2 * 3 * 4,)),
        ("/learn?lesson=xor", (0, 3 + 4, 0)),
        ("/code?", (0,)),
    ],
)
def test_every_page_is_large_and_clear(screen: Page, server: str, path: str, marks: tuple[int, ...]) -> None:
    screen.set_viewport_size(SMALL)
    screen.emulate_media(color_scheme="dark")
    present(screen, f"{server}{path}&projector=1", 2 if marks[0] else 0)
    if len(marks) > 1:
        expect(screen.locator(".st-key-onward button").first).to_be_visible()
    for part, number in enumerate(marks):
        if part:
            screen.keyboard.press("n")
            expect(screen.locator(".st-key-bar")).to_contain_text(re.compile(rf"Step {part + 1} of|{PARTS[part]}"))
        if path.startswith("/learn"):
            wait_for_pictures(screen, 2 if number else 0)
        assert_large(screen, number)
        assert path == "/code?" or scrolled(screen) == []


@pytest.mark.parametrize(("path", "charts"), [("/surface", 1), ("/compare", 3)])
def test_the_picture_of_a_page_is_on_one_screen(screen: Page, server: str, path: str, charts: int) -> None:
    pins = "&pin1=lr%3D0.1%26seed%3D1&pin2=lr%3D10%26seed%3D1" if path == "/compare" else ""
    for size, factor in ((SMALL, 1.0), (LARGE, 1.5)):
        screen.set_viewport_size(size)
        screen.goto(f"{server}{path}?seed=1{pins}&projector=1")
        screen.wait_for_function(DRAWN, arg=[charts, factor])
        wait_until_still(screen)
        boxes = [chart.bounding_box() for chart in screen.locator(".js-plotly-plot").all()]
        bottoms = [box["y"] + box["height"] for box in boxes if box]
        assert max(bottoms[:2]) <= size["height"], path
        assert min(box["height"] for box in boxes if box) >= 0.4 * size["height"], path


def test_no_frame_is_drawn_when_a_key_follows_a_click(page: Page, server: str) -> None:
    page.set_viewport_size(SMALL)
    present(page, f"{server}/?projector=1", 2)
    page.mouse.move(640, 716)
    wait_until_still(page)
    before = page.screenshot()
    page.mouse.click(640, 716)
    page.keyboard.press("Shift")
    expect(page.get_by_test_id("stMain")).to_be_focused()
    wait_until_still(page)
    assert page.evaluate("document.activeElement.matches(':focus-visible')")
    assert page.screenshot() == before
