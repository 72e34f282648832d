"""A check: one number of the screen held against the same number, found in another way."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.model.weight_index import WeightIndex

PRECISE_SHARE = 0.01
"""A measurement tells something when its margin is below this share of the largest number of its kind."""


@dataclass(frozen=True, slots=True)
class OutputIndex:
    """An output by its row of the table and its target, counted from 0."""

    row: int
    target: int


@dataclass(frozen=True, slots=True)
class CellIndex:
    """A cell of the table by its row and its column, counted from 0: the inputs, and after them the targets."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Check:
    """One number of the screen and the same number from another way."""

    name: str
    place: CellIndex | OutputIndex | WeightIndex  # of a scaled cell, an output, or the weight whose gradient it is
    shown: float
    recomputed: float
    # How far apart rounding may put the two. Infinite where nothing was measured: the numbers are too large (then
    # `recomputed` is not a number), or the measurement is too imprecise to mean anything.
    margin: float
    corner: bool = (
        False  # whether the curve has a corner here, with two slopes; the one that training takes is measured
    )

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


def discard_imprecise(checks: tuple[Check, ...], negligible: Callable[[Check], float]) -> tuple[Check, ...]:
    """The same checks, of numbers of one kind; one that passes only because its margin is wide counts as not measured.

    Too wide is a margin above PRECISE_SHARE of the largest of the numbers and above what is negligible for this check.
    A check that fails in spite of a wide margin is as wrong as ever.
    """
    sizes = (abs(number) for check in checks for number in (check.shown, check.recomputed))
    wide = PRECISE_SHARE * max((size for size in sizes if math.isfinite(size)), default=0.0)
    return tuple(
        replace(check, margin=math.inf)
        if check.ok and check.margin > wide and check.margin > negligible(check)
        else check
        for check in checks
    )
