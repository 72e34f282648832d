"""Contour lines as pieces of straight line.

Plotly's own contours vanish from a chart whose frames move without a redraw, as the player moves them.
"""

import numpy as np

from engine.model.types import Array


def contour_pieces(x: Array, y: Array, values: Array, level: float) -> Array:
    """The pieces at which values on a grid, (X, Y), are at a level: (pieces, 2 ends, 2 coordinates).

    Every cell of the grid is cut into two triangles, in which the values are taken to rise evenly. A triangle has a
    piece of the line where one corner is on the other side of the level than the two others.
    """
    corners = np.stack([*np.meshgrid(x, y, indexing="ij"), values], axis=-1)
    a, b, c, d = corners[:-1, :-1], corners[1:, :-1], corners[1:, 1:], corners[:-1, 1:]
    triangles = np.stack([np.stack([a, b, c], axis=2), np.stack([a, c, d], axis=2)]).reshape(-1, 3, 3)
    above = triangles[:, :, 2] > level
    crossed = triangles[(above.sum(axis=1) % 3) != 0]
    above = crossed[:, :, 2] > level
    lone = np.where(above.sum(axis=1) == 1, above.argmax(axis=1), (~above).argmax(axis=1))
    rows = np.arange(len(crossed))
    tip = crossed[rows, lone]
    ends = []
    for step in (1, 2):
        other = crossed[rows, (lone + step) % 3]
        share = (level - tip[:, 2]) / (other[:, 2] - tip[:, 2])
        ends.append(tip[:, :2] + share[:, np.newaxis] * (other[:, :2] - tip[:, :2]))
    pieces: Array = np.stack(ends, axis=1)
    return pieces


def contour_levels(values: Array, count: int = 14) -> Array:
    """Levels between the smallest and the largest of these losses, each the same factor above the one before."""
    smallest = max(float(values.min()), float(values.max()) * 1e-9, 1e-300)
    levels: Array = np.geomspace(smallest, max(float(values.max()), smallest * 1.001), count + 2)[1:-1]
    return levels
