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


def steepest_drop(history: History) -> tuple[int, int] | None:
    """The kept epochs between which the loss falls most, as the log-spaced chart draws it; None if it never falls."""
    drops = history.loss[:-1] - history.loss[1:]
    if not (len(drops) and drops.max() > 0):
        return None
    start = int(drops.argmax())
    return int(history.epochs[start]), int(history.epochs[start + 1])


def milestones_of(history: History) -> tuple[Milestone, ...]:
    """The milestones of a history, by epoch: all rows correct, steepest drop of the loss, last improvement, divergence,
    and changes of the learning rate.

    An improvement is a loss more than 1 % below that at the improvement before it, or at the start; the milestone of a
    divergence, or of another rate, is the last kept epoch before it.
    """
    milestones: list[Milestone] = []
    all_correct = epoch_all_correct(history)
    if all_correct is not None:
        milestones.append(Milestone("All right", all_correct))
    if drop := steepest_drop(history):
        milestones.append(Milestone("Steepest drop", drop[1]))
    improved, loss = 0, history.loss.tolist()
    for frame, value in enumerate(loss):
        if value < 0.99 * loss[improved]:
            improved = frame
    if improved:
        milestones.append(Milestone("Last improvement", int(history.epochs[improved])))
    if history.diverged_at is not None:
        milestones.append(Milestone("Before divergence", int(history.epochs[-1])))
    for epoch, rate in history.experiment.rate_changes:
        if epoch < history.epochs[-1]:
            milestones.append(Milestone(f"Before rate {rate:g}", int(history.epochs[history.frame_at(epoch)])))
    return tuple(sorted(milestones, key=lambda mark: mark.epoch))
