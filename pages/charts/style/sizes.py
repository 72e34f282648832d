"""How large a picture's words, lines and marks are: on a screen in front of somebody, and on a wall seen from afar.

On a wall, what is drawn must also be told apart without its colours, and where two things meet, each keeps a rim of
background round it, so that both have the contrast against their neighbour that they have against the background.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

NOT_SCALED = ("most_named", "most_numbered", "cells", "most_neurons", "projector")
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

    text: int = 13
    small_text: int = 12
    number: int = 13
    inside: int = 12
    title: int = 15
    line: float = 2.5
    thin_line: float = 1.5
    highlighted_line: float = 4
    bundle_line: float = 1.2
    marker: int = 10
    small_marker: int = 6
    neuron_marker: tuple[int, int] = (8, 15)
    most_neurons: int = 8
    edge: tuple[int, int] = (1, 8)
    plot_width: int = 330
    margins: tuple[int, int, int] = (44, 32, 38)
    most_named: int = 10
    most_numbered: int = 24
    cells: tuple[int, int] = (12, 8)
    unit: int = 46
    small_unit: int = 12
    drawing_width: int = 360
    projector: bool = False

    def scaled_by(self, factor: float) -> "Sizes":
        """The same for a wall so many times as large."""
        grow = [field.name for field in fields(self) if field.name not in NOT_SCALED]
        larger: dict[str, Any] = {name: scale_pixels(getattr(self, name), factor) for name in grow}
        return replace(self, **larger)

    def text_width(self, count: int) -> int:
        """About the width of so many letters beside a line."""
        return round(0.54 * self.text) * count


def scale_pixels(pixels: Pixels, factor: float) -> Pixels:
    """So many times as many pixels, whole ones where they were whole."""
    if isinstance(pixels, tuple):
        return tuple(round(part * factor) for part in pixels)
    return round(pixels * factor) if isinstance(pixels, int) else round(pixels * factor, 2)


DESK = Sizes()
PROJECTOR = Sizes(
    text=24,
    small_text=24,
    number=28,
    inside=26,
    title=26,
    line=5,
    thin_line=3,
    highlighted_line=10,
    bundle_line=3,
    marker=20,
    small_marker=14,
    neuron_marker=(15, 28),
    most_neurons=6,
    edge=(4, 14),
    plot_width=500,
    margins=(84, 44, 42),
    most_named=6,
    most_numbered=4,
    cells=(4, 3),
    unit=104,
    small_unit=18,
    drawing_width=600,
    projector=True,
)

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SHAPES = ("circle", "square", "diamond", "triangle-up", "pentagon", "star")
"""What line number `index` has beside its colour, on a wall."""
