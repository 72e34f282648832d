"""A network is made to fit a new table: what cannot give its answers, or would not learn them, changes; the rest stays.

Each setting is chosen by a function of the table and of the settings so far, which gives what it changes, and why.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np

from engine import ACTIVATIONS, LOSSES, Experiment, ExperimentError, History, record
from engine.diagnosis.candidates import output_for_targets, scaling_changes
from engine.diagnosis.learning_rate import JUMPY_SHARE, loss_has_risen
from engine.model.targets import TargetKind, target_kind
from pages.reading.edited_table import EditedTable
from pages.reading.epoch_choices import EPOCHS

Choice: TypeAlias = tuple[dict[str, Any], str]
"""Settings to change, and in words what and why; {} and "" for nothing."""

TARGET_WORDS: dict[TargetKind, str] = {
    "multiclass": "each row is one class of several",
    "binary": "each answer is one of two",
    "regression": "the answers are numbers",
}

SCALED_WORDS = {"scaling": "inputs", "target_scaling": "targets"}

TRIAL_EPOCHS, TRIAL_SECONDS = 200, 0.01
"""How long a learning rate is tried at most."""

ROUNDING = 1e-9
"""A loss that has come so close to 0, as a share of its first value, goes up and down by rounding."""

GOOD_SHARE = 0.8
"""A rate stays that lowers the loss by so much of what the best one does."""


def fit_network(table: EditedTable, settings: Mapping[str, Any]) -> tuple[Experiment, str]:
    """An experiment of a table with the present settings, and in words what had to change; "" for nothing.

    Output and loss change where the present ones are refused, cannot reach a target, or are not made for classes. The
    bias is switched on where nothing stands for it, and the learning rate becomes lower where it would not learn. Start
    weights by hand and earlier tables go, nothing stays frozen, and neither do derived inputs of columns that this
    table has not, nor the wait for held-out rows where none is; the epochs become fewer where training would take too
    long. ExperimentError where the table cannot be trained on.
    """
    now = dict(settings) | {"initial_weights": (), "initial_biases": (), "frozen": (), "earlier_tables": ()}
    now["patience"] = now["patience"] if any(table.held_out) else None
    plain = {"hidden": (), "activations": ("linear",), "loss": "half_squared_error", "epochs": 1}
    told = ["no rows learned before it"] * bool(settings.get("earlier_tables"))
    try:
        answers = table.experiment(now | plain)
    except ExperimentError as error:
        if error.field != "derived":
            raise
        now["derived"] = ()
        answers = table.experiment(now | plain)
        told.append("no derived inputs (they are none of these columns)")
    for choose in CHOICES:
        changes, words = choose(answers, now)
        now |= changes
        told += [words] if words else []
    return _with_table(answers, now), ", ".join(told)


def describe_changes(words: str) -> str:
    """A sentence about what had to change; "" for nothing.

    >>> describe_changes("3 epochs")
    'So that it learns: 3 epochs. All other settings stay.'
    """
    return words and f"So that it learns: {words}. All other settings stay."


def choose_output(answers: Experiment, settings: Mapping[str, Any]) -> Choice:
    """The output and the loss for these answers, where the present ones do not go with them."""
    if reaches_targets(answers, settings):
        return {}, ""
    fit = output_for_targets(answers)
    changes = fit | {"activations": (*settings["activations"][:-1], *fit["activations"][-1:])}
    return changes, f"{_output_words(changes)} ({TARGET_WORDS[target_kind(answers)]})"


def choose_bias(answers: Experiment, settings: Mapping[str, Any]) -> Choice:
    """A bias, unless there is one or a column of one value stands for it."""
    stands_for_it = any(len(set(column)) == 1 and column[0] for column in zip(*answers.inputs, strict=True))
    if settings["bias"] or stands_for_it:
        return {}, ""
    return {"bias": True}, "a bias (for the answer to a row of zeros)"


def choose_scaling(answers: Experiment, settings: Mapping[str, Any]) -> Choice:
    """Scaling of inputs, and of targets that are numbers, where they are large, small or unlike; else none of targets.

    It stands before the learning rate, which is tried with whatever is chosen here.
    """
    changes = scaling_changes(answers)
    if target_kind(answers) != "regression" and settings["target_scaling"] != "none":
        return {**changes, "target_scaling": "none"}, "targets as they are (they are no numbers to scale)"
    if not changes:
        return {}, ""
    columns = " and ".join(word for field, word in SCALED_WORDS.items() if field in changes)
    return changes, f"{columns} scaled (large, small or unlike numbers are hard to learn from)"


def choose_epochs(answers: Experiment, settings: Mapping[str, Any]) -> Choice:
    """Fewer epochs, where training would take longer than an experiment may."""
    changes: dict[str, Any] = {}
    for epochs in reversed([each for each in EPOCHS if each < (settings["epochs"] or 0)]):
        try:
            _with_table(answers, {**settings, **changes})
        except ExperimentError as error:
            if error.field != "epochs":
                break
            changes = {"epochs": epochs}
        else:
            break
    return changes, f"{changes['epochs']:,} epochs (more would take too long)" if changes else ""


def choose_rate(answers: Experiment, settings: Mapping[str, Any]) -> Choice:
    """A lower learning rate, where a trial with the present one diverges, jumps or gets far less far.

    Where none gets anywhere, as with an output of steps, output and loss change too.
    """
    e = _with_table(answers, settings)
    present, (best, most) = _try_rate(e, e.learning_rate), _best_rate(e)
    changes: dict[str, Any] = {}
    words = []
    if not most:
        suited = {"activations": e.activations, **output_for_targets(e)}
        best, most = _best_rate(replace(e, **suited))
        if not most:
            return {}, ""
        changes = suited
        words.append(f"{_output_words(suited)} ({_output_words(settings).lower()} was tried and did not learn)")
    elif present >= GOOD_SHARE * most:
        return {}, ""
    if best != e.learning_rate:
        words.append(f"learning rate {best:g} ({e.learning_rate:g} was tried and learned less)")
    return {**changes, "learning_rate": best}, ", ".join(words)


CHOICES: tuple[Callable[[Experiment, Mapping[str, Any]], Choice], ...] = (
    choose_output,
    choose_bias,
    choose_scaling,
    choose_epochs,
    choose_rate,
)
"""In this order: each knows what the ones before it have chosen."""


def reaches_targets(answers: Experiment, settings: Mapping[str, Any]) -> bool:
    """Whether the output and the loss can give these answers, and are made for them.

    Softmax is for classes only, an output without bounds for numbers only. One with bounds bends them near its ends, so
    it stays for numbers only where the visitor has scaled them to fit.
    """
    output, loss = ACTIVATIONS[settings["activations"][-1]], LOSSES[settings["loss"]]
    kind, targets = target_kind(answers), answers.target_array
    is_unbounded = math.isinf(output.low) and math.isinf(output.high)
    if loss.fused_activation not in (None, settings["activations"][-1]):
        return False
    if output.is_elementwise == (kind == "multiclass") or (is_unbounded and kind == "binary"):
        return False
    if kind == "regression" and not is_unbounded and settings["target_scaling"] == "none":
        return False
    return bool((np.isnan(targets) | ((targets >= output.low) & (targets <= output.high))).all())


def _output_words(settings: Mapping[str, Any]) -> str:
    output, loss = ACTIVATIONS[settings["activations"][-1]], LOSSES[settings["loss"]]
    return f"{output.label} output with {loss.label.lower()}"


def _with_table(answers: Experiment, settings: Mapping[str, Any]) -> Experiment:
    """The experiment of a table with other settings."""
    return replace(answers, **settings)


def _best_rate(e: Experiment) -> tuple[float, float]:
    """The rate up to the present one with which a few epochs lower the loss most, and by what share; 0 for none.

    Every hundredth part is tried until ever smaller steps get ever less far, and then what lies between.
    """
    best, most = e.learning_rate, _try_rate(e, e.learning_rate)
    for power in range(math.floor(math.log10(e.learning_rate)) - 2, -13, -2):
        falls = _try_rate(e, 10.0**power)
        if falls > most:
            best, most = 10.0**power, falls
        elif falls < most / 2:
            break
    for times in (10, 3):
        between = float(f"{times * best:.0e}")
        if most and between < e.learning_rate and (falls := _try_rate(e, between)) > most:
            best, most = between, falls
    return best, most


def _try_rate(e: Experiment, rate: float) -> float:
    """By what share of its first value a few epochs with this rate lower the loss; 0 where it falls unsteadily."""
    epochs = max(1, min(e.epochs, TRIAL_EPOCHS, int(e.epochs * TRIAL_SECONDS / e.predicted_seconds)))
    history = record(replace(e, learning_rate=rate, epochs=epochs))
    if history.diverged_at is not None or not _falls_steadily(history):
        return 0.0
    return float(1 - history.loss[-1] / history.loss[0]) if history.loss[0] else 0.0


def _falls_steadily(history: History) -> bool:
    """Whether the loss of a run ends below its first value, and rises seldom on the way."""
    if loss_has_risen(history) or history.loss[-1] > history.loss[0]:
        return False
    tail = history.loss[len(history.loss) // 2 :]
    rises = np.diff(tail) > ROUNDING * history.loss[0]
    return float(rises.mean()) <= JUMPY_SHARE if len(rises) else True
