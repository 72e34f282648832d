"""Milestones: the moments of a run worth jumping to."""

from dataclasses import dataclass

import numpy as np

from engine.model.optimizers import OPTIMIZERS
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
    history = history.since_table_change()
    rows = list(history.experiment.train_rows)
    correct: Flags = np.all(correct_rows(history.experiment, history.outputs)[:, rows], axis=1)
    if not correct[-1]:
        return None
    wrong = np.flatnonzero(~correct)
    return int(history.epochs[wrong[-1] + 1 if len(wrong) else 0])


def steepest_drop(history: History) -> tuple[int, int] | None:
    """The kept epochs between which the loss falls most, as the log-spaced chart draws it; None if it never falls."""
    history = history.since_table_change()
    drops = history.loss[:-1] - history.loss[1:]
    if not (len(drops) and drops.max() > 0):
        return None
    start = int(drops.argmax())
    return int(history.epochs[start]), int(history.epochs[start + 1])


@dataclass(frozen=True, slots=True)
class Change:
    """What is another from an epoch on; None: the same as before."""

    epoch: int
    optimizer: str | None  # its label
    rate: float | None
    is_table: bool = False  # whether it is the rows that are trained on

    @property
    def words(self) -> str:
        """What is new.

        >>> Change(5, "Adam", 0.1).words
        'Adam, rate 0.1'
        """
        rate = "" if self.rate is None else f"rate {self.rate:g}"
        return ", ".join(filter(None, (self.optimizer, rate, "changed table" * self.is_table)))


def changes_of(history: History) -> tuple[Change, ...]:
    """The changes of optimizer, learning rate and table that a run has come to, by epoch."""
    e = history.experiment
    optimizers, rates, tables = dict(e.optimizer_changes), dict(e.rate_changes), {end for end, _, _ in e.earlier_tables}
    return tuple(
        Change(
            epoch,
            OPTIMIZERS[optimizers[epoch]].label if epoch in optimizers else None,
            rates.get(epoch),
            epoch in tables,
        )
        for epoch in sorted(optimizers.keys() | rates.keys() | tables)
        if epoch < history.epochs[-1]
    )


def milestones_of(history: History) -> tuple[Milestone, ...]:
    """The milestones of a history, by epoch: all rows correct, steepest drop of the loss, last improvement, divergence,
    and changes of the optimizer, the learning rate and the table.

    An improvement is a loss more than 1 % below that at the improvement before it, or at the start; the milestone of a
    divergence, or of a change, is the last kept epoch before it. Where the table changed, others are of the last.
    """
    milestones: list[Milestone] = []
    all_correct = epoch_all_correct(history)
    if all_correct is not None:
        milestones.append(Milestone("All right", all_correct))
    if drop := steepest_drop(history):
        milestones.append(Milestone("Steepest drop", drop[1]))
    own = history.since_table_change()
    improved, loss = 0, own.loss.tolist()
    for frame, value in enumerate(loss):
        if value < 0.99 * loss[improved]:
            improved = frame
    if improved:
        milestones.append(Milestone("Last improvement", int(own.epochs[improved])))
    if history.diverged_at is not None:
        milestones.append(Milestone("Before divergence", int(history.epochs[-1])))
    for change in changes_of(history):
        before = int(history.epochs[history.frame_at(change.epoch)])
        milestones.append(Milestone(f"Before {change.words}", before))
    return tuple(sorted(milestones, key=lambda mark: mark.epoch))
