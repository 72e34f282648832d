"""The rate and the optimizer of an update, and what it makes of its gradients, held against the experiment's own."""

from collections.abc import Iterator

import numpy as np

from engine.explanation.check import Check
from engine.explanation.ledger import Update
from engine.model.experiment import Experiment
from engine.model.optimizers import OPTIMIZERS
from engine.model.types import join_flat
from engine.model.weight_index import WeightIndex


def change_checks(update: Update, experiment: Experiment) -> Iterator[Check]:
    """A check of each that is wrong: rate and optimizer, and changes and new values of weights and biases.

    The change is worked out again from the gradient shown, by the optimizer's rule, with the rate and the optimizer
    that the experiment has at that epoch: it comes out to the same bits. An optimizer that begins there remembers
    nothing. What is too large for a float cannot be told; what follows from a wrong optimizer is not told again.
    """
    e, layers, epoch = experiment, update.layers, experiment.epoch_of(update.number)
    rate, optimizer = e.rate_after(epoch), e.optimizer_after(epoch)
    number = update.number - e.updates_before(e.optimizer_start(epoch))
    if update.rate != rate:
        yield Check("learning rate", None, update.rate, rate, 0.0)
    if update.optimizer != optimizer:
        names, labels = list(OPTIMIZERS), (OPTIMIZERS[update.optimizer].label, OPTIMIZERS[optimizer].label)
        places = float(names.index(update.optimizer) + 1), float(names.index(optimizer) + 1)
        yield Check(f"optimizer, by its place among all: {labels[0]}, not {labels[1]}", None, *places, 0.0)
        return
    if update.optimizer_number != number:
        yield Check("update of this optimizer", None, float(update.optimizer_number), float(number), 0.0)
    for weight in WeightIndex.all_of(e) if number == 1 and update.memory.any() else ():
        remembered = float(abs(update.memory[:, weight.position(e)]).max())
        if remembered:
            yield Check(f"{weight.name(e)}, remembered at first", weight, remembered, 0.0, 0.0)
    gradient = join_flat([(layer.weight_gradient + layer.penalty, layer.bias_gradient) for layer in layers])
    change, _ = OPTIMIZERS[optimizer].step(gradient, update.memory, rate, number)
    change = change if e.frozen_flags is None else np.where(e.frozen_flags, 0.0, change)
    new_values = join_flat([(layer.weights, layer.biases) for layer in layers]) + change
    for words, shown, found in (
        ("change", join_flat([(layer.weight_change, layer.bias_change) for layer in layers]), change),
        ("after the update", join_flat([(layer.new_weights, layer.new_biases) for layer in layers]), new_values),
    ):
        wrong = np.isfinite(found) & (shown != found)
        for weight in WeightIndex.all_of(e) if wrong.any() else ():
            position = weight.position(e)
            if wrong[position]:
                name = f"{weight.name(e)}, {words}"
                yield Check(name, weight, float(shown[position]), float(found[position]), 0.0)
