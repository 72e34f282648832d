"""Matrices as coloured cells, blue for positive numbers and orange for negative ones, and equations of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from engine.model.types import Flags
from pages.charts.style.base import Dict
from pages.charts.style.format import format_number, omitted_words, shorten
from pages.charts.style.palette import Palette
from pages.charts.style.sizes import DESK, Sizes

CELL_WIDTH, ROW_NAME_WIDTH, LETTER_WIDTH = 66, 54, 9
"""Widths in pixels: of a cell, of the row names on the left, of a letter."""

MOST_ROWS, MOST_COLUMNS = DESK.cells
"""The most rows and columns drawn; the chosen ones are always among them."""

PROJECTOR_WIDTH = 770
"""The width of an equation that fits on a projector: 1,248 pixels, where everything is drawn 1.6 times as large."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """One matrix of an equation: `values` (rows, columns), the names of its rows and columns, clicks and highlights.

    `picks` (rows, columns, 4) are the table row, layer, source and neuron that a click chooses; -1 changes nothing.
    `related` marks the numbers that the chosen one is computed from or goes into, `chosen` the chosen ones themselves.
    Numbers smaller than `zero_below` (rows, columns) are 0 up to rounding.
    """

    name: str
    values: npt.NDArray[np.float64]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    picks: npt.NDArray[np.int64] = field(repr=False)
    related: Flags
    chosen: Flags
    zero_below: npt.NDArray[np.float64]

    @property
    def shape(self) -> str:
        """The shape as text: 4×3."""
        return "×".join(map(str, self.values.shape))

    def transpose(self, name: str) -> "Matrix":
        """The transposed matrix."""
        return Matrix(
            name,
            self.values.T,
            self.columns,
            self.rows,
            self.picks.transpose(1, 0, 2),
            self.related.T,
            self.chosen.T,
            self.zero_below.T,
        )

    def crop(self, cells: tuple[int, int] = (MOST_ROWS, MOST_COLUMNS)) -> "Matrix":
        """The first rows and columns, at most `cells`, always with a chosen one, or if there is none, a related one."""
        wanted = self.chosen if self.chosen.any() else self.related
        height, wide = wanted.shape
        rows = first_indices(height, cells[0], int(np.argmax(wanted.any(axis=1))))
        columns = first_indices(wide, cells[1], int(np.argmax(wanted.any(axis=0))))
        part = np.ix_(rows, columns)
        return replace(
            self,
            values=self.values[part],
            rows=tuple(self.rows[i] for i in rows),
            columns=tuple(self.columns[i] for i in columns),
            picks=self.picks[part],
            related=self.related[part],
            chosen=self.chosen[part],
            zero_below=self.zero_below[part],
        )


def first_indices(count: int, most: int, wanted: int) -> list[int]:
    """The first `most` of `count` indices; if `wanted` is not among them, it takes the place of the last.

    >>> first_indices(4, 5, 0), first_indices(9, 4, 0), first_indices(9, 4, 7)
    ([0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 7])
    """
    first = list(range(min(count, most)))
    return first if wanted in first else [*first[:-1], wanted]


EquationPart = Matrix | str
"""A matrix, or the sign between two of them."""


def equation_width(parts: Sequence[EquationPart], across: int = MOST_COLUMNS) -> int:
    """The approximate width of an equation on one line, in pixels, with at most `across` columns of each matrix."""
    return sum(
        16 + LETTER_WIDTH * len(part)
        if isinstance(part, str)
        else ROW_NAME_WIDTH + CELL_WIDTH * min(part.values.shape[1], across)
        for part in parts
    )


def equation(parts: Sequence[EquationPart], colors: Palette) -> Dict:
    """The equation for the browser: matrices with texts, colours and clicks, and the signs between them."""
    cells = cells_that_fit(parts, colors.sizes)
    return {
        "parts": [part if isinstance(part, str) else matrix_data(part, colors, cells) for part in parts],
        "colors": {"text": colors.text, "muted": colors.muted, "frame": colors.text},
    }


def cells_that_fit(parts: Sequence[EquationPart], sizes: Sizes) -> tuple[int, int]:
    """The most rows and columns to draw; on a projector few enough that the equation and its notes fit on one line."""
    rows, across = sizes.cells
    if not sizes.projector:
        return rows, across
    while across > 1 and equation_width(parts, across) > PROJECTOR_WIDTH:
        across -= 1
    shapes = [part.values.shape for part in parts if isinstance(part, Matrix)]
    return rows - any(height > rows or wide > across for height, wide in shapes), across


def matrix_data(whole: Matrix, colors: Palette, cells: tuple[int, int]) -> Dict:
    """One matrix for the browser: its numbers short and in full; `marks` is 1 for related and 2 for chosen ones."""
    matrix = whole.crop(cells)
    values = matrix.values.tolist()
    rows, columns = whole.values.shape
    return {
        "name": whole.name,
        "shape": whole.shape,
        "rows": [shorten(name) for name in matrix.rows],
        "columns": [shorten(name, 8) for name in matrix.columns],
        "texts": [list(map(write, row, zeros)) for row, zeros in zip(values, matrix.zero_below.tolist(), strict=True)],
        "values": [[repr(value) for value in row] for row in values],
        "tints": cell_colors(matrix, colors),
        "marks": (matrix.related + matrix.chosen.astype(int)).tolist(),
        "picks": matrix.picks.tolist(),
        "more": omitted_words({"row": rows - len(matrix.rows), "column": columns - len(matrix.columns)}),
    }


def write(value: float, zero_below: float) -> str:
    """A number of a matrix."""
    return format_number(value, zero_below=zero_below)


def cell_colors(matrix: Matrix, colors: Palette) -> list[list[str]]:
    """The cells' colours, by their size relative to the largest number; cells that are not related are paler."""
    finite = np.where(np.isfinite(matrix.values), matrix.values, 0.0)
    strength = finite / (np.abs(finite).max() or 1.0)
    tone = np.where(matrix.related | ~matrix.related.any(), strength, strength * 0.3)[..., np.newaxis]
    low, middle, high = (np.array(list(bytes.fromhex(color[1:])), dtype=float) for color in colors.tints)
    mixed = middle + np.abs(tone) * (np.where(tone < 0, low, high) - middle)
    return [[f"#{bytes(color).hex()}" for color in row] for row in mixed.round().astype(np.uint8)]
