"""The ledger: every number of one epoch of training, update by update.

It holds what `network.forward`, `network.backward` and the optimizer compute. That is the readable form of the
arithmetic; a test compares it with the compiled form that trains. Rows are the samples of a batch, columns are units.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import overload

import numpy as np

from engine.explanation.table_rows import TableRows
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.network import backward, forward
from engine.model.optimizers import OPTIMIZERS
from engine.model.types import Array, Flags, split_flat
from engine.training.train import TrainingState, begin_optimizer


@dataclass(frozen=True, slots=True, eq=False)
class LayerLedger:
    """One layer in one update: forward pass, backward pass, and the change of its weights.

    `weight_gradient` and `bias_gradient` are those of the loss alone; the optimizer is given the weight gradient plus
    `penalty`. The changes are what was added to the weights and biases: of frozen ones 0, whatever their gradients.
    Bias fields are None without bias.
    """

    inputs: Array  # (samples, fan_in)
    weights: Array  # (fan_in, fan_out)
    biases: Array | None  # (fan_out,)
    pre_activations: Array  # z = inputs W + b, (samples, fan_out)
    outputs: Array  # f(z), (samples, fan_out)
    error: Array  # (samples, fan_out): dL/df(z) of the loss in the output layer, else delta W^T of the layer above
    slope: Array | None  # f'(z), (samples, fan_out); None where the loss is fused with the activation
    is_elementwise: bool  # False for softmax: there delta is not error * slope (see `Activation.delta`)
    delta: Array  # dL/dz, (samples, fan_out)
    weight_gradient: Array  # inputs^T delta, (fan_in, fan_out)
    bias_gradient: Array | None  # the sum of delta over the samples, (fan_out,)
    penalty: Array  # l2 w + l1 sign(w), (fan_in, fan_out)
    weight_change: Array  # (fan_in, fan_out)
    bias_change: Array | None  # (fan_out,)
    new_weights: Array  # (fan_in, fan_out)
    new_biases: Array | None  # (fan_out,)
    frozen: Flags  # (fan_in, fan_out), with the biases as one more row where there are any: these do not change

    def contributions(self, source: int, neuron: int) -> Array:
        """Each row's contribution to the gradient of a weight, (samples,): input * delta; their sum is the gradient.

        With bias, `source` fan_in stands for it: the weight of an input that is always 1.
        """
        if self.biases is not None and source == len(self.weights):
            return self.delta[:, neuron].copy()
        with np.errstate(all="ignore"):
            return self.inputs[:, source] * self.delta[:, neuron]


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """One batch and the update made from it."""

    number: int  # counts the updates of the whole training from 1
    rate: float  # the learning rate
    optimizer: str
    optimizer_number: int  # counts the updates of this optimizer from 1: the k of its formula
    rows: tuple[int, ...]  # the batch's rows of the table
    table: TableRows  # these rows as they stand in the table, and how they were scaled
    targets: Array  # (samples, targets), scaled; the scaled inputs are those of the first layer
    loss: float  # of the batch before the update, penalties excluded
    layers: tuple[LayerLedger, ...]
    memory: Array  # the optimizer's before the update, (slots, size), in the order W1, b1, W2, ...
    new_memory: Array


@dataclass(frozen=True, slots=True, eq=False)
class EpochUpdates(Sequence[Update]):
    """The updates of one epoch, computed on access, as there may be a thousand of them."""

    experiment: Experiment
    start: TrainingState

    def __len__(self) -> int:
        return math.ceil(len(self.experiment.train_rows) / self._batch)

    @property
    def _batch(self) -> int:
        return self.experiment.batch_size or len(self.experiment.train_rows)

    def __iter__(self) -> Iterator[Update]:
        e, rows, now = self.experiment, self.experiment.train_rows, self.start
        table = TableRows.of(e)
        for index in range(len(self)):
            batch = rows[index * self._batch : (index + 1) * self._batch]
            update = explain_update(e, now, e.updates_before(now.epoch) + index + 1, batch, table.take(batch))
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
    """The updates from epoch `epoch` to the next, one per batch; reading one also computes all before it."""

    experiment: Experiment
    epoch: int
    updates: Sequence[Update]

    @property
    def end_state(self) -> TrainingState:
        """The network after the last update."""
        return begin_optimizer(self.experiment, state_after(self.updates[-1], self.epoch + 1))


def explain_epoch(experiment: Experiment, step: TrainingState) -> EpochLedger:
    """The ledger of the epoch that begins at a state of the experiment; overflow gives inf, without a warning.

    Its rows are those of the table that is trained on there, which `EpochLedger.experiment` has.

    >>> from engine import train
    >>> first, second = train(Experiment(), (0, 1))
    >>> np.array_equal(explain_epoch(Experiment(), first).end_state.weights[0], second.weights[0])
    True
    """
    e = experiment.table_after(step.epoch)
    return EpochLedger(e, step.epoch, EpochUpdates(e, step))


def state_after(update: Update, epoch: int) -> TrainingState:
    """The network after an update, with the memory of the optimizer that made it."""
    biases = tuple(layer.new_biases for layer in update.layers if layer.new_biases is not None)
    return TrainingState(epoch, tuple(layer.new_weights for layer in update.layers), biases, update.new_memory)


def explain_update(
    experiment: Experiment, before: TrainingState, number: int, rows: tuple[int, ...], table: TableRows
) -> Update:
    """Forward, back and update over one batch: `table` has its rows."""
    e, weights, biases = experiment, before.weights, before.biases or (None,) * len(before.weights)
    inputs, targets, rate = table.scaled_inputs, table.scaled_targets, e.rate_after(before.epoch)
    forward_pass = forward(e, weights, before.biases, inputs)
    back = backward(e, weights, forward_pass, inputs, targets)
    signals = (inputs, *forward_pass.outputs[:-1])
    with np.errstate(all="ignore"):
        totals = [
            with_bias_row(layer.weight_gradient + layer.penalty, layer.bias_gradient if e.bias else None)
            for layer in back
        ]
        gradient = np.concatenate(totals, axis=None)
        optimizer = e.optimizer_after(before.epoch)
        k = number - e.updates_before(e.optimizer_start(before.epoch))
        change, memory = OPTIMIZERS[optimizer].step(gradient, before.memory, rate, k)
        frozen = np.zeros(change.shape, dtype=bool) if e.frozen_flags is None else e.frozen_flags
        changes = split_flat(np.where(frozen, 0.0, change), [total.shape for total in totals])
        frozen_layers = split_flat(frozen, [total.shape for total in totals])
        loss = float(LOSSES[e.loss].value(forward_pass.pre_activations[-1], forward_pass.outputs[-1], targets))
        layers = tuple(
            LayerLedger(
                inputs=signals[i],
                weights=w,
                biases=b,
                pre_activations=forward_pass.pre_activations[i],
                outputs=forward_pass.outputs[i],
                error=back[i].error,
                slope=back[i].slope,
                is_elementwise=ACTIVATIONS[e.activations[i]].is_elementwise,
                delta=back[i].delta,
                weight_gradient=back[i].weight_gradient,
                bias_gradient=None if b is None else back[i].bias_gradient,
                penalty=back[i].penalty,
                weight_change=changes[i][: len(w)],
                bias_change=None if b is None else changes[i][-1],
                new_weights=w + changes[i][: len(w)],
                new_biases=None if b is None else b + changes[i][-1],
                frozen=frozen_layers[i],
            )
            for i, (w, b) in enumerate(zip(weights, biases, strict=True))
        )
    return Update(number, rate, optimizer, k, rows, table, targets, loss, layers, before.memory, memory)


def with_bias_row(weights: Array, biases: Array | None) -> Array:
    """The weights, with the biases, if there are any, as one more row."""
    return weights if biases is None else np.vstack([weights, biases])
