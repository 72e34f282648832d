"""Scrolling the page."""

from pathlib import Path

SCROLL_JS = Path(__file__).with_name("scroll.js").read_text(encoding="utf-8")
"""Defines `scrollToTop()`, and `scrollIntoSight(selector)`, which scrolls no further than it must."""
