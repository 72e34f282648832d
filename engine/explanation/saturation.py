"""Saturation: which neurons still learn, judged by the slope of their activation at their z.

On its way back an error is multiplied by the slope f'(z) of every neuron it passes (see `network.backward`). Where f is
flat, almost none of it reaches the weights below: the neuron is saturated. If the slope is exactly 0 on every row, as
below 0 with ReLU, the neuron is dead. `neuron_states` is the only such rule: every page and every finding uses it.
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
"""With a slope below this on every row a neuron has all but stopped learning: a thousandth of its error passes."""

SLOW = 0.05
"""With a slope below this on every row a neuron learns slowly: a twentieth of its error passes."""

State: TypeAlias = Literal["non_finite", "cancelled", "no_slope", "dead", "stopped", "slow", "partly_flat", "learning"]
"""The first that is true of a neuron: its numbers are not finite; the loss cancels its slope; its activation is flat
everywhere; it is dead; its slope is below `STOPPED` on every row; below `SLOW` on every row; below `STOPPED` on some
rows; on no row."""


@dataclass(frozen=True, slots=True)
class NeuronState:
    """The state of one neuron at one epoch, over some rows."""

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
    """Whether the layer's slope plays no part: a cross-entropy cancels that of the output layer (see `losses`)."""
    return layer == len(experiment.hidden) and LOSSES[experiment.loss].fused_activation is not None


def neuron_states(
    history: History, layer: int, frame: int, rows: Sequence[int] | None = None
) -> tuple[NeuronState, ...]:
    """The state of every neuron of a layer at one frame, over the given rows; None means all training rows."""
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
