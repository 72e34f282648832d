"""A diagnosis is why an experiment cannot learn, or did not: findings in words, each with a remedy that was tried."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from time import monotonic

from engine.diagnosis.after_training import (
    dead_neurons_finding,
    has_narrow_margin,
    overfits,
    overfitting_finding,
    penalty_finding,
    saturation_finding,
    stop_rule_finding,
)
from engine.diagnosis.before_training import is_one_linear_layer, network_limits, table_flaws
from engine.diagnosis.candidates import Changes, add_hidden_layers, usual_changes, with_usual_changes
from engine.diagnosis.finding import GETS_CLOSER, HELD_OUT_GETS_WORSE, Finding, list_names, make_finding
from engine.diagnosis.fix_search import FixSearch
from engine.diagnosis.learning_rate import (
    divergence_finding,
    has_ended_worse,
    loss_has_risen,
    unfinished_findings,
    unsteady_finding,
)
from engine.diagnosis.scaling_advice import scaling_finding
from engine.diagnosis.separability import separability
from engine.diagnosis.unexplained import unexplained_finding
from engine.model.experiment import Experiment
from engine.model.outcome import GOOD_R_SQUARED, closeness, has_learned
from engine.model.validation import LIMITS
from engine.training.history import History

__all__ = ["Finding", "diagnose_experiment", "diagnose_run"]

BEFORE_SECONDS, AFTER_SECONDS = 0.02, 0.38
"""What trying remedies may cost, by the predicted time of the trainings."""

BEFORE_CLOCK_SECONDS, AFTER_CLOCK_SECONDS = 0.05, 1.0
"""Seconds by the clock after which nothing more is tried, for predictions can be wrong and machines busy."""

BEFORE_CELLS = 300
"""With a larger table nothing is tried before the run: to make the experiments alone takes too long."""


def diagnose_experiment(experiment: Experiment) -> tuple[Finding, ...]:
    """What the table and the settings alone show, most important first; quick, so a remedy that takes time is None."""
    small = len(experiment.inputs) * len(experiment.inputs[0] + experiment.targets[0]) <= BEFORE_CELLS
    until = monotonic() + BEFORE_CLOCK_SECONDS
    trials = FixSearch(
        BEFORE_SECONDS if small else 0.0,
        longest_training=BEFORE_SECONDS,
        shortens=False,
        wanted_closeness=GOOD_R_SQUARED,
        deadline=until,
        overfits=overfits,
    )
    return _offer_each_remedy_once((*table_flaws(experiment, trials), *network_limits(experiment, trials)))


def diagnose_run(history: History) -> tuple[Finding, ...]:
    """Why a run did not learn, most important first, and what matters even where it did.

    A run that learned has no more than flaws of its table and rows held out of training that got worse. Of a run that
    was stopped nothing is said that it might still have put right, and nothing of the way over earlier tables. Takes
    about half a second where remedies are tried, and on a busy machine little more than one.
    """
    history = history.since_table_change()  # what came before was another table's
    if len(history.epochs) == 1 and history.diverged_at is None:
        return diagnose_experiment(history.experiment)
    e = history.experiment
    trials = FixSearch(
        AFTER_SECONDS,
        wanted_closeness=_closeness_to_reach(history),
        deadline=monotonic() + AFTER_CLOCK_SECONDS,
        overfits=overfits,
    )
    findings = list(table_flaws(e, trials))
    if has_ended_badly(history):
        findings += _reasons(history, trials, bool(findings))
        if not findings and not _was_stopped(history):
            findings.append(unexplained_finding(history))
    elif has_narrow_margin(e, history.outputs[-1]) and history.is_finished:
        findings += _without_none(penalty_finding(history, trials))
    return _offer_each_remedy_once((*findings, *_without_none(overfitting_finding(history, trials))))


def has_ended_badly(history: History) -> bool:
    """Whether a run grew past all bounds, has not learned, or ended worse than it began."""
    if history.diverged_at is not None or loss_has_risen(history) or has_ended_worse(history):
        return True
    return not has_learned(history.experiment, history.outputs[-1])


def _was_stopped(history: History) -> bool:
    return not history.is_finished


def _without_none(*findings: Finding | None) -> list[Finding]:
    """The findings without the looks that found nothing."""
    return [finding for finding in findings if finding]


def _offer_each_remedy_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each remedy with the first of them only: two buttons that do the same are one too many."""
    offered: list[Experiment] = []
    kept = []
    for finding in findings:
        if finding.remedy in offered:
            finding = replace(
                finding,
                words=finding.words.removesuffix(GETS_CLOSER).removesuffix(HELD_OUT_GETS_WORSE),
                remedy=None,
                remedy_label="",
            )
        elif finding.remedy:
            offered.append(finding.remedy)
        kept.append(finding)
    return tuple(kept)


def _closeness_to_reach(history: History) -> float:
    """The closeness from which a remedy is clearly closer: half of what the run left undone, and 0.5 at least."""
    reached = closeness(history.experiment, history.outputs[-1])
    return max(0.5, 0.5 + 0.5 * reached) if math.isfinite(reached) else 0.5


def _reasons(history: History, trials: FixSearch, flawed: bool) -> Iterator[Finding]:
    """Why a run did not learn. What the run shows counts only where nothing else keeps it from learning.

    What only a trial can tell comes last, and only of a finished run.
    """
    stopped = stop_rule_finding(history, trials)
    if stopped:
        yield stopped
        return
    unscaled = None if _was_stopped(history) else scaling_finding(history, trials)
    if unscaled:
        yield unscaled
    is_solved = unscaled is not None and unscaled.remedy is not None and unscaled.learns
    blown_up = divergence_finding(history, trials, search=not is_solved)
    if blown_up:
        yield blown_up
    standing = list(network_limits(history.experiment, trials))
    yield from standing
    if flawed or standing or blown_up or is_solved:
        return
    shown = _without_none(
        *(look(history, trials) for look in (unsteady_finding, dead_neurons_finding, saturation_finding))
    )
    yield from shown
    if _was_stopped(history) or any(finding.remedy and finding.learns for finding in shown):
        return
    yield from _best_finding(_findings_by_trial(history, trials), any(finding.remedy for finding in shown))


def _best_finding(findings: Iterable[Finding], helped: bool) -> Iterator[Finding]:
    """The first finding whose remedy learns; else the first at all, unless something else helped already."""
    first = None
    for finding in findings:
        if finding.remedy and finding.learns:
            yield finding
            return
        first = first or finding
    if first and not helped:
        yield first


def _findings_by_trial(history: History, trials: FixSearch) -> Iterator[Finding]:
    """What only a trial can tell, each tried when it is asked for."""
    yield from _without_none(penalty_finding(history, trials))
    yield from unfinished_findings(history, trials)
    yield from other_network_findings(history.experiment, trials)


def other_network_findings(e: Experiment, trials: FixSearch) -> Iterator[Finding]:
    """Another start, a bias, a larger network or other settings; or the word that this cannot be told."""
    if is_one_linear_layer(e) and any(verdict.is_separable is None for verdict in separability(e)):
        words = (
            "The table is too large to tell for certain whether one straight border can get every row right. "
            "If none can, a hidden layer is needed."
        )
        tries = with_usual_changes(e, [add_hidden_layers(e, 4), add_hidden_layers(e, 8)])
        yield trials.finding(e, "unknown", "Perhaps more than one layer can do", words, tries)
        return
    for key, title, words, outcome, changes in _network_changes(e):
        remedy = trials.remedy(e, changes)
        if remedy and not remedy.overfits:
            yield make_finding(e, key, title, words + (f" {outcome}: that was tried." if remedy.learns else ""), remedy)


def _network_changes(e: Experiment) -> Iterator[tuple[str, str, str, str, Iterable[Changes]]]:
    """Key, title, words, what to say if it learns, and the changes to try, from the smallest change on."""
    if e.frozen:
        words = f"What is frozen does not learn: {list_names(e.frozen)}."
        outcome = "With nothing frozen the same network learns"
        yield "frozen", "Frozen weights are in the way", words, outcome, [{"frozen": ()}]
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
    wider: list[Changes] = [add_hidden_layers(e, 4), add_hidden_layers(e, 8)]
    if e.hidden:
        wider = [{"hidden": tuple(min(k * units, LIMITS["units"]) for units in e.hidden)} for k in (2, 4)]
    words, outcome = "It has too few neurons for this table.", "With more neurons the same table is learned"
    yield "small_network", "The network is too small", words, outcome, wider
    outcome = "With the settings of this remedy the same table is learned"
    yield "other_settings", "Other settings learn this", "None of the usual reasons fits.", outcome, usual_changes(e)
