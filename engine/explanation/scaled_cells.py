"""The scaled cells of an update, worked out in another way: a column at a time, in plain Python.

What was measured of a column is summed without rounding (`math.fsum`, and fractions for the deviation), and each number
of the column scaled by it. The margin says how far apart mere rounding may put the two.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from engine.explanation.check import CellIndex, Check
from engine.explanation.ledger import Update
from engine.explanation.rounding_error import EPS
from engine.model.experiment import Experiment
from engine.model.scaling import ColumnScale
from engine.model.types import Array
from engine.model.validation import TargetRows


def scaled_cell_checks(update: Update, experiment: Experiment) -> tuple[Check, ...]:
    """A check of every scaled input and target of the update; none where nothing is scaled."""
    e, table = experiment, update.table
    features: TargetRows = e.unscaled_features.tolist() if e.derived else e.inputs
    first = e.tables[0]
    rows, first_features = first.train_rows, first.unscaled_features.tolist()
    measured: TargetRows = tuple(first_features[row] for row in rows)
    wanted: TargetRows = tuple(first.targets[row] for row in rows)
    inputs = _checks(update, measured, table.input_scale, features, update.layers[0].inputs, e.feature_names)
    before = len(e.feature_names)
    targets = _checks(update, wanted, table.target_scale, e.targets, update.targets, e.target_names, before)
    return (*inputs, *targets)


def _checks(
    update: Update,
    measured: TargetRows,
    scale: ColumnScale | None,
    table: TargetRows,
    shown: Array,
    names: Sequence[str],
    before: int = 0,
) -> Iterator[Check]:
    """The checks of the inputs or of the targets; `before` columns of the table stand before them.

    `measured` are the rows that the scale was measured over.
    """
    if scale is None:
        return
    for column, name in enumerate(names):
        trained = np.array([row[column] for row in measured], dtype=float).tolist()
        first, second = _measures(scale, column, trained)
        values = np.array([table[row][column] for row in update.rows], dtype=float)
        scaled = scale.scaling.scale(values, first, second)
        margins = _margins(scale, trained, values, scaled, first, second)
        for index, row in enumerate(update.rows):
            yield Check(
                f"row {row + 1}, {name} scaled",
                CellIndex(row, before + column),
                float(shown[index, column]),
                float(scaled[index]),
                float(margins[index]),
            )


def _measures(scale: ColumnScale, column: int, trained: Sequence[float]) -> tuple[Array, Array]:
    """The two measures of a column; 0 and 1 where it has one value, which is left as it is."""
    if len(set(trained)) == 1:
        return np.array(0.0), np.array(1.0)
    if scale.scaling.recompute is None or not scale.varies[column]:
        return scale.first[column], scale.second[column]
    first, second = scale.scaling.recompute(trained)
    return np.array(first), np.array(second)


def _margins(
    scale: ColumnScale, trained: Sequence[float], values: Array, scaled: Array, first: Array, second: Array
) -> Array:
    """How far rounding may put each scaled number off: that of the measures, whose sums have a term a row, and its own.

    All of it is at most so many units in the last place of the largest number, stretched as the column is.
    """
    ends = scale.scaling.unscale(np.array([0.0, 1.0]), first, second)
    width = abs(float(ends[1] - ends[0])) or 1.0
    size = max(float(np.abs(values).max()), max(map(abs, trained)))
    units = (len(trained) + 4) * EPS
    margins: Array = units * (size / width * (1 + 2 * np.abs(scaled)) + np.abs(scaled))
    return margins
