"""A diagnosis is why an experiment cannot learn, or did not: findings in words, each with a remedy that was tried."""

import math
from collections.abc import Callable, Iterator

import numpy as np

from engine.checks import LIMITS
from engine.experiment import Experiment
from engine.history import History
from engine.hurdles import flaws, hurdles, straight
from engine.measures import kind, r_squared
from engine.rates import diverged, unfinished, unsteady
from engine.remedies import GOOD_FIT, Changes, Finding, Trials, climbing, found, ladder, learned, with_hidden
from engine.separable import separable
from engine.symptoms import dead_units, overfitting, saturation

__all__ = ["Finding", "after", "before"]

BEFORE_SECONDS, AFTER_SECONDS = 0.02, 0.38
"""What trying remedies may cost, by the predicted time of the trainings."""

BEFORE_CELLS = 300
"""With a larger table nothing is tried before the run: to make the experiments alone takes too long."""


def before(experiment: Experiment) -> tuple[Finding, ...]:
    """What the table and the settings alone show, most important first; quick, so a remedy that takes time is None."""
    small = len(experiment.inputs) * len(experiment.inputs[0] + experiment.targets[0]) <= BEFORE_CELLS
    trials = Trials(BEFORE_SECONDS if small else 0.0, longest=BEFORE_SECONDS, cuts=False, fit=GOOD_FIT)
    return (*flaws(experiment, trials), *hurdles(experiment, trials))


def after(history: History) -> tuple[Finding, ...]:
    """Why a run did not learn, most important first, and what matters even where it did.

    A run that learned has no more than flaws of its table and held-out rows that got worse. Of a run that was stopped
    nothing is said that it might still have put right. Takes up to about half a second where remedies are tried.
    """
    if len(history.epochs) == 1 and history.diverged_at is None:
        return before(history.experiment)
    e = history.experiment
    trials = Trials(AFTER_SECONDS, fit=_fit_to_reach(history))
    findings = list(flaws(e, trials))
    if history.diverged_at is not None or not learned(e, history.outputs[-1]):
        findings += _reasons(history, trials, bool(findings))
    by_heart = overfitting(history, trials)
    return (*findings, by_heart) if by_heart else tuple(findings)


def _fit_to_reach(history: History) -> float:
    """The R2 a remedy must reach where the targets are numbers: half of what the run left unexplained, 0.5 at least."""
    e = history.experiment
    with np.errstate(all="ignore"):
        reached = r_squared(e, history.outputs[-1], e.train_rows) if kind(e) == "numbers" else None
    return max(0.5, 0.5 + 0.5 * reached) if reached is not None and math.isfinite(reached) else 0.5


def _reasons(history: History, trials: Trials, flawed: bool) -> Iterator[Finding]:
    """Why a run did not learn. What the run shows counts only where nothing else keeps it from learning.

    What only a trial can tell comes last, and only of a finished run.
    """
    blown_up = diverged(history, trials)
    if blown_up:
        yield blown_up
    standing = list(hurdles(history.experiment, trials))
    yield from standing
    if flawed or standing or blown_up:
        return
    shown = [finding for look in (unsteady, dead_units, saturation) if (finding := look(history, trials))]
    yield from shown
    stopped = history.epochs[-1] < history.experiment.epochs
    if stopped or any(finding.remedy for finding in shown):
        return
    looks: tuple[Callable[[History, Trials], Finding | None], ...] = (penalty, unfinished, other_network)
    first = next((finding for look in looks if (finding := look(history, trials))), None)
    if first:
        yield first


def penalty(history: History, trials: Trials) -> Finding | None:
    """A penalty without which the network learns."""
    e = history.experiment
    words = "The penalty pulls the weights towards 0 harder than the errors push them away."
    remedy = trials.remedy(e, [{"l1": 0.0, "l2": 0.0}])
    return found(e, "penalty", "The penalty is too strong", words, remedy) if remedy else None


def other_network(history: History, trials: Trials) -> Finding | None:
    """Another start, a larger network or other settings, where one learns; or the word that this cannot be told."""
    e = history.experiment
    if e.hidden and not e.initial_weights:
        words = "From other start weights the same network learns: that was tried. This start led it into a dead end."
        seeds: list[Changes] = [{"seed": seed} for seed in (1, 2, 3) if seed != e.seed][:2]
        remedy = trials.remedy(e, seeds)
        if remedy:
            return found(e, "unlucky_start", "An unlucky start", words, remedy)
    tries: list[Changes] = [with_hidden(e, 4), with_hidden(e, 8)]
    if e.hidden:
        tries = [{"hidden": tuple(min(k * units, LIMITS["units"]) for units in e.hidden)} for k in (2, 4)]
    if straight(e) and any(verdict.separable is None for verdict in separable(e)):
        words = (
            "The table is too large to tell for certain whether one straight border can get every row right. "
            "If none can, a hidden layer is needed."
        )
        return trials.finding(e, "unknown", "Perhaps more than one layer can do", words, climbing(e, tries))
    words = "With more neurons the same table is learned: that was tried."
    remedy = trials.remedy(e, tries)
    if remedy:
        return found(e, "small_network", "The network is too small", words, remedy)
    words = (
        "None of the usual reasons fits. With the settings of this remedy the same table is learned: that was tried."
    )
    remedy = trials.remedy(e, ladder(e))
    return found(e, "other_settings", "Other settings learn this", words, remedy) if remedy else None
