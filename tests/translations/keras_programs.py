"""The experiments whose Keras programs are run, their expected results, and the allowed differences.

Keras adds epsilon in another place than PyTorch and the engine, which matters when a gradient is small: so its RMSprop
and Adam are compared with formulas in NumPy that differ from the engine's only in that. On TensorFlow, Keras also
rounds constants to float32: momentum, penalties, the slope of leaky ReLU, the bases of Adam's powers.
"""

from collections import deque
from dataclasses import replace

import numpy as np

from engine import OPTIMIZERS, PRESETS, Experiment
from engine.model.optimizers import ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON, RMSPROP_EPSILON, Optimizer
from engine.model.types import Array
from tests.engine.experiments_to_export import after_other_tables, by_hand, every_part, scaled_and_asking
from tests.engine.plain_training import train_plainly
from tests.translations.results import Result, engine_result, result_of

MOST_EPOCHS = 20
"""Keras takes milliseconds per epoch, even for a few rows."""


def keras_experiments() -> list[Experiment]:
    """Presets, every part of the engine, half of it without penalties, start weights by hand, scalings, questions."""
    parts = [replace(e, l1=0.0, l2=0.0) if place % 2 else e for place, e in enumerate(every_part())]
    experiments = [*PRESETS.values(), *parts, *by_hand(), *scaled_and_asking(), *with_another_optimizer()]
    experiments += after_other_tables()[1:44:6]
    return [replace(e, epochs=min(e.epochs, MOST_EPOCHS)) for e in experiments]


def with_another_optimizer() -> list[Experiment]:
    """Adam after another, with another rate, and a last epoch at which gradient descent has been begun anew."""
    changes = ((4, "adam"), (9, "sgd"), (15, "sgd"))
    e = replace(PRESETS["xor"], optimizer="momentum", rate_changes=((4, 0.02), (12, 0.1)), optimizer_changes=changes)
    held_out = replace(PRESETS["line"], test_rows=(1,), patience=3, optimizer_changes=((6, "momentum"), (12, "sgd")))
    return [e, replace(PRESETS["fruit"], optimizer_changes=((3, "momentum"), (9, "sgd"))), held_out]


def rmsprop(gradient: Array, memory: Array, rate: float, k: int) -> tuple[Array, Array]:
    """RMSprop as in keras.optimizers.RMSprop: epsilon within the square root."""
    _, memory = OPTIMIZERS["rmsprop"].step(gradient, memory, rate, k)
    return -(rate * gradient / np.sqrt(memory[0] + RMSPROP_EPSILON**2)), memory


def adam(gradient: Array, memory: Array, rate: float, k: int) -> tuple[Array, Array]:
    """Adam as in keras.optimizers.Adam: epsilon is added to the root before its bias correction."""
    _, memory = OPTIMIZERS["adam"].step(gradient, memory, rate, k)
    beta1, beta2 = float(np.float32(ADAM_BETA1)), float(np.float32(ADAM_BETA2))
    corrected = rate * np.sqrt(1 - beta2**k) / (1 - beta1**k)
    return -(memory[0] * corrected / (np.sqrt(memory[1]) + ADAM_EPSILON)), memory


STEPS = {"rmsprop": rmsprop, "adam": adam}


def keras_optimizers() -> dict[str, Optimizer]:
    return {name: replace(record, step=STEPS.get(name, record.step)) for name, record in OPTIMIZERS.items()}


def names_of_optimizers(e: Experiment) -> set[str]:
    return {name for name, _, _ in e.optimizer_spans}


def expected_result(e: Experiment) -> Result:
    """The engine's result; for RMSprop and Adam, with epsilon where Keras adds it."""
    if not names_of_optimizers(e) & STEPS.keys():
        return engine_result(e)
    ((weights, biases),) = deque(train_plainly(e, keras_optimizers()), maxlen=1)
    return result_of(e, weights, biases)


def allowed_difference(e: Experiment) -> float:
    """1e-9, as for PyTorch, if Keras rounds none of the constants; otherwise ten times the difference once measured."""
    rounded = names_of_optimizers(e) != {"sgd"} or e.l1 or e.l2 or "leaky_relu" in e.activations
    return 1e-6 if rounded else 1e-9
