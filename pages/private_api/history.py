"""The browser's history, which Back goes through."""

from pathlib import Path

HISTORY_JS = Path(__file__).with_name("history.js").read_text(encoding="utf-8")
"""Defines `replaceWithinPage()`: after that call, a change of the address within a page adds no history entry."""
