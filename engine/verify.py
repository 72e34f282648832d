"""A verification works out in another way what a ledger shows: the outputs, and how steep the loss is at every weight.

Outputs are recomputed from the shown weights, product by product. A gradient says how much the loss changes when a
weight does, so each weight is moved a little up and a little down, and the loss looked at: (L(w + h) - L(w - h)) / 2h.
Both come with a margin, how far apart mere rounding may put two right numbers; what is farther apart is wrong.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.activations import ACTIVATIONS, Activation
from engine.arrays import Array
from engine.experiment import Experiment
from engine.explain import Update
from engine.losses import LOSSES

EPS = float(np.finfo(np.float64).eps)

TOLERANCE, TINY = 1e-6, 1e-150
"""A gradient may be off by this share of itself, or by what is nothing when squared, beside its measurement's margin."""

MOST, FEWEST, WORK = 200, 16, 8e7
"""At most and at least so many gradients are measured; in between, as many as keep weights x rows below WORK."""

LARGE = 1e50
"""Where numbers are larger, products of several pass all bounds, and no gradient can be measured."""

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Check:
    """One number of the screen, `shown`, and the same from another way, `recomputed`.

    `place` is (layer, row of the table, neuron) of an output, (layer, source, neuron) of a gradient, with source fan_in
    for the bias. `margin` is how far apart rounding may put the two, infinite where the numbers are too large to tell.
    `corner`: the curve has a corner here and so two slopes; measured is the side whose slope training takes.
    """

    name: str
    place: Place
    shown: float
    recomputed: float
    margin: float
    corner: bool = False

    @property
    def measured(self) -> bool:
        """Whether there is anything to hold the shown number against."""
        return self.margin < math.inf

    @property
    def ok(self) -> bool:
        """Whether the two agree, or cannot be told apart."""
        if not self.measured or self.shown == self.recomputed:
            return True
        return abs(self.shown - self.recomputed) <= self.margin

    @property
    def difference(self) -> float:
        """The relative difference: 0 where equal, 1 where one is 0 and the other not."""
        if not self.measured or self.shown == self.recomputed:
            return 0.0
        return abs(self.shown - self.recomputed) / max(abs(self.shown), abs(self.recomputed))


@dataclass(frozen=True, slots=True)
class Verification:
    """The checks of one update: every output; the gradients, or of a large network some of its `parameters`."""

    outputs: tuple[Check, ...]
    gradients: tuple[Check, ...]
    parameters: int

    @property
    def ok(self) -> bool:
        """Whether all agree."""
        return not self.wrong

    @property
    def wrong(self) -> tuple[Check, ...]:
        """The checks that fail."""
        return tuple(check for check in (*self.outputs, *self.gradients) if not check.ok)

    @property
    def difference(self) -> float:
        """The largest difference as a share of the largest number of its kind, outputs or gradients."""
        return max(share(self.outputs), share(self.gradients))

    @property
    def words(self) -> str:
        """What was found, in a few sentences."""
        checks = (*self.outputs, *self.gradients)
        found = f"{len(self.wrong)} of {len(checks)} numbers do not agree, " if self.wrong else "All agree: "
        found += f"{len(self.outputs)} outputs, worked out again, and {len(self.gradients)} "
        found += f"of {self.parameters} gradients" if len(self.gradients) < self.parameters else "gradients"
        found += f", measured. The largest difference is {self.difference:.1g} of the largest number."
        if corners := sum(check.corner for check in checks):
            found += (
                f" At {corners} the curve has a corner and so two slopes; the side that training takes was measured."
            )
        if large := sum(not check.measured for check in checks):
            found += f" {large} could not be measured: the numbers are too large."
        return found


def share(checks: tuple[Check, ...]) -> float:
    """The largest gap between shown and recomputed, over the largest recomputed number."""
    told = [check for check in checks if check.measured]
    gaps = [0.0 if check.shown == check.recomputed else abs(check.shown - check.recomputed) for check in told]
    if any(math.isnan(gap) for gap in gaps):
        return math.nan
    largest = max((abs(check.recomputed) for check in told), default=0.0)
    return max(gaps, default=0.0) / (largest or 1.0)


def verify(update: Update, experiment: Experiment, chosen: Place | None = None) -> Verification:
    """Check what is shown of an update, in less than a second; it changes nothing and raises no warning.

    Every output is checked, and every gradient (loss and penalty) as long as there are not too many: then some, spread
    evenly, and the `chosen` (layer, source, neuron).
    """
    with np.errstate(all="ignore"):
        slope = Slope(update, experiment)
        places = [
            (layer, source, neuron)
            for layer, (fan_in, fan_out) in enumerate(experiment.shapes)
            for source in range(fan_in + experiment.bias)
            for neuron in range(fan_out)
        ]
        limit = int(min(MOST, max(FEWEST, WORK // (len(places) * len(update.rows)))))
        spread = np.unique(np.linspace(0, len(places) - 1, min(limit, len(places))).astype(int)).tolist()
        picked = {places[index] for index in spread} | ({chosen} if chosen else set())
        gradients = tuple(slope.check(place) for place in sorted(picked))
        return Verification(slope.outputs(), gradients, len(places))


class Slope:
    """How steep the loss of an update is, found by moving its weights; built for one update, and thrown away."""

    def __init__(self, update: Update, experiment: Experiment) -> None:
        self.update, self.experiment = update, experiment
        rows = list(update.rows)
        self.targets = np.array(experiment.targets)[rows]
        self.activations = [ACTIVATIONS[name] for name in experiment.activations]
        self.corners = [has_corner(activation) for activation in self.activations]
        self.curved = [is_curved(activation) for activation in self.activations]
        self.signals = [np.array(experiment.inputs)[rows]]
        self.sums: list[Array] = []
        self.recomputed, self.rooms = self.signals[0], np.zeros_like(self.signals[0])
        for layer, activation in zip(update.layers, self.activations, strict=True):
            z, size = product(self.recomputed, layer.weights), product(abs(self.recomputed), abs(layer.weights))
            if layer.biases is not None:
                z, size = z + layer.biases, size + abs(layer.biases)
            room = product(self.rooms, abs(layer.weights)) + (len(layer.weights) + 2) * EPS * size
            self.recomputed, self.rooms, self.sum_rooms = activation.value(z), room_of(activation, z, room), room
            # where both are right, the last digit decides on which side of a corner a sum lies: take the shown one
            self.sums.append(np.where(abs(z - layer.sums) <= room, layer.sums, z))
            self.signals.append(activation.value(self.sums[-1]))
        self.rooms = np.where(np.isnan(self.rooms), np.inf, self.rooms)
        numbers = (*self.signals, *self.sums, self.targets, *(layer.weights for layer in update.layers))
        self.too_large = not all(abs(array).max() < LARGE for array in numbers)

    def outputs(self) -> tuple[Check, ...]:
        """A check of every output."""
        e, last = self.experiment, len(self.activations) - 1
        shown, found, margins = (
            values.tolist() for values in (self.update.layers[-1].outputs, self.recomputed, self.rooms)
        )
        return tuple(
            Check(f"row {row + 1}, {name}", (last, row, j), shown[i][j], found[i][j], margins[i][j])
            for i, row in enumerate(self.update.rows)
            for j, name in enumerate(e.target_names)
        )

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
        if self.too_large or not math.isfinite(measured):
            measured, margin = math.nan, math.inf
        margin += TOLERANCE * abs(measured) + TINY
        return Check(self.name(place), place, shown, measured, margin, corner)

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
        best, quotients, reach = (math.nan, math.inf, False), list[float](), self.reach(place)
        for power in range(1, 11):
            h = 10.0**-power / reach
            (above, noise_above, over), (below, noise_below, under) = self.loss(place, h), self.loss(place, -h)
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

    def reach(self, place: Place) -> float:
        """How far the sums move, for each unit that a weight does: in curved layers at most, in straight ones by share.

        It only decides where the steps begin, so that none leaps over a whole bend of the curve.
        """
        first, _, neuron = place
        moved, most = np.zeros_like(self.sums[first]), 0.0
        moved[:, neuron] = self.signal(place)
        for index in range(first, len(self.sums)):
            if index > first:
                slope = self.activations[index - 1].slope(self.sums[index - 1])
                moved = np.dot(moved * slope, self.update.layers[index].weights)
            share = 1.0 if self.curved[index] else max(1.0, float(abs(self.sums[index]).max()))
            most = max(most, float(abs(moved).max()) / share)
        return most if 0 < most < math.inf else 1.0

    def signal(self, place: Place) -> Array | float:
        """What arrives along a weight, (samples,), or the 1 along a bias."""
        layer, source, _ = place
        signals = self.signals[layer]
        return signals[:, source] if source < signals.shape[1] else 1.0

    def loss(self, place: Place, h: float) -> tuple[float, float, bool]:
        """The loss with one weight moved by h, how much of it may be rounding, and whether a sum crossed a corner."""
        first, _, neuron = place
        layers, crossed = self.update.layers, False
        z = self.sums[first].copy()
        z[:, neuron] += h * self.signal(place)
        a = z
        for index in range(first, len(layers)):
            if index > first:
                z = np.dot(a, layers[index].weights)
                biases = layers[index].biases
                z = z if biases is None else z + biases
            a = self.activations[index].value(z)
            if self.corners[index]:
                a, over = self.same_side(index, z, a)
                crossed |= over
        loss = LOSSES[self.experiment.loss]
        value, error = loss.value(z, a, self.targets), abs(loss.error(a, self.targets))
        if loss.output is None:
            noise = error * (self.rooms + EPS * (abs(a) + abs(self.targets)))
        else:  # these losses are worked out from z
            noise = error * self.sum_rooms + EPS * loss.scale(*self.targets.shape) * (1 + abs(z))
        return value, 4 * (float(noise.sum()) + EPS * abs(value)), crossed

    def same_side(self, index: int, z: Array, a: Array) -> tuple[Array, bool]:
        """f(z), but beyond a corner the straight line on from where z was: the slope shown is that of this side."""
        start = self.sums[index]
        beyond = (z * start <= 0) & (z != start)
        if not beyond.any():
            return a, False
        line = self.signals[index + 1] + self.activations[index].slope(start) * (z - start)
        return np.where(beyond, line, a), True


def product(signal: Array, weights: Array) -> Array:
    """Rows times columns, summed one after the other, without the library that `network` leaves it to."""
    found: Array = np.einsum("si,ij->sj", signal, weights)
    return found


def room_of(activation: Activation, z: Array, room: Array) -> Array:
    """How far f(z) moves when z is off by `room`, and by rounding in f itself."""
    a = activation.value(z)
    if activation.mixes:
        moved = np.broadcast_to(room.max(axis=-1, keepdims=True), z.shape)
    else:
        moved = np.maximum(abs(activation.value(z + room) - a), abs(activation.value(z - room) - a))
    # a wave may come back to where it was, and past all bounds nothing is known: then it may be anywhere
    width = activation.high - activation.low
    moved = np.where(room <= 1, moved, width if width < math.inf else np.where(np.isnan(moved), np.inf, moved))
    return moved + 4 * EPS * abs(a)


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
