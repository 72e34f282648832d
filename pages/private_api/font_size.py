"""The root's font size, by which Streamlit works out how large grids and icons are."""

from pathlib import Path

FONT_SIZE_JS = Path(__file__).with_name("font_size.js").read_text(encoding="utf-8")
