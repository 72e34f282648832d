"""The colours of the pictures, for light and for dark, and the order in which lines take them.

One meaning a colour: blue is positive and orange negative, and nothing else is blue or orange. Rows, classes and layers
have the colours of `series`; what is wrong has `wrong`, and a shape as well. All of them were searched for by computer:
the smallest distance between two of them, seen with normal eyes and with each of the three kinds of colour blindness,
was made as large as it gets where text in these colours keeps 4.5:1 against the background. A test computes both.
"""

from dataclasses import dataclass, replace

from pages.charts.style.sizes import DESK, Sizes


@dataclass(frozen=True, slots=True)
class Palette:
    """One scheme, and how large it is."""

    background: str
    text: str  # words
    muted: str  # words and lines that stay behind
    grid: str
    positive: str  # a number's sign, and nothing else
    negative: str
    series: tuple[str, ...]  # rows, classes, layers
    regions: tuple[str, ...]  # the same, paler: the part of a plane that belongs to a class, under its marks
    wrong: str  # marks of what is not right, which have a shape of their own
    wrong_tint: str  # a cell with an output that is not right
    tints: tuple[str, str, str]  # cells of -1, 0 and 1, pale enough for text on top
    amounts: tuple[str, str]  # cells of little and of much, both pale enough for text on top
    sizes: Sizes = DESK

    def line(self, index: int) -> str:
        """The colour of line number `index`; they repeat when they run out."""
        return self.series[index % len(self.series)]

    def sign(self, value: float) -> str:
        """Blue for a positive number, orange for a negative one; 0 is neither."""
        return self.negative if value < 0 else self.positive if value > 0 else self.muted


LIGHT = Palette(
    background="#ffffff",
    text="#1b2430",
    muted="#566172",
    grid="#e6e9ee",
    positive="#1c5fc4",
    negative="#b5500b",
    series=("#471993", "#038481", "#4c0235", "#6a4d04", "#005c70", "#6d2036", "#8749a4", "#5d7636"),
    regions=("#b2a4f2", "#9ad5d1", "#c895b1", "#cdb78e", "#8ec3d4", "#d8a0aa", "#d9b2ee", "#bacca3"),
    wrong="#d43e53",
    wrong_tint="#fbdfe3",
    tints=("#f6c9a4", "#f4f6f9", "#a9cbf7"),
    amounts=("#f4f6f9", "#a7b1c0"),
)
DARK = Palette(
    background="#11161d",
    text="#e8ebf0",
    muted="#a3adba",
    grid="#29313c",
    positive="#6fabff",
    negative="#f39a4d",
    series=("#927bf9", "#acf8d7", "#cb6e97", "#fce93b", "#5fd5de", "#d9a895", "#b297d2", "#b4de88"),
    regions=("#4c4280", "#4d7b68", "#6a3c4f", "#7b7223", "#326b6f", "#795141", "#5d4d70", "#5a6e45"),
    wrong="#fc4f52",
    wrong_tint="#5c1f2c",
    tints=("#7a4518", "#232b36", "#1f4f94"),
    amounts=("#1d242e", "#5a6675"),
)


def palette_for(scheme: str | None, sizes: Sizes = DESK) -> Palette:
    """The palette for "light" or "dark"; light where the scheme is not known."""
    return replace(DARK if scheme == "dark" else LIGHT, sizes=sizes)
