"""The outcome of a training: whether a network has learned, and how near it came where it has not.

To have learned takes more than to be right: an output next to the border between two answers is right by a hair, and
numbers are to be predicted about as well as the best straight line does.
"""

from functools import lru_cache

import numpy as np

from engine.model.experiment import Experiment
from engine.model.targets import correct_rows, r_squared, target_kind
from engine.model.types import Array, Flags
from engine.model.validation import Rows

GOOD_R_SQUARED = 0.98
"""Numbers count as learned when this share of what varies in them is predicted, even if a row is still off."""

HAIR = 0.05
"""An output within this distance of the border between two answers is right by a hair.

That counts as learned only where training is to stop as soon as all rows are right: nobody asked for more.
"""

LINE_SHARE = 0.01
"""How much less of what varies may be predicted than the best straight line predicts."""


def has_learned(experiment: Experiment, outputs: Array, fit: float = GOOD_R_SQUARED) -> bool:
    """Whether all training rows are right, and by more than a hair, or numbers predicted as well as `fit` asks.

    `outputs` is (samples, targets) in the table's own units; `fit` an R2 up to 1. Numbers are also held against the
    best straight line, unless `fit` asks for less than what counts as good.
    """
    return bool(have_learned(experiment, outputs[np.newaxis], fit)[0])


def have_learned(experiment: Experiment, outputs: Array, fit: float = GOOD_R_SQUARED) -> Flags:
    """The same of many networks, or of one at many epochs: (networks, samples, targets) to (networks,)."""
    e, rows = experiment, list(experiment.train_rows)
    # networks last in memory, which is several times as quick for many networks of few outputs
    outputs = np.moveaxis(np.ascontiguousarray(np.moveaxis(outputs, 0, -1)), -1, 0)
    with np.errstate(all="ignore"):
        right: Flags = np.all(correct_rows(e, move_to_wrong_side(e, outputs, least_distance(e)))[:, rows], axis=1)
        targets = e.unscaled_targets[rows]
        if target_kind(e) != "regression" or not np.ptp(targets, axis=0).any():
            return right
        misses = np.square(targets - outputs[:, rows]).sum(axis=(1, 2))
        reached: Array = 1 - misses / np.square(targets - targets.mean(axis=0)).sum()
    good = (reached >= fit) | (right & (fit <= GOOD_R_SQUARED))
    least = best_line_r_squared(e) - LINE_SHARE if fit >= GOOD_R_SQUARED else -np.inf
    learned: Flags = good & ((reached >= least) | (right & e.stop_when_right))
    return learned


def rows_not_learned(experiment: Experiment, outputs: Array) -> tuple[int, ...]:
    """The training rows that are wrong, or right by a hair."""
    with np.errstate(all="ignore"):
        learned = correct_rows(experiment, move_to_wrong_side(experiment, outputs, least_distance(experiment)))
    return tuple(row for row in experiment.train_rows if not learned[row])


def least_distance(experiment: Experiment) -> float:
    """How far from the border an output must be to be learned."""
    return 0.0 if experiment.stop_when_right else HAIR


def move_to_wrong_side(experiment: Experiment, outputs: Array, distance: float | Array) -> Array:
    """Outputs of classes or of yes and no, each moved so far from its target; numbers stay as they are."""
    if target_kind(experiment) == "regression":
        return outputs
    _, high = answer_range(experiment)
    return outputs - distance * np.where(experiment.unscaled_targets == high, 1, -1)


def answer_range(experiment: Experiment) -> tuple[Array, Array]:
    """The two answers of each column of yes and no, both (targets,): 0 and 1, -1 and 1, or -1 and 0."""
    targets = np.array(experiment.labelled_targets)
    low: Array = np.minimum(targets.min(axis=0), 0.0)
    high: Array = np.maximum(targets.max(axis=0), low + 1)
    return low, high


def closeness(experiment: Experiment, outputs: Array) -> float:
    """How near outputs come to having learned, at most 1: R2 of numbers, else the share of rows that are learned."""
    reached = regression_r_squared(experiment, outputs)
    if reached is not None:
        return reached
    return 1 - len(rows_not_learned(experiment, outputs)) / len(experiment.train_rows)


def regression_r_squared(experiment: Experiment, outputs: Array) -> float | None:
    """R2 over the training rows where the targets are numbers that vary, else None."""
    if target_kind(experiment) != "regression":
        return None
    with np.errstate(all="ignore"):
        return r_squared(experiment, outputs, experiment.train_rows)


def best_line_r_squared(experiment: Experiment) -> float:
    """R2 over the training rows of the best straight line through them, by least squares, with a bias."""
    e = experiment
    return _line_r_squared(tuple(e.inputs[row] for row in e.train_rows), tuple(e.targets[row] for row in e.train_rows))


@lru_cache(maxsize=16)
def _line_r_squared(inputs: Rows, targets: Rows) -> float:
    """R2 of the best straight line; 0 where the targets do not vary."""
    columns, wanted = np.array(inputs), np.array(targets)
    columns = columns - columns.mean(axis=0)
    sizes = np.abs(columns).max(axis=0)
    wanted = wanted - wanted.mean(axis=0)
    spread = float(np.square(wanted).sum())
    if not spread:
        return 0.0
    columns = columns / np.where(sizes > 0, sizes, 1.0)  # so that large columns do not drown small ones
    best, *_ = np.linalg.lstsq(columns, wanted, rcond=None)
    return 1 - float(np.square(wanted - columns @ best).sum()) / spread
