"""How large a picture's words, lines and marks are: on a screen in front of somebody, and on a wall seen from afar.

On a wall, what is drawn must also be told apart without its colours, and where two things meet, each keeps a rim of
background round it, so that both have the contrast against their neighbour that they have against the background.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

COUNTS = ("named", "numbered", "cells", "seats", "bare")
"""What does not grow with the wall."""

Pixels = float | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Pixels: `words` beside lines, `small` ones at axes, `number` on edges, `inside` units, `title`.

    `line`, `thin` and `lit` are strokes, `faint` those in bundles, `edge` the thinnest and the widest edge; `marker`
    and `small_marker`, the two of `seat`, `unit` and `small_unit` are diameters; `room` is the width of a chart between
    its axes, `drawing` that of the network's drawing, `margins` are left, top and bottom. Up to `named` lines and
    `seats` neurons are told apart one by one, up to `numbered` edges have numbers; of a matrix, `cells` rows and
    columns are drawn. `bare`: no grid, no axis titles, nothing of the future, but dashes and shapes.
    """

    words: int = 13
    small: int = 12
    number: int = 13
    inside: int = 12
    title: int = 15
    line: float = 2.5
    thin: float = 1.5
    lit: float = 4
    faint: float = 1.2
    marker: int = 10
    small_marker: int = 6
    seat: tuple[int, int] = (8, 15)
    seats: int = 8
    edge: tuple[int, int] = (1, 8)
    room: int = 330
    margins: tuple[int, int, int] = (44, 32, 38)
    named: int = 10
    numbered: int = 24
    cells: tuple[int, int] = (12, 8)
    unit: int = 46
    small_unit: int = 12
    drawing: int = 360
    bare: bool = False

    def times(self, factor: float) -> "Sizes":
        """The same for a wall so many times as large."""
        grow = [field.name for field in fields(self) if field.name not in COUNTS]
        larger: dict[str, Any] = {name: grown(getattr(self, name), factor) for name in grow}
        return replace(self, **larger)

    def letters(self, count: int) -> int:
        """About the width of so many letters beside a line."""
        return round(0.54 * self.words) * count


def grown(pixels: Pixels, factor: float) -> Pixels:
    """So many times as many pixels, whole ones where they were whole."""
    if isinstance(pixels, tuple):
        return tuple(round(part * factor) for part in pixels)
    return round(pixels * factor) if isinstance(pixels, int) else round(pixels * factor, 2)


DESK = Sizes()
WALL = Sizes(
    words=24,
    small=24,
    number=28,
    inside=26,
    title=26,
    line=5,
    thin=3,
    lit=10,
    faint=3,
    marker=20,
    small_marker=14,
    seat=(15, 28),
    seats=6,
    edge=(4, 14),
    room=500,
    margins=(84, 44, 42),
    named=6,
    numbered=4,
    cells=(4, 3),
    unit=104,
    small_unit=18,
    drawing=600,
    bare=True,
)

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SHAPES = ("circle", "square", "diamond", "triangle-up", "pentagon", "star")
"""What line number `index` has beside its colour, on a wall."""
