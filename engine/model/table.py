"""The table of an experiment: its rows, and what is done to its columns before the network sees them."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from engine.model.formulas.derived import derive
from engine.model.plan.earlier_tables import earlier_tables
from engine.model.scaling import SCALINGS, ColumnScale
from engine.model.table_validation import table_fields
from engine.model.types import Array
from engine.model.validation import Rows, TargetRows


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The part of an `Experiment` that is its table; by itself it checks nothing."""

    inputs: Rows = ((0, 0, 1), (1, 1, 1), (1, 0, 1), (0, 1, 1))  # (samples, inputs)
    targets: TargetRows = ((0,), (1,), (1,), (0,))  # (samples, targets); a flat list is one column; None: a question
    input_names: tuple[str, ...] = ()  # x1, x2, ... where none are given
    target_names: tuple[str, ...] = ()  # y1, y2, ...
    test_rows: tuple[int, ...] = ()  # indices of the rows held out of training
    derived: tuple[str, ...] = ()  # more inputs, each a formula of the others: "x1^2" (see `formulas`)
    scaling: str = "none"  # of the inputs, a column at a time, measured over the rows trained on
    target_scaling: str = "none"  # of the targets of a regression; what the network puts out is scaled back
    # (5000, inputs, targets): until epoch 5,000 these rows were trained on, (samples, inputs) and (samples, targets),
    # and no others. Scales are measured over the first rows trained on, and stay.
    earlier_tables: tuple[tuple[int, Rows, Rows], ...] = ()

    def _set(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)

    def _check_table(self) -> None:
        table = table_fields(self.inputs, self.targets, self.input_names, self.target_names, self.test_rows)
        for field, value in table.items():
            self._set(field, value)
        cells = len(self.inputs) * (len(self.input_names) + len(self.target_names))
        self._set("earlier_tables", earlier_tables(self.earlier_tables, self.input_names, self.target_names, cells))

    @property
    def unscaled_inputs(self) -> Array:
        """The inputs as they stand in the table, (samples, inputs), as a new array."""
        return np.array(self.inputs)

    @property
    def unscaled_targets(self) -> Array:
        """The targets as they stand in the table, (samples, targets), as a new array; nan for questions."""
        return np.array(self.targets, dtype=float)

    @property
    def varying_inputs(self) -> tuple[int, ...]:
        """The inputs of the table, from 0, that are not the same in every row.

        >>> from engine import Experiment
        >>> Experiment().varying_inputs  # its third input is always 1
        (0, 1)
        """
        return tuple(i for i, column in enumerate(self.unscaled_inputs.T) if len(np.unique(column)) > 1)

    @property
    def feature_names(self) -> tuple[str, ...]:
        """The names of all that goes into the network: the table's inputs, then the derived ones."""
        return self.input_names + self.derived

    @property
    def unscaled_features(self) -> Array:
        """All that goes into the network before it is scaled, (samples, features), as a new array."""
        return self.derive(self.unscaled_inputs)

    def derive(self, inputs: Array) -> Array:
        """Inputs in the table's own units, (..., inputs), with the derived ones after them, (..., features)."""
        return derive(inputs, self.input_names, self.derived) if self.derived else inputs

    @property
    def input_array(self) -> Array:
        """The inputs as the network takes them, derived and scaled, (samples, features), as a new array."""
        return self.scale_inputs(self.unscaled_inputs)

    @property
    def target_array(self) -> Array:
        """The targets as they are trained on, scaled, (samples, targets), as a new array; nan for questions."""
        scale = self.target_scale
        return scale.apply(self.unscaled_targets) if scale else self.unscaled_targets

    @property
    def input_scale(self) -> ColumnScale | None:
        """How inputs, derived ones too, are scaled, measured over the rows first trained on; None: they are not."""
        scaling = SCALINGS[self.scaling]
        if not scaling.measures:
            return None
        first = self.tables[0]
        return ColumnScale.measure(scaling, first.unscaled_features if self.derived else first.inputs, first.train_rows)

    @property
    def target_scale(self) -> ColumnScale | None:
        """How the targets are scaled, measured over the rows first trained on; None where they are not."""
        scaling = SCALINGS[self.target_scaling]
        first = self.tables[0]
        return ColumnScale.measure(scaling, first.targets, first.train_rows) if scaling.measures else None

    def scale_inputs(self, inputs: Array) -> Array:
        """Inputs in the table's own units, (..., inputs), as the network takes them: derived and scaled."""
        scale, features = self.input_scale, self.derive(inputs)
        return scale.apply(features) if scale else features

    def unscale_outputs(self, outputs: Array) -> Array:
        """What the network puts out, (..., targets), in the table's own units."""
        scale = self.target_scale
        return scale.undo(outputs) if scale else outputs

    @property
    def question_rows(self) -> tuple[int, ...]:
        """Indices of the rows without targets: the network answers them, and nothing is learned from them."""
        return tuple(row for row, targets in enumerate(self.targets) if targets[0] is None)

    @property
    def labelled_rows(self) -> tuple[int, ...]:
        """Indices of the rows with targets, held out or not, in the table's order."""
        return tuple(row for row, targets in enumerate(self.targets) if targets[0] is not None)

    @property
    def labelled_targets(self) -> Rows:
        """The targets of these rows, in the table's own units."""
        return tuple(cells for row in self.targets if (cells := tuple(cell for cell in row if cell is not None)))

    @property
    def train_rows(self) -> tuple[int, ...]:
        """Indices of the rows that are trained on, in the table's order."""
        held_out = frozenset(self.test_rows)
        return tuple([i for i, row in enumerate(self.targets) if row[0] is not None and i not in held_out])

    @property
    def table_start(self) -> int:
        """The epoch after which the table is trained on: 0, or the last one of the tables before it."""
        return self.earlier_tables[-1][0] if self.earlier_tables else 0

    @property
    def tables(self) -> tuple[Self, ...]:
        """The same with each of the tables that are trained on, one after the other, its own the last."""
        return (*(self.with_rows(inputs, targets) for _, inputs, targets in self.earlier_tables), self)

    def table_end(self, epoch: int) -> int | None:
        """The last epoch of the table that is trained on after an epoch; None where it is the last table."""
        return next((end for end, _, _ in self.earlier_tables if epoch < end), None)

    def table_after(self, epoch: int) -> Self:
        """The same with the table of the updates that come after an epoch: itself, from `table_start` on."""
        for end, inputs, targets in self.earlier_tables:
            if epoch < end:
                return self.with_rows(inputs, targets)
        return self

    @property
    def test_rows_learned_before(self) -> tuple[int, ...]:
        """Of the rows held out those that an earlier table has: no fair test."""
        known = {row for _, *table in self.earlier_tables for row in zip(*table, strict=True)}
        return tuple(row for row in self.test_rows if (self.inputs[row], self.targets[row]) in known)

    @property
    def most_trained_rows(self) -> int:
        """The most rows that are trained on at any time."""
        return max(len(table.train_rows) for table in self.tables)

    def with_rows(self, inputs: Rows, targets: Rows) -> Self:
        """The same with other rows, which are as checked as those of `earlier_tables`; all of them are trained on."""
        other = self._copy()
        other._set("inputs", inputs)
        other._set("targets", targets)
        other._set("test_rows", ())
        return other

    def _copy(self) -> Self:
        """The same once more, unchecked."""
        other = object.__new__(type(self))
        for name in self.__dataclass_fields__:
            other._set(name, getattr(self, name))
        return other
