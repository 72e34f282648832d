"""Suiting a network to a new table: what cannot give the table's answers is changed, everything else stays."""

from collections.abc import Mapping
from typing import Any

from engine import ACTIVATIONS, LOSSES, Experiment, ExperimentError
from engine.diagnosis.candidates import output_for_targets
from engine.model.targets import target_kind
from pages.reading.edited_table import EditedTable
from pages.reading.epoch_choices import EPOCHS

CALM_LEARNING_RATE = 0.1
"""A learning rate for classes: what was measured is often larger than 1, and a rate of 1 then jumps past the goal."""


def fit_network(table: EditedTable, settings: Mapping[str, Any]) -> tuple[Experiment, str]:
    """An experiment of a table with the present settings, and in words what had to change; "" for nothing.

    Output and loss change where the present ones are refused, cannot reach a target, or are not made for classes, for
    which the learning rate is then `CALM` at most; start weights by hand go; the epochs become fewer where training
    would take too long. ExperimentError where the table cannot be trained on.
    """
    now = dict(settings) | {"initial_weights": (), "initial_biases": ()}
    plain = {"hidden": (), "activations": ("linear",), "loss": "half_squared_error", "epochs": 1}
    answers = table.experiment(now | plain)
    told = []
    if not reaches_targets(answers, now):
        fit = output_for_targets(answers)
        output, loss = fit["activations"][-1], fit["loss"]
        now |= {"activations": (*now["activations"][:-1], output), "loss": loss}
        told.append(f"{ACTIVATIONS[output].label} output with {LOSSES[loss].label.lower()}")
        if output == "softmax" and (now["learning_rate"] or 0) > CALM_LEARNING_RATE:
            now["learning_rate"] = CALM_LEARNING_RATE
            told.append(f"learning rate {CALM_LEARNING_RATE:g}")
    fewer = [epochs for epochs in EPOCHS if epochs < (now["epochs"] or 0)]
    shorter = False
    while True:
        try:
            found = table.experiment(now)
        except ExperimentError as error:
            if error.field != "epochs" or not fewer:
                raise
            now["epochs"], shorter = fewer.pop(), True
        else:
            told += [f"{found.epochs:,} epochs"] if shorter else []
            return found, ", ".join(told)


def reaches_targets(answers: Experiment, settings: Mapping[str, Any]) -> bool:
    """Whether the output and the loss can give these answers, classes with softmax only."""
    output, loss = ACTIVATIONS[settings["activations"][-1]], LOSSES[settings["loss"]]
    if loss.fused_activation not in (None, settings["activations"][-1]):
        return False
    if output.is_elementwise == (target_kind(answers) == "multiclass"):
        return False
    return all(output.low <= target <= output.high for row in answers.labelled_targets for target in row)
