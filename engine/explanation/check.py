"""A comparison holds numbers of the screen against the same numbers, found in another way."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

PRECISE_SHARE = 0.01
"""A measurement tells something when its margin is below this share of the largest number of its kind."""

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Check:
    """One number of the screen, `shown`, and the same from another way, `recomputed`.

    `place` is (layer, row of the table, neuron) of an output, (layer, source, neuron) of a gradient, with source fan_in
    for the bias. `margin` is how far apart rounding may put the two. It is infinite where nothing was measured: the
    numbers are too large (then `recomputed` is not a number), or the measurement is too imprecise to mean anything.
    `corner`: the curve has a corner here and so two slopes; measured is the side whose slope training takes.
    """

    name: str
    place: Place
    shown: float
    recomputed: float
    margin: float
    corner: bool = False

    @property
    def is_measured(self) -> bool:
        """Whether there is anything to hold the shown number against."""
        return self.margin < math.inf

    @property
    def ok(self) -> bool:
        """Whether the two agree, or cannot be told apart."""
        if not self.is_measured or self.shown == self.recomputed:
            return True
        return abs(self.shown - self.recomputed) <= self.margin

    @property
    def difference(self) -> float:
        """The relative difference: 0 where equal, 1 where one is 0 and the other not."""
        if not self.is_measured or self.shown == self.recomputed:
            return 0.0
        return abs(self.shown - self.recomputed) / max(abs(self.shown), abs(self.recomputed))


def largest_gap(checks: tuple[Check, ...]) -> float:
    """The largest gap between shown and recomputed, over the largest recomputed number."""
    told = [check for check in checks if check.is_measured]
    gaps = [0.0 if check.shown == check.recomputed else abs(check.shown - check.recomputed) for check in told]
    if any(math.isnan(gap) for gap in gaps):
        return math.nan
    largest = max((abs(check.recomputed) for check in told), default=0.0)
    return max(gaps, default=0.0) / (largest or 1.0)


def discard_imprecise(checks: tuple[Check, ...], faint: Callable[[Place], float]) -> tuple[Check, ...]:
    """The same checks, of numbers of one kind; one that passes only because its margin is so wide was not measured.

    Too wide is a margin above SHARP of the largest of the numbers and above what is `faint` at its place. A check that
    fails in spite of a wide margin is as wrong as ever.
    """
    sizes = (abs(number) for check in checks for number in (check.shown, check.recomputed))
    wide = PRECISE_SHARE * max((size for size in sizes if math.isfinite(size)), default=0.0)
    return tuple(
        replace(check, margin=math.inf)
        if check.ok and check.margin > wide and check.margin > faint(check.place)
        else check
        for check in checks
    )
