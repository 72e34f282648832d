"""The outcome of a training: whether a network has learned its rows, the same rule for one run and for hundreds."""

import numpy as np

from engine.model.experiment import Experiment
from engine.model.targets import correct_rows, target_kind
from engine.model.types import Array, Flags

GOOD_R_SQUARED = 0.98
"""Numbers count as learned when this share of what varies in them is predicted, even if a row is still off."""


def has_learned(experiment: Experiment, outputs: Array, fit: float = GOOD_R_SQUARED) -> bool:
    """Whether all training rows are right or, where the targets are numbers, predicted as well as `fit` asks.

    `outputs` is (samples, targets); `fit` an R2 up to 1.
    """
    return bool(have_learned(experiment, outputs[np.newaxis], fit)[0])


def have_learned(experiment: Experiment, outputs: Array, fit: float = GOOD_R_SQUARED) -> Flags:
    """The same of many networks, or of one at many epochs: (networks, samples, targets) to (networks,)."""
    rows = list(experiment.train_rows)
    # networks last in memory, which is several times as quick for many networks of few outputs
    outputs = np.moveaxis(np.ascontiguousarray(np.moveaxis(outputs, 0, -1)), -1, 0)
    with np.errstate(all="ignore"):
        right: Flags = np.all(correct_rows(experiment, outputs)[:, rows], axis=1)
        targets = experiment.target_array[rows]
        if target_kind(experiment) != "regression" or not np.ptp(targets, axis=0).any():
            return right
        misses = np.square(targets - outputs[:, rows]).sum(axis=(1, 2))
        enough: Flags = np.asarray(1 - misses / np.square(targets - targets.mean(axis=0)).sum() >= fit)
        return enough | right if fit <= GOOD_R_SQUARED else enough
