"""A plane through 0 that has every vector on its positive side, or the proof that there is none.

For vectors v, either there are weights w with v . w > 0 for all of them, or there are coefficients s >= 0, not all 0,
with sum s v = 0. Then sum s (v . w) = 0 for every w, so some v . w is not above 0 (P. Gordan, Ueber die Auflösung
linearer Gleichungen mit reellen Coefficienten, 1873). The search is phase one of the simplex method with R. G. Bland's
rule (New finite pivoting rules for the simplex method, 1977), in integers, so that the answer is exact.
"""

import math
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.model.types import Array

Integers: TypeAlias = npt.NDArray[Any]
"""An array of Python ints, which never overflow."""

MOST_WORK = 50_000
"""Integers that a search may compute before it gives up: about a hundredth of a second."""

DECIMALS = 9
"""A column of numbers with at most this many decimals is read as the decimals typed, any other as the exact floats."""


@dataclass(slots=True)
class WorkLimit:
    """How many integers a search may still compute."""

    left: int = MOST_WORK


@dataclass(frozen=True, slots=True)
class SeparationResult:
    """Weights (width,), or the certificate that there are none, {vector: s}; both are empty if the search gave up."""

    weights: tuple[int, ...] = ()
    certificate: dict[int, int] = field(default_factory=dict)


def integer_multiples(column: Array) -> Integers:
    """A column times a factor that makes all its numbers integers, (samples,); separability does not depend on it."""
    for decimals in range(DECIMALS + 1):
        scaled = np.rint(column * 10.0**decimals)
        if (scaled / 10.0**decimals == column).all():
            whole = [int(value) for value in scaled.tolist()]
            break
    else:
        ratios = [value.as_integer_ratio() for value in column.tolist()]
        common = max(below for _, below in ratios)  # the denominators are powers of two
        whole = [above * (common // below) for above, below in ratios]
    shared = math.gcd(*whole) or 1
    return np.array([value // shared for value in whole], dtype=object)


def find_separating_plane(vectors: Integers, strict: npt.NDArray[np.bool_], work: WorkLimit) -> SeparationResult:
    """Weights w with v . w > 0 for every strict vector and v . w >= 0 for the others, or a certificate of none.

    `vectors` is (n, width) of ints. In the certificate every coefficient is >= 0, and that of a strict vector > 0.
    It solves for a few vectors, adds those that the solution gets wrong, and repeats.
    """
    width = vectors.shape[1]
    weights, chosen = np.full(width, 0, dtype=object), np.zeros(0, dtype=np.int64)
    while True:
        work.left -= vectors.size
        sides = np.dot(vectors, weights)
        wrong = np.flatnonzero((sides < 0) | (strict & (sides == 0)))
        if not len(wrong):
            return SeparationResult(weights=tuple(weights.tolist()))
        chosen = np.concatenate((chosen, wrong[np.argsort(sides[wrong], kind="stable")][: width + 1]))
        found = _simplex(vectors[chosen], strict[chosen], work)
        if found.certificate or not found.weights:
            return SeparationResult(certificate={int(chosen[i]): share for i, share in found.certificate.items()})
        weights = np.array(found.weights, dtype=object)


def _simplex(vectors: Integers, strict: npt.NDArray[np.bool_], work: WorkLimit) -> SeparationResult:
    """The same for a few vectors at once, by the simplex method.

    It solves sum s v = 0 with s >= 0, where the coefficients of the strict vectors add up to 1. Each equation gets an
    artificial variable, and the sum of these is minimized. If the minimum is 0, the s are the certificate. If it is
    above 0 there is none, and the dual price of each equation (how much the minimum changes with its right-hand side)
    gives a weight.

    All numbers of the tableau are fractions over one common denominator, the last pivot, so only the integer
    numerators are stored, and every division is exact (E. H. Bareiss, Sylvester's identity and multistep
    integer-preserving Gaussian elimination, 1968).
    """
    n, width = vectors.shape
    equations = np.vstack([vectors.T, strict.astype(int).astype(object)])
    helpers = np.eye(width + 1, dtype=int).astype(object)
    table = np.hstack([equations, helpers, helpers[:, -1:]])
    goal = np.concatenate([-equations.sum(axis=0), np.full(width + 1, 0, dtype=object), [-1]])
    table = np.vstack([table, goal])
    basis, denominator = list(range(n, n + width + 1)), 1
    while table[-1, -1] != 0:
        entering = next((j for j in range(n) if table[-1, j] < 0), None)
        if entering is None:
            prices = denominator - table[-1, n : n + width]
            return SeparationResult(weights=tuple((-prices).tolist()))
        work.left -= table.size * (1 + denominator.bit_length() // 128)
        if work.left < 0:
            return SeparationResult()
        leaving = -1
        for row in range(width + 1):
            if table[row, entering] > 0:
                here, best = table[row, -1] * table[leaving, entering], table[leaving, -1] * table[row, entering]
                if leaving < 0 or here < best or (here == best and basis[row] < basis[leaving]):
                    leaving = row
        pivot, kept = table[leaving, entering], table[leaving].copy()
        table = (table * pivot - np.outer(table[:, entering], kept)) // denominator
        table[leaving], basis[leaving], denominator = kept, entering, pivot
    return SeparationResult(
        certificate={j: int(table[row, -1]) for row, j in enumerate(basis) if j < n and table[row, -1] > 0}
    )
