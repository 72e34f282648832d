"""What is pasted into a grid, before the grid takes it."""

from pathlib import Path

GRID_PASTE_JS = Path(__file__).with_name("grid_paste.js").read_text(encoding="utf-8")
"""Defines `takePastes(report, tooLate)`: `report` gets the text and the cell of a paste; it returns what ends that."""
