"""A remedy is the same experiment with as little changed as makes it learn, found by trying.

Trying is bounded: every training is charged with its predicted time, and one that costs too much is cut short.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from engine.arrays import Array
from engine.checks import ExperimentError
from engine.experiment import Experiment
from engine.measures import kind, r_squared, right_rows
from engine.network import Forward, forward
from engine.training import train
from engine.wording import described

Changes: TypeAlias = dict[str, Any]
"""Fields of an experiment and their new values."""

Judge: TypeAlias = Callable[[Experiment, Forward], bool]

GOOD_FIT = 0.98
"""Numbers count as learned when this share of what varies in them is foretold, even if a row is still off."""

CELL_SECONDS = 4e-6
"""What it costs to make a changed experiment and cut it short, for every cell of its table."""

REDRAWN = {"hidden", "initializer", "seed"}
"""Changes with which start weights given by hand no longer go."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why an experiment does not learn, in words for its reader, and what to do about it.

    `key` is the kind of reason, `words` one to three sentences that name the place. `remedy` was tried and learns; it
    is None, and its label empty, where nothing that was tried does.
    """

    key: str
    title: str
    words: str
    remedy: Experiment | None = None
    remedy_label: str = ""


@dataclass(slots=True)
class Trials:
    """Seconds left for trying, at most `longest` for one training, and the fit that numbers must reach to count.

    A training that takes longer is cut short, or left out where `cuts` is false.
    """

    seconds: float
    longest: float = 0.1
    cuts: bool = True
    fit: float = 0.5

    def finding(self, experiment: Experiment, key: str, title: str, words: str, tries: Iterable[Changes]) -> Finding:
        """A finding with the first remedy that learns, if there is one."""
        return found(experiment, key, title, words, self.remedy(experiment, tries))

    def remedy(self, experiment: Experiment, tries: Iterable[Changes], judge: Judge | None = None) -> Experiment | None:
        """The first of the changes with which the experiment learns, or None where none does in the time left.

        What counts as learning is `learned`, or what the judge says of an experiment and its last forward pass.
        """
        judge = judge or (lambda e, passed: learned(e, passed.outputs[-1], self.fit))
        cost = CELL_SECONDS * len(experiment.inputs) * (len(experiment.inputs[0]) + len(experiment.targets[0]))
        for changes in tries:
            if self.seconds < cost:
                return None
            self.seconds -= cost
            candidate = self.changed(experiment, changes)
            if candidate is not None and self._passes(candidate, judge):
                return candidate
        return None

    def changed(self, experiment: Experiment, changes: Changes) -> Experiment | None:
        """The experiment with the changes, if need be cut short; None where there is none such."""
        e = with_changes(experiment, changes)
        if e is None:
            return None
        if e.predicted_seconds > self.longest and self.cuts:
            e = replace(e, epochs=max(1, int(e.epochs * self.longest / e.predicted_seconds)))
        return None if e == experiment or e.predicted_seconds > self.seconds else e

    def _passes(self, e: Experiment, judge: Judge) -> bool:
        """What the judge says of the experiment's end; runs whose numbers grow past all bounds are left early."""
        inputs, done = np.array(e.inputs), 0
        for step in train(e, sorted({max(1, e.epochs // 100), max(1, e.epochs // 10), e.epochs})):
            self.seconds -= e.predicted_seconds * (step.epoch - done) / e.epochs
            done = step.epoch
            passed = forward(e, list(step.weights), list(step.biases), inputs)
            if not np.isfinite(passed.outputs[-1]).all():
                return False
        return judge(e, passed)


def found(experiment: Experiment, key: str, title: str, words: str, remedy: Experiment | None) -> Finding:
    """A finding whose remedy, if any, is already known."""
    return Finding(key, title, words, remedy, described(experiment, remedy) if remedy else "")


def with_changes(experiment: Experiment, changes: Changes) -> Experiment | None:
    """The experiment with the changes, or None where that cannot be trained."""
    drawn: Changes = {"initial_weights": (), "initial_biases": ()} if REDRAWN & changes.keys() else {}
    try:
        return replace(experiment, **{**drawn, **changes})
    except ExperimentError:
        return None


def learned(experiment: Experiment, outputs: Array, fit: float = GOOD_FIT) -> bool:
    """Whether all training rows are right or, where the targets are numbers, foretold as well as `fit` asks.

    `outputs` is (samples, targets); `fit` an R2 up to 1.
    """
    e = experiment
    with np.errstate(all="ignore"):
        reached = r_squared(e, outputs, e.train_rows) if kind(e) == "numbers" else None
        everything = bool(right_rows(e, outputs)[list(e.train_rows)].all())
    return everything if reached is None else reached >= fit or (everything and fit <= GOOD_FIT)


def fitting(experiment: Experiment) -> Changes:
    """The output and the loss that go with the targets: softmax for classes, sigmoid or tanh for yes or no."""
    hidden = experiment.activations[:-1]
    values = [value for row in experiment.targets for value in row]
    match kind(experiment):
        case "one of several":
            return {"activations": (*hidden, "softmax"), "loss": "categorical_cross_entropy"}
        case "yes or no" if min(values) >= 0:
            return {"activations": (*hidden, "sigmoid"), "loss": "binary_cross_entropy"}
        case "yes or no":
            return {"activations": (*hidden, "tanh"), "loss": "mean_squared_error"}
    return {"activations": (*hidden, "linear"), "loss": "mean_squared_error"}


def with_hidden(experiment: Experiment, *units: int) -> Changes:
    """The changes that give the network these hidden layers, of tanh, and the bias they need."""
    start = {"initializer": "glorot_uniform"} if experiment.initializer == "zeros" else {}
    return {"hidden": units, "activations": ("tanh",) * len(units) + experiment.activations[-1:], "bias": True, **start}


def ladder(experiment: Experiment) -> Iterator[Changes]:
    """What helps most small tables, from a slower rate to a network that is quick to learn almost anything."""
    if experiment.optimizer == "sgd":
        for rate in (0.1, 0.01):
            if rate < experiment.learning_rate:
                yield {"learning_rate": rate}
    if not experiment.hidden:
        yield with_hidden(experiment, 4)
    quick: Changes = {"optimizer": "adam", "epochs": 500, "batch_size": None, "l1": 0.0, "l2": 0.0}
    suited = fitting(experiment)
    yield {**suited, **quick, "learning_rate": 0.1}
    for seed, units in ((experiment.seed, 4), (experiment.seed, 8), (2, 8), (3, 16)):
        layers = with_hidden(experiment, units)
        layers["activations"] = ("tanh", suited["activations"][-1])
        glorot = {"initializer": "glorot_uniform", "seed": seed}
        yield {**suited, **quick, **layers, **glorot, "learning_rate": 0.05 if units > 4 else 0.1}
    for rate in (1.0, 20.0):
        yield {**suited, **quick, "learning_rate": rate}


def climbing(experiment: Experiment, tries: Iterable[Changes]) -> Iterator[Changes]:
    """Each of the tries by itself, and then the first of them with ever more help from the ladder."""
    tries = tuple(tries)
    yield from tries
    changed = with_changes(experiment, tries[0])
    if changed is not None:
        yield from ({**tries[0], **rung} for rung in ladder(changed))
