"""A change is what a remedy tries: fields of an experiment and their new values, from a small step to a new network."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from engine.model.experiment import Experiment
from engine.model.scaling import SCALINGS, suggest_scaling
from engine.model.targets import target_kind
from engine.model.validation import ExperimentError

Changes: TypeAlias = dict[str, Any]

REDRAWS_WEIGHTS = {"hidden", "initializer", "seed", "derived"}
"""Changes with which start weights given by hand no longer go."""


def apply_changes(experiment: Experiment, changes: Changes) -> Experiment | None:
    """The experiment with the changes, or None where that cannot be trained."""
    drawn: Changes = {"initial_weights": (), "initial_biases": ()} if REDRAWS_WEIGHTS & changes.keys() else {}
    if "hidden" in changes:
        drawn["frozen"] = ()
    if "learning_rate" in changes:
        drawn["rate_changes"] = ()
    if "optimizer" in changes:
        drawn["optimizer_changes"] = ()
    drawn |= {"stop_loss": None, "stop_when_right": False, "patience": None}  # what is tried is trained to its end
    try:
        return replace(experiment, **{**drawn, **changes})
    except ExperimentError:
        return None


def output_for_targets(experiment: Experiment) -> Changes:
    """The output and the loss that go with the targets: softmax for classes, sigmoid or tanh for yes or no."""
    hidden = experiment.activations[:-1]
    values = [value for row in experiment.labelled_targets for value in row]
    match target_kind(experiment):
        case "multiclass":
            return {"activations": (*hidden, "softmax"), "loss": "categorical_cross_entropy"}
        case "binary" if min(values) >= 0:
            return {"activations": (*hidden, "sigmoid"), "loss": "binary_cross_entropy"}
        case "binary":
            return {"activations": (*hidden, "tanh"), "loss": "mean_squared_error"}
    return {"activations": (*hidden, "linear"), "loss": "mean_squared_error"}


def add_hidden_layers(experiment: Experiment, *units: int) -> Changes:
    """The changes that give the network these hidden layers, of tanh, and the bias they need."""
    start = {"initializer": "glorot_uniform"} if experiment.initializer == "zeros" else {}
    return {"hidden": units, "activations": ("tanh",) * len(units) + experiment.activations[-1:], "bias": True, **start}


def scaling_changes(experiment: Experiment) -> Changes:
    """The scaling that inputs, and targets that are numbers, ask for where they have none; empty where they suit."""
    e, rows, changes = experiment, list(experiment.train_rows), Changes()
    if e.input_scale is None:
        changes["scaling"] = suggest_scaling(e.unscaled_features[rows])
    if e.target_scale is None and target_kind(e) == "regression":
        changes["target_scaling"] = suggest_scaling(e.unscaled_targets[rows])
    return {field: name for field, name in changes.items() if SCALINGS[name].measures}


def calmer_rates(experiment: Experiment) -> list[float]:
    """Lower learning rates to try with plain gradient descent."""
    return [rate for rate in (0.1, 0.01) if rate < experiment.learning_rate and experiment.optimizer == "sgd"]


def usual_changes(experiment: Experiment) -> Iterator[Changes]:
    """What helps most small tables, from a small change to a network that is quick to learn almost anything."""
    scaled, bias = scaling_changes(experiment), Changes() if experiment.bias else {"bias": True}
    if scaled:
        yield scaled
    if bias:
        yield {**scaled, **bias}
    for rate in calmer_rates(experiment):
        yield {**scaled, "learning_rate": rate}
    quick: Changes = {"optimizer": "adam", "epochs": 500, "batch_size": None, "l1": 0.0, "l2": 0.0, **scaled}
    suited = output_for_targets(experiment)
    for rate in (0.1, 1.0):
        yield {**suited, **quick, **bias, "learning_rate": rate}
    if not experiment.hidden:
        yield {**scaled, **add_hidden_layers(experiment, 4)}
    for seed, units in ((experiment.seed, 4), (experiment.seed, 8), (2, 8), (3, 16)):
        layers = add_hidden_layers(experiment, units)
        layers["activations"] = ("tanh", suited["activations"][-1])
        glorot = {"initializer": "glorot_uniform", "seed": seed}
        yield {**suited, **quick, **layers, **glorot, "learning_rate": 0.05 if units > 4 else 0.1}
    yield {**suited, **quick, "learning_rate": 20.0}


def with_usual_changes(experiment: Experiment, tries: Iterable[Changes]) -> Iterator[Changes]:
    """Each of the tries by itself, and then the first of them with ever more help from the ladder."""
    tries = tuple(tries)
    yield from tries
    changed = apply_changes(experiment, tries[0])
    if changed is not None:
        yield from ({**tries[0], **rung} for rung in usual_changes(changed))
