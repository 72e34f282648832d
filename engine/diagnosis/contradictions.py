"""A contradiction is two rows that have the same inputs and ask for different answers."""

import numpy as np

from engine.model.experiment import Experiment
from engine.model.targets import CLOSE_SHARE, target_kind
from engine.model.types import Array


def contradictions(experiment: Experiment) -> tuple[tuple[int, int, int], ...]:
    """(row, later row, target column) where two training rows have the same inputs and no output can suit both.

    The first of the two is always the first with these inputs.
    """
    targets, room = experiment.unscaled_targets, _tolerated_gap(experiment)
    first: dict[tuple[float, ...], int] = {}
    pairs = []
    for row in experiment.train_rows:
        other = first.setdefault(experiment.inputs[row], row)
        apart = np.abs(targets[row] - targets[other]) - room
        if apart.max() > 0:
            pairs.append((other, row, int(apart.argmax())))
    return tuple(pairs)


def contradicted_test_rows(experiment: Experiment) -> frozenset[int]:
    """The rows held out of training whose inputs a training row has too, with another target."""
    targets, room = experiment.unscaled_targets, _tolerated_gap(experiment)
    known: dict[tuple[float, ...], list[int]] = {}
    for row in experiment.train_rows:
        known.setdefault(experiment.inputs[row], []).append(row)
    return frozenset(
        row
        for row in experiment.test_rows
        if any((np.abs(targets[row] - targets[other]) > room).any() for other in known.get(experiment.inputs[row], ()))
    )


def _tolerated_gap(experiment: Experiment) -> Array:
    """How far apart two targets of a column may be for one output to suit both: (targets,)."""
    targets = np.array(experiment.labelled_targets)
    return (
        2 * CLOSE_SHARE * np.ptp(targets, axis=0)
        if target_kind(experiment) == "regression"
        else np.zeros(targets.shape[1])
    )
