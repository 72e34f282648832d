"""A slope is how steep an activation is where a neuron stands: on a flat part hardly any error gets through.

On its way back an error is multiplied by the slope f'(z) of every neuron that it passes (see `network.backward`). Where
f is flat, next to nothing of it arrives at the weights below: the neuron is saturated. Where the slope is exactly 0 on
every row, as below 0 with ReLU, the neuron is dead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from engine.model.activations import ACTIVATIONS, Activation
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.network import forward
from engine.model.types import Array
from engine.training.history import History

STOPPED = 0.001
"""A neuron whose slope stays below this on every row has all but stopped learning: a thousandth of its error passes."""

SLOW = 0.05
"""Below this on every row a neuron learns slowly: at most a twentieth of its error passes."""

State: TypeAlias = Literal["beyond", "cancelled", "flat", "dead", "stopped", "slow", "partly", "awake"]
"""How a neuron stands, the first of these that is true: its numbers are not finite; the loss cancels its slope; its
activation has no slope anywhere; it is dead; its slope is below `STOPPED` on every row; below `SLOW` on every row;
below `STOPPED` on some rows; on none."""


@dataclass(frozen=True, slots=True)
class NeuronState:
    """Where one neuron stands over the training rows at one epoch.

    Its z lies in [z_low, z_high], its slope f'(z) in [slope_low, slope_high]; `steepest` is the largest slope without
    its sign; on `quiet` of `rows` rows the slope is below `STOPPED`.
    """

    z_low: float
    z_high: float
    slope_low: float
    slope_high: float
    steepest: float
    flat_rows: int
    rows: int
    state: State


def pre_activations_of(history: History, layer: int, rows: Sequence[int]) -> Array:
    """z of one layer at every kept epoch for the given rows of the table: (F, rows, units).

    z = a W + b with a from the layer below, forward through the weights and biases of each epoch.
    """
    inputs = np.array(history.experiment.inputs)[list(rows)]
    return np.stack([_sums_at(history, layer, frame, inputs) for frame in range(len(history.epochs))])


def cancels_slope(experiment: Experiment, layer: int) -> bool:
    """Whether the slope of this layer plays no part: in a cross-entropy that of the output cancels (see `losses`)."""
    return layer == len(experiment.hidden) and LOSSES[experiment.loss].fused_activation is not None


def neuron_states(history: History, layer: int, frame: int) -> tuple[NeuronState, ...]:
    """How every neuron of a layer stands at one frame of the history, over all rows that are trained on."""
    e = history.experiment
    z = _sums_at(history, layer, frame, np.array(e.inputs)[list(e.train_rows)])
    activation = ACTIVATIONS[e.activations[layer]]
    with np.errstate(all="ignore"):
        slopes = activation.slope(z)
    cancelled = cancels_slope(e, layer)
    return tuple(_neuron_state(activation, z[:, j], slopes[:, j], cancelled) for j in range(z.shape[1]))


def _sums_at(history: History, layer: int, frame: int, inputs: Array) -> Array:
    weights, biases = [w[frame] for w in history.weights], [b[frame] for b in history.biases]
    return forward(history.experiment, weights, biases, inputs).pre_activations[layer]


def _neuron_state(activation: Activation, z: Array, slopes: Array, cancelled: bool) -> NeuronState:
    steepness = np.abs(slopes)
    steepest, quiet = float(steepness.max()), int((steepness < STOPPED).sum())
    return NeuronState(
        z_low=float(z.min()),
        z_high=float(z.max()),
        slope_low=float(slopes.min()),
        slope_high=float(slopes.max()),
        steepest=steepest,
        flat_rows=quiet,
        rows=len(z),
        state=_state(activation, z, steepest, quiet, cancelled),
    )


def _state(activation: Activation, z: Array, steepest: float, quiet: int, cancelled: bool) -> State:
    below, above = (not activation.slope(np.array([side])).any() and not activation.mixes for side in (-1.0, 1.0))
    states: tuple[tuple[State, bool], ...] = (
        ("beyond", not np.isfinite(steepest) or not np.isfinite(z).all()),
        ("cancelled", cancelled),
        ("flat", below and above),
        ("dead", below and bool(z.max() <= 0)),
        ("stopped", steepest < STOPPED),
        ("slow", steepest < SLOW),
        ("partly", quiet > 0),
    )
    return next((state for state, holds in states if holds), "awake")
