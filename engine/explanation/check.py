"""A check: one number on the screen compared with the same number computed in another way."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.model.weight_index import WeightIndex

PRECISE_SHARE = 0.01
"""A measurement is precise if its margin is below this share of the largest number of its kind."""


@dataclass(frozen=True, slots=True)
class OutputIndex:
    """The index of an output: its row of the table and its target, counted from 0."""

    row: int
    target: int


@dataclass(frozen=True, slots=True)
class CellIndex:
    """A cell of the table by its row and its column, counted from 0: the inputs, the derived ones, the targets."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Check:
    """One number as shown and as recomputed."""

    name: str
    place: CellIndex | OutputIndex | WeightIndex | None  # of a scaled cell, an output, or a weight; None: of the update
    shown: float
    recomputed: float
    # How far apart the two may be by rounding alone. Infinite if nothing was measured: the numbers are too large (then
    # `recomputed` is nan), or the measurement is too imprecise to mean anything.
    margin: float
    corner: bool = (
        False  # whether the loss has a corner here, with a slope on each side; the one that training uses is measured
    )

    @property
    def is_measured(self) -> bool:
        """Whether there is a recomputed number to compare with."""
        return self.margin < math.inf

    @property
    def ok(self) -> bool:
        """Whether the two agree within the margin; True if nothing was measured."""
        if not self.is_measured or self.shown == self.recomputed:
            return True
        return abs(self.shown - self.recomputed) <= self.margin

    @property
    def difference(self) -> float:
        """The relative difference: 0 if they are equal, 1 if only one of them is 0."""
        if not self.is_measured or self.shown == self.recomputed:
            return 0.0
        return abs(self.shown - self.recomputed) / max(abs(self.shown), abs(self.recomputed))


def largest_gap(checks: tuple[Check, ...]) -> float:
    """The largest difference between shown and recomputed, divided by the largest recomputed number."""
    told = [check for check in checks if check.is_measured]
    gaps = [0.0 if check.shown == check.recomputed else abs(check.shown - check.recomputed) for check in told]
    if any(math.isnan(gap) for gap in gaps):
        return math.nan
    largest = max((abs(check.recomputed) for check in told), default=0.0)
    return max(gaps, default=0.0) / (largest or 1.0)


def discard_imprecise(checks: tuple[Check, ...], negligible: Callable[[Check], float]) -> tuple[Check, ...]:
    """The checks of one kind of number, where those that pass only because of a wide margin count as not measured.

    A margin is too wide if it is above PRECISE_SHARE of the largest number, and above what is negligible for that
    check. A check that fails despite a wide margin still fails.
    """
    sizes = (abs(number) for check in checks for number in (check.shown, check.recomputed))
    wide = PRECISE_SHARE * max((size for size in sizes if math.isfinite(size)), default=0.0)
    return tuple(
        replace(check, margin=math.inf)
        if check.ok and check.margin > wide and check.margin > negligible(check)
        else check
        for check in checks
    )
