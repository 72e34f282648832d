"""The experiments whose Keras programs are run, the result each should have, and how near it Keras comes.

Keras puts epsilon elsewhere than PyTorch and the engine do, which shows where a gradient is small: so its RMSprop and
Adam are held against their formulas in NumPy, which are otherwise the engine's. And on TensorFlow it rounds constants
to seven digits: momentum, penalties, the slope of a leaky ReLU, the bases of Adam's powers.
"""

from collections import deque
from dataclasses import replace

import numpy as np

from engine import OPTIMIZERS, PRESETS, Experiment
from engine.model.optimizers import ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON, RMSPROP_EPSILON, Optimizer
from engine.model.types import Array
from tests.engine.experiments_to_export import by_hand, every_part
from tests.engine.plain_training import train_plainly
from tests.translations.results import Result, engine_result, result_of

MOST_EPOCHS = 20
"""Keras takes milliseconds an epoch, even for a few rows."""


def keras_experiments() -> list[Experiment]:
    """Presets, every part of the engine, every second time without penalties, and start weights by hand."""
    parts = [replace(e, l1=0.0, l2=0.0) if place % 2 else e for place, e in enumerate(every_part())]
    return [replace(e, epochs=min(e.epochs, MOST_EPOCHS)) for e in (*PRESETS.values(), *parts, *by_hand())]


def rmsprop(gradient: Array, memory: Array, rate: float, k: int) -> tuple[Array, Array]:
    """As keras.optimizers.RMSprop has it: epsilon under the root."""
    _, memory = OPTIMIZERS["rmsprop"].step(gradient, memory, rate, k)
    return -(rate * gradient / np.sqrt(memory[0] + RMSPROP_EPSILON**2)), memory


def adam(gradient: Array, memory: Array, rate: float, k: int) -> tuple[Array, Array]:
    """As keras.optimizers.Adam has it: epsilon beside a root that is not yet corrected for its start at 0."""
    _, memory = OPTIMIZERS["adam"].step(gradient, memory, rate, k)
    beta1, beta2 = float(np.float32(ADAM_BETA1)), float(np.float32(ADAM_BETA2))
    corrected = rate * np.sqrt(1 - beta2**k) / (1 - beta1**k)
    return -(memory[0] * corrected / (np.sqrt(memory[1]) + ADAM_EPSILON)), memory


STEPS = {"rmsprop": rmsprop, "adam": adam}


def keras_optimizer(e: Experiment) -> Optimizer:
    optimizer = OPTIMIZERS[e.optimizer]
    return replace(optimizer, step=STEPS.get(e.optimizer, optimizer.step))


def expected_result(e: Experiment) -> Result:
    """The engine's result; for RMSprop and Adam the one with epsilon where Keras puts it."""
    if e.optimizer not in STEPS:
        return engine_result(e)
    ((weights, biases),) = deque(train_plainly(e, keras_optimizer(e)), maxlen=1)
    return result_of(e, weights, biases)


def allowed_difference(e: Experiment) -> float:
    """A billionth, as for PyTorch, where there is no constant that Keras rounds; else ten times what was found."""
    rounded = e.optimizer != "sgd" or e.l1 or e.l2 or "leaky_relu" in e.activations
    return 1e-6 if rounded else 1e-9
