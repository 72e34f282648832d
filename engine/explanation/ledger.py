"""A ledger is one epoch of training with every number written down: where it came from and where it went.

It is worked out in the readable form, from the same records of functions as `network`, so it shows what the formulas
say; a test holds it to what training does. Rows are the samples of a batch, columns units, as in `network`.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import overload

import numpy as np

from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.network import ForwardPass, forward
from engine.model.optimizers import OPTIMIZERS
from engine.model.types import Array
from engine.training.compiled_epoch import split_flat
from engine.training.train import TrainingState


@dataclass(frozen=True, slots=True, eq=False)
class LayerLedger:
    """One layer in one update, forward, back, and what came of it.

    `inputs` (samples, fan_in), `weights` (fan_in, fan_out), `biases` (fan_out,) or None; `sums` z = inputs W + b and
    `outputs` f(z), (samples, fan_out). `error`, of that shape, is the loss's own in the output layer, delta_above
    W_above^T in a hidden one. `slope` f'(z) is None where the loss is fused with the activation: there the error is
    the delta. Else delta = error * slope, but where the activation `mixes` (softmax) delta = f(z) * (error -
    sum(error * f(z))), and the slope is only the diagonal. `weight_gradient` = inputs^T delta and `bias_gradient` are
    the loss's; `penalty` = l2 w + l1 sign(w) comes on top. `weight_change` and `bias_change` are what was added.
    """

    inputs: Array
    weights: Array
    biases: Array | None
    pre_activations: Array
    outputs: Array
    error: Array
    slope: Array | None
    mixes: bool
    delta: Array
    weight_gradient: Array
    bias_gradient: Array | None
    penalty: Array
    weight_change: Array
    bias_change: Array | None
    new_weights: Array
    new_biases: Array | None

    def contributions(self, source: int, neuron: int) -> Array:
        """What each row wants of one weight: input * delta, (samples,); the rows add up to its gradient.

        `source` fan_in is the bias, where there is one: a weight on an input that is always 1.
        """
        if self.biases is not None and source == len(self.weights):
            return self.delta[:, neuron].copy()
        with np.errstate(all="ignore"):
            return self.inputs[:, source] * self.delta[:, neuron]


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """One batch and the update it led to.

    `number` counts the updates of the whole training from 1; `rows` are the batch's in the table; `targets` (samples,
    targets); `loss` is that of the batch before the update, penalties excluded; `memory` and `new_memory` (slots, size)
    are the optimizer's, in the order W1, b1, W2, ...
    """

    number: int
    rows: tuple[int, ...]
    targets: Array
    loss: float
    layers: tuple[LayerLedger, ...]
    memory: Array
    new_memory: Array


@dataclass(frozen=True, slots=True, eq=False)
class EpochUpdates(Sequence[Update]):
    """The updates of one epoch, each worked out when it is asked for: there may be a thousand of them."""

    experiment: Experiment
    start: TrainingState

    def __len__(self) -> int:
        return math.ceil(len(self.experiment.train_rows) / self._batch)

    @property
    def _batch(self) -> int:
        return self.experiment.batch_size or len(self.experiment.train_rows)

    def __iter__(self) -> Iterator[Update]:
        e, rows, now = self.experiment, self.experiment.train_rows, self.start
        inputs, targets = np.array(e.inputs), np.array(e.targets)
        for index in range(len(self)):
            batch = rows[index * self._batch : (index + 1) * self._batch]
            number = now.epoch * len(self) + index + 1
            update = explain_update(e, now, number, batch, inputs[list(batch)], targets[list(batch)])
            now = state_after(update, now.epoch)
            yield update

    @overload
    def __getitem__(self, index: int) -> Update: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Update, ...]: ...
    def __getitem__(self, index: int | slice) -> Update | tuple[Update, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        return next(islice(self, range(len(self))[index], None))


@dataclass(frozen=True, slots=True, eq=False)
class EpochLedger:
    """The updates, one a batch, that lead from epoch `epoch` to the next; asking for one costs those before it too."""

    experiment: Experiment
    epoch: int
    updates: Sequence[Update]

    @property
    def end_state(self) -> TrainingState:
        """The network that the last update leads to."""
        return state_after(self.updates[-1], self.epoch + 1)


def explain_epoch(experiment: Experiment, step: TrainingState) -> EpochLedger:
    """The ledger of the epoch that begins at a step of the experiment; numbers too large become infinite, in silence.

    >>> from engine import train
    >>> first, second = train(Experiment(), (0, 1))
    >>> np.array_equal(explain(Experiment(), first).after.weights[0], second.weights[0])
    True
    """
    return EpochLedger(experiment, step.epoch, EpochUpdates(experiment, step))


def state_after(update: Update, epoch: int) -> TrainingState:
    """The network that an update leads to."""
    biases = tuple(layer.new_biases for layer in update.layers if layer.new_biases is not None)
    return TrainingState(epoch, tuple(layer.new_weights for layer in update.layers), biases, update.new_memory)


def explain_update(
    experiment: Experiment, before: TrainingState, number: int, rows: tuple[int, ...], inputs: Array, targets: Array
) -> Update:
    """Forward, back and update over one batch: `inputs` (samples, features) and `targets` are its rows of the table."""
    e, weights, biases = experiment, before.weights, before.biases or (None,) * len(before.weights)
    passed = forward(e, list(weights), list(before.biases), inputs)
    signals = (inputs, *passed.outputs[:-1])
    with np.errstate(all="ignore"):
        errors, slopes, deltas = errors_slopes_deltas(e, weights, passed, targets)
        gradients = [np.dot(signal.T, delta) for signal, delta in zip(signals, deltas, strict=True)]
        bias_gradients = [delta.sum(axis=0) if e.bias else None for delta in deltas]
        penalties = [e.l2 * w + e.l1 * np.sign(w) for w in weights]
        totals = [with_bias_row(g + p, b) for g, p, b in zip(gradients, penalties, bias_gradients, strict=True)]
        gradient = np.concatenate(totals, axis=None)
        change, memory = OPTIMIZERS[e.optimizer].step(gradient, before.memory, e.learning_rate, number)
        changes = split_flat(change, [total.shape for total in totals])
        loss = LOSSES[e.loss].value(passed.pre_activations[-1], passed.outputs[-1], targets)
        layers = tuple(
            LayerLedger(
                inputs=signals[i],
                weights=w,
                biases=b,
                pre_activations=passed.pre_activations[i],
                outputs=passed.outputs[i],
                error=errors[i],
                slope=slopes[i],
                mixes=ACTIVATIONS[e.activations[i]].mixes,
                delta=deltas[i],
                weight_gradient=gradients[i],
                bias_gradient=bias_gradients[i],
                penalty=penalties[i],
                weight_change=changes[i][: len(w)],
                bias_change=None if b is None else changes[i][-1],
                new_weights=w + changes[i][: len(w)],
                new_biases=None if b is None else b + changes[i][-1],
            )
            for i, (w, b) in enumerate(zip(weights, biases, strict=True))
        )
    return Update(number, rows, targets, loss, layers, before.memory, memory)


def errors_slopes_deltas(
    experiment: Experiment, weights: Sequence[Array], passed: ForwardPass, targets: Array
) -> tuple[list[Array], list[Array | None], list[Array]]:
    """Error, slope (None where fused) and delta of every layer, (samples, fan_out) each, from the last layer back."""
    loss, last = LOSSES[experiment.loss], len(weights) - 1
    error = loss.error(passed.outputs[-1], targets)
    errors: list[Array] = []
    slopes: list[Array | None] = []
    deltas: list[Array] = []
    for index in range(last, -1, -1):
        activation, z = ACTIVATIONS[experiment.activations[index]], passed.pre_activations[index]
        fused = index == last and loss.fused_activation is not None
        errors.insert(0, error)
        slopes.insert(0, None if fused else activation.slope(z))
        deltas.insert(0, error if fused else activation.delta(error, z))
        error = np.dot(deltas[0], weights[index].T)
    return errors, slopes, deltas


def with_bias_row(weights: Array, biases: Array | None) -> Array:
    """Weights with the biases, where there are any, as one more row."""
    return weights if biases is None else np.vstack([weights, biases])
