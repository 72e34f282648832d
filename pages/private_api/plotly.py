"""The JavaScript with which the player moves Plotly's charts; it goes before the player's own."""

from pathlib import Path

PLOTLY_JS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
