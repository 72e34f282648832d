"""The browser's list of pages that Back goes through."""

from pathlib import Path

HISTORY_JS = Path(__file__).with_name("history.js").read_text(encoding="utf-8")
"""Defines `replaceWithinPage()`: from then on an address that changes within a page adds nothing to the list."""
