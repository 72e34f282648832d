"""A matrix as a picture: a square a number, the number in it, its sign told by the colour; several make an equation."""

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
"""Pixels: a number's width, the room for row names at the left, a letter's width."""

MOST_ROWS, MOST_COLUMNS = DESK.cells
"""Rows and columns drawn of a larger matrix, the chosen ones always among them."""

PROJECTOR_WIDTH = 770
"""As many of these pixels as a wall has room for: there everything is 1.6 times as large, on 1,248."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """One matrix of an equation: `values` (rows, columns), their names, where clicks lead, what is lit up.

    `picks` (rows, columns, 4) are what a click chooses: table row, layer, source, neuron; -1 leaves it as it is.
    `lit` are the numbers that the chosen one comes from or goes into, `chosen` the chosen ones themselves.
    """

    name: str
    values: npt.NDArray[np.float64]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    picks: npt.NDArray[np.int64] = field(repr=False)
    related: Flags
    chosen: Flags

    @property
    def shape(self) -> str:
        """4x3, as it is written on paper."""
        return "×".join(map(str, self.values.shape))

    def transpose(self, name: str) -> "Matrix":
        """Rows for columns."""
        return Matrix(
            name,
            self.values.T,
            self.columns,
            self.rows,
            self.picks.transpose(1, 0, 2),
            self.related.T,
            self.chosen.T,
        )

    def crop(self, cells: tuple[int, int] = (MOST_ROWS, MOST_COLUMNS)) -> "Matrix":
        """At most so many rows and columns: the first ones, and among them a chosen one, or else one that is lit."""
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
        )


def first_indices(count: int, most: int, wanted: int) -> list[int]:
    """The first of so many, and the wanted one among them.

    >>> first_indices(4, 5, 0), first_indices(9, 4, 0), first_indices(9, 4, 7)
    ([0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 7])
    """
    first = list(range(min(count, most)))
    return first if wanted in first else [*first[:-1], wanted]


EquationPart = Matrix | str
"""A matrix, or the sign between two."""


def equation_width(parts: Sequence[EquationPart], across: int = MOST_COLUMNS) -> int:
    """About how many pixels an equation takes in one line, of each matrix at most so many columns."""
    return sum(
        16 + LETTER_WIDTH * len(part)
        if isinstance(part, str)
        else ROW_NAME_WIDTH + CELL_WIDTH * min(part.values.shape[1], across)
        for part in parts
    )


def equation(parts: Sequence[EquationPart], colors: Palette) -> Dict:
    """Matrices side by side with the signs between them, as the browser is told: texts, colours, where clicks lead."""
    cells = cells_that_fit(parts, colors.sizes)
    return {
        "parts": [part if isinstance(part, str) else matrix_data(part, colors, cells) for part in parts],
        "colors": {"text": colors.text, "muted": colors.muted, "frame": colors.text},
    }


def cells_that_fit(parts: Sequence[EquationPart], sizes: Sizes) -> tuple[int, int]:
    """How many rows and columns are drawn; on a wall so few that the equation stays on one line, with its remarks."""
    rows, across = sizes.cells
    if not sizes.projector:
        return rows, across
    while across > 1 and equation_width(parts, across) > PROJECTOR_WIDTH:
        across -= 1
    shapes = [part.values.shape for part in parts if isinstance(part, Matrix)]
    return rows - any(height > rows or wide > across for height, wide in shapes), across


def matrix_data(whole: Matrix, colors: Palette, cells: tuple[int, int]) -> Dict:
    """One matrix: its numbers short and in full, `marks` 1 round what is lit and 2 round what is chosen."""
    matrix = whole.crop(cells)
    values = matrix.values.tolist()
    rows, columns = whole.values.shape
    return {
        "name": whole.name,
        "shape": whole.shape,
        "rows": [shorten(name, 8) for name in matrix.rows],
        "columns": [shorten(name, 8) for name in matrix.columns],
        "texts": [[format_number(value) for value in row] for row in values],
        "values": [[repr(value) for value in row] for row in values],
        "tints": cell_colors(matrix, colors),
        "marks": (matrix.related + matrix.chosen.astype(int)).tolist(),
        "picks": matrix.picks.tolist(),
        "more": omitted_words({"row": rows - len(matrix.rows), "column": columns - len(matrix.columns)}),
    }


def cell_colors(matrix: Matrix, colors: Palette) -> list[list[str]]:
    """The squares' colours: relative to the largest number of the matrix, paler where nothing is lit."""
    finite = np.where(np.isfinite(matrix.values), matrix.values, 0.0)
    strength = finite / (np.abs(finite).max() or 1.0)
    tone = np.where(matrix.related | ~matrix.related.any(), strength, strength * 0.3)[..., np.newaxis]
    low, middle, high = (np.array(list(bytes.fromhex(color[1:])), dtype=float) for color in colors.tints)
    mixed = middle + np.abs(tone) * (np.where(tone < 0, low, high) - middle)
    return [[f"#{bytes(color).hex()}" for color in row] for row in mixed.round().astype(np.uint8)]
