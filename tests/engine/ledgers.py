"""Assertions on ledgers: they lead to the same state as training, and every number follows from those before it."""

from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, Experiment
from engine.explanation.ledger import LayerLedger, Update, explain_epoch
from engine.model.network import backward, forward, loss_over_rows
from engine.model.types import Array
from engine.training.train import TrainingState


def assert_close(found: Array, expected: Array, room: Array | float = 0.0) -> None:
    """Assert equality to 1e-12 of the largest number, plus `room`: only the order of a sum may differ."""
    allowed = 1e-12 * float(np.abs(expected).max(initial=0.0)) + room
    assert (np.abs(found - expected) <= allowed).all(), (found, expected)


def assert_leads_to_the_next_epoch(e: Experiment, before: TrainingState, after: TrainingState) -> None:
    ledger = explain_epoch(e, before)
    found = ledger.end_state
    assert found.epoch == after.epoch
    rooms = [room_of_sums(e, update) for update in ledger.updates]
    sizes = [
        layer.weights.size + (0 if layer.biases is None else layer.biases.size) for layer in ledger.updates[0].layers
    ]
    ends, memory_rooms = np.cumsum(sizes)[:-1], np.sum([memory for _, memory in rooms], axis=0)
    if e.optimizer_start(after.epoch) == after.epoch:  # another optimizer begins, which remembers nothing
        memory_rooms = np.zeros_like(after.memory)
    for mine, theirs, room in (
        (in_order(found), in_order(after), np.sum([values for values, _ in rooms], axis=0)),
        *zip(found.memory, after.memory, memory_rooms, strict=True),
    ):
        for layer in zip(*(np.split(part, ends) for part in (mine, theirs, room)), strict=True):
            assert_close(*layer)


def in_order(step: TrainingState) -> Array:
    """All weights and biases of a step in the order of the optimizer's memory: W1, b1, W2, ..."""
    pairs = zip(step.weights, step.biases or [np.empty(0)] * len(step.weights), strict=True)
    return np.concatenate([values.ravel() for pair in pairs for values in pair])


def room_of_sums(e: Experiment, update: Update) -> tuple[Array, Array]:
    """How far the change (size,) and the memory (slots, size) may be off by rounding in the sum of a gradient.

    That is 1e-15 of the terms that the layer adds up. It matters if the rows cancel, and only rounding error is left:
    RMSprop and Adam divide by the gradient's own size, and turn it into a full step.
    """
    shift = []
    for layer in update.layers:
        terms = np.abs(layer.delta).sum(axis=0).max(), (np.abs(layer.inputs).T @ np.abs(layer.delta)).max()
        size = layer.weights.size + (0 if layer.biases is None else layer.biases.size)
        shift += [1e-15 * float(max(terms))] * size
    step, gradient, moved = OPTIMIZERS[update.optimizer].step, whole_gradient(update), np.array(shift)
    change, memory = step(gradient, update.memory, update.rate, update.optimizer_number)
    others = [step(gradient + sign * moved, update.memory, update.rate, update.optimizer_number) for sign in (1, -1)]
    changes = np.abs([other - change for other, _ in others]).max(axis=0)
    if e.frozen_flags is not None:
        changes[e.frozen_flags] = 0.0
    return changes, np.abs([other - memory for _, other in others]).max(axis=0)


def flat(layers: tuple[LayerLedger, ...], weights: str, biases: str) -> Array:
    """These numbers of all layers in the order of the optimizer's memory: W1, b1, W2, ..."""
    pairs = [(getattr(layer, weights), getattr(layer, biases)) for layer in layers]
    return np.concatenate([values.ravel() for pair in pairs for values in pair if values is not None])


def assert_adds_up(e: Experiment, update: Update) -> None:
    """Assert that every number of an update follows from those before it."""
    weights = [layer.weights for layer in update.layers]
    biases = [layer.biases for layer in update.layers if layer.biases is not None]
    rows = list(update.rows)
    x, y = e.input_array[rows], e.target_array[rows]
    passed = forward(e, weights, biases, x)
    assert np.array_equal(update.targets, y)
    assert update.loss == loss_over_rows(e, passed, y, range(len(rows)))
    signal, above = x, None
    for layer, z, a in zip(update.layers, passed.pre_activations, passed.outputs, strict=True):
        assert np.array_equal(layer.inputs, signal)
        assert np.array_equal(layer.pre_activations, z)
        assert np.array_equal(layer.outputs, a)
        signal = a
    for index in range(len(weights) - 1, -1, -1):
        layer, activation = update.layers[index], ACTIVATIONS[e.activations[index]]
        expected = LOSSES[e.loss].error(signal, y) if above is None else above.delta @ above.weights.T
        assert_close(layer.error, expected)
        fused = above is None and LOSSES[e.loss].fused_activation is not None
        assert (layer.slope is None) == fused
        assert layer.is_elementwise == activation.is_elementwise
        if layer.slope is None:
            assert np.array_equal(layer.delta, layer.error)
        elif e.activations[index] != "softmax" and not layer.is_elementwise:
            assert_close(layer.delta, activation.delta(layer.error, layer.pre_activations))
        elif not layer.is_elementwise:
            s = layer.outputs
            assert_close(layer.delta, s * (layer.error - (layer.error * s).sum(axis=1, keepdims=True)))
        else:
            assert np.array_equal(layer.slope, activation.slope(layer.pre_activations))
            assert np.array_equal(layer.delta, layer.error * layer.slope)
        assert_rows_add_up(layer)
        above = layer
    for layer, back in zip(update.layers, backward(e, weights, passed, x, y), strict=True):
        assert np.array_equal(layer.weight_gradient, back.weight_gradient)
        assert np.array_equal(layer.penalty, back.penalty)
        assert np.array_equal(layer.penalty, e.l2 * layer.weights + e.l1 * np.sign(layer.weights))
        assert layer.bias_gradient is None or np.array_equal(layer.bias_gradient, back.bias_gradient)
    assert_changed_by_the_optimizer(e, update)


def assert_rows_add_up(layer: LayerLedger) -> None:
    for source, neuron in np.ndindex(layer.weights.shape):
        parts = layer.contributions(source, neuron)
        assert parts.shape == (len(layer.inputs),)
        assert parts.sum() == pytest.approx(layer.weight_gradient[source, neuron], rel=1e-12, abs=room(parts))
    for neuron in range(layer.weights.shape[1] if layer.bias_gradient is not None else 0):
        assert layer.bias_gradient is not None
        parts = layer.contributions(len(layer.weights), neuron)
        assert parts.sum() == pytest.approx(layer.bias_gradient[neuron], rel=1e-12, abs=room(parts))


def room(parts: Array) -> float:
    return 1e-12 * float(np.abs(parts).max())


def whole_gradient(update: Update) -> Array:
    """The gradient of loss and penalties (biases have no penalty), in the order of the optimizer's memory."""
    layers = tuple(replace(layer, weight_gradient=layer.weight_gradient + layer.penalty) for layer in update.layers)
    return flat(layers, "weight_gradient", "bias_gradient")


def assert_changed_by_the_optimizer(e: Experiment, update: Update) -> None:
    assert update.optimizer in (e.optimizer, *(name for _, name in e.optimizer_changes))
    step = OPTIMIZERS[update.optimizer].step
    change, memory = step(whole_gradient(update), update.memory, update.rate, update.optimizer_number)
    assert update.rate in (e.learning_rate, *(rate for _, rate in e.rate_changes))
    if e.frozen_flags is not None:
        change = np.where(e.frozen_flags, 0.0, change)
    assert np.array_equal(flat(update.layers, "weight_change", "bias_change"), change)
    assert np.array_equal(update.new_memory, memory)
    old = flat(update.layers, "weights", "biases")
    assert np.array_equal(flat(update.layers, "new_weights", "new_biases"), old + change)
