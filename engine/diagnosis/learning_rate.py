"""The learning rate is the length of a step: too long and training overshoots, too short and it never arrives."""

import math
from collections.abc import Iterable, Iterator

import numpy as np

from engine.diagnosis.candidates import Changes, usual_changes
from engine.diagnosis.finding import Finding, make_finding
from engine.diagnosis.fix_search import FixSearch
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.outcome import has_learned
from engine.model.validation import LIMITS
from engine.training.history import History

JUMP_SHARE, JUMPY_SHARE = 0.01, 0.25
"""A run jumps about where the loss rises by a hundredth between more than a quarter of its later frames."""


RISE_SHARE, NOTHING = 0.01, 1e-9
"""A loss has risen where it ended above its first by this share of that, and above what is next to nothing."""


def has_ended_worse(history: History) -> bool:
    """Whether the training loss ended higher than it began."""
    first, last = float(history.loss[0]), float(history.loss[-1])
    return last > (1 + RISE_SHARE) * first and last > NOTHING


def rise_words(history: History) -> str:
    """That the loss has risen, in a sentence."""
    return f"The loss ended higher than it began: {history.loss[0]:.3g}, then {history.loss[-1]:.3g}."


def loss_has_risen(history: History) -> bool:
    """Whether the training loss ended clearly above its first, even if every output is on its right side.

    Clearly: more than twice as high, and higher than if every output were off by 1. Outputs without bounds can count as
    a right yes or no while they grow and grow.
    """
    e = history.experiment
    targets = e.target_array[list(e.train_rows)]
    off_by_one = float(LOSSES[e.loss].value(np.zeros_like(targets), targets + 1, targets))
    return float(history.loss[-1]) > max(2 * float(history.loss[0]), off_by_one)


def divergence_finding(history: History, trials: FixSearch, search: bool = True) -> Finding | None:
    """A run whose numbers grew past all bounds; without `search` no remedy is looked for."""
    e, epoch = history.experiment, history.diverged_at
    if epoch is None:
        return None
    words = (
        f"At epoch {epoch:,} the numbers grew past all bounds: with a learning rate of {e.rate_after(epoch - 1):g} "
        "every step overshoots, and the next one overshoots more."
    )
    if not search:
        return make_finding(e, "rate_too_high", "The learning rate is too high", words, None)
    return _lower_rate_finding(e, trials, words, usual_changes(e))


def unsteady_finding(history: History, trials: FixSearch) -> Finding | None:
    """A loss that jumps, or ends higher than it began, if a lower rate learns."""
    e, losses = history.experiment, history.loss
    # a penalty may well pull what is learned up a little
    if (e.l1 or e.l2) and has_learned(e, history.outputs[-1]) and not loss_has_risen(history):
        return None
    tail = losses[len(losses) // 2 :]
    rises = np.diff(tail) > JUMP_SHARE * tail[:-1]
    if losses[-1] > losses[0]:
        how = "ended higher than it began"
    elif len(rises) and rises.mean() > JUMPY_SHARE:
        how = "jumps up and down instead of settling"
    else:
        return None
    words = f"The loss {how}: with a learning rate of {e.rate_after(e.epochs):g} the steps are too long."
    slower = _lower_rate_finding(e, trials, words, [])
    return slower if slower.remedy else None


def _lower_rate_finding(e: Experiment, trials: FixSearch, words: str, others: Iterable[Changes]) -> Finding:
    """The finding, with a lower rate where one learns, else with one of the other changes."""
    remedy = trials.remedy(e, [{"learning_rate": rate} for rate in rates_below(e.learning_rate)])
    if remedy and remedy.learns:
        words += f" With {remedy.experiment.learning_rate:g} it learns: that was tried."
    else:
        other = trials.remedy(e, others)
        remedy = other if other and (other.learns or not remedy) else remedy
    return make_finding(e, "rate_too_high", "The learning rate is too high", words, remedy)


def unfinished_findings(history: History, trials: FixSearch) -> Iterator[Finding]:
    """More steps or longer ones, whichever learns; more steps first where there were but few.

    Only of a run whose loss is still falling at its end.
    """
    e, losses = history.experiment, history.loss
    if losses[-1] >= losses[history.frame_at(int(history.epochs[-1]) // 2)]:
        return
    rates: list[Changes] = [{"learning_rate": rate} for rate in rates_above(e.learning_rate)]
    room = min(trials.longest_training / e.predicted_seconds, LIMITS["epochs"] / e.epochs)
    longer: list[Changes] = [{"epochs": e.epochs * times} for times in (3, 10, 30, 100) if times <= room]
    for tries in (longer, rates) if e.epochs < 200 else (rates, longer):
        remedy = trials.remedy(e, tries)
        if remedy is None or remedy.overfits:
            continue
        if tries is rates:
            words = (
                f"The loss is still falling at the end, but slowly: with a learning rate of {e.rate_after(e.epochs):g} "
                "the steps are too short."
            )
            words += f" With {remedy.experiment.learning_rate:g} it learns: that was tried." if remedy.learns else ""
            yield make_finding(e, "rate_too_low", "The learning rate is too low", words, remedy)
        else:
            words = f"The loss is still falling at epoch {e.epochs:,}."
            words += f" With {remedy.experiment.epochs:,} epochs it learns: that was tried." if remedy.learns else ""
            yield make_finding(e, "few_epochs", "Too few epochs", words, remedy)


def rates_below(rate: float) -> list[float]:
    """Ten learning rates, each about a third of the one before: 1 and 3 with any number of zeros."""
    power = math.floor(math.log10(rate)) + 1
    steps = [float(f"{digit}e{power - k}") for k in range(8) for digit in (3, 1)]
    return [step for step in steps if step < 0.7 * rate][:10]


def rates_above(rate: float) -> list[float]:
    """Up to seven learning rates, each ten times the one before, 10 at most."""
    power = math.floor(math.log10(rate))
    steps = [float(f"{digit}e{power + k}") for k in range(9) for digit in (1, 3)]
    return [step for step in steps if step > 2 * rate and step <= 10][1:14:2]
