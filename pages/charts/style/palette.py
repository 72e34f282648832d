"""The colours of the pictures, for light and for dark, and the order in which lines take them.

Blue is positive and orange negative everywhere; the two survive colour blindness. Graphics have at least 3:1 against
the background and text 4.5:1, which a test computes.
"""

from dataclasses import dataclass, replace

from pages.charts.style.sizes import DESK, Sizes


@dataclass(frozen=True, slots=True)
class Palette:
    """One scheme: `text` and `muted` for words, `grid` for lines behind, the rest for data; and how large it is."""

    background: str
    text: str
    muted: str
    grid: str
    positive: str
    negative: str
    series: tuple[str, ...]
    tints: tuple[str, str, str]
    sizes: Sizes = DESK

    def line(self, index: int) -> str:
        """The colour of line number `index`; they repeat when they run out."""
        return self.series[index % len(self.series)]

    def sign(self, value: float) -> str:
        """Blue for a positive number, orange for a negative one."""
        return self.negative if value < 0 else self.positive


LIGHT = Palette(
    background="#ffffff",
    text="#1b2430",
    muted="#566172",
    grid="#e6e9ee",
    positive="#1c5fc4",
    negative="#b5500b",
    series=("#1c5fc4", "#b5500b", "#00796b", "#8a3ea8", "#a8265c", "#5f6b00", "#4a5b78", "#7a5230"),
    tints=("#f6c9a4", "#f4f6f9", "#a9cbf7"),
)
DARK = Palette(
    background="#11161d",
    text="#e8ebf0",
    muted="#a3adba",
    grid="#29313c",
    positive="#6fabff",
    negative="#f39a4d",
    series=("#6fabff", "#f39a4d", "#4fc3b0", "#cf93e6", "#f284ad", "#c3cf5a", "#a9b8d4", "#d3a982"),
    tints=("#7a4518", "#232b36", "#1f4f94"),
)


def palette_for(scheme: str | None, sizes: Sizes = DESK) -> Palette:
    """The palette for "light" or "dark"; light where the scheme is not known."""
    return replace(DARK if scheme == "dark" else LIGHT, sizes=sizes)
