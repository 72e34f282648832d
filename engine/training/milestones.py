"""Milestones: the moments of a run worth jumping to."""

from dataclasses import dataclass

import numpy as np

from engine.model.targets import correct_rows
from engine.model.types import Flags
from engine.training.history import History


@dataclass(frozen=True, slots=True)
class Milestone:
    """A moment worth jumping to."""

    label: str
    epoch: int


def epoch_all_correct(history: History) -> int | None:
    """The kept epoch from which on every training row is right at every kept epoch, or None."""
    rows = list(history.experiment.train_rows)
    right: Flags = np.all(correct_rows(history.experiment, history.outputs)[:, rows], axis=1)
    if not right[-1]:
        return None
    wrong = np.flatnonzero(~right)
    return int(history.epochs[wrong[-1] + 1 if len(wrong) else 0])


def milestones_of(history: History) -> tuple[Milestone, ...]:
    """The moments of a history in order: first all right, steepest drop of the loss, last improvement, the last
    epoch before divergence.

    The drop is the steepest on the log-spaced frames, as the chart draws it; improvement means a loss more than 1 %
    below the best before it.
    """
    found: list[Milestone] = []
    right = epoch_all_correct(history)
    if right is not None:
        found.append(Milestone("All right", right))
    drops = history.loss[:-1] - history.loss[1:]
    if len(drops) and drops.max() > 0:
        found.append(Milestone("Steepest drop", int(history.epochs[int(drops.argmax()) + 1])))
    best = np.minimum.accumulate(history.loss)
    better = np.flatnonzero(history.loss[1:] < 0.99 * best[:-1])
    if len(better):
        found.append(Milestone("Last improvement", int(history.epochs[better[-1] + 1])))
    if history.diverged_at is not None:
        found.append(Milestone("Before divergence", int(history.epochs[-1])))
    return tuple(sorted(found, key=lambda mark: mark.epoch))
