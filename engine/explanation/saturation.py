"""Saturation: which neurons still learn, told from how steep their activation is where they stand.

On its way back an error is multiplied by the slope f'(z) of every neuron that it passes (see `network.backward`). Where
f is flat, next to nothing of it arrives at the weights below: the neuron is saturated. Where the slope is exactly 0 on
every row, as below 0 with ReLU, the neuron is dead. This is the only rule for it: every page and every finding asks
`neuron_states`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from engine.model.activation_functions import Activation
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.types import Array
from engine.training.history import History

STOPPED = 0.001
"""A neuron whose slope stays below this on every row has all but stopped learning: a thousandth of its error passes."""

SLOW = 0.05
"""Below this on every row a neuron learns slowly: at most a twentieth of its error passes."""

State: TypeAlias = Literal["non_finite", "cancelled", "no_slope", "dead", "stopped", "slow", "partly_flat", "learning"]
"""The first of these that is true of a neuron: its numbers are not finite; the loss cancels its slope; its activation
has no slope anywhere; it is dead; its slope is below `STOPPED` on every row; below `SLOW` on every row; below `STOPPED`
on some rows; on none."""


@dataclass(frozen=True, slots=True)
class NeuronState:
    """How one neuron stands over some rows at one epoch."""

    state: State
    z_low: float  # its z lies in [z_low, z_high]
    z_high: float
    slope_low: float  # its slope f'(z) lies in [slope_low, slope_high]
    slope_high: float
    steepest: float  # the largest |f'(z)|
    flat_rows: int  # on how many rows |f'(z)| is below STOPPED
    rows: int

    @property
    def is_saturated(self) -> bool:
        """Whether it has all but stopped learning, or learns slowly."""
        return self.state in ("stopped", "slow")


def cancels_slope(experiment: Experiment, layer: int) -> bool:
    """Whether the slope of this layer plays no part: in a cross-entropy that of the output cancels (see `losses`)."""
    return layer == len(experiment.hidden) and LOSSES[experiment.loss].fused_activation is not None


def neuron_states(
    history: History, layer: int, frame: int, rows: Sequence[int] | None = None
) -> tuple[NeuronState, ...]:
    """How every neuron of a layer stands at one frame, over all rows that are trained on or over the given ones."""
    e = history.experiment
    inputs = e.unscaled_inputs[list(e.train_rows if rows is None else rows)]
    z, activation = history.forward(frame, inputs).pre_activations[layer], ACTIVATIONS[e.activations[layer]]
    with np.errstate(all="ignore"):
        slopes = activation.slope(z)
    cancelled = cancels_slope(e, layer)
    return tuple(_neuron_state(activation, z[:, j], slopes[:, j], cancelled) for j in range(z.shape[1]))


def _neuron_state(activation: Activation, z: Array, slopes: Array, cancelled: bool) -> NeuronState:
    steepness = np.abs(slopes)
    steepest, flat_rows = float(steepness.max()), int((steepness < STOPPED).sum())
    return NeuronState(
        state=_state(activation, z, steepest, flat_rows, cancelled),
        z_low=float(z.min()),
        z_high=float(z.max()),
        slope_low=float(slopes.min()),
        slope_high=float(slopes.max()),
        steepest=steepest,
        flat_rows=flat_rows,
        rows=len(z),
    )


def _state(activation: Activation, z: Array, steepest: float, flat_rows: int, cancelled: bool) -> State:
    flat_below, flat_above = (
        activation.is_elementwise and not activation.slope(np.array([side])).any() for side in (-1.0, 1.0)
    )
    states: tuple[tuple[State, bool], ...] = (
        ("non_finite", not np.isfinite(steepest) or not np.isfinite(z).all()),
        ("cancelled", cancelled),
        ("no_slope", flat_below and flat_above),
        ("dead", flat_below and bool(z.max() <= 0)),
        ("stopped", steepest < STOPPED),
        ("slow", steepest < SLOW),
        ("partly_flat", flat_rows > 0),
    )
    return next((state for state, holds in states if holds), "learning")
