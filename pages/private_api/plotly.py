"""The JavaScript by which the player moves Plotly's charts, to stand before its own."""

from pathlib import Path

PLOTLY_JS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
