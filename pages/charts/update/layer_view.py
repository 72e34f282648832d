"""The view of one layer of an update for the chosen row and weight: its matrices, and the numbers to highlight."""

from dataclasses import dataclass, field

import numpy as np

from engine import Experiment
from engine.explanation.ledger import LayerLedger, Update, with_bias_row
from engine.explanation.rounded_to_zero import ZeroSizes
from engine.model.types import Array, Flags
from engine.model.weight_index import WeightIndex, neuron_names, source_names
from pages.charts.update.matrices import Matrix


@dataclass(frozen=True, slots=True)
class Focus:
    """The chosen row of the table, and the chosen weight."""

    row: int
    weight: WeightIndex


@dataclass(frozen=True, slots=True)
class LayerView:
    """One layer of an update, for the chosen row and weight; a sum is written out up to `most_terms`."""

    experiment: Experiment
    update: Update
    focus: Focus
    zeros: tuple[ZeroSizes, ...] = field(repr=False)
    most_terms: int
    index: int

    @property
    def layer(self) -> LayerLedger:
        """The layer's ledger."""
        return self.update.layers[self.index]

    @property
    def zero(self) -> ZeroSizes:
        """The sizes below which the layer's numbers are 0 up to rounding."""
        return self.zeros[self.index]

    @property
    def above(self) -> LayerLedger:
        """The next layer's ledger."""
        return self.update.layers[self.index + 1]

    @property
    def is_last(self) -> bool:
        """Whether this is the output layer."""
        return self.index == len(self.update.layers) - 1

    @property
    def row(self) -> int:
        """The index of the chosen row in the batch."""
        return self.update.rows.index(self.focus.row)

    @property
    def source(self) -> int:
        """The source in the formulas: the chosen weight's; in the next layer, its neuron; in others the first."""
        if self.index == self.focus.weight.layer + 1:
            return self.focus.weight.neuron
        return self.focus.weight.source if self.index == self.focus.weight.layer else 0

    @property
    def neuron(self) -> int:
        """The neuron in the formulas: the chosen weight's; in the layer before, its source; in others the first."""
        if self.index == self.focus.weight.layer - 1:
            return min(self.focus.weight.source, int(self.layer.weights.shape[1]) - 1)
        return self.focus.weight.neuron if self.index == self.focus.weight.layer else 0

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the layer's sources, with "bias" last if there is one."""
        return source_names(self.experiment, self.index)

    @property
    def neurons(self) -> tuple[str, ...]:
        """The names of the layer's neurons."""
        return neuron_names(self.experiment, self.index)

    @property
    def rows(self) -> tuple[str, ...]:
        """The names of the batch's rows."""
        return tuple(f"row {row + 1}" for row in self.update.rows)

    def matrix_name(self, letter: str, layer: int | None = None) -> str:
        """The name of a matrix, with the layer's number if there are several layers."""
        number = (self.index if layer is None else layer) + 1
        return f"{letter}{number}" if len(self.update.layers) > 1 else letter

    @property
    def parameters_name(self) -> str:
        """The name of the weights and, if there are any, of the biases."""
        return f"{self.matrix_name('W')} and {self.matrix_name('b')}" if self.experiment.bias else self.matrix_name("W")

    @property
    def input_name(self) -> str:
        """The name of the matrix of inputs."""
        return self.matrix_name("a", self.index - 1) if self.index else "X"

    def related_neurons(self, layer: int) -> Flags:
        """The neurons of a layer related to the chosen weight: its source, its own neuron, and all of other layers."""
        count = self.update.layers[layer].weights.shape[1]
        if layer == self.focus.weight.layer:
            return one_of(count, self.focus.weight.neuron)
        return (
            one_of(count, self.focus.weight.source)
            if layer == self.focus.weight.layer - 1
            else np.ones(count, dtype=bool)
        )

    def related_sources(self) -> Flags:
        """The sources of this layer related to the chosen weight."""
        count = len(self.sources)
        if self.index == self.focus.weight.layer:
            return one_of(count, self.focus.weight.source)
        return (
            one_of(count, self.focus.weight.neuron)
            if self.index == self.focus.weight.layer + 1
            else np.ones(count, dtype=bool)
        )

    def row_matrix(
        self,
        name: str,
        values: Array,
        zero_below: Array | float = 0.0,
        all_rows: bool = False,
        all_neurons: bool = False,
    ) -> Matrix:
        """A matrix of (samples, neurons); with `all_rows` or `all_neurons` the formula uses, and highlights, all."""
        here = self.chosen_row(values)
        picks = np.full((*values.shape, 4), -1)
        picks[:, :, 0] = np.array(self.update.rows)[:, None]
        picks[:, :, 1], picks[:, :, 3] = self.index, np.arange(values.shape[1])
        lit = (here | all_rows) & (self.related_neurons(self.index) | all_neurons)
        chosen = here & lit & one_of(values.shape[1], self.neuron)
        return Matrix(name, values, self.rows, self.neurons, picks, lit, chosen, spread(zero_below, values))

    def input_matrix(self, all_rows: bool = False) -> Matrix:
        """The inputs: one row per sample, one column per source, with a 1 for the bias."""
        values = with_bias_column(self.layer.inputs, self.experiment.bias)
        here = self.chosen_row(values)
        picks = np.full((*values.shape, 4), -1)
        picks[:, :, 0] = np.array(self.update.rows)[:, None]
        picks[:, :, 1], picks[:, :, 2] = self.index, np.arange(values.shape[1])
        lit = (here | all_rows) & (self.related_sources() | (not all_rows))
        return Matrix(
            f"{self.input_name} and 1" if self.experiment.bias else self.input_name,
            values,
            self.rows,
            self.sources,
            picks,
            lit,
            here & lit & one_of(values.shape[1], self.source),
            np.zeros_like(values),
        )

    def weight_matrix(
        self,
        name: str,
        weights: Array,
        biases: Array | None,
        zero_below: Array | float = 0.0,
        column: bool = False,
        all_neurons: bool = False,
    ) -> Matrix:
        """A matrix of the weights' shape, with the biases as its last row; `column` highlights the neuron's column."""
        values = with_bias_row(weights, biases)
        sources, units = np.arange(len(values)), np.arange(values.shape[1])
        picks = np.full((*values.shape, 4), -1)
        picks[:, :, 1], picks[:, :, 2], picks[:, :, 3] = self.index, sources[:, None], units
        lit = (self.related_sources() | column)[: len(values), np.newaxis] & (
            self.related_neurons(self.index) | all_neurons
        )
        chosen = lit & one_of(len(sources), self.source)[:, None] & one_of(len(units), self.neuron)
        sources_named = self.sources[: len(values)]
        return Matrix(name, values, sources_named, self.neurons, picks, lit, chosen, spread(zero_below, values))

    def chosen_row(self, values: Array) -> Flags:
        """A mask of the chosen row for a matrix with one row per sample, (samples, 1)."""
        return one_of(len(values), self.row)[:, np.newaxis]


def one_of(count: int, index: int) -> Flags:
    """A mask of one index; empty if it is out of range, as a bias's source is in the layer before."""
    lit = np.zeros(count, dtype=bool)
    lit[index : index + 1] = True
    return lit


def spread(zero_below: Array | float, values: Array) -> Array:
    """The sizes below which numbers are 0 up to rounding, one for each number."""
    sizes: Array = np.broadcast_to(np.asarray(zero_below, dtype=float), values.shape)
    return sizes


def with_bias_column(inputs: Array, bias: bool) -> Array:
    """The inputs, with a column of ones if there is a bias: the weight of an input that is always 1."""
    return np.hstack([inputs, np.ones((len(inputs), 1))]) if bias else inputs
