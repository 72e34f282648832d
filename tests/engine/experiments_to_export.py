"""Experiments to write programs of: random ones, large ones, those of every part, and what is typed in by hand."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from engine import INITIALIZERS, OPTIMIZERS, PRESETS, Experiment
from engine.model.scaling import SCALINGS
from tests.engine.strategies import HIDDEN, OUTPUTS, STEADY, experiments, scaled_experiments, table

PLAIN, SCALED = experiments(most_epochs=12), scaled_experiments(most_epochs=12)


def random_experiments(count: int = 100, strategy: SearchStrategy[Experiment] = PLAIN) -> list[Experiment]:
    """The same ones on every run, whatever the tests and the engine's modules are called."""
    found: list[Experiment] = []

    @seed(1)
    @settings(STEADY, max_examples=count, database=None, phases=[Phase.generate])
    @given(strategy)
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


def random_scaled_experiments() -> list[Experiment]:
    return random_experiments(100, SCALED)


def scaled_and_asking() -> list[Experiment]:
    """Every scaling of inputs and targets, of columns large, far from 0 and of one value; questions; rows held out."""
    random = np.random.RandomState(4)
    inputs = random.uniform(-1, 1, (9, 4)) * (1, 300, 0.01, 0) + (0, 2_000, 0, 7)
    answers = random.uniform(0, 1, (9, 2)) * (30, 1) + (-20, 5)
    asking = [(None, None) if row in (1, 6) else tuple(targets) for row, targets in enumerate(answers.tolist())]
    base: dict[str, Any] = {"inputs": tuple(map(tuple, inputs.tolist())), "loss": "mean_squared_error", "epochs": 40}
    base |= {"hidden": (5,), "activations": ("tanh", "linear"), "bias": True, "learning_rate": 0.01}
    names = itertools.product(SCALINGS, SCALINGS)
    found = [Experiment(**base, targets=tuple(asking), scaling=x, target_scaling=y) for x, y in names]
    found += [replace(e, test_rows=(2,), batch_size=3, bias=False) for e in found]
    classes = tuple((None,) if row in (0, 8) else (float(row % 2),) for row in range(9))
    base |= {"targets": classes, "activations": ("relu", "sigmoid"), "loss": "binary_cross_entropy"}
    asked = Experiment(**base)
    found += [replace(asked, scaling=name, optimizer="adam") for name in SCALINGS]
    return [*found, replace(found[4], targets=tuple(map(tuple, answers.tolist()))), replace(found[0], l2=0.1)]


def presets() -> list[Experiment]:
    return list(PRESETS.values())


def other_seeds() -> list[Experiment]:
    """The tutorial but for its seed: there the order of a sum does show."""
    return [replace(Experiment(), seed=seed, epochs=500) for seed in range(5)]
