"""A symptom is what a finished run shows by itself: silent neurons, flat ones, rows learned by heart or barely."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.diagnosis.candidates import Changes, with_usual_changes
from engine.diagnosis.contradictions import contradicted_test_rows
from engine.diagnosis.finding import Finding, Remedy, list_numbers, make_finding
from engine.diagnosis.fix_search import FixSearch, has_learned
from engine.diagnosis.learning_rate import rates_below
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.network import ForwardPass, forward, loss_over_rows
from engine.model.targets import Flags, correct_outputs, correct_rows, target_kind
from engine.model.types import Array
from engine.training.history import History, record

TINY_SLOPE = 0.01
"""With less slope a neuron all but stops: a sigmoid beyond 4.6, a tanh beyond 3."""

FLATTENING = ("sigmoid", "tanh", "elu", "softplus", "silu", "softmax")
"""Activations with an end where the slope dwindles."""

NARROW_SHARE = 0.1
"""An output within this share of the range round the middle is right by a hair."""


def overfitting_finding(history: History, trials: FixSearch) -> Finding | None:
    """Rows held out of training that get worse while the training loss falls.

    Worse means that their loss ends above its lowest by a fifth of that and by a twentieth of its first. Rows that
    contradict a training row do not count: to get that one right is to get them wrong.
    """
    e, tests = history.experiment, _test_loss(history)
    if tests is None or not _gets_worse(tests, history.loss):
        return None
    best = int(tests.argmin())
    epoch, enough = int(history.epochs[best]), has_learned(e, history.outputs[best])
    words = (
        f"The loss of the rows held out of training was lowest at epoch {epoch:,} and has risen since, from "
        f"{tests[best]:.3g} to {tests[-1]:.3g}, while the loss of the rows it trains on went on falling. The network "
        "learns those by heart."
    )
    if epoch and not enough:
        words += " Stopped there it gets closer to rows it has never seen, but not all the way to the others."
    weaker: list[Changes] = [{"l2": strength} for strength in (0.01, 0.1, 1.0) if strength > e.l2]
    remedy = Remedy(replace(e, epochs=epoch)) if epoch else trials.remedy(e, weaker)
    return make_finding(e, "overfitting", "Learned by heart", words, remedy)


def overfits(experiment: Experiment) -> bool:
    """Whether the experiment, once trained, has learned by heart, as `overfitting` has it."""
    history = record(experiment)
    tests = _test_loss(history)
    return tests is not None and _gets_worse(tests, history.loss)


def _test_loss(history: History) -> Array | None:
    """The loss of the rows held out of training at every frame, but for those that contradict a training row."""
    e, aside = history.experiment, contradicted_test_rows(history.experiment)
    rows, targets = [row for row in e.test_rows if row not in aside], np.array(e.targets)
    if not aside or not rows:
        return history.test_loss if rows else None
    passes = (_forward_pass(history, frame, range(len(e.inputs))) for frame in range(len(history.epochs)))
    return np.array([loss_over_rows(e, passed, targets, rows) for passed in passes])


def _gets_worse(tests: Array, losses: Array) -> bool:
    """Whether the test loss ended clearly above its lowest while the training loss fell on, both (frames,)."""
    best = int(tests.argmin())
    rise = tests[-1] - tests[best]
    return bool(rise > 0.2 * tests[best] and rise > 0.05 * tests[0] and losses[-1] < losses[best])


def penalty_finding(history: History, trials: FixSearch) -> Finding | None:
    """A penalty so strong that a run without it, or with a weaker one, learns, and more than barely."""
    e = history.experiment
    held = "Every row is right, but only by a hair: all outputs are near the middle. "
    words = held if has_narrow_margin(e, history.outputs[-1]) else ""
    words += "The penalty pulls the weights towards 0 harder than the errors push them away."
    weaker: list[Changes] = [{"l1": share * e.l1, "l2": share * e.l2} for share in (0.1, 0.01, 0.0)]
    remedy = trials.remedy(
        e, weaker, lambda e, passed: has_learned(e, passed.outputs[-1]) and not has_narrow_margin(e, passed.outputs[-1])
    )
    return make_finding(e, "penalty", "The penalty is too strong", words, remedy) if remedy else None


def has_narrow_margin(experiment: Experiment, outputs: Array) -> bool:
    """Whether all training rows are right by less than a tenth of the range of the answers; never so of numbers.

    `outputs` is (samples, targets). Of several classes the right one's output is then less than two tenths ahead.
    """
    e, targets = experiment, np.array(experiment.targets)
    if target_kind(e) == "numbers" or not has_learned(e, outputs):
        return False
    low = np.minimum(targets.min(axis=0), 0.0)
    high = np.maximum(targets.max(axis=0), low + 1)
    nudged = outputs - NARROW_SHARE * (high - low) * np.where(targets == high, 1, -1)
    return not correct_outputs(e, nudged)[list(e.train_rows)].any()


def dead_neurons_finding(history: History, trials: FixSearch) -> Finding | None:
    """ReLU neurons that are silent for every training row."""
    e, sums = history.experiment, _forward_pass(history, -1).pre_activations
    silent: list[Flags] = [
        np.all(z <= 0, axis=0) & (name == "relu") for name, z in zip(e.activations, sums, strict=True)
    ]
    if not any(flags.any() for flags in silent):
        return None
    words = (
        f"These neurons put out 0 for every row: {_neuron_words(e, silent)}. Below 0 the slope of ReLU is 0, so no "
        "error reaches their weights to wake them."
    )
    leaky: list[Changes] = [{"activations": tuple("leaky_relu" if n == "relu" else n for n in e.activations)}]
    slower: list[Changes] = [{"learning_rate": rate} for rate in rates_below(e.learning_rate)[:2]]
    drawn: Changes = {"initializer": "he_normal"}
    tries = leaky + [{**leaky[0], **change} for change in slower] + [drawn, {**drawn, **slower[0]}]
    return trials.finding(e, "dead_units", "Dead neurons", words, with_usual_changes(e, tries))


def saturation_finding(history: History, trials: FixSearch) -> Finding | None:
    """Layers whose neurons all sit where their curve is flat: hidden ones for all rows, the output for wrong ones."""
    e, start, end = (
        history.experiment,
        _forward_pass(history, 0).pre_activations,
        _forward_pass(history, -1).pre_activations,
    )
    wrong = ~correct_rows(e, history.outputs[-1])[list(e.train_rows)]
    stuck = [np.zeros(units, dtype=bool) for _, units in e.shapes]
    steepest, at_start = 0.0, False
    for layer, name in enumerate(e.activations):
        output = layer == len(e.hidden)
        if name not in FLATTENING or (output and (LOSSES[e.loss].fused_activation or not wrong.any())):
            continue
        steep = _steepest(name, end[layer][wrong] if output else end[layer])
        if steep < TINY_SLOPE:
            stuck[layer][:] = True
            steepest = max(steepest, steep)
            at_start |= _steepest(name, start[layer]) < TINY_SLOPE
    if not any(flags.any() for flags in stuck):
        return None
    largest = max(abs(value) for row in e.inputs for value in row)
    words = (
        f"The curve is flat where these neurons are: {_neuron_words(e, stuck)}. Their slope is at most {steepest:.1g}, "
        "so they have all but stopped learning. "
    )
    words += "It was so from the start." if at_start else "The steps of the training drove them there."
    words += f" Inputs as large as {largest:g} do that easily; smaller numbers help." if largest > 10 else ""
    drawn: Changes = {"initializer": "glorot_uniform"} if at_start else {}
    tries: list[Changes] = [drawn] if drawn else []
    tries += [{**drawn, "learning_rate": rate} for rate in rates_below(e.learning_rate)[:6]]
    tries += [{**drawn, "loss": "binary_cross_entropy"}]
    return trials.finding(e, "saturation", "Neurons on the flat part", words, with_usual_changes(e, tries))


def _steepest(name: str, z: Array) -> float:
    """The largest slope of an activation at any of the sums z."""
    return float(np.abs(ACTIVATIONS[name].slope(z)).max())


def _forward_pass(history: History, frame: int, rows: Sequence[int] | None = None) -> ForwardPass:
    """The forward pass of the training rows, or of others, at a frame."""
    e = history.experiment
    inputs = np.array(e.inputs)[list(e.train_rows if rows is None else rows)]
    return forward(e, [w[frame] for w in history.weights], [b[frame] for b in history.biases], inputs)


def _neuron_words(e: Experiment, layers: list[Flags]) -> str:
    """The flagged neurons, by layer and number."""
    places = []
    for layer, flags in enumerate(layers):
        if flags.any():
            where = "the output layer" if layer == len(e.hidden) else f"hidden layer {layer + 1}"
            places.append(f"{list_numbers('neuron', (np.flatnonzero(flags) + 1).tolist())} of {where}")
    return "; ".join(places)
