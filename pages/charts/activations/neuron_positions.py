"""The positions of a layer's neurons: their z for every row drawn, at every kept epoch."""

from dataclasses import dataclass

import numpy as np

from engine import ACTIVATIONS, History
from engine.model.activation_functions import Activation
from engine.model.types import Flags
from engine.model.weight_index import neuron_names
from pages.charts.activations.activation_curve import LEAST_REACH, Numbers
from pages.charts.style.base import padded_range

MOST_MARKS = 160
"""About the most marks drawn; of a large table, evenly spread rows, and always the chosen one."""

DIVERGED_WIDTH = 20
"""A diverged run is drawn up to this many times its initial width; beyond that, the start would be too small to see."""


@dataclass(frozen=True, slots=True)
class NeuronPositions:
    """The positions of one layer's neurons: `z` (F, rows, units) at all kept epochs, for the `rows` drawn.

    `row` is the chosen row. The chart shows z from `low` to `high`; only a diverged run goes beyond.
    """

    history: History
    layer: int
    row: int
    rows: tuple[int, ...]
    z: Numbers
    low: float
    high: float

    @property
    def activation(self) -> Activation:
        """The layer's activation."""
        return ACTIVATIONS[self.history.experiment.activations[self.layer]]

    @property
    def names(self) -> tuple[str, ...]:
        """The neurons' names."""
        return neuron_names(self.history.experiment, self.layer)

    @property
    def has_every_row(self) -> bool:
        """Whether every row of the table is drawn."""
        return len(self.rows) == len(self.history.experiment.inputs)

    @property
    def chosen_index(self) -> int:
        """The index of the chosen row in `rows`."""
        return self.rows.index(self.row)

    @property
    def other_indices(self) -> list[int]:
        """The indices of the other rows in `rows`."""
        return [index for index, row in enumerate(self.rows) if row != self.row]

    @property
    def inside(self) -> Flags:
        """Which of `z` are on the chart: (F, rows, units) as bool."""
        return np.isfinite(self.z) & (self.z >= self.low) & (self.z <= self.high)


def neuron_positions(history: History, layer: int, row: int) -> NeuronPositions:
    """The positions of a layer's neurons at all kept epochs, with the range of z that the chart must show."""
    units, samples = history.weights[layer].shape[2], len(history.experiment.inputs)
    spaced = np.linspace(0, samples - 1, min(samples, max(1, MOST_MARKS // units))).round().astype(int).tolist()
    rows = tuple(sorted({*spaced, row}))
    inputs = history.experiment.unscaled_inputs[list(rows)]
    z = history.forward(slice(None), inputs).pre_activations[layer]
    reach = np.where(np.isfinite(z), np.abs(z), np.inf).max(axis=(1, 2))
    bound = DIVERGED_WIDTH * max(float(reach[0]), LEAST_REACH) if history.diverged_at is not None else np.inf
    shown = z[np.isfinite(reach) & (reach <= bound)]
    low, high = padded_range(
        min(-LEAST_REACH, float(shown.min(initial=0.0))), max(LEAST_REACH, float(shown.max(initial=0.0)))
    )
    return NeuronPositions(history, layer, row, rows, z, low, high)
