"""Letters typed into the grid, before they are taken for shortcuts."""

from pathlib import Path

GRID_KEYS_JS = Path(__file__).with_name("grid_keys.js").read_text(encoding="utf-8")
