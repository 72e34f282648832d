"""Scaling: what is done to the columns of a table before a network is trained on them.

A scaling measures two numbers of each column, over the rows that are trained on, and moves and stretches the column by
them: x becomes `scale(x, first, second)`, and `unscale` leads back. With 0 and 1 for the two numbers nothing changes,
and that is what a column of one value gets: there is nothing to divide it by. All arrays are (rows, columns), what is
measured (columns,). The formulas are those of scikit-learn's StandardScaler and MinMaxScaler
(https://scikit-learn.org/stable/modules/preprocessing.html).

To add one, add an entry to `SCALINGS`; `scale` and `unscale` must leave x as it is where the two numbers are 0 and 1.
"""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.model.types import Array, Flags
from engine.model.validation import TargetRows

LARGE_SIZE, SMALL_SIZE = 10.0, 0.1
"""A column whose largest number is beyond these is large or small: a network learns best from numbers of about 1."""

FAR_FROM_ZERO = 10.0
"""A column whose mean is this many deviations from 0 hardly varies, as far as a weight can tell."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that is measured of each column: its name, how formulas write it, and the function."""

    name: str
    symbol: str  # LaTeX
    of: Callable[[Array], Array]  # (rows, columns) to (columns,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling:
    """One way of scaling; `measures` is empty where nothing is done."""

    label: str  # as the page writes it
    formula: str  # LaTeX of what becomes of x
    about: str  # one sentence for a learner
    scale: Callable[[Array, Array, Array], Array]  # of x and the two measures
    unscale: Callable[[Array, Array, Array], Array]  # the way back
    measures: tuple[()] | tuple[Measure, Measure] = ()
    # The two measures of one column worked out in another way, for Verify; None: they are only taken as they are.
    recompute: Callable[[Sequence[float]], tuple[float, float]] | None = None


def column_mean(columns: Array) -> Array:
    means: Array = columns.mean(axis=0)
    return means


def column_deviation(columns: Array) -> Array:
    deviations: Array = columns.std(axis=0)
    return deviations


def column_minimum(columns: Array) -> Array:
    lowest: Array = columns.min(axis=0)
    return lowest


def column_maximum(columns: Array) -> Array:
    highest: Array = columns.max(axis=0)
    return highest


def column_varies(columns: Array) -> Flags:
    # of smaller differences the squares are 0, and so is the deviation
    varies: Flags = np.ptp(columns, axis=0) > 1e-100
    return varies


def leave_unscaled(x: Array, first: Array, second: Array) -> Array:
    return x


def standard(x: Array, mean: Array, deviation: Array) -> Array:
    return (x - mean) / deviation


def undo_standard(x: Array, mean: Array, deviation: Array) -> Array:
    return x * deviation + mean


def min_max(x: Array, low: Array, high: Array) -> Array:
    return (x - low) / (high - low)


def undo_min_max(x: Array, low: Array, high: Array) -> Array:
    return x * (high - low) + low


def recompute_standard(column: Sequence[float]) -> tuple[float, float]:
    return statistics.fmean(column), statistics.pstdev(column)


def recompute_min_max(column: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(column)
    return ordered[0], ordered[-1]


SCALINGS: dict[str, Scaling] = {
    "none": Scaling(
        label="None",
        formula="x",
        about="The numbers go in as they stand in the table. The lesson's own.",
        scale=leave_unscaled,
        unscale=leave_unscaled,
    ),
    "standard": Scaling(
        label="Standard",
        formula=r"\frac{x - \text{mean}}{\text{deviation}}",
        about="Each column minus its mean, over its deviation: about 0, and about 1 in size. Good for most tables.",
        scale=standard,
        unscale=undo_standard,
        measures=(
            Measure("mean", r"\text{mean}", column_mean),
            Measure("deviation", r"\text{deviation}", column_deviation),
        ),
        recompute=recompute_standard,
    ),
    "min_max": Scaling(
        label="Min-max",
        formula=r"\frac{x - \text{min}}{\text{max} - \text{min}}",
        about="Each column from 0, its smallest number, to 1, its largest.",
        scale=min_max,
        unscale=undo_min_max,
        measures=(Measure("min", r"\text{min}", column_minimum), Measure("max", r"\text{max}", column_maximum)),
        recompute=recompute_min_max,
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class ColumnScale:
    """The columns of a table as one scaling has measured them."""

    scaling: Scaling
    first: Array  # (columns,), 0 where the column is left as it is
    second: Array  # (columns,), 1 where the column is left as it is
    varies: Flags  # (columns,), whether the column is scaled: not where it has one value only

    @classmethod
    def measure(cls, scaling: Scaling, table: TargetRows | Array, rows: Sequence[int]) -> "ColumnScale":
        """The scale of a table's columns over these rows, by a scaling that does something."""
        columns = np.array([table[row] for row in rows], dtype=float)
        varies = column_varies(columns)
        first, second = (measure.of(columns) for measure in scaling.measures)
        return cls(scaling, np.where(varies, first, 0.0), np.where(varies, second, 1.0), varies)

    def left_columns(self, names: Sequence[str]) -> tuple[str, ...]:
        """Of the columns' names those that have one value only and are left as they are."""
        return tuple(name for name, varies in zip(names, self.varies, strict=True) if not varies)

    def apply(self, values: Array) -> Array:
        """Values in the table's own units, (..., columns), as they are trained on."""
        with np.errstate(over="ignore"):
            return self.scaling.scale(values, self.first, self.second)

    def undo(self, values: Array) -> Array:
        """Scaled values, (..., columns), in the table's own units."""
        with np.errstate(all="ignore"):
            return self.scaling.unscale(values, self.first, self.second)


def suggest_scaling(columns: Array) -> str:
    """The scaling that suits these columns, (rows, columns) of the rows trained on: "standard" or "none".

    Standard where a column that varies is large or small, far from 0, or unlike another in size.

    >>> suggest_scaling(np.array([[0.0, 1.0], [1.0, 0.0]])), suggest_scaling(np.array([[1990.0], [2020.0]]))
    ('none', 'standard')
    """
    columns = columns[:, column_varies(columns)]
    if not columns.size:
        return "none"
    sizes = np.abs(columns).max(axis=0)
    beyond = sizes.max() > LARGE_SIZE or sizes.min() < SMALL_SIZE
    unlike = sizes.max() > LARGE_SIZE * sizes.min()
    far = (np.abs(column_mean(columns)) > FAR_FROM_ZERO * column_deviation(columns)).any()
    return "standard" if beyond or unlike or far else "none"
