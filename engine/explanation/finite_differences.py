"""Gradients by finite differences: (L(w + h) - L(w - h)) / 2h for one weight w at a time.

The step h is the one with the smallest error. Each gradient comes with a margin: how far it may be from the true one,
by rounding and by the size of the step.
"""

import math
from collections.abc import Callable

import numpy as np

from engine.explanation.check import PRECISE_SHARE, Check
from engine.explanation.ledger import Update
from engine.explanation.rounding_error import EPS, LARGE, RecomputedPass
from engine.model.activation_functions import Activation
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.types import Array, Flags
from engine.model.weight_index import WeightIndex

TOLERANCE, TINY = 1e-6, 1e-150
"""Added to the margin of a gradient: this share of the gradient, and a number so small that its square is 0."""

NEGLIGIBLE_SHARE = 1e-10
"""A change of the loss by less than this share of it is negligible: rounding alone reaches a tenth of that."""


class LossGradient:
    """The gradient of one update's loss, measured by moving its weights."""

    def __init__(self, update: Update, experiment: Experiment, again: RecomputedPass) -> None:
        self.update, self.experiment = update, experiment
        self.signals, self.pre_activations, self.output_margins, self.pre_activation_margins = (
            again.signals,
            again.pre_activations,
            again.output_margins,
            again.pre_activation_margins,
        )
        self.targets = experiment.target_array[list(update.rows)]
        self.activations = [ACTIVATIONS[name] for name in experiment.activations]
        self.corners = [has_corner(activation) for activation in self.activations]
        self.curved = [is_curved(activation) for activation in self.activations]
        numbers = (*self.signals, *self.pre_activations, self.targets, *(layer.weights for layer in update.layers))
        self.too_large = not all(abs(array).max() < LARGE for array in numbers)

    def check(self, weight: WeightIndex) -> Check:
        """Check the gradient shown for a weight, penalty included, against the measured one."""
        source, neuron = weight.source, weight.neuron
        layer, e = self.update.layers[weight.layer], self.experiment
        measured, margin, corner = self.measure(weight)
        if layer.bias_gradient is not None and weight.is_bias(e):
            shown = float(layer.bias_gradient[neuron])
        else:
            shown = float(layer.weight_gradient[source, neuron] + layer.penalty[source, neuron])
            w = float(layer.weights[source, neuron])
            measured += penalty_slope(e, w)
            corner |= w == 0 and e.l1 > 0
        margin += TOLERANCE * abs(measured) + TINY
        if self.too_large or not math.isfinite(measured):
            measured, margin = math.nan, math.inf
        return Check(weight.name(e), weight, shown, measured, margin, corner)

    def negligible(self, check: Check) -> float:
        """The largest negligible gradient: one that changes the loss by NEGLIGIBLE_SHARE of it when z moves by 1.

        The loss is taken a small move away, because a network that has learned everything has a loss of 0. With a
        penalty, a negligible gradient must be small compared with that as well.
        """
        weight = check.place
        assert isinstance(weight, WeightIndex), "gradients are checked weight by weight"
        sensitivity = self.sensitivity(weight)
        (height,), _, _ = self.losses_after_moves(weight, np.array([0.1 / sensitivity]))
        nothing = max(TINY, NEGLIGIBLE_SHARE * abs(float(height)) * sensitivity)
        layer = self.update.layers[weight.layer]
        if weight.is_bias(self.experiment):
            return nothing
        penalty = abs(penalty_slope(self.experiment, float(layer.weights[weight.source, weight.neuron])))
        return min(nothing, PRECISE_SHARE * penalty) if penalty else nothing

    def measure(self, weight: WeightIndex) -> tuple[float, float, bool]:
        """The central difference of the loss for a weight, its margin, and whether the step crossed a corner.

        A large step has truncation error, a small one rounding error, so ever smaller steps are tried. While truncation
        dominates, each quotient is closer than the one before, and the last three differ by about what is left of it.
        """
        best, quotients, reach = (math.nan, math.inf, False), list[float](), self.sensitivity(weight)
        for powers in ((1, 2, 3), *((power,) for power in range(4, 11))):  # the first three slopes are always needed
            steps = np.array([10.0**-power / reach for power in powers])
            losses, noises, crossed = self.losses_after_moves(weight, np.stack([steps, -steps]))
            quotients += ((losses[0] - losses[1]) / (2 * steps)).tolist()
            third, second, slope = quotients[-3:]
            noise = float(noises[:, -1].sum() / (2 * steps[-1]))
            gap = 2 * max(abs(slope - second), abs(second - third) / 10)
            if gap + noise < best[1]:
                best = slope, gap + noise, bool(crossed[:, -1].any())
            if noise >= gap or gap <= TOLERANCE / 10 * abs(slope):
                break
        return best

    def sensitivity(self, weight: WeightIndex) -> float:
        """How far z moves per unit of a weight: the maximum over this layer and all later ones.

        In a layer with a piecewise linear activation the move counts relative to the largest z. This only sets the
        first step, so that it does not jump over a whole bend of a curve.
        """
        first = weight.layer
        moved, most = np.zeros_like(self.pre_activations[first]), 0.0
        moved[:, weight.neuron] = self.source_signal(weight)
        for index in range(first, len(self.pre_activations)):
            if index > first:
                slope = self.activations[index - 1].slope(self.pre_activations[index - 1])
                moved = np.dot(moved * slope, self.update.layers[index].weights)
            share = 1.0 if self.curved[index] else max(1.0, float(abs(self.pre_activations[index]).max()))
            most = max(most, float(abs(moved).max()) / share)
        return most if 0 < most < math.inf else 1.0

    def source_signal(self, weight: WeightIndex) -> Array | float:
        """The input that a weight multiplies, (samples,); 1 for a bias."""
        return 1.0 if weight.is_bias(self.experiment) else self.signals[weight.layer][:, weight.source]

    def losses_after_moves(self, weight: WeightIndex, moves: Array) -> tuple[Array, Array, Flags]:
        """For each move h: the loss with one weight moved by h, the rounding error it may have, and whether any z
        crossed a corner. All are computed at once, as a stack of tables, and have the shape of `moves`."""
        first = weight.layer
        layers, crossed = self.update.layers, np.zeros(moves.shape, dtype=bool)
        z = np.tile(self.pre_activations[first], (*moves.shape, 1, 1))
        z[..., weight.neuron] += moves[..., np.newaxis] * self.source_signal(weight)
        a = z
        for index in range(first, len(layers)):
            if index > first:
                z = np.matmul(a, layers[index].weights)
                biases = layers[index].biases
                z = z if biases is None else z + biases
            a = self.activations[index].value(z)
            if self.corners[index]:
                a, over = self.extend_same_side(index, z, a)
                crossed |= over
        loss = LOSSES[self.experiment.loss]
        values, error = loss.value(z, a, self.targets), abs(loss.error(a, self.targets))
        if loss.fused_activation is None:
            noise = error * (self.output_margins + EPS * (abs(a) + abs(self.targets)))
        else:  # these losses are computed from z
            noise = error * self.pre_activation_margins + EPS * loss.scale(*self.targets.shape) * (1 + abs(z))
        return values, 4 * (noise.sum(axis=(-2, -1)) + EPS * abs(values)), crossed

    def extend_same_side(self, index: int, z: Array, a: Array) -> tuple[Array, Flags]:
        """f(z) of each table as if it had no corner, and whether any z of the layer has crossed the corner.

        At a corner the slope jumps, and the gradient shown belongs to the side where z was before the move. So for a z
        that has crossed it, f is continued as a straight line from the old side.
        """
        start = self.pre_activations[index]
        beyond = (z * start <= 0) & (z != start)
        over: Flags = beyond.any(axis=(-2, -1))
        if not over.any():
            return a, over
        line = self.signals[index + 1] + self.activations[index].slope(start) * (z - start)
        return np.where(beyond, line, a), over


def has_corner(activation: Activation) -> bool:
    """Whether f or its slope jumps at z = 0, the only place where an activation here has a corner."""
    sides = np.array([-1e-9, 1e-9])
    functions: tuple[Callable[[Array], Array], ...] = (activation.value, activation.slope)
    return activation.is_elementwise and any(float(np.ptp(function(sides))) > 1e-3 for function in functions)


def is_curved(activation: Activation) -> bool:
    """Whether f is curved anywhere, not just piecewise linear with a corner at 0."""
    points = np.array([1.0, 2.0, 3.0])
    return not activation.is_elementwise or any(float(np.ptp(activation.slope(sign * points))) > 0 for sign in (1, -1))


def penalty_slope(experiment: Experiment, w: float) -> float:
    """The central difference of l2/2 w^2 + l1 abs(w), with a step h for which w + h and w - h are exact."""

    def penalty(value: float) -> float:
        return experiment.l2 / 2 * value * value + experiment.l1 * abs(value)

    h = abs(w) / 1024 or 1.0
    return (penalty(w + h) - penalty(w - h)) / (2 * h)
