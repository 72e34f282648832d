"""Statistics of many runs: how many learned, how the losses are spread, which was the luckiest.

A network that has diverged counts as an infinite loss. One that has not been trained yet does not count.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.model.types import Array, Flags
from engine.stacks.record_many import Runs

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
ALIKE = 1e-9
"""Two losses that differ by no more than this share are alike: it is rounding that sets them apart."""
SMALLEST_LOSS = 1e-300
"""A loss of 0 is counted here where losses are spaced by their logarithm."""


@dataclass(frozen=True, slots=True, eq=False)
class LossHistogram:
    """How many networks ended between two losses; the edges are spaced evenly by their logarithm."""

    edges: Array  # (bins + 1,), rising
    counts: npt.NDArray[np.int64]  # (bins,)
    diverged: int  # networks that have no last loss


def is_lower(loss: float | Array, other: float) -> Flags:
    """Whether a loss, or each of several, is lower than another one by more than rounding."""
    lower: Flags = np.less(loss, other * (1 - ALIKE))
    return lower


def share_learned(runs: Runs) -> float:
    """The share that has learned, 0 to 1, of the networks that have begun; NaN where none has."""
    begun = runs.frames > 0
    return float(runs.learned[begun].mean()) if begun.any() else math.nan


def loss_quantiles(runs: Runs, shares: Sequence[float] = QUANTILES) -> Array:
    """The loss that this share of the networks does not exceed, at every kept epoch: (shares, F).

    Each is the loss of a network, not a mean of two; a network that has ended keeps its last loss. NaN at epochs that
    no network has come to.
    """
    after = np.arange(len(runs.epochs)) >= runs.frames[:, np.newaxis]
    has_ended = (runs.is_done | (runs.diverged_at >= 0))[:, np.newaxis]
    loss = np.where(after & has_ended, runs.final_loss[:, np.newaxis], runs.loss)
    return np.stack([quantile(loss, share, axis=0) for share in shares])


def quantile(values: Array, share: float, axis: int) -> Array:
    """The smallest value that at least this share of the values along an axis does not exceed, NaN left out.

    >>> quantile(np.array([3.0, np.nan, 1.0, np.inf]), 0.5, axis=0).tolist()
    3.0
    """
    count = np.isfinite(values).sum(axis=axis) + np.isinf(values).sum(axis=axis)
    place = np.maximum(np.ceil(share * count).astype(int) - 1, 0)
    in_order = np.sort(values, axis=axis)  # NaN last
    result: Array = np.take_along_axis(in_order, np.expand_dims(place, axis), axis).squeeze(axis)
    return result


def loss_histogram(runs: Runs, bins: int = 24) -> LossHistogram:
    """The last losses of all networks that have one."""
    last = runs.final_loss[~np.isnan(runs.final_loss)]
    finite = np.maximum(last[np.isfinite(last)], SMALLEST_LOSS)
    if not len(finite):
        return LossHistogram(np.geomspace(0.1, 1.0, bins + 1), np.zeros(bins, dtype=np.int64), len(last))
    low, high = float(finite.min()), float(finite.max())
    if not is_lower(low, high):  # all alike: one bar in the middle
        low, high = low / 2, high * 2
    edges = np.geomspace(low, high, bins + 1)
    edges[0], edges[-1] = low, high  # which rounding may have moved past the outermost losses
    counts, _ = np.histogram(finite, edges)
    return LossHistogram(edges, counts.astype(np.int64), int(np.isinf(last).sum()))


def luckiest(runs: Runs) -> int | None:
    """The network with the smallest last loss; None where none has begun."""
    return None if np.isnan(runs.final_loss).all() else int(np.nanargmin(runs.final_loss))


def unluckiest(runs: Runs) -> int | None:
    """The network that diverged first or, where none did, that has the largest last loss; None where none has begun."""
    diverged = np.flatnonzero(runs.diverged_at >= 0)
    if len(diverged):
        return int(diverged[runs.diverged_at[diverged].argmin()])
    return None if np.isnan(runs.final_loss).all() else int(np.nanargmax(runs.final_loss))


def epochs_needed(runs: Runs) -> Array:
    """The kept epoch from which on each network has learned at every kept epoch, (networks,).

    Infinite where it has not learned, NaN where it has not begun.
    """
    frames = runs.frames[:, np.newaxis]
    wrong = ~runs.right & (np.arange(len(runs.epochs)) < frames)
    after_last_wrong = np.where(wrong.any(axis=1), len(runs.epochs) - wrong[:, ::-1].argmax(axis=1), 0)
    first = runs.epochs[np.minimum(after_last_wrong, len(runs.epochs) - 1)].astype(float)
    return np.where(runs.frames == 0, np.nan, np.where(runs.learned, first, np.inf))
