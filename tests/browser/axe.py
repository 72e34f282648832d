"""axe-core's findings on a page as it is, in light and dark mode, except those known to be Streamlit's own."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from pages.charts.style.palette import palette_for
from tests.browser.stillness import wait_until_still

KNOWN = {
    "a place to drop files on": ("presentation-role-conflict", '[data-testid="stFileUploaderDropzone"]'),
    "long code scrolls": ("scrollable-region-focusable", '[data-testid="stCode"] pre'),
}
"""The only exceptions, in Streamlit's own markup, which we cannot change: a name, axe's rule, and the elements.

The file drop area is not a control, but its button is. Scrollable elements lack a tabindex; since 2024 browsers make up
for that, as the Tab key stops at any scrollable element without a control in it.
"""

RUN = """async ([known, rules]) => {
  const options = { resultTypes: ["violations"], elementRef: true, iframes: false, preload: false };
  if (rules) options.runOnly = rules;
  const { violations } = await axe.run(options);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ element, html, failureSummary }) => {
    const [name] = known.find(([, rule, selector]) => rule === id && element.matches(selector)) ?? [null];
    return [name, `${id}: ${html.slice(0, 300)}: ${failureSummary}`];
  }));
}"""

PAINTED = """(color) => [...document.querySelectorAll('.js-plotly-plot')]
  .every((chart) => chart.layout?.font.color === color)"""


def assert_accessible(page: Page, *exceptions: str) -> None:
    """Assert that axe finds exactly these exceptions, by name in `KNOWN`, also with the colours of the other scheme.

    It waits until the page is at rest, and leaves it in the other scheme, so that tests start in each of them in turn.
    """
    page.mouse.move(0, 0)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    wait_until_still(page)
    found = violations(page)
    other = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'light' : 'dark'")
    page.emulate_media(color_scheme=other)
    wait_for_colors(page, other)
    found += violations(page, "color-contrast", "link-in-text-block")  # the rules that look at colours
    ours = [words for name, words in found if name not in exceptions]
    gone = set(exceptions) - {name for name, _ in found}
    if ours or gone:
        pytest.fail("\n".join([*ours, *(f"This no longer occurs: {name}" for name in gone)]), pytrace=False)


def violations(page: Page, *rules: str) -> list[tuple[str | None, str]]:
    """axe's findings: the name of the known exception, or None, and a description."""
    if not page.evaluate("window.axe !== undefined"):
        page.evaluate(AXE_SCRIPT)
    known = [[name, *what] for name, what in KNOWN.items()]
    found: list[list[str | None]] = page.evaluate(RUN, [known, list(rules) or None])
    return [(name, str(words)) for name, words in found]


def wait_for_colors(page: Page, scheme: str) -> None:
    """Wait until page, charts and matrices have these colours; the player reports a change within half a second."""
    colors = palette_for(scheme)
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", rgb(colors.background))
    page.wait_for_function(PAINTED, arg=colors.text)
    for matrices in page.locator(".step").all():
        expect(matrices).to_have_css("color", rgb(colors.text))
    wait_until_still(page)  # colours have a transition


def rgb(color: str) -> str:
    """A colour in the browser's notation.

    >>> rgb("#11161d")
    'rgb(17, 22, 29)'
    """
    return f"rgb({', '.join(map(str, bytes.fromhex(color[1:])))})"
