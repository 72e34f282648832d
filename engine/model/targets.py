"""What the targets ask for, and how well outputs meet it: which are correct, accuracy, R2."""

from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np

from engine.model.experiment import Experiment
from engine.model.types import Array, Flags

TargetKind: TypeAlias = Literal["multiclass", "binary", "regression"]

CLOSE_SHARE = 0.1
"""A predicted number counts as correct within this share of its column's range."""

UNDECIDED_DISTANCE = 1e-6
"""A binary output this near the middle is neither yes nor no, and so not correct."""


def target_kind(experiment: Experiment) -> TargetKind:
    """One class of several, a yes or no in each column, or numbers; told from the rows that have targets."""
    return kind_of_targets(experiment.labelled_targets)


@lru_cache(maxsize=64)
def kind_of_targets(rows: tuple[tuple[float, ...], ...]) -> TargetKind:
    """The same of targets alone; kept, as a page asks about its table thirty times."""
    targets = np.array(rows)
    if targets.shape[1] > 1 and set(np.unique(targets)) == {0.0, 1.0} and bool((targets.sum(axis=1) == 1).all()):
        return "multiclass"
    two = all(len(np.unique(column)) <= 2 for column in targets.T)
    whole = bool(np.isin(targets, (-1.0, 0.0, 1.0)).all())
    return "binary" if two and whole else "regression"


def correct_outputs(experiment: Experiment, outputs: Array) -> Flags:
    """Whether each output, in the table's own units, is correct: (..., samples, targets) as bool.

    Multiclass: the largest output is the right column's, and then the whole row is correct. Binary: on the target's
    side of the middle between the column's two answers. Regression: within a tenth of the column's range. The answer
    to a question is never correct: nobody has said what is.
    """
    targets, rows = np.array(experiment.labelled_targets), list(experiment.labelled_rows)
    if len(rows) == len(experiment.targets):
        return correct_answers(target_kind(experiment), outputs, targets)
    found = np.zeros(outputs.shape, dtype=bool)
    found[..., rows, :] = correct_answers(target_kind(experiment), outputs[..., rows, :], targets)
    return found


def correct_answers(kind: TargetKind, outputs: Array, targets: Array) -> Flags:
    """Whether each output is correct where every row has targets: (..., samples, targets) as bool.

    The exported program has one case of this function, which `export.sections` takes out by its literal pattern; what
    comes after the `match` is the case of regression. Keep that form.
    """
    match kind:
        case "multiclass":
            hit = np.argmax(outputs, axis=-1) == np.argmax(targets, axis=-1)
            return np.broadcast_to(hit[..., np.newaxis], outputs.shape)
        case "binary":
            # 0 and 1, -1 and 1, or -1 and 0; a column with one answer only is taken for one of these
            low = np.minimum(targets.min(axis=0), 0.0)
            middle: Array = (low + np.maximum(targets.max(axis=0), low + 1)) / 2
            decided: Flags = np.abs(outputs - middle) > UNDECIDED_DISTANCE
            return decided & np.equal(outputs > middle, targets > middle)
    span = np.ptp(targets, axis=0)
    close: Flags = np.abs(outputs - targets) <= CLOSE_SHARE * np.where(span > 0, span, 1.0)
    return close


def decision_middles(experiment: Experiment) -> Array:
    """Halfway between the two answers of every binary column, (targets,): the border that `correct_outputs` has too.

    One class of several has its border where two outputs are equal; where there are but two, that is at 1/2.
    """
    targets = np.array(experiment.labelled_targets)
    low = np.minimum(targets.min(axis=0), 0.0)
    middles: Array = (low + np.maximum(targets.max(axis=0), low + 1)) / 2
    return middles


def correct_rows(experiment: Experiment, outputs: Array) -> Flags:
    """Whether all outputs of each row are correct: (..., samples) as bool."""
    correct: Flags = np.all(correct_outputs(experiment, outputs), axis=-1)
    return correct


def accuracy(experiment: Experiment, outputs: Array, rows: tuple[int, ...]) -> float:
    """The share of the given rows that are correct, 0 to 1."""
    return float(correct_rows(experiment, outputs)[list(rows)].mean())


def r_squared(experiment: Experiment, outputs: Array, rows: tuple[int, ...]) -> float | None:
    """R2 = 1 - sum (target - output)^2 / sum (target - mean)^2 over the rows; None where the targets do not vary.

    `outputs` is in the table's own units, (samples, targets). Of outputs whose squares are too large for a float, as
    before a run diverges, it is minus infinity.
    """
    targets = experiment.unscaled_targets[list(rows)]
    if not rows or not np.ptp(targets, axis=0).any():
        return None
    spread = float(np.square(targets - targets.mean(axis=0)).sum())
    with np.errstate(over="ignore"):
        return 1 - float(np.square(targets - outputs[list(rows)]).sum()) / spread
