"""Rounding error: a second computation of the forward pass, with a bound on the rounding error of each number."""

import math
from dataclasses import dataclass

import numpy as np

from engine.explanation.ledger import Update
from engine.model.activation_functions import Activation
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.types import Array

EPS = float(np.finfo(np.float64).eps)

LARGE = 1e50
"""With larger numbers, products of several overflow, and nothing can be measured."""


@dataclass(frozen=True, slots=True, eq=False)
class RecomputedPass:
    """The forward pass of an update, recomputed from the shown weights and inputs."""

    outputs: Array  # (samples, targets)
    output_margins: Array  # how far each may be off, (samples, targets)
    pre_activation_margins: Array  # the same for the last layer's z
    pre_activations: tuple[Array, ...]  # z, (samples, fan_out) a layer: the shown z if rounding explains the difference
    signals: tuple[Array, ...]  # the inputs, and each layer's outputs for these z

    @classmethod
    def of(cls, update: Update, experiment: Experiment) -> "RecomputedPass":
        """The pass of an update of this experiment."""
        signals, pre_activations = [experiment.input_array[list(update.rows)]], list[Array]()
        outputs, margins = signals[0], np.zeros_like(signals[0])
        bounded = np.ones((len(update.rows), 1), dtype=bool)
        for layer, name in zip(update.layers, experiment.activations, strict=True):
            activation = ACTIVATIONS[name]
            z, size = matrix_product(outputs, layer.weights), matrix_product(abs(outputs), abs(layer.weights))
            if layer.biases is not None:
                z, size = z + layer.biases, size + abs(layer.biases)
            margin = matrix_product(margins, abs(layer.weights)) + (len(layer.weights) + 2) * EPS * size
            # a row counts as too large to check only if the numbers shown for it are
            bounded = bounded & (abs(layer.pre_activations) < LARGE).all(axis=1, keepdims=True)
            margin = np.where(bounded & ~np.isfinite(margin), 0.0, margin)
            outputs, margins = activation.value(z), activation_margin(activation, z, margin)
            margins = np.where(np.isnan(margins), np.where(bounded, 0.0, np.inf), margins)
            # the last digit can decide on which side of a corner z lies: use the shown z if it is within the margin
            pre_activations.append(np.where(abs(z - layer.pre_activations) <= margin, layer.pre_activations, z))
            signals.append(activation.value(pre_activations[-1]))
        return cls(outputs, margins, margin, tuple(pre_activations), tuple(signals))


def matrix_product(signal: Array, weights: Array) -> Array:
    """The matrix product by plain summation, independent of the BLAS routine that `network` uses."""
    found: Array = np.einsum("si,ij->sj", signal, weights)
    return found


def activation_margin(activation: Activation, z: Array, margin: Array) -> Array:
    """How far f(z) may be off if z is off by `margin`, rounding in f itself included."""
    a = activation.value(z)
    if not activation.is_elementwise:
        moved = np.broadcast_to(margin.max(axis=-1, keepdims=True), z.shape)
    else:
        moved = np.maximum(abs(activation.value(z + margin) - a), abs(activation.value(z - margin) - a))
    # If the margin is wide, f may have come back to the same value (as a sine does), and if it is infinite nothing is
    # known: then f(z) may be anywhere in its range.
    width = activation.high - activation.low
    moved = np.where(margin <= 1, moved, width if width < math.inf else np.where(np.isnan(moved), np.inf, moved))
    return moved + 4 * EPS * abs(a)
