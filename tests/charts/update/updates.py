"""Updates to draw, and their steps: every loss, optimizer and penalty, one layer and three, full and small batches."""

from dataclasses import replace
from functools import cache

import numpy as np

from engine import PRESETS, Experiment, History, record
from engine.explanation.ledger import Update, explain_epoch
from engine.model.types import Array
from engine.model.weight_index import WeightIndex
from pages.charts.update.all_steps import all_steps
from pages.charts.update.layer_view import Focus
from pages.charts.update.matrices import Matrix
from pages.charts.update.step import Step

DEEP = replace(PRESETS["xor"], hidden=(4, 3), activations=("tanh", "relu", "sigmoid"), epochs=60)
SCALED = Experiment(
    inputs=((50, 1, 1), (80, 2, 1), (65, 2, 1), (120, 4, 1), (95, 3, 1)),
    targets=((700,), (1_050,), (900,), (1_600,), (1_200,)),
    activations=("linear",),
    loss="mean_squared_error",
    learning_rate=0.1,
    bias=True,
    epochs=60,
    scaling="standard",
    target_scaling="standard",
)
"""Rents: of the inputs the last column has one value."""

RANDOM = np.random.RandomState(7)
LONG_SUMS = Experiment(
    inputs=tuple(map(tuple, RANDOM.randn(12, 20).round(2).tolist())),
    targets=tuple(map(tuple, RANDOM.randint(0, 2, (12, 1)).tolist())),
    hidden=(14,),
    activations=("tanh", "sigmoid"),
    initializer="glorot_uniform",
    bias=True,
    epochs=60,
)
"""Sums of 21, 15 and 12 terms."""

EXPERIMENTS: dict[str, Experiment] = {
    "tutorial": replace(Experiment(), epochs=200),
    "xor": replace(PRESETS["xor"], epochs=60),
    "deep": DEEP,
    "two targets": Experiment(
        targets=((0, 1), (1, 0), (1, 0), (0, 1)),
        hidden=(4,),
        activations=("tanh", "sigmoid"),
        bias=True,
        initializer="glorot_uniform",
        learning_rate=0.5,
        epochs=60,
    ),
    "cross-entropy": replace(PRESETS["and"], loss="binary_cross_entropy", activations=("sigmoid",), epochs=60),
    "softmax": replace(PRESETS["fruit"], epochs=60),
    "softmax, squared": replace(PRESETS["fruit"], loss="mean_squared_error", epochs=60),
    "momentum": replace(DEEP, optimizer="momentum", learning_rate=0.05),
    "adam after sgd": replace(DEEP, learning_rate=0.02, optimizer_changes=((3, "adam"),)),
    "sgd after adam": replace(DEEP, optimizer="adam", learning_rate=0.02, optimizer_changes=((1, "sgd"),)),
    "rmsprop": replace(DEEP, optimizer="rmsprop", learning_rate=0.01),
    "adam": replace(DEEP, optimizer="adam", learning_rate=0.01),
    "penalties": replace(DEEP, l1=0.001, l2=0.01, learning_rate=0.1),
    "batches": replace(DEEP, batch_size=3, learning_rate=0.1),
    "held out": replace(Experiment(), test_rows=(1,), epochs=60),
    "line": replace(PRESETS["line"], epochs=60),
    "long sums": LONG_SUMS,
    "scaled": SCALED,
    "scaled, min-max": replace(
        SCALED, scaling="min_max", target_scaling="min_max", hidden=(3,), activations=("tanh", "linear"), test_rows=(1,)
    ),
}
EPOCHS = (0, 7, 60)


def update_at(name: str, epoch: int, batch: int = 0) -> Update:
    """One update of one of these."""
    return explain_epoch(EXPERIMENTS[name], run(name).state_at(epoch)).updates[batch]


@cache
def run(name: str) -> History:
    return record(EXPERIMENTS[name])


def focuses(experiment: Experiment, update: Update) -> list[Focus]:
    """The first and the last weight of every layer, with the first and the last row."""
    found = []
    for layer, (fan_in, fan_out) in enumerate(experiment.shapes):
        found.append(Focus(update.rows[0], WeightIndex(layer, 0, 0)))
        found.append(Focus(update.rows[-1], WeightIndex(layer, fan_in - (not experiment.bias), fan_out - 1)))
    return found


def stack(weights: Array, biases: Array | None) -> Array:
    return weights if biases is None else np.vstack([weights, biases])


def built(name: str, epoch: int = 7) -> tuple[Update, list[Step]]:
    update = update_at(name, epoch)
    return update, all_steps(EXPERIMENTS[name], update, focuses(EXPERIMENTS[name], update)[-1])


def matrices(step: Step) -> list[Matrix]:
    return [part for part in step.parts if isinstance(part, Matrix)]
