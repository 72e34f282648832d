"""What pages change about Streamlit's grid in the browser."""

from pathlib import Path

GRID_JS = "".join(
    Path(__file__).with_name(f"grid_{part}.js").read_text(encoding="utf-8")
    for part in ("paste", "signs", "keys", "mouse", "outputs")
)
"""Defines `listenForPastes()`: from then on `window.glassboxPastes.report` gets the text and the cell of every paste;
`isLate` there is true where a grid had come first. And `hideEditSigns()`: grids made later have none by their titles.
And `keepLettersInGrid()`: letters typed there are no shortcuts. And `keepMouseFromGrid()`: keys select its cells
wherever the mouse is. And `drawOutputsOverGrid()`: while the player is at another epoch than Python drew, that epoch's
outputs are drawn over the grid's."""

GRID_REST_JS = Path(__file__).with_name("grid_rest.js").read_text(encoding="utf-8")
"""Defines `watchGrid(isHeld)`: it tells when all that was typed has been reported, and while `isHeld()` what is done to
the grid waits for the one that comes."""
