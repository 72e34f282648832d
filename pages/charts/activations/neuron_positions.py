"""Where a layer's neurons sit: their z for every row that is drawn, at every kept epoch."""

from dataclasses import dataclass

import numpy as np

from engine import ACTIVATIONS, History
from engine.model.activation_functions import Activation
from engine.model.types import Flags
from engine.model.weight_index import neuron_names
from pages.charts.activations.activation_curve import LEAST_REACH, Numbers
from pages.charts.style.base import padded_range

MOST_MARKS = 160
"""At most about so many marks are drawn: of a large table, rows evenly spread over it, and always the chosen one."""

DIVERGED_WIDTH = 20
"""A run that diverged is shown up to so many times the width it began with: the rest would leave nothing to see."""


@dataclass(frozen=True, slots=True)
class NeuronPositions:
    """Where one layer's neurons stand: `z` (F, rows, units) at all kept epochs, for the `rows` that are drawn.

    `row` is the chosen one. Only what lies within `low` to `high` is in the picture, and only a run that diverged ever
    leaves it.
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
        """Where among `rows` the chosen one is."""
        return self.rows.index(self.row)

    @property
    def other_indices(self) -> list[int]:
        """Where among `rows` the others are."""
        return [index for index, row in enumerate(self.rows) if row != self.row]

    @property
    def inside(self) -> Flags:
        """Which of `z` lie in the picture: (F, rows, units) as bool."""
        return np.isfinite(self.z) & (self.z >= self.low) & (self.z <= self.high)


def neuron_positions(history: History, layer: int, row: int) -> NeuronPositions:
    """Where the neurons of a layer stand at all kept epochs, and how wide a picture of that must be."""
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
