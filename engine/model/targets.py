"""What the targets ask for, and how well outputs meet it: which are correct, accuracy, R2."""

from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.model.experiment import Experiment
from engine.model.types import Array

Flags: TypeAlias = npt.NDArray[np.bool_]

CLOSE_SHARE = 0.1
"""A predicted number counts as right within this share of its column's range."""

UNDECIDED_DISTANCE = 1e-6
"""A yes or no this near the middle is neither, and not right."""


def target_kind(experiment: Experiment) -> Literal["one of several", "yes or no", "numbers"]:
    """What the targets ask for: one class of several, a yes or no a column, or numbers."""
    targets = np.array(experiment.targets)
    if targets.shape[1] > 1 and set(np.unique(targets)) == {0.0, 1.0} and bool((targets.sum(axis=1) == 1).all()):
        return "one of several"
    two = all(len(np.unique(column)) <= 2 for column in targets.T)
    whole = bool(np.isin(targets, (-1.0, 0.0, 1.0)).all())
    return "yes or no" if two and whole else "numbers"


def correct_outputs(experiment: Experiment, outputs: Array) -> Flags:
    """Whether each output is right: (..., samples, targets) as bool.

    One of several: the largest output is the right column's (then the whole row is right). Yes or no: on the target's
    side of the middle between the column's two answers, and not on it. Numbers: within a tenth of the column's range.
    """
    targets = np.array(experiment.targets)
    match target_kind(experiment):
        case "one of several":
            hit = np.argmax(outputs, axis=-1) == np.argmax(targets, axis=-1)
            return np.broadcast_to(hit[..., np.newaxis], outputs.shape)
        case "yes or no":
            # 0 and 1, -1 and 1, or -1 and 0; a column with one answer only is taken for one of these
            low = np.minimum(targets.min(axis=0), 0.0)
            middle: Array = (low + np.maximum(targets.max(axis=0), low + 1)) / 2
            decided: Flags = np.abs(outputs - middle) > UNDECIDED_DISTANCE
            return decided & np.equal(outputs > middle, targets > middle)
    span = np.ptp(targets, axis=0)
    close: Flags = np.abs(outputs - targets) <= CLOSE_SHARE * np.where(span > 0, span, 1.0)
    return close


def correct_rows(experiment: Experiment, outputs: Array) -> Flags:
    """Whether all outputs of each row are right: (..., samples) as bool."""
    right: Flags = np.all(correct_outputs(experiment, outputs), axis=-1)
    return right


def accuracy(experiment: Experiment, outputs: Array, rows: tuple[int, ...]) -> float:
    """The share of the given rows that are right, 0 to 1."""
    return float(correct_rows(experiment, outputs)[list(rows)].mean())


def r_squared(experiment: Experiment, outputs: Array, rows: tuple[int, ...]) -> float | None:
    """R2 = 1 - sum (target - output)^2 / sum (target - mean)^2 over the rows; None where the targets do not vary."""
    targets = np.array(experiment.targets)[list(rows)]
    if not rows or not np.ptp(targets, axis=0).any():
        return None
    spread = float(np.square(targets - targets.mean(axis=0)).sum())
    return 1 - float(np.square(targets - outputs[list(rows)]).sum()) / spread
