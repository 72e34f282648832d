"""The first steps of an update whose table is scaled: what each column was scaled by, and what its numbers became."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.model.scaling import ColumnScale
from engine.model.types import Array
from pages.charts.style.format import list_first
from pages.charts.update.latex import latex_factor, with_result
from pages.charts.update.layer_view import LayerView, one_of
from pages.charts.update.matrices import Matrix
from pages.charts.update.step import Step, function_name

SOURCE, NEURON = 2, 3
"""Where a pick has the source of a weight, and its neuron."""


def scaling_steps(first: LayerView, last: LayerView) -> list[Step]:
    """A step for the inputs and one for the targets, where they are scaled, with the first and the last layer."""
    update, steps = first.update, []
    if scale := update.table.input_scale:
        inputs = ScaledColumns(first, scale, "inputs", "X", update.table.inputs, update.layers[0].inputs)
        steps.append(inputs.step())
    if scale := update.table.target_scale:
        steps.append(ScaledColumns(last, scale, "targets", "y", update.table.targets, update.targets).step())
    return steps


@dataclass(frozen=True, slots=True)
class ScaledColumns:
    """The inputs or the targets of an update: `table` in its own units, and `scaled`, both (samples, columns)."""

    scene: LayerView
    scale: ColumnScale
    kind: str
    letter: str
    table: Array
    scaled: Array

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        e = self.scene.experiment
        return e.feature_names if self.kind == "inputs" else e.target_names

    @property
    def column(self) -> int:
        """The column in the formula: the chosen weight's input, or its neuron; for a bias the first."""
        chosen = self.scene.source if self.kind == "inputs" else self.scene.neuron
        return chosen if chosen < len(self.columns) else 0

    @property
    def measures(self) -> tuple[str, str]:
        """The names of the two numbers of each column: mean and deviation."""
        first, second = (measure.name for measure in self.scale.scaling.measures)
        return first, second

    def step(self) -> Step:
        """The table, the two numbers of each column, and the scaled table."""
        scaling, measures = self.scale.scaling, self.measures
        left = self.scale.left_columns(self.columns)
        about = f"{scaling.about} The {measures[0]} and the {measures[1]} are those of the rows that are "
        about += f"{'first ' * bool(self.scene.experiment.earlier_tables)}trained on."
        about += f" {list_first(left)}: one value only, so it stays as it is." * bool(left)
        about += " Outputs are scaled back by the same two numbers." * (self.kind == "targets")
        variables = [f"{name}_{self.letter}" if self.kind == "targets" else name for name in measures]
        return Step(
            self.scene.index,
            f"Scaled {self.kind}",
            about,
            rf"{self.letter} = {scaling.formula}",
            self.numbers(),
            f"{self.letter} = {function_name(scaling.scale)}({self.kind}, {', '.join(variables)})",
            (
                self.matrix(self.kind, self.table),
                ",",
                self.matrix(" and ".join(measures), np.array([self.scale.first, self.scale.second]), measures),
                "→",
                self.matrix(self.letter, self.scaled),
            ),
        )

    def numbers(self) -> str:
        """The formula in numbers, for the chosen row and column."""
        scaling, row, column = self.scale.scaling, self.scene.row, self.column
        x, first, second = (float(values[column]) for values in (self.table[row], self.scale.first, self.scale.second))
        symbols = [measure.symbol for measure in scaling.measures]

        def text(digits: int) -> str:
            written = re.sub(r"\bx\b", lambda _: latex_factor(x, digits), scaling.formula)
            for symbol, value in zip(symbols, (first, second), strict=True):
                written = written.replace(symbol, latex_factor(value, digits))
            return written

        def value(see: Callable[[float], float]) -> float:
            with np.errstate(all="ignore"):
                return float(scaling.scale(*(np.array(see(number)) for number in (x, first, second))))

        return with_result(text, value, float(self.scaled[row, column]))

    def matrix(self, name: str, values: Array, rows: tuple[str, ...] | None = None) -> Matrix:
        """A matrix of one row per sample, or with `rows` of others, and one column per column of the table."""
        picks = np.full((*values.shape, 4), -1)
        picks[:, :, 1] = self.scene.index
        picks[:, :, SOURCE if self.kind == "inputs" else NEURON] = np.arange(values.shape[1])
        if rows is None:
            picks[:, :, 0] = np.array(self.scene.update.rows)[:, None]
            lit = self.scene.chosen_row(values) & np.ones(values.shape, dtype=bool)
        else:
            lit = np.ones(values.shape, dtype=bool)
        chosen = lit & one_of(values.shape[1], self.column)
        return Matrix(name, values, rows or self.scene.rows, self.columns, picks, lit, chosen, np.zeros(values.shape))
