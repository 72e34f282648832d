"""From page to page in the browser: its history, which Back goes through, and links."""

from pathlib import Path

HISTORY_JS, LINKS_JS = (
    Path(__file__).with_name(f"{name}.js").read_text(encoding="utf-8") for name in ("history", "links")
)
"""The first defines `replaceWithinPage()`: after that call, a change of the address within a page adds no entry to the
history. The second defines `holdLinks()`: a click on a link waits until what was done before it is reported."""
