"""An activation, a loss and an optimizer that the engine does not have, each as one entry in its registry."""

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, Experiment
from engine.model.activation_functions import Activation
from engine.model.losses import Loss
from engine.model.optimizers import Optimizer
from engine.model.types import Array


def softsign(z: Array) -> Array:
    value: Array = z / (1 + np.abs(z))
    return value


def softsign_slope(z: Array) -> Array:
    slope: Array = 1 / np.square(1 + np.abs(z))
    return slope


def ring(z: Array) -> Array:
    """z divided by the length of the layer's z, (samples, units): every output depends on the whole layer."""
    length: Array = np.sqrt(1 + np.square(z).sum(axis=-1, keepdims=True))
    return z / length


def ring_slope(z: Array) -> Array:
    length: Array = np.sqrt(1 + np.square(z).sum(axis=-1, keepdims=True))
    return (1 - np.square(z / length)) / length


def ring_delta(error: Array, z: Array) -> Array:
    length: Array = np.sqrt(1 + np.square(z).sum(axis=-1, keepdims=True))
    shared: Array = (error * z).sum(axis=-1, keepdims=True)
    return (error - z * shared / np.square(length)) / length


def fourth_power(logits: Array, outputs: Array, targets: Array) -> Array:
    mean: Array = np.square(np.square(outputs - targets)).mean(axis=(-2, -1))
    return mean


def cube(outputs: Array, targets: Array) -> Array:
    return (outputs - targets) * np.square(outputs - targets)


def nesterov(gradient: Array, memory: Array, rate: float, k: int) -> tuple[Array, Array]:
    velocity = memory[0] * 0.9 + gradient
    return -((gradient + velocity * 0.9) * rate), np.stack([velocity])


NEW_ACTIVATIONS = {
    "softsign": Activation(
        label="Softsign",
        formula=r"\frac{z}{1 + |z|}",
        slope_formula=r"\frac{1}{(1 + |z|)^2}",
        about="Bends like tanh, more slowly.",
        value=softsign,
        slope=softsign_slope,
    ),
    "ring": Activation(
        label="Ring",
        formula=r"\frac{z_i}{\sqrt{1 + \sum_j z_j^2}}",
        slope_formula=r"\frac{1 - a^2}{\ell}",
        about="Keeps a layer within a ring.",
        value=ring,
        slope=ring_slope,
        backward=ring_delta,
        delta_formula=r"\delta = (\text{error} - a \sum \text{error} \cdot a) / \ell",
    ),
}
NEW_LOSSES = {
    "fourth_power": Loss(
        label="Fourth power",
        formula=r"\tfrac1{nk} \sum (o - y)^4",
        about="Large misses count far more than small ones.",
        value=fourth_power,
        scale=lambda samples, targets: 4 / (samples * targets),
        slope=cube,
        slope_formula="(a - y)^3",
    )
}
NEW_OPTIMIZERS = {
    "nesterov": Optimizer(
        label="Nesterov",
        formula=r"v \leftarrow 0.9 v + g, \quad w \leftarrow w - \eta (g + 0.9 v)",
        about="Momentum that looks ahead.",
        slots=1,
        step=nesterov,
    )
}


def add_made_up_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put them into their registries for one test."""
    for name, activation in NEW_ACTIVATIONS.items():
        monkeypatch.setitem(ACTIVATIONS, name, activation)
    for name, loss in NEW_LOSSES.items():
        monkeypatch.setitem(LOSSES, name, loss)
    for name, optimizer in NEW_OPTIMIZERS.items():
        monkeypatch.setitem(OPTIMIZERS, name, optimizer)


def made_up_experiment(output: str = "softsign") -> Experiment:
    """All made-up entries at once, with two hidden layers, two targets, small batches, penalties and a held-out row."""
    return Experiment(
        inputs=((0, 0), (0, 1), (1, 0), (1, 1), (0.5, 0.25), (0.75, 0.1)),
        targets=((0, 0.5), (1, 0.25), (1, 0), (0, 1), (0.5, 0.5), (1, 0.75)),
        test_rows=(4,),
        hidden=(3, 2),
        activations=("softsign", "softsign", output),
        loss="fourth_power",
        optimizer="nesterov",
        learning_rate=0.05,
        l1=0.001,
        l2=0.01,
        bias=True,
        batch_size=2,
        initializer="uniform_-1_1",
        epochs=120,
    )
