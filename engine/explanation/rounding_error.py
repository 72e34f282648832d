"""Rounding puts two right numbers a little apart: a forward pass once more, and how far off its numbers may be."""

import math
from dataclasses import dataclass

import numpy as np

from engine.explanation.ledger import Update
from engine.model.activations import ACTIVATIONS, Activation
from engine.model.experiment import Experiment
from engine.model.types import Array

EPS = float(np.finfo(np.float64).eps)

LARGE = 1e50
"""Where numbers are larger, products of several pass all bounds, and nothing can be measured."""


@dataclass(frozen=True, slots=True, eq=False)
class RecomputedPass:
    """The forward pass of an update, worked out again from the weights and inputs shown.

    `outputs` (samples, targets) may be off by `rooms`, the last layer's sums by `sum_rooms`. `sums`, (samples, fan_out)
    a layer, are those shown where rounding explains the difference; `signals` are what they make of the inputs, which
    come first.
    """

    outputs: Array
    output_margins: Array
    pre_activation_margins: Array
    pre_activations: tuple[Array, ...]
    signals: tuple[Array, ...]

    @classmethod
    def of(cls, update: Update, experiment: Experiment) -> "RecomputedPass":
        """The pass of an update of this experiment."""
        signals, sums = [np.array(experiment.inputs)[list(update.rows)]], list[Array]()
        outputs, rooms = signals[0], np.zeros_like(signals[0])
        bounded = np.ones((len(update.rows), 1), dtype=bool)
        for layer, name in zip(update.layers, experiment.activations, strict=True):
            activation = ACTIVATIONS[name]
            z, size = matrix_product(outputs, layer.weights), matrix_product(abs(outputs), abs(layer.weights))
            if layer.biases is not None:
                z, size = z + layer.biases, size + abs(layer.biases)
            room = matrix_product(rooms, abs(layer.weights)) + (len(layer.weights) + 2) * EPS * size
            # a row may be too large to tell only where it is so on the screen as well
            bounded = bounded & (abs(layer.pre_activations) < LARGE).all(axis=1, keepdims=True)
            room = np.where(bounded & ~np.isfinite(room), 0.0, room)
            outputs, rooms = activation.value(z), activation_margin(activation, z, room)
            rooms = np.where(np.isnan(rooms), np.where(bounded, 0.0, np.inf), rooms)
            # where both are right, the last digit decides on which side of a corner a sum lies: take the shown one
            sums.append(np.where(abs(z - layer.pre_activations) <= room, layer.pre_activations, z))
            signals.append(activation.value(sums[-1]))
        return cls(outputs, rooms, room, tuple(sums), tuple(signals))


def matrix_product(signal: Array, weights: Array) -> Array:
    """Rows times columns, summed one after the other, without the library that `network` leaves it to."""
    found: Array = np.einsum("si,ij->sj", signal, weights)
    return found


def activation_margin(activation: Activation, z: Array, room: Array) -> Array:
    """How far f(z) moves when z is off by `room`, and by rounding in f itself."""
    a = activation.value(z)
    if activation.mixes:
        moved = np.broadcast_to(room.max(axis=-1, keepdims=True), z.shape)
    else:
        moved = np.maximum(abs(activation.value(z + room) - a), abs(activation.value(z - room) - a))
    # a wave may come back to where it was, and past all bounds nothing is known: then it may be anywhere
    width = activation.high - activation.low
    moved = np.where(room <= 1, moved, width if width < math.inf else np.where(np.isnan(moved), np.inf, moved))
    return moved + 4 * EPS * abs(a)
