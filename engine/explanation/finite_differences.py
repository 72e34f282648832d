"""A finite difference says how steep the loss is at a weight: move it a little up and a little down, and look.

(L(w + h) - L(w - h)) / 2h, with the step h that errs least, and a margin: how far apart mere rounding may put the
measured slope and the right one.
"""

import math
from collections.abc import Callable

import numpy as np

from engine.explanation.check import PRECISE_SHARE, Check, Place
from engine.explanation.ledger import Update
from engine.explanation.rounding_error import EPS, LARGE, RecomputedPass
from engine.model.activations import ACTIVATIONS, Activation
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.types import Array

TOLERANCE, TINY = 1e-6, 1e-150
"""Beside the margin of its measurement a gradient may be off by this share of itself, or by what is 0 when squared."""

NEGLIGIBLE_SHARE = 1e-10
"""A change of the loss by less than this share of itself is next to nothing: rounding hides a tenth of it."""


class LossGradient:
    """How steep the loss of an update is, found by moving its weights; built for one update, and thrown away."""

    def __init__(self, update: Update, experiment: Experiment, again: RecomputedPass) -> None:
        self.update, self.experiment = update, experiment
        self.signals, self.pre_activations, self.output_margins, self.pre_activation_margins = (
            again.signals,
            again.pre_activations,
            again.output_margins,
            again.pre_activation_margins,
        )
        self.targets = np.array(experiment.targets)[list(update.rows)]
        self.activations = [ACTIVATIONS[name] for name in experiment.activations]
        self.corners = [has_corner(activation) for activation in self.activations]
        self.curved = [is_curved(activation) for activation in self.activations]
        numbers = (*self.signals, *self.pre_activations, self.targets, *(layer.weights for layer in update.layers))
        self.too_large = not all(abs(array).max() < LARGE for array in numbers)

    def check(self, place: Place) -> Check:
        """The shown gradient of the loss and the penalty against the measured one."""
        index, source, neuron = place
        layer, e = self.update.layers[index], self.experiment
        measured, margin, corner = self.measure(place)
        if layer.bias_gradient is not None and source == len(layer.weights):
            shown = float(layer.bias_gradient[neuron])
        else:
            shown = float(layer.weight_gradient[source, neuron] + layer.penalty[source, neuron])
            w = float(layer.weights[source, neuron])
            measured += penalty_slope(e, w)
            corner |= w == 0 and e.l1 > 0
        margin += TOLERANCE * abs(measured) + TINY
        if self.too_large or not math.isfinite(measured):
            measured, margin = math.nan, math.inf
        return Check(self.name(place), place, shown, measured, margin, corner)

    def negligible(self, place: Place) -> float:
        """A gradient next to nothing: with it a weight that moves the sums by 1 changes the loss by FAINT of itself.

        The loss is looked at a little aside, for where all is learned it is 0 itself. Where there is a penalty, next to
        nothing is small beside that too.
        """
        (index, source, neuron), reach = place, self.sensitivity(place)
        height, _, _ = self.loss_after_move(place, 0.1 / reach)
        nothing, layer = max(TINY, NEGLIGIBLE_SHARE * abs(height) * reach), self.update.layers[index]
        if source == len(layer.weights):
            return nothing
        penalty = abs(penalty_slope(self.experiment, float(layer.weights[source, neuron])))
        return min(nothing, PRECISE_SHARE * penalty) if penalty else nothing

    def name(self, place: Place) -> str:
        """A weight or bias in words."""
        index, source, neuron = place
        e, last = self.experiment, len(self.activations) - 1
        into = e.target_names[neuron] if index == last else f"neuron {neuron + 1}"
        layer = "output layer" if index == last else f"hidden layer {index + 1}"
        if source == e.shapes[index][0]:
            return f"{layer}, bias of {into}"
        return f"{layer}, weight from {f'neuron {source + 1}' if index else e.input_names[source]} to {into}"

    def measure(self, place: Place) -> tuple[float, float, bool]:
        """The central difference of the loss at a weight, its margin, and whether a corner lies there.

        Too large a step misses the curve, too small a one drowns in rounding, so ever smaller ones are taken. While the
        curve counts each comes nearer than the one before, and the gaps between the last three tell how near.
        """
        best, quotients, reach = (math.nan, math.inf, False), list[float](), self.sensitivity(place)
        for power in range(1, 11):
            h = 10.0**-power / reach
            (above, noise_above, over), (below, noise_below, under) = (
                self.loss_after_move(place, h),
                self.loss_after_move(place, -h),
            )
            quotients.append((above - below) / (2 * h))
            if power < 3:
                continue
            third, second, slope = quotients[-3:]
            gap, noise = 2 * max(abs(slope - second), abs(second - third) / 10), (noise_above + noise_below) / (2 * h)
            if gap + noise < best[1]:
                best = slope, gap + noise, over or under
            if noise >= gap or gap <= TOLERANCE / 10 * abs(slope):
                break
        return best

    def sensitivity(self, place: Place) -> float:
        """How far the sums move, for each unit that a weight does: in curved layers at most, in straight ones by share.

        It only decides where the steps begin, so that none leaps over a whole bend of the curve.
        """
        first, _, neuron = place
        moved, most = np.zeros_like(self.pre_activations[first]), 0.0
        moved[:, neuron] = self.source_signal(place)
        for index in range(first, len(self.pre_activations)):
            if index > first:
                slope = self.activations[index - 1].slope(self.pre_activations[index - 1])
                moved = np.dot(moved * slope, self.update.layers[index].weights)
            share = 1.0 if self.curved[index] else max(1.0, float(abs(self.pre_activations[index]).max()))
            most = max(most, float(abs(moved).max()) / share)
        return most if 0 < most < math.inf else 1.0

    def source_signal(self, place: Place) -> Array | float:
        """What arrives along a weight, (samples,), or the 1 along a bias."""
        layer, source, _ = place
        signals = self.signals[layer]
        return signals[:, source] if source < signals.shape[1] else 1.0

    def loss_after_move(self, place: Place, h: float) -> tuple[float, float, bool]:
        """The loss with one weight moved by h, how much of it may be rounding, and whether a sum crossed a corner."""
        first, _, neuron = place
        layers, crossed = self.update.layers, False
        z = self.pre_activations[first].copy()
        z[:, neuron] += h * self.source_signal(place)
        a = z
        for index in range(first, len(layers)):
            if index > first:
                z = np.dot(a, layers[index].weights)
                biases = layers[index].biases
                z = z if biases is None else z + biases
            a = self.activations[index].value(z)
            if self.corners[index]:
                a, over = self.extend_same_side(index, z, a)
                crossed |= over
        loss = LOSSES[self.experiment.loss]
        value, error = loss.value(z, a, self.targets), abs(loss.error(a, self.targets))
        if loss.fused_activation is None:
            noise = error * (self.output_margins + EPS * (abs(a) + abs(self.targets)))
        else:  # these losses are worked out from z
            noise = error * self.pre_activation_margins + EPS * loss.scale(*self.targets.shape) * (1 + abs(z))
        return value, 4 * (float(noise.sum()) + EPS * abs(value)), crossed

    def extend_same_side(self, index: int, z: Array, a: Array) -> tuple[Array, bool]:
        """f(z) as if the curve had no corner, and whether any z of a layer has crossed its corner.

        At a corner the slope jumps, and the gradient shown belongs to the side where z was before the move. So where z
        has moved past the corner, the straight line of its old side is followed on instead of the curve.
        """
        start = self.pre_activations[index]
        beyond = (z * start <= 0) & (z != start)
        if not beyond.any():
            return a, False
        line = self.signals[index + 1] + self.activations[index].slope(start) * (z - start)
        return np.where(beyond, line, a), True


def has_corner(activation: Activation) -> bool:
    """Whether the curve or its slope jumps at z = 0, the only place where an activation here has a corner."""
    sides = np.array([-1e-9, 1e-9])
    functions: tuple[Callable[[Array], Array], ...] = (activation.value, activation.slope)
    return not activation.mixes and any(float(np.ptp(function(sides))) > 1e-3 for function in functions)


def is_curved(activation: Activation) -> bool:
    """Whether the slope changes elsewhere than at 0."""
    points = np.array([1.0, 2.0, 3.0])
    return activation.mixes or any(float(np.ptp(activation.slope(sign * points))) > 0 for sign in (1, -1))


def penalty_slope(experiment: Experiment, w: float) -> float:
    """The central difference of l2/2 w^2 + l1 abs(w), with a step that w can be moved by exactly."""

    def penalty(value: float) -> float:
        return experiment.l2 / 2 * value * value + experiment.l1 * abs(value)

    h = abs(w) / 1024 or 1.0
    return (penalty(w + h) - penalty(w - h)) / (2 * h)
