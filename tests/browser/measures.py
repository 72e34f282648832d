"""Measures of a page in projector mode: sizes and contrasts as rendered by the browser."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.canvases import PAINTED

TEXT, STROKE, MARKER = 24, 3, 14
WORDS, GRAPHICS = 4.5, 3.0

SEEN = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")

# The page and parts of it that have to be scrolled to be seen whole, and by how much.
HIDDEN = """() => [...document.querySelectorAll('*')].filter((e) => {
  const style = getComputedStyle(e);
  const down = /auto|scroll/.test(style.overflowY) && e.scrollHeight > e.clientHeight + 1;
  const across = /auto|scroll/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1;
  return (down || across) && e.checkVisibility() && e.clientHeight > 20;
}).map((e) => `${e.className} ${e.scrollWidth}x${e.scrollHeight} in ${e.clientWidth}x${e.clientHeight}`)"""


@dataclass(frozen=True)
class Seen:
    """What was measured, and how many of each kind, as a measurement of nothing would pass."""

    texts: int
    strokes: int
    markers: int
    offences: list[str]


def luminance(color: list[float]) -> float:
    """The relative luminance as defined by WCAG, of red, green, blue from 0 to 255."""
    shares = [part / 255 for part in color[:3]]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: list[float], other: list[float]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def measured(page: Page) -> Seen:
    """In words, everything on the page that is smaller, thinner or paler than a projector needs."""
    found: dict[str, list[dict[str, Any]]] = page.evaluate(SEEN)
    for kind, things in page.evaluate(PAINTED).items():
        found[kind] += things
    floors = {"texts": (TEXT, WORDS), "strokes": (STROKE, GRAPHICS), "markers": (MARKER, GRAPHICS)}
    offences = []
    for kind, (least, ratio) in floors.items():
        for thing in found[kind]:
            if thing["size"] < least - 0.05:
                offences.append(f"{kind}: {thing['size']:.1f} pixels: {thing['what']}")
            worst = min(contrast(thing["ink"], under) for under in thing["under"])
            if worst < ratio - 0.01:
                offences.append(f"{kind}: contrast {worst:.2f}: {thing['what']}")
    return Seen(len(found["texts"]), len(found["strokes"]), len(found["markers"]), sorted(set(offences)))


def scrolled(page: Page) -> list[str]:
    """What has to be scrolled."""
    found: list[str] = page.evaluate(HIDDEN)
    return found
