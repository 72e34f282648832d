"""A table as it was typed: good or not, cells may be empty. Edits come from the grid, an Experiment comes out."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine import Experiment
from engine.serialization.url_format import TABLE_FIELDS
from pages.reading.cell_block import read_block
from pages.reading.cells import CellReading

SETTINGS = tuple(name for name in Experiment.__dataclass_fields__ if name not in TABLE_FIELDS)
HELD_OUT = "held"


def settings_of(experiment: Experiment) -> dict[str, Any]:
    """Everything of an experiment that is not its table, by field."""
    return {name: getattr(experiment, name) for name in SETTINGS}


@dataclass(frozen=True, slots=True)
class EditedTable:
    """`rows` are cells, a row's inputs first and then its targets; `held` says which rows are kept out of training.

    Columns are known by place, "x1", "x2", ... and "y1", ..., whatever they are called.
    """

    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    held_out: tuple[bool, ...]

    @classmethod
    def from_experiment(cls, e: Experiment) -> "EditedTable":
        """The table of an experiment."""
        rows = tuple((*inputs, *targets) for inputs, targets in zip(e.inputs, e.targets, strict=True))
        return cls(e.input_names, e.target_names, rows, tuple(row in e.test_rows for row in range(len(rows))))

    @property
    def columns(self) -> tuple[str, ...]:
        """The places of the columns."""
        return (*(f"x{i + 1}" for i in range(len(self.inputs))), *(f"y{i + 1}" for i in range(len(self.targets))))

    def experiment(self, settings: Mapping[str, Any]) -> Experiment:
        """The table with these settings as an Experiment, or ExperimentError with the reason why not."""
        width = len(self.inputs)
        self._refuse_cells_by_their_texts()
        return Experiment(
            inputs=tuple(row[:width] for row in self.rows),
            targets=tuple(row[width:] for row in self.rows),
            input_names=self.inputs,
            target_names=self.targets,
            test_rows=tuple(row for row, out in enumerate(self.held_out) if out),
            **settings,
        )

    def readings(self) -> dict[tuple[int, str], CellReading]:
        """What the cells that are still texts are read as, by row and column: each column decides together.

        Of a table that `with_edits` made these are the texts that are no numbers, and the ambiguous ones.
        """
        if not any(isinstance(cell, str) for row in self.rows for cell in row):
            return {}
        block = read_block(list(zip(*self.rows, strict=True)), self.inputs + self.targets)
        return {
            (row, column): cell
            for at, column in enumerate(self.columns)
            for row, cell in enumerate(block.columns[at])
            if isinstance(self.rows[row][at], str)
        }

    def with_edits(self, edits: Mapping[str, Any]) -> "EditedTable":
        """The table after what `st.data_editor` says was edited, added and deleted, its texts read as numbers."""
        return self.with_texts(edits).with_numbers()

    def with_texts(self, edits: Mapping[str, Any]) -> "EditedTable":
        """The table after what `st.data_editor` says was edited, added and deleted, cells as they were typed."""
        cells = [dict(zip(self.columns, row, strict=True)) | {HELD_OUT: out} for row, out in self._rows_and_flags()]
        for index, change in edits.get("edited_rows", {}).items():
            if int(index) < len(cells):
                cells[int(index)] |= change
        deleted = set(edits.get("deleted_rows", ()))
        kept = [row for index, row in enumerate(cells) if index not in deleted]
        kept += edits.get("added_rows", [])
        return replace(
            self,
            rows=tuple(tuple(_no_nan(row.get(column)) for column in self.columns) for row in kept),
            held_out=tuple(bool(row.get(HELD_OUT)) for row in kept),
        )

    def with_numbers(self) -> "EditedTable":
        """The table with every text that is a number beyond doubt as that number, and nothing where a text says so.

        A column with an ambiguous cell stays as it was typed, for its other texts may still decide.
        """
        readings, columns = self.readings(), self.columns
        if not readings:
            return self
        asked = {column for (_, column), cell in readings.items() if cell.kind == "ambiguous"}
        rows = tuple(
            tuple(
                readings[row, column].cell if isinstance(cell, str) and column not in asked else cell
                for column, cell in zip(columns, cells, strict=True)
            )
            for row, cells in enumerate(self.rows)
        )
        return replace(self, rows=rows)

    def _refuse_cells_by_their_texts(self) -> None:
        """ExperimentError where a text is two numbers, or a number beyond a float."""
        for (row, column), reading in self.readings().items():
            at = self.columns.index(column)
            name = (self.inputs + self.targets)[at]
            reading.refuse_problem("inputs" if at < len(self.inputs) else "targets", f"Row {row + 1}, column {name}")

    def _rows_and_flags(self) -> list[tuple[tuple[Any, ...], bool]]:
        return list(zip(self.rows, self.held_out, strict=True))

    def with_column(self, target: bool) -> "EditedTable":
        """One more column of zeros, the last of its kind."""
        names = self.targets if target else self.inputs
        taken, number = set(self.inputs + self.targets), len(names) + 1
        while (name := f"{'y' if target else 'x'}{number}") in taken:
            number += 1
        at = len(self.columns) if target else len(self.inputs)
        rows = tuple((*row[:at], 0.0, *row[at:]) for row in self.rows)
        if target:
            return replace(self, rows=rows, targets=(*names, name))
        return replace(self, rows=rows, inputs=(*names, name))

    def without_column(self, column: str) -> "EditedTable":
        """All but one column."""
        at, names = self.columns.index(column), self.inputs + self.targets
        left, width = names[:at] + names[at + 1 :], len(self.inputs) - (at < len(self.inputs))
        rows = tuple(row[:at] + row[at + 1 :] for row in self.rows)
        return replace(self, inputs=left[:width], targets=left[width:], rows=rows)

    def with_name(self, column: str, name: str) -> "EditedTable":
        """The same table with one column called otherwise."""
        at, names = self.columns.index(column), list(self.inputs + self.targets)
        names[at] = name
        return replace(self, inputs=tuple(names[: len(self.inputs)]), targets=tuple(names[len(self.inputs) :]))

    def with_no_row_held_out(self) -> "EditedTable":
        """The same table with every row trained on."""
        return replace(self, held_out=(False,) * len(self.rows))


def _no_nan(cell: object) -> object:
    """A cell, with nothing for not-a-number, as data frames write it."""
    return None if isinstance(cell, float) and math.isnan(cell) else cell
