"""The private parts of Streamlit and Plotly that we use still exist, and the page degrades without them."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from engine import Experiment, record
from pages.private_api import page_font
from pages.widgets.export.offline_page import offline_page
from tests.browser.launch import ROOT
from tests.browser.playground import open_at, wait_for_stage
from tests.browser.stillness import wait_until_drawn

PHONE = ViewportSize(width=390, height=844)
STYLES = ROOT / "pages/private_api"
NO_PLOTLY = "Object.defineProperty(window, 'Plotly', { get: () => undefined, set: () => {} });"
REMARK = "These charts cannot move in this browser: they show the last epoch."


NEXT = {"Step by step": "One update", "Activations": "Where each neuron sits", "Learn": "A neuron"}
"""The pages that are gone to from the first one, and their headings."""


def ids_of(name: str) -> set[str]:
    """The test ids that a style sheet names."""
    return set(re.findall(r'data-testid="(\w+)"', (STYLES / f"{name}.css").read_text(encoding="utf-8")))


def present(page: Page, ids: set[str]) -> set[str]:
    """Those of them that are on the page."""
    return {name for name in ids if page.locator(f'[data-testid="{name}"]').count()}


def test_every_test_id_of_the_page_style_is_on_some_page(page: Page, server: str) -> None:
    """The first page needs none of the charts' remark, either, and no sign beside a title of the grid."""
    missing = ids_of("page")
    assert len(missing) > 10
    open_at(page, server)
    assert_charts_move(page)
    assert_no_sign(page)
    missing -= present(page, missing)
    for name, heading in (
        ("Step by step", "One update"),
        ("Activations", "Where each neuron sits"),
        ("Learn", "A neuron"),
    ):
        page.get_by_role("link", name=name).first.click()
        expect(page.get_by_role("heading", name=heading).first).to_be_visible()
        wait_until_drawn(page)
        missing -= present(page, missing)
    page.set_viewport_size(PHONE)
    wait_until_drawn(page)
    assert missing - present(page, missing) == set()


def test_every_test_id_of_the_projector_style_is_on_some_page(page: Page, server: str) -> None:
    missing = ids_of("projector")
    assert len(missing) > 5
    for path in ("?projector=1", "/code?projector=1", "/about?projector=1"):
        page.goto(f"{server}/{path.lstrip('/')}")
        expect(page.locator(".st-key-menu")).to_be_visible()
        wait_until_drawn(page)
        missing -= present(page, missing)
    assert missing == set()


def test_charts_are_shown_and_a_line_says_that_they_cannot_move(page: Page, server: str) -> None:
    page.add_init_script(NO_PLOTLY)
    page.goto(server)
    chart = page.locator(".js-plotly-plot").first
    expect(chart).to_be_visible()
    assert chart.get_attribute("data-epoch") is None
    expect(page.get_by_text(REMARK)).to_be_visible()


def test_charts_that_are_late_are_still_being_drawn(page: Page, server: str) -> None:
    held: list[Route] = []
    page.route(re.compile(r"/PlotlyChart\..*\.js"), lambda route: held.append(route))
    page.goto(server)
    expect(page.get_by_text("Still drawing…")).to_be_visible()
    expect(page.get_by_text(REMARK)).to_have_count(0)
    assert held
    for route in held:
        route.continue_()
    wait_for_stage(page)
    expect(page.get_by_text("Still drawing…")).to_have_count(0)
    expect(page.get_by_text(REMARK)).to_be_hidden()


def assert_charts_move(page: Page) -> None:
    """Charts that move need no such line."""
    expect(page.locator('.js-plotly-plot[data-epoch="10000"]')).to_have_count(3)
    expect(page.get_by_text(REMARK)).to_be_hidden()
    page.reload()
    wait_for_stage(page)
    expect(page.get_by_text(REMARK)).to_be_hidden()


def test_the_offline_page_does_without_streamlits_font(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_font, "PATTERN", "static/static/media/renamed*.woff2")
    page_font.font_face.cache_clear()
    file = tmp_path / "glassbox.html"
    file.write_text(offline_page(record(Experiment(epochs=50)), 0, True, None, "light"), encoding="utf-8")
    page_font.font_face.cache_clear()
    assert "@font-face" not in file.read_text(encoding="utf-8")
    page.goto(file.as_uri())
    expect(page.locator('.js-plotly-plot[data-epoch="50"]')).to_have_count(3)


def assert_no_sign(page: Page) -> None:
    """No sign stands beside a title of the grid."""
    titles = """(path) => {
      const image = new Image();
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(`<path d="${path}`);
      return image.src;
    }"""
    assert "m800" not in page.evaluate(titles, "m800.641 679.743-64.384-64.384")
    assert "m1" in page.evaluate(titles, "m1.5 2")
    bundle = page.evaluate(
        """async () => {
          const urls = performance.getEntriesByType("resource").map((entry) => entry.name);
          const url = urls.find((name) => /DataFrame\\.[^/]*\\.js$/.test(name));
          return (await (await fetch(url)).text()).includes("m800.641 679.743");
        }"""
    )
    assert bundle, "The grid's sign is drawn from another path: see pages/private_api/grid_signs.js"


def test_plotly_walks_through_its_schema_once_a_trace_and_not_in_every_frame(page: Page, server: str) -> None:
    open_at(page, server)
    walks = "() => { const s = Plotly.PlotSchema, walk = s.crawl; s.crawl = (...a) => { window.n++; walk(...a); }; }"
    page.evaluate(f"() => {{ window.n = 0; ({walks})(); Plotly.PlotSchema.findArrayAttributes({{type: 'scatter'}}); }}")
    assert page.evaluate("window.n") > 0  # it is counted
    page.get_by_role("slider", name="Epoch", exact=True).press("ArrowLeft")
    wait_for_stage(page)
    page.evaluate("() => { window.n = 0; }")
    page.get_by_role("slider", name="Epoch", exact=True).press("ArrowLeft")
    wait_for_stage(page)
    assert page.evaluate("window.n") == 0
