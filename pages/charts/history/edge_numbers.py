"""Where the numbers of the edges stand in the network drawing: near their edge, and clear of all other text."""

import numpy as np
import numpy.typing as npt

from engine.model.types import Flags
from pages.charts.style.sizes import Sizes

ALONG = (0.45, 0.55, 0.5, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75)
ASIDE = (0.85, -0.85, 0.0)
"""Places of a number: how far along its edge, and how far beside it, as a multiple of its size; the best first."""

NUMBER_BOX = (3.0, 1.0)
BIAS_BOX = (5.0, 1.0)
"""Width and height of "-0.123" and of "bias -0.123", as multiples of the text's size."""

ROUNDS, STARTS = 4, 16
"""How often, at most, every number is moved to where it is best, and from how many arrangements this starts."""

NEURON_WEIGHT, LINE_WEIGHT, POINTS = 4.0, 300.0, 41
"""How much more overlap with a neuron counts; the square pixels that a whole edge under another one's number counts as,
and the points of an edge that tell how much of it is there."""

CLEAR = 1.0
"""The square pixels of overlap below which an arrangement is good enough."""

UNCLEAR = 40.0
"""The square pixels of overlap from which a number is not written."""

Numbers = npt.NDArray[np.float64]


def number_positions(
    starts: Numbers, ends: Numbers, units: Numbers, biases: Numbers, unit: int, sizes: Sizes
) -> tuple[Numbers, Flags]:
    """The pixels of the numbers, (E, 2), where they overlap each other and all else least, and which are clear, (E,).

    `starts` and `ends` (E, 2) are those of the edges, `units` (U, 2) the middles of neurons with the diameter `unit`,
    `biases` (B, 2) the middles of the texts below neurons. Moving one number after the other may end where none can be
    moved and some overlap, so it is tried from several arrangements, always the same ones.
    """
    ways = ends - starts
    beside = ways[:, ::-1] * (-1, 1) / np.hypot(*ways.T)[:, None] * sizes.number
    choices = np.stack([starts + along * ways + aside * beside for aside in ASIDE for along in ALONG], axis=1)
    number, bias = np.array(NUMBER_BOX) * sizes.number, np.array(BIAS_BOX) * sizes.small_text
    fixed = overlap(choices, biases, (number + bias) / 2).sum(axis=2)
    fixed += NEURON_WEIGHT * overlap_with_neurons(choices, units, unit, number)
    fixed += LINE_WEIGHT * overlap_with_edges(choices, starts, ends, number)
    fixed += np.linspace(0, 1e-3, choices.shape[1])  # of equals, the first
    meets = overlap(choices, choices.reshape(-1, 2), number).reshape(*fixed.shape, *fixed.shape)
    draw, edges, found = np.random.RandomState(0), np.arange(len(starts)), []
    meets[edges, :, edges] = 0  # a number does not overlap itself
    for start in range(STARTS):
        chosen = draw.randint(fixed.shape[1], size=len(edges)) * (start > 0)
        for _ in range(ROUNDS):
            for edge in edges:
                chosen[edge] = (fixed[edge] + meets[edge][:, edges, chosen].sum(axis=1)).argmin()
        area = fixed[edges, chosen].sum() + meets[edges, chosen][edges[:, None], edges, chosen].sum() / 2
        found.append((float(area), chosen))
        if area < CLEAR:
            break
    best = min(found, key=lambda pair: pair[0])[1]
    return choices[edges, best], clear_numbers(fixed[edges, best], meets[edges, best][:, edges, best])


def clear_numbers(alone: Numbers, together: Numbers) -> Flags:
    """Which numbers can be read, (E,), if the others are not written: the worst of the rest is left out, one by one.

    `alone` (E,) is the overlap of each with what stays, `together` (E, E) that of each with every other.
    """
    clear = np.ones(len(alone), dtype=bool)
    while clear.any():
        overlaps = np.where(clear, alone + together @ clear, 0)
        if overlaps.max() < UNCLEAR:
            break
        clear[overlaps.argmax()] = False
    return clear


def overlap_with_edges(places: Numbers, starts: Numbers, ends: Numbers, box: Numbers) -> Numbers:
    """The share of all other edges, added up, that runs under numbers at `places` (E, choices, 2), (E, choices)."""
    along = np.linspace(0, 1, POINTS)[:, None, None]
    points = starts + along * (ends - starts)  # (POINTS, E, 2)
    under = (np.abs(places[:, :, None, None] - points) < box / 2 * (1, 0.8)).all(axis=-1).mean(axis=2)
    others: Numbers = under.sum(axis=2) - under[np.arange(len(starts)), :, np.arange(len(starts))]
    return others


def overlap(places: Numbers, others: Numbers, reach: Numbers) -> Numbers:
    """The areas by which texts at `places` (..., 2) overlap `others` (N, 2), (..., N), which touch at `reach`."""
    area: Numbers = np.maximum(reach - np.abs(places[..., None, :] - others), 0).prod(axis=-1)
    return area


def overlap_with_neurons(places: Numbers, units: Numbers, unit: int, box: Numbers) -> Numbers:
    """About by what area numbers at `places` (..., 2) cover neurons, (...)."""
    off = np.maximum(np.abs(places[..., None, :] - units) - box / 2, 0)
    depth = np.maximum(unit / 2 + 1 - np.hypot(off[..., 0], off[..., 1]), 0)
    area: Numbers = (depth * box[1]).sum(axis=-1)
    return area
