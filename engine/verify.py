"""A verification works out in another way what a ledger shows: the outputs, and how steep the loss is at every weight.

Outputs are recomputed from the shown weights, product by product. A gradient says how much the loss changes when a
weight does, so each weight is moved a little up and a little down, and the loss looked at: (L(w + h) - L(w - h)) / 2h.
Both come with a margin, how far apart mere rounding may put two right numbers; what is farther apart is wrong.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from engine.differences import SHARP, Check, Place, Slope
from engine.experiment import Experiment
from engine.explain import Update

MOST, FEWEST, WORK = 200, 16, 2e8
"""At most and at least so many gradients are measured; in between, as many as keep weights x rows below WORK."""

HAIR = 1e-9
"""An output within so little of the other is told well enough, however small all outputs are."""

UNKNOWN = "be measured: the numbers are too large, or the measurement is too imprecise to tell."


@dataclass(frozen=True, slots=True)
class Verification:
    """The checks of one update: every output; the gradients, or of a large network some of its `parameters`."""

    outputs: tuple[Check, ...]
    gradients: tuple[Check, ...]
    parameters: int

    @property
    def ok(self) -> bool:
        """Whether nothing that could be measured disagrees."""
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
        unknown = sum(not check.measured for check in checks)
        if unknown == len(checks):
            return f"Nothing could {UNKNOWN}"
        outputs, gradients = (sum(check.measured for check in kind) for kind in (self.outputs, self.gradients))
        found = "All that could be measured agree: " if unknown else "All agree: "
        if self.wrong:
            found = f"{len(self.wrong)} of {len(checks)} numbers do not agree: "
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


def share(checks: tuple[Check, ...]) -> float:
    """The largest gap between shown and recomputed, over the largest recomputed number."""
    told = [check for check in checks if check.measured]
    gaps = [0.0 if check.shown == check.recomputed else abs(check.shown - check.recomputed) for check in told]
    if any(math.isnan(gap) for gap in gaps):
        return math.nan
    largest = max((abs(check.recomputed) for check in told), default=0.0)
    return max(gaps, default=0.0) / (largest or 1.0)


def telling(checks: tuple[Check, ...], faint: Callable[[Place], float]) -> tuple[Check, ...]:
    """The same checks, of numbers of one kind; one that passes only because its margin is so wide was not measured.

    Too wide is a margin above SHARP of the largest of the numbers and above what is `faint` at its place. A check that
    fails in spite of a wide margin is as wrong as ever.
    """
    sizes = (abs(number) for check in checks for number in (check.shown, check.recomputed))
    wide = SHARP * max((size for size in sizes if math.isfinite(size)), default=0.0)
    return tuple(
        replace(check, margin=math.inf)
        if check.ok and check.margin > wide and check.margin > faint(check.place)
        else check
        for check in checks
    )


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
        checks = [slope.check(place) for place in sorted(picked)]
        layers = [tuple(check for check in checks if check.place[0] == index) for index in range(len(update.layers))]
        gradients = tuple(check for layer in layers for check in telling(layer, slope.faint))
        return Verification(telling(slope.outputs(), lambda place: HAIR), gradients, len(places))
