"""One epoch of training, compiled to a flat list of NumPy calls on preallocated buffers.

On a tiny network NumPy's cost is the number of calls, so training allocates, looks up and decides nothing:
`for call, arguments in calls: call(*arguments)`. Units are rows here and samples columns; a bias is the weight of a row
of ones. One vector holds all weights and another all gradients, so that one call updates every layer. A third holds all
outputs of a batch, so that adjacent layers with the same activation share the calls for their slopes.

A sigmoid layer stores its weights negated: their product is then the -z of 1 / (1 + exp(-z)). Negation is exact, and
the update of a negated weight is the negated update, so no digit changes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.types import Array, Flags, split_flat
from engine.training.activation_kernels import is_negated
from engine.training.compiled_batch import CompiledBatch, TableForward
from engine.training.optimizer_kernels import (
    Call,
    UpdateSettings,
    memory_follows_sign,
    put_back_calls,
    update_calls,
)


@dataclass(frozen=True, slots=True)
class CompiledEpoch:
    """The calls of one epoch, and the buffers they work on."""

    calls: list[Call]
    calls_with_rate: Callable[[float, int], list[Call]]  # the same with another learning rate, after so many epochs
    table: TableForward | None
    values: Array  # all weights and biases, (size,), in the order W1 row by row, b1, W2, ...
    negated: Flags  # which of them are held negated, (size,)
    memory: Array  # the optimizer's, (slots, size)
    memory_negated: Flags  # (slots, size)

    def set_rate(self, rate: float, epochs: int) -> None:
        """Change the learning rate, in place, after so many epochs."""
        calls = self.calls_with_rate(rate, epochs)
        if self.table:
            # counted from the front: an update can take more or fewer calls than before
            forward = len(self.calls) - len(self.table.calls_after)
            self.table.calls_after[:] = calls[forward:]
        self.calls[:] = calls


def run_epochs(compiled: CompiledEpoch, epochs: int) -> None:
    """Train for this many epochs, in place; NumPy warns of overflow unless the caller silences it."""
    calls = compiled.calls
    for _ in range(epochs):
        for call, arguments in calls:
            call(*arguments)


def run_calls(calls: list[Call]) -> None:
    for call, arguments in calls:
        call(*arguments)


def negate_where(values: Array, negated: Flags) -> Array:
    """A copy with these numbers negated: from the form of a compiled epoch to the plain one, or back."""
    return np.where(negated, 0.0 - values, values)  # subtracted from 0, so that 0 does not become -0


def compile_epoch(
    experiment: Experiment, weights: Sequence[Array], biases: Sequence[Array], memory: Array, epochs: int
) -> CompiledEpoch:
    """Allocate the buffers of a training, and list the calls of one epoch, after `epochs` epochs already trained.

    The optimizer and the table are those that come after these, for good. `weights` has one (fan_in, fan_out) per
    layer, `biases` one (fan_out,) per layer or none; `memory` is the optimizer's, (slots, size), in the order W1, b1,
    W2, ... All are copied.
    """
    e, extra = experiment, int(experiment.bias)
    shapes = [(fan_in + extra, fan_out) for fan_in, fan_out in e.shapes]
    sizes = [rows * columns for rows, columns in shapes]
    negated = np.repeat([is_negated(name) for name in e.activations], sizes)
    parameters = [np.vstack([w, *biases[i : i + 1]]) for i, w in enumerate(weights)]
    values = negate_where(np.concatenate(parameters, axis=None), negated)
    gradients, is_weight = np.zeros_like(values), np.ones_like(values)
    for layer in split_flat(is_weight, shapes):
        layer[len(layer) - extra :] = 0.0
    optimizer, began = e.optimizer_after(epochs), e.optimizer_start(epochs)
    memory_negated = np.outer(memory_follows_sign(optimizer), negated).astype(bool)
    memory = negate_where(memory, memory_negated)
    layers, layer_gradients = split_flat(values, shapes), split_flat(gradients, shapes)

    trained = e.table_after(epochs)
    rows = list(trained.train_rows)
    table_inputs, targets = trained.input_array, trained.target_array
    inputs = np.hstack([table_inputs, np.ones((len(table_inputs), 1))]) if extra else table_inputs
    batch = e.batch_size or len(rows)
    put_back = put_back_calls(e.frozen_flags, values)
    batches: dict[int, CompiledBatch] = {}
    passes: list[tuple[list[Call], float]] = []  # forward and back over each batch, and the scale of its loss
    for start in range(0, len(rows), batch):
        x, y = inputs[rows[start : start + batch]], targets[rows[start : start + batch]]
        if len(x) not in batches:
            batches[len(x)] = CompiledBatch(e, len(x), layers, layer_gradients)
        compiled = batches[len(x)]
        passes.append((compiled.forward_calls(x) + compiled.backward_calls(x, y), LOSSES[e.loss].scale(*y.shape)))

    updates = e.updates_before(epochs) - e.updates_before(began)

    def calls_with_rate(rate: float, at: int) -> list[Call]:
        settings, done = UpdateSettings(optimizer, rate, e.l1, e.l2), updates + (at - epochs) * len(passes)
        update = update_calls(settings, values, gradients, negated, is_weight, memory, done)
        return [call for calls, scale in passes for call in (*calls, *update(scale), *put_back)]

    calls = calls_with_rate(e.rate_after(epochs), epochs)
    is_whole_table = trained is e and len(rows) == len(inputs) <= batch
    table = batches[len(inputs)].as_table_forward(inputs, calls) if is_whole_table else None
    return CompiledEpoch(calls, calls_with_rate, table, values, negated, memory, memory_negated)
