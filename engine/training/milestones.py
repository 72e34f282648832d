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
    """The first kept epoch from which every training row is correct at every kept epoch; None if there is none."""
    rows = list(history.experiment.train_rows)
    correct: Flags = np.all(correct_rows(history.experiment, history.outputs)[:, rows], axis=1)
    if not correct[-1]:
        return None
    wrong = np.flatnonzero(~correct)
    return int(history.epochs[wrong[-1] + 1 if len(wrong) else 0])


def milestones_of(history: History) -> tuple[Milestone, ...]:
    """The milestones of a history, by epoch: all rows correct, steepest drop of the loss, last improvement, divergence.

    The drop is the steepest between log-spaced frames, as the chart draws it. An improvement is a loss more than 1 %
    below the best before it; the milestone of a divergence is the last epoch before it.
    """
    milestones: list[Milestone] = []
    all_correct = epoch_all_correct(history)
    if all_correct is not None:
        milestones.append(Milestone("All right", all_correct))
    drops = history.loss[:-1] - history.loss[1:]
    if len(drops) and drops.max() > 0:
        milestones.append(Milestone("Steepest drop", int(history.epochs[int(drops.argmax()) + 1])))
    best = np.minimum.accumulate(history.loss)
    better = np.flatnonzero(history.loss[1:] < 0.99 * best[:-1])
    if len(better):
        milestones.append(Milestone("Last improvement", int(history.epochs[better[-1] + 1])))
    if history.diverged_at is not None:
        milestones.append(Milestone("Before divergence", int(history.epochs[-1])))
    return tuple(sorted(milestones, key=lambda mark: mark.epoch))
