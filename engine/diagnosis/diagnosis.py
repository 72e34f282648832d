"""A diagnosis is why an experiment cannot learn, or did not: findings in words, each with a remedy that was tried."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from time import monotonic

import numpy as np

from engine.diagnosis.after_training import barely, by_heart, dead_units, overfitting, penalty, saturation
from engine.diagnosis.before_training import flaws, hurdles, straight
from engine.diagnosis.candidates import Changes, climbing, ladder, with_hidden
from engine.diagnosis.finding import CLOSER, HELD_OUT, Finding, found
from engine.diagnosis.fix_search import GOOD_FIT, Trials, learned
from engine.diagnosis.learning_rate import diverged, risen, unfinished, unsteady
from engine.diagnosis.separability import separable
from engine.model.experiment import Experiment
from engine.model.targets import kind, r_squared
from engine.model.validation import LIMITS
from engine.training.history import History

__all__ = ["Finding", "after", "before"]

BEFORE_SECONDS, AFTER_SECONDS = 0.02, 0.38
"""What trying remedies may cost, by the predicted time of the trainings."""

BEFORE_CLOCK, AFTER_CLOCK = 0.05, 1.0
"""Seconds by the clock after which nothing more is tried, for predictions can be wrong and machines busy."""

BEFORE_CELLS = 300
"""With a larger table nothing is tried before the run: to make the experiments alone takes too long."""


def before(experiment: Experiment) -> tuple[Finding, ...]:
    """What the table and the settings alone show, most important first; quick, so a remedy that takes time is None."""
    small = len(experiment.inputs) * len(experiment.inputs[0] + experiment.targets[0]) <= BEFORE_CELLS
    until = monotonic() + BEFORE_CLOCK
    trials = Trials(
        BEFORE_SECONDS if small else 0.0, longest=BEFORE_SECONDS, cuts=False, fit=GOOD_FIT, until=until, veto=by_heart
    )
    return _once((*flaws(experiment, trials), *hurdles(experiment, trials)))


def after(history: History) -> tuple[Finding, ...]:
    """Why a run did not learn, most important first, and what matters even where it did.

    A run that learned has no more than flaws of its table and rows held out of training that got worse. Of a run that
    was stopped nothing is said that it might still have put right. Takes about half a second where remedies are tried,
    and on a busy machine little more than one.
    """
    if len(history.epochs) == 1 and history.diverged_at is None:
        return before(history.experiment)
    e = history.experiment
    trials = Trials(AFTER_SECONDS, fit=_fit_to_reach(history), until=monotonic() + AFTER_CLOCK, veto=by_heart)
    findings = list(flaws(e, trials))
    if history.diverged_at is not None or risen(history) or not learned(e, history.outputs[-1]):
        findings += _reasons(history, trials, bool(findings))
    elif barely(e, history.outputs[-1]) and history.epochs[-1] == e.epochs:
        findings += _found(penalty(history, trials))
    return _once((*findings, *_found(overfitting(history, trials))))


def _found(*findings: Finding | None) -> list[Finding]:
    """The findings without the looks that found nothing."""
    return [finding for finding in findings if finding]


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each remedy with the first of them only: two buttons that do the same are one too many."""
    offered: list[Experiment] = []
    kept = []
    for finding in findings:
        if finding.remedy in offered:
            finding = replace(
                finding, words=finding.words.removesuffix(CLOSER).removesuffix(HELD_OUT), remedy=None, remedy_label=""
            )
        elif finding.remedy:
            offered.append(finding.remedy)
        kept.append(finding)
    return tuple(kept)


def _fit_to_reach(history: History) -> float:
    """The R2 from which a remedy is clearly closer: half of what the run left unexplained, and 0.5 at least."""
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
    shown = _found(*(look(history, trials) for look in (unsteady, dead_units, saturation)))
    yield from shown
    stopped = history.epochs[-1] < history.experiment.epochs
    if stopped or any(finding.remedy and finding.learns for finding in shown):
        return
    yield from _best(_tried(history, trials), any(finding.remedy for finding in shown))


def _best(findings: Iterable[Finding], helped: bool) -> Iterator[Finding]:
    """The first finding whose remedy learns; else the first at all, unless something else helped already."""
    first = None
    for finding in findings:
        if finding.remedy and finding.learns:
            yield finding
            return
        first = first or finding
    if first and not helped:
        yield first


def _tried(history: History, trials: Trials) -> Iterator[Finding]:
    """What only a trial can tell, each tried when it is asked for."""
    yield from _found(penalty(history, trials))
    yield from unfinished(history, trials)
    yield from other_network(history.experiment, trials)


def other_network(e: Experiment, trials: Trials) -> Iterator[Finding]:
    """Another start, a bias, a larger network or other settings; or the word that this cannot be told."""
    if straight(e) and any(verdict.separable is None for verdict in separable(e)):
        words = (
            "The table is too large to tell for certain whether one straight border can get every row right. "
            "If none can, a hidden layer is needed."
        )
        tries = climbing(e, [with_hidden(e, 4), with_hidden(e, 8)])
        yield trials.finding(e, "unknown", "Perhaps more than one layer can do", words, tries)
        return
    for key, title, words, outcome, changes in _networks(e):
        remedy = trials.remedy(e, changes)
        if remedy and not remedy.by_heart:
            yield found(e, key, title, words + (f" {outcome}: that was tried." if remedy.learns else ""), remedy)


def _networks(e: Experiment) -> Iterator[tuple[str, str, str, str, Iterable[Changes]]]:
    """Key, title, words, what to say if it learns, and the changes to try, from the smallest change on."""
    if e.hidden and not e.initial_weights:
        seeds: list[Changes] = [{"seed": seed} for seed in (1, 2, 3) if seed != e.seed][:2]
        outcome = "From other start weights the same network learns"
        yield "unlucky_start", "An unlucky start", "This start led the network into a dead end.", outcome, seeds
    if not e.bias:
        words = (
            "Without a bias the sum of a neuron is 0 wherever its inputs are 0, so its line or border has to go "
            "through that point. A bias lets it move."
        )
        yield "no_bias", "A bias is missing", words, "With one the same network learns", [{"bias": True}]
    wider: list[Changes] = [with_hidden(e, 4), with_hidden(e, 8)]
    if e.hidden:
        wider = [{"hidden": tuple(min(k * units, LIMITS["units"]) for units in e.hidden)} for k in (2, 4)]
    words, outcome = "It has too few neurons for this table.", "With more neurons the same table is learned"
    yield "small_network", "The network is too small", words, outcome, wider
    outcome = "With the settings of this remedy the same table is learned"
    yield "other_settings", "Other settings learn this", "None of the usual reasons fits.", outcome, ladder(e)
