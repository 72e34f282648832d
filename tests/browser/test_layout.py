"""Nothing lies on what it belongs to, what belongs together is in line, and in dark mode all of it can be seen."""

import io
from urllib.parse import urlencode

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, FloatRect, Locator, Page, ViewportSize, expect

from engine import Experiment
from engine.serialization import to_url
from tests.browser.axe import wait_for_colors
from tests.browser.launch import SCREEN, watched_page
from tests.browser.measures import GRAPHICS, contrast
from tests.browser.playground import expect_query, open_at, open_once, resize
from tests.browser.stillness import wait_until_still
from tests.browser.toolbar import show_toolbar

Box = FloatRect | dict[str, float]

PHONE = ViewportSize(width=390, height=844)
UNITS = ViewportSize(width=900, height=600)

TEN = Experiment(
    inputs=tuple((row, 9 - row) for row in range(10)),
    targets=tuple(tuple(float(row == digit) for digit in range(10)) for row in range(10)),
    target_names=tuple(f"number {digit}" for digit in range(10)),
    activations=("softmax",),
    loss="categorical_cross_entropy",
    epochs=200,
)

# The boxes of the lines of text in an element.
LINES = """(element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return [...range.getClientRects()].map(({ x, y, width, height }) => ({ x, y, width, height }));
}"""

# The boxes of the buttons outside the grid's own toolbar.
BUTTONS = """() => [...document.querySelectorAll('[data-testid="stMain"] button')]
  .filter((button) => !button.closest('[data-testid="stElementToolbar"]'))
  .map((button) => button.getBoundingClientRect().toJSON())"""

# The boxes of the header's buttons, where they are seen.
HEADER = """() => [...document.querySelectorAll(':is(.st-key-project, .st-key-open-share) button')]
  .filter((button) => button.checkVisibility({ visibilityProperty: true }))
  .map((button) => button.getBoundingClientRect().toJSON())"""

# Whether a click in the middle of an element reaches it, and nothing that lies above.
REACHED = """(element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


def box_of(locator: Locator) -> FloatRect:
    box = locator.bounding_box()
    assert box
    return box


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have an area in common."""
    across = one["x"] < other["x"] + other["width"] and other["x"] < one["x"] + one["width"]
    return across and one["y"] < other["y"] + other["height"] and other["y"] < one["y"] + one["height"]


def colors_of(locator: Locator) -> list[list[float]]:
    """The colours in an element as it is drawn, from left to right through its middle: red, green, blue."""
    picture = np.array(Image.open(io.BytesIO(locator.screenshot())).convert("RGB"))
    colors: list[list[float]] = picture[len(picture) // 2].astype(float).tolist()
    return colors


@pytest.mark.parametrize("size", [SCREEN, UNITS, PHONE])
def test_the_grids_toolbar_lies_on_no_words_and_no_button(shared_page: Page, server: str, size: ViewportSize) -> None:
    page = shared_page
    open_once(page, f"{server}/?n=9000")
    resize(page, size)
    expect(page.get_by_text("Reset brings it back")).to_be_visible()
    wait_until_still(page)
    toolbar = show_toolbar(page)
    wait_until_still(page)
    lies = box_of(toolbar.locator("> div"))
    lines = [line for words in page.get_by_test_id("stCaptionContainer").all() for line in words.evaluate(LINES)]
    assert len(lines) >= 2
    assert [line for line in lines if overlap(lies, line)] == []
    assert [button for button in page.evaluate(BUTTONS) if overlap(lies, button)] == []
    assert not overlap(lies, box_of(page.get_by_test_id("data-grid-canvas").first))
    toolbar.get_by_role("button", name="Fullscreen").click()
    leave = toolbar.get_by_role("button", name="Close fullscreen")
    expect(leave).to_be_in_viewport(ratio=1)
    leave.click()
    expect(leave).to_have_count(0)


def test_the_columns_are_edited_beside_the_table_not_above_it(page: Page, server: str) -> None:
    open_at(page, server)
    page.get_by_text("Columns and held-out rows").click()
    name = page.get_by_label("Input 1")
    hold = page.get_by_text("Hold rows out of training")
    expect(name).to_be_visible()
    wait_until_still(page)
    assert page.locator(".dvn-scroller").first.evaluate(REACHED)
    assert name.evaluate(REACHED)
    hold.scroll_into_view_if_needed()
    assert hold.evaluate(REACHED)
    name.fill("switch")
    name.press("Enter")
    expect_query(page, "switch")
    wait_until_still(page)
    expect(page.get_by_label("Input 1")).to_have_value("switch")


def test_on_a_phone_the_arrow_closes_the_list_of_pages(browser: Browser, server: str) -> None:
    with watched_page(browser, PHONE, phone=True) as page:
        open_at(page, server)
        page.get_by_test_id("stExpandSidebarButton").tap()
        close = page.get_by_test_id("stSidebarCollapseButton").locator("button")
        expect(close).to_be_visible()
        wait_until_still(page)
        assert [button for button in page.evaluate(HEADER) if overlap(box_of(close), button)] == []
        close.tap()
        expect(page.get_by_role("button", name="Share")).to_be_visible()
        expect(close).to_be_hidden()
        expect(page.get_by_role("button", name="Projector")).to_be_hidden()  # its bar is wider than a phone


def test_in_dark_mode_the_rest_of_the_players_track_is_seen_and_does_not_glare(page: Page, server: str) -> None:
    page.emulate_media(color_scheme="dark")
    open_at(page, f"{server}/?preset=xor&at=20")
    wait_until_still(page)
    slider = page.get_by_role("slider", name="Epoch", exact=True)
    row = colors_of(slider)
    played, rest, background = row[4], row[-20], [17.0, 22.0, 29.0]
    assert contrast(played, background) >= GRAPHICS
    assert GRAPHICS <= contrast(rest, background) < 7
    assert max(played) - min(played) > 100, "what has been played is blue"
    assert max(rest) - min(rest) < 40, "and the rest is grey"


def wait_for_option(page: Page) -> None:
    expect(page.get_by_test_id("stRadioOption").first).to_be_visible()
    wait_until_still(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_circles_to_choose_from_are_seen(shared_page: Page, server: str, scheme: str) -> None:
    open_once(shared_page, f"{server}/learn?lesson=xor", wait_for_option)
    shared_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    wait_for_colors(shared_page, scheme)
    circle = shared_page.get_by_test_id("stRadioOption").first.locator("> div > div").first
    row = colors_of(circle)
    inside = row[len(row) // 2]
    assert max(contrast(color, inside) for color in row[:3]) >= GRAPHICS


def test_the_choices_below_the_charts_are_in_line(page: Page, server: str) -> None:
    open_at(page, f"{server}/?preset=fruit")
    row, axis = page.get_by_text("Row in the drawing"), page.get_by_text("Epoch axis")
    assert box_of(row)["y"] == pytest.approx(box_of(axis)["y"], abs=1)
    field = page.get_by_role("spinbutton", name="Row in the drawing")
    choice = page.get_by_role("radio", name="linear")
    middles = [box_of(seen)["y"] + box_of(seen)["height"] / 2 for seen in (field, choice)]
    assert middles[0] == pytest.approx(middles[1], abs=1)


@pytest.mark.parametrize("size", [SCREEN, PHONE])
def test_a_legend_of_ten_targets_lies_between_title_and_curves(
    shared_page: Page, server: str, size: ViewportSize
) -> None:
    page = shared_page
    open_once(page, f"{server}/?{urlencode(to_url(TEN))}")
    resize(page, size)
    chart = page.locator(".js-plotly-plot", has_text="Output convergence")
    chart.scroll_into_view_if_needed()
    wait_until_still(page)
    words = [box_of(text) for text in chart.locator(".gtitle, .legendtext, .ytick text").all()]
    assert len(words) > 1 + len(TEN.target_names)
    assert [one for at, one in enumerate(words) for other in words[:at] if overlap(one, other)] == []
