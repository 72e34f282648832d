"""The sizes of a chart's text, lines and marks: on a desk, and on a projector.

On a projector, lines and marks must be distinguishable without colour, so they differ in dash and shape. Where two of
them meet, each has a rim of background colour, so that it contrasts with its neighbour as it does with the background.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

NOT_SCALED = ("most_named", "most_numbered", "cells", "most_neurons", "projector")
"""The fields that do not grow with the window."""

Pixels = float | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in pixels, and the most lines, neurons, numbers and cells to draw.

    Text: `text` beside lines, `small_text` at axes, `number` on edges, `inside` units, `title`. Line widths: `line`,
    `thin_line`, `highlighted_line`, `bundle_line` in groups of lines, `edge` the thinnest and widest edge. Diameters:
    `marker`, `neuron_marker` for other rows and the chosen one, `unit`, `small_unit`. `plot_width` is
    the width between the axes, `drawing_width` that of the network drawing, `margins` are left, top and bottom. Up to
    `most_named` lines and `most_neurons` neurons are drawn one by one, and up to `most_numbered` edges have numbers;
    `cells` are the most rows and columns of a matrix. On a `projector` there are dashes and shapes, but no grid, no
    axis titles, and nothing after the cursor.
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
        """The sizes for a window `factor` times as large."""
        grow = [field.name for field in fields(self) if field.name not in NOT_SCALED]
        larger: dict[str, Any] = {name: scale_pixels(getattr(self, name), factor) for name in grow}
        return replace(self, **larger)

    def text_width(self, count: int) -> int:
        """The approximate width of `count` characters of `text` size."""
        return round(0.54 * self.text) * count


def scale_pixels(pixels: Pixels, factor: float) -> Pixels:
    """Pixels times a factor; integers stay integers."""
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
"""The dash and shape of line number `index`, besides its colour, on a projector."""
