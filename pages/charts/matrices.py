"""A matrix as a picture: a square a number, the number in it, its sign told by the colour; several make an equation."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from pages.charts.figure import Dict, label, layout
from pages.charts.lines import clipped
from pages.charts.palette import Palette

CELL, LINE, SIDE, TOP = 64, 30, 52, 46
"""Pixels: a number's width and height, room for row names at the left and for column names above."""

WIDE = 720
"""Pixels that every equation is given, so that all have numbers of one size; a wider one gets more."""

SHOWN, ACROSS = 8, 6
"""Rows and columns drawn of a larger matrix, the chosen ones always among them."""

Cells = npt.NDArray[np.bool_]
Pick = tuple[int, int, int, int]
"""What a click on a number chooses: table row, layer, source, neuron; -1 leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """One matrix of an equation: `values` (rows, columns), their names, where clicks lead, what is lit up.

    `lit` are the numbers that the chosen one comes from or goes into, `chosen` the chosen ones themselves.
    """

    name: str
    values: npt.NDArray[np.float64]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    picks: npt.NDArray[np.int64] = field(repr=False)
    lit: Cells
    chosen: Cells

    @property
    def shape(self) -> str:
        """4x3, as it is written on paper."""
        return "×".join(map(str, self.values.shape))

    def transposed(self, name: str) -> "Matrix":
        """Rows for columns."""
        return Matrix(
            name,
            self.values.T,
            self.columns,
            self.rows,
            self.picks.transpose(1, 0, 2),
            self.lit.T,
            self.chosen.T,
        )

    def small(self) -> "Matrix":
        """At most `SHOWN` rows and `ACROSS` columns: the first ones, and those that are lit."""
        rows = ends(self.lit, self.chosen, 1, SHOWN)
        columns = ends(self.lit, self.chosen, 0, ACROSS)
        part = np.ix_(rows, columns)
        return replace(
            self,
            values=self.values[part],
            rows=tuple(self.rows[i] for i in rows),
            columns=tuple(self.columns[i] for i in columns),
            picks=self.picks[part],
            lit=self.lit[part],
            chosen=self.chosen[part],
        )


def ends(lit: Cells, chosen: Cells, axis: int, most: int) -> list[int]:
    """Which rows or columns of many to draw: the first ones, and among them the chosen, or else a lit one."""
    wanted: Cells = np.any(chosen if chosen.any() else lit, axis=axis)
    if len(wanted) <= most or wanted[:most].any() or not wanted.any():
        return list(range(min(len(wanted), most)))
    return [*range(most - 1), int(np.flatnonzero(wanted)[0])]


Part = Matrix | str
"""A matrix, or the sign between two."""


def equation(parts: Sequence[Part], colors: Palette) -> Dict:
    """Matrices side by side with the signs between them; a click on a number gives its pick as customdata."""
    traces: list[Dict] = []
    notes: list[Dict] = []
    shapes: list[Dict] = []
    points: list[tuple[float, float, list[int]]] = []
    tall = max(min(part.values.shape[0], SHOWN) for part in parts if isinstance(part, Matrix)) * LINE
    more = any(isinstance(part, Matrix) and part.values.shape[0] > SHOWN for part in parts)
    x = 0.0
    for part in parts:
        if isinstance(part, str):
            width = 16 + 8 * len(part)
            notes.append(note(x + width / 2, -tall / 2, part, colors.text, 26 if part == "·" else 17))
            x += width
            continue
        drawn = part.small()
        x += SIDE
        traces.append(heat(drawn, x, colors))
        notes += names(part, drawn, x, colors)
        for (row, column), lit in np.ndenumerate(drawn.lit):
            center = (x + (column + 0.5) * CELL, -(row + 0.5) * LINE)
            points.append((*center, drawn.picks[row, column].tolist()))
            if lit:
                shapes.append(frame(*center, bool(drawn.chosen[row, column]), colors))
        x += max(drawn.values.shape[1] * CELL, 8 * len(f"{part.name} {part.shape}"))
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [point[0] for point in points],
            "y": [point[1] for point in points],
            "customdata": [point[2] for point in points],
            "marker": {"size": LINE - 4, "symbol": "square", "opacity": 0},
            "selected": {"marker": {"opacity": 0}},
            "unselected": {"marker": {"opacity": 0}},
            "hoverinfo": "none",
        }
    )
    bottom = 20 if more else 4
    still: Dict = {"visible": False, "fixedrange": True}
    return {
        "data": traces,
        "layout": layout(
            colors,
            "",
            "",
            height=TOP + tall + bottom,
            margin={"l": 0, "r": 0, "t": 0, "b": 0},
            xaxis=still | {"range": [0, max(x, WIDE)]},
            yaxis=still | {"range": [-tall - bottom, TOP]},
            annotations=notes,
            shapes=shapes,
        ),
    }


def heat(matrix: Matrix, left: float, colors: Palette) -> Dict:
    """The squares; their colour is relative to the largest number of the matrix, paler where nothing is lit."""
    rows, columns = matrix.values.shape
    finite = np.where(np.isfinite(matrix.values), matrix.values, 0.0)
    strength = finite / (np.abs(finite).max() or 1.0)
    tone = np.where(matrix.lit | ~matrix.lit.any(), strength, strength * 0.3)
    low, middle, high = colors.tints
    return {
        "type": "heatmap",
        "name": matrix.name,
        "x": [left + CELL * column for column in range(columns + 1)],
        "y": [-float(LINE * row) for row in range(rows + 1)],
        "z": np.round(tone, 3).tolist(),
        "zmin": -1,
        "zmax": 1,
        "colorscale": [[0, low], [0.5, middle], [1, high]],
        "showscale": False,
        "text": [[brief(value) for value in row] for row in matrix.values.tolist()],
        "texttemplate": "%{text}",
        "textfont": {"size": 12.5, "color": colors.text},
        "xgap": 2,
        "ygap": 2,
        "customdata": matrix.values.tolist(),
        "hovertemplate": f"{matrix.name}: %{{customdata}}<extra></extra>",
    }


def brief(value: float) -> str:
    """A number that fits into its square.

    >>> brief(-0.00757), brief(0.000195), brief(0.25)
    ('-0.00757', '1.95e-4', '0.25')
    """
    text = label(value)
    return text if len(text.lstrip("-")) <= 7 else f"{value:.2e}".replace("e-0", "e-").replace("e+0", "e")


def names(whole: Matrix, drawn: Matrix, left: float, colors: Palette) -> list[Dict]:
    """The matrix's name and shape above, its columns' names under that, its rows' names at the left."""
    rows, columns = drawn.values.shape
    title = f"<b>{whole.name}</b> {whole.shape}"
    found = [note(left, 36, title, colors.text, 13, xanchor="left")]
    found += [
        note(left + (column + 0.5) * CELL, 12, clipped(name, 8), colors.muted, 11)
        for column, name in enumerate(drawn.columns)
    ]
    found += [
        note(left - 5, -(row + 0.5) * LINE, clipped(name, 8), colors.muted, 11, xanchor="right")
        for row, name in enumerate(drawn.rows)
    ]
    left_out = [
        f"{total - seen} more {what}{'s' * (total - seen > 1)}"
        for total, seen, what in zip(whole.values.shape, (rows, columns), ("row", "column"), strict=True)
        if total > seen
    ]
    if left_out:
        found.append(note(left, -rows * LINE - 9, f"and {', '.join(left_out)}", colors.muted, 11, xanchor="left"))
    return found


def note(x: float, y: float, text: str, color: str, size: int, **more: str) -> Dict:
    """A piece of writing at a place in pixels."""
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": {"color": color, "size": size}} | more


def frame(x: float, y: float, chosen: bool, colors: Palette) -> Dict:
    """A frame round a number: thick round a chosen one."""
    across, down = CELL / 2 - 2, LINE / 2 - 2
    return {
        "type": "rect",
        "x0": x - across,
        "x1": x + across,
        "y0": y - down,
        "y1": y + down,
        "line": {"color": colors.positive, "width": 3 if chosen else 1},
    }
