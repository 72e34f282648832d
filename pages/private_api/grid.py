"""What pages change about Streamlit's grid in the browser."""

from pathlib import Path

GRID_JS = "".join(
    Path(__file__).with_name(f"grid_{part}.js").read_text(encoding="utf-8")
    for part in ("paste", "signs", "keys", "rest")
)
"""Defines `takePastes(report, tooLate)`: from then on `report` gets the text and the cell of every paste, and `tooLate`
is called once where a grid was there first. And `hideEditSigns()`: grids made later have none beside their titles.
And `keepLettersInGrid()`: letters typed there are no shortcuts. And `watchGrid(isHeld)`: whether all that was typed has
been reported, and while `isHeld()` what is done there waits for the grid that comes."""
