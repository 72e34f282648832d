"""A symptom is what a finished run shows by itself: silent neurons, flat ones, rows learned by heart."""

from dataclasses import replace

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Array
from engine.experiment import Experiment
from engine.history import History
from engine.losses import LOSSES
from engine.measures import Flags, right_rows
from engine.network import Forward, forward, loss_of
from engine.rates import rates_below
from engine.remedies import Changes, Finding, Trials, climbing, found
from engine.wording import listed

TINY_SLOPE = 0.01
"""With less slope a neuron all but stops: a sigmoid beyond 4.6, a tanh beyond 3."""

FLATTENING = ("sigmoid", "tanh", "elu", "softplus", "silu", "softmax")
"""Activations with an end where the slope dwindles."""


def overfitting(history: History, trials: Trials) -> Finding | None:
    """Held-out loss that rises, by a fifth of its lowest and a twentieth of its first, while training loss falls."""
    e, tests, losses = history.experiment, history.test_loss, history.loss
    if tests is None:
        return None
    best = int(tests.argmin())
    rise = tests[-1] - tests[best]
    if not (rise > 0.2 * tests[best] and rise > 0.05 * tests[0] and losses[-1] < losses[best]):
        return None
    epoch = int(history.epochs[best])
    words = (
        f"The loss of the held-out rows was lowest at epoch {epoch:,} and has risen since, from {tests[best]:.3g} to "
        f"{tests[-1]:.3g}, while the training loss went on falling. The network learns its rows by heart."
    )
    remedy = replace(e, epochs=epoch) if epoch else _penalised(e, trials, float(tests[-1]))
    return found(e, "overfitting", "Learned by heart", words, remedy)


def _penalised(e: Experiment, trials: Trials, tests: float) -> Experiment | None:
    """The experiment with a penalty that, by trying, leaves less of the held-out loss."""
    targets = np.array(e.targets)
    tries: list[Changes] = [{"l2": strength} for strength in (0.01, 0.1, 1.0) if strength > e.l2]
    return trials.remedy(e, tries, lambda tried, passed: loss_of(tried, passed, targets, tried.test_rows) < 0.9 * tests)


def dead_units(history: History, trials: Trials) -> Finding | None:
    """ReLU neurons that are silent for every training row."""
    e, sums = history.experiment, _passed(history, -1).sums
    silent: list[Flags] = [
        np.all(z <= 0, axis=0) & (name == "relu") for name, z in zip(e.activations, sums, strict=True)
    ]
    if not any(flags.any() for flags in silent):
        return None
    words = (
        f"These neurons put out 0 for every row: {_named(e, silent)}. Below 0 the slope of ReLU is 0, so no error "
        "reaches their weights to wake them."
    )
    leaky: list[Changes] = [{"activations": tuple("leaky_relu" if n == "relu" else n for n in e.activations)}]
    slower: list[Changes] = [{"learning_rate": rate} for rate in rates_below(e.learning_rate)[:2]]
    drawn: Changes = {"initializer": "he_normal"}
    tries = leaky + [{**leaky[0], **change} for change in slower] + [drawn, *({**drawn, **change} for change in slower)]
    return trials.finding(e, "dead_units", "Dead neurons", words, climbing(e, tries))


def saturation(history: History, trials: Trials) -> Finding | None:
    """Layers whose neurons all sit where their curve is flat: hidden ones for all rows, the output for wrong ones."""
    e, start, end = history.experiment, _passed(history, 0).sums, _passed(history, -1).sums
    wrong = ~right_rows(e, history.outputs[-1])[list(e.train_rows)]
    stuck = [np.zeros(units, dtype=bool) for _, units in e.shapes]
    steepest, at_start = 0.0, False
    for layer, name in enumerate(e.activations):
        output = layer == len(e.hidden)
        if name not in FLATTENING or (output and (LOSSES[e.loss].output or not wrong.any())):
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
        f"The curve is flat where these neurons are: {_named(e, stuck)}. Their slope is at most {steepest:.1g}, so "
        "they have all but stopped learning. "
    )
    words += "It was so from the start." if at_start else "The steps of the training drove them there."
    words += f" Inputs as large as {largest:g} do that easily; smaller numbers help." if largest > 10 else ""
    drawn: Changes = {"initializer": "glorot_uniform"} if at_start else {}
    tries: list[Changes] = [drawn] if drawn else []
    tries += [{**drawn, "learning_rate": rate} for rate in rates_below(e.learning_rate)[:6]]
    tries += [{**drawn, "loss": "binary_cross_entropy"}]
    return trials.finding(e, "saturation", "Neurons on the flat part", words, climbing(e, tries))


def _steepest(name: str, z: Array) -> float:
    """The largest slope of an activation at any of the sums z."""
    return float(np.abs(ACTIVATIONS[name].slope(z)).max())


def _passed(history: History, frame: int) -> Forward:
    """The forward pass of the training rows at a frame."""
    e = history.experiment
    inputs = np.array(e.inputs)[list(e.train_rows)]
    return forward(e, [w[frame] for w in history.weights], [b[frame] for b in history.biases], inputs)


def _named(e: Experiment, layers: list[Flags]) -> str:
    """The flagged neurons, by layer and number."""
    places = []
    for layer, flags in enumerate(layers):
        if flags.any():
            where = "the output layer" if layer == len(e.hidden) else f"hidden layer {layer + 1}"
            places.append(f"{listed('neuron', (np.flatnonzero(flags) + 1).tolist())} of {where}")
    return "; ".join(places)
