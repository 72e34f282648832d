"""Experiments to write programs of: random ones, large ones, those of every part, and what is typed in by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import Phase, given, seed, settings

from engine import INITIALIZERS, OPTIMIZERS, PRESETS, Experiment
from tests.engine.strategies import HIDDEN, OUTPUTS, STEADY, experiments, table


def random_experiments(count: int = 100) -> list[Experiment]:
    """The same ones on every run, whatever the tests and the engine's modules are called."""
    found: list[Experiment] = []

    @seed(1)
    @settings(STEADY, max_examples=count, database=None, phases=[Phase.generate])
    @given(experiments(most_epochs=12))
    def collect(e: Experiment) -> None:
        found.append(e)

    collect()
    return found


def random_table(seed: int, samples: int, features: int, targets: int) -> dict[str, Any]:
    """`inputs` and `targets` for an experiment."""
    inputs, answers = table(seed, samples, features, targets)
    return {"inputs": tuple(map(tuple, inputs)), "targets": tuple(map(tuple, answers))}


def large_experiments() -> list[Experiment]:
    """Sizes at which the libraries beneath NumPy add up by blocks, so that the order of a product shows."""
    random, found = np.random.RandomState(5), []
    for number, (samples, features, targets) in enumerate(
        [(1, 16, 3), (17, 33, 1), (60, 9, 10), (200, 5, 2), (500, 2, 1)]
    ):
        for hidden in ((), (8, 8), (33,), (1, 16, 4)):
            batch = [None, 7, 16, 1][random.randint(4)] if samples < 100 else [None, 64][random.randint(2)]
            found.append(
                Experiment(
                    **random_table(number, samples, features, targets),
                    hidden=hidden,
                    activations=(*(HIDDEN[random.randint(len(HIDDEN))] for _ in hidden), "tanh"),
                    loss="mean_squared_error",
                    optimizer=sorted(OPTIMIZERS)[random.randint(4)],
                    learning_rate=0.01,
                    batch_size=batch,
                    bias=bool(random.randint(2)),
                    initializer="glorot_uniform",
                    epochs=15,
                )
            )
    return found


def every_part() -> list[Experiment]:
    """Every hidden activation, output with loss, optimizer and initializer, with penalties, batches, held-out rows."""
    base: dict[str, Any] = {
        **random_table(11, 7, 3, 3),
        "hidden": (4,),
        "bias": True,
        "l1": 0.01,
        "l2": 0.1,
        "epochs": 9,
    }
    base |= {"batch_size": 2, "test_rows": (2,), "learning_rate": 0.05, "initializer": "uniform_-1_1"}
    found = [Experiment(**base, activations=(hidden, "sigmoid")) for hidden in HIDDEN]
    found += [Experiment(**base, activations=("tanh", output), loss=loss) for output, loss in OUTPUTS]
    common: dict[str, Any] = {"activations": ("sine", "softmax"), "loss": "categorical_cross_entropy"}
    found += [Experiment(**base, **common, optimizer=name) for name in OPTIMIZERS]
    return found + [Experiment(**(base | common | {"initializer": name})) for name in INITIALIZERS]


def by_hand() -> list[Experiment]:
    """Start weights and biases typed in, a rate of 3, and one row."""
    e = Experiment(hidden=(2,), activations=("tanh", "sigmoid"), bias=True, epochs=50, learning_rate=3)
    weights = (((0.1, -0.2), (1, 0), (1e-17, 2 / 3)), ((0.5,), (-1e9,)))
    biases = ((0.1, 0.2), (-0.3,))
    one_row = replace(e, inputs=e.inputs[:1], targets=e.targets[:1])
    return [replace(e, initial_weights=weights), replace(e, initial_weights=weights, initial_biases=biases), one_row]


def presets() -> list[Experiment]:
    return list(PRESETS.values())


def other_seeds() -> list[Experiment]:
    """The tutorial but for its seed: there the order of a sum does show."""
    return [replace(Experiment(), seed=seed, epochs=500) for seed in range(5)]
