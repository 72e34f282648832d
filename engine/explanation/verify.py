"""A verification works out in another way what a ledger shows: the outputs, and how steep the loss is at every weight.

Outputs are recomputed from the shown weights, product by product. A gradient says how much the loss changes when a
weight does, so each weight is moved a little up and a little down, and the loss looked at: (L(w + h) - L(w - h)) / 2h.
Both come with a margin, how far apart mere rounding may put two right numbers; what is farther apart is wrong.
"""

import math
from dataclasses import dataclass

import numpy as np

from engine.explanation.check import Check, Place, discard_imprecise, largest_gap
from engine.explanation.finite_differences import LossGradient
from engine.explanation.ledger import Update
from engine.explanation.rounding_error import RecomputedPass
from engine.model.experiment import Experiment

MOST_GRADIENTS, FEWEST_GRADIENTS, MOST_WORK = 200, 16, 2e8
"""At most and at least so many gradients are measured; in between, as many as keep weights x rows below WORK."""

NEGLIGIBLE_OUTPUT = 1e-9
"""An output within so little of the other is told well enough, however small all outputs are."""

UNKNOWN = "be measured: the numbers are too large, or the measurement is too imprecise to tell."


@dataclass(frozen=True, slots=True)
class Verification:
    """The checks of one update: every output; the gradients, or of a large network some of its `parameters`."""

    outputs: tuple[Check, ...]
    gradients: tuple[Check, ...]
    parameters: int

    @property
    def agrees(self) -> bool:
        """Whether nothing that could be measured disagrees."""
        return not self.failures

    @property
    def failures(self) -> tuple[Check, ...]:
        """The checks that fail."""
        return tuple(check for check in (*self.outputs, *self.gradients) if not check.ok)

    @property
    def difference(self) -> float:
        """The largest difference as a share of the largest number of its kind, outputs or gradients."""
        return max(largest_gap(self.outputs), largest_gap(self.gradients))

    @property
    def summary(self) -> str:
        """What was found, in a few sentences."""
        checks = (*self.outputs, *self.gradients)
        unknown = sum(not check.is_measured for check in checks)
        if unknown == len(checks):
            return f"Nothing could {UNKNOWN}"
        outputs, gradients = (sum(check.is_measured for check in kind) for kind in (self.outputs, self.gradients))
        found = "All that could be measured agree: " if unknown else "All agree: "
        if self.failures:
            found = f"{len(self.failures)} of {len(checks)} numbers do not agree: "
        elif not gradients:
            found = "Only outputs could be measured, and they agree: "
        found += f"{outputs:,} outputs, worked out again, and {gradients} "
        found += f"of {self.parameters:,} gradients" if gradients < self.parameters else "gradients"
        found += ", measured."
        if math.isfinite(self.difference):
            found += f" The largest difference is {self.difference:.1g} of the largest number."
        if corners := sum(check.corner for check in checks):
            found += f" {corners} lie on a corner, with two slopes; the side that training takes was measured."
        if unknown:
            found += f" {unknown} could not {UNKNOWN}"
        return found


def output_checks(update: Update, experiment: Experiment, again: RecomputedPass) -> tuple[Check, ...]:
    """A check of every output."""
    arrays = (update.layers[-1].outputs, again.outputs, again.output_margins)
    shown, found, margins = (values.tolist() for values in arrays)
    last = len(update.layers) - 1
    return tuple(
        Check(f"row {row + 1}, {name}", (last, row, j), shown[i][j], found[i][j], margins[i][j])
        for i, row in enumerate(update.rows)
        for j, name in enumerate(experiment.target_names)
    )


def verify(update: Update, experiment: Experiment, chosen: Place | None = None) -> Verification:
    """Check what is shown of an update, in less than a second; it changes nothing and raises no warning.

    Every output is checked, and every gradient (loss and penalty) as long as there are not too many: then some, spread
    evenly, and the `chosen` (layer, source, neuron).
    """
    with np.errstate(all="ignore"):
        again = RecomputedPass.of(update, experiment)
        slope = LossGradient(update, experiment, again)
        places = [
            (layer, source, neuron)
            for layer, (fan_in, fan_out) in enumerate(experiment.shapes)
            for source in range(fan_in + experiment.bias)
            for neuron in range(fan_out)
        ]
        limit = int(min(MOST_GRADIENTS, max(FEWEST_GRADIENTS, MOST_WORK // (len(places) * len(update.rows)))))
        spread = np.unique(np.linspace(0, len(places) - 1, min(limit, len(places))).astype(int)).tolist()
        picked = {places[index] for index in spread} | ({chosen} if chosen else set())
        checks = [slope.check(place) for place in sorted(picked)]
        layers = [tuple(check for check in checks if check.place[0] == index) for index in range(len(update.layers))]
        gradients = tuple(check for layer in layers for check in discard_imprecise(layer, slope.negligible))
        return Verification(
            discard_imprecise(output_checks(update, experiment, again), lambda place: NEGLIGIBLE_OUTPUT),
            gradients,
            len(places),
        )
