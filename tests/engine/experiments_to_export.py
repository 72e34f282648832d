"""Experiments to write programs of: random ones, large ones, those of every part, and what is typed in by hand."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from engine import INITIALIZERS, OPTIMIZERS, PRESETS, Experiment
from engine.model.scaling import SCALINGS
from tests.engine.changed_experiments import (
    with_derived_inputs,
    with_earlier_tables,
    with_frozen_parts,
    with_optimizer_changes,
    with_rate_changes,
    with_stop_rules,
)
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


def frozen_parts() -> list[Experiment]:
    """Whole layers, single weights and biases frozen, under every optimizer, with and without bias and penalties."""
    base: dict[str, Any] = {**random_table(7, 6, 3, 2), "hidden": (3, 2), "activations": ("tanh", "relu", "sigmoid")}
    base |= {"epochs": 30, "learning_rate": 0.05, "initializer": "uniform_-1_1", "frozen": ("W1", "W2[1,0]", "W3[0,1]")}
    found = [Experiment(**base, optimizer=name, l2=l2) for name in OPTIMIZERS for l2 in (0.0, 0.1)]
    more = ("W1[0,2]", "b1[1]", "b2", "W3[1,0]", "b3[0]")
    found += [replace(e, bias=True, frozen=more, batch_size=4, loss="mean_squared_error") for e in found]
    return [*found, *random_experiments(40, PLAIN.flatmap(with_frozen_parts))]


def derived_inputs() -> list[Experiment]:
    """Formulas of every kind among the inputs, scaled and not, of columns whose names need brackets."""
    random = np.random.RandomState(6)
    inputs = tuple(map(tuple, random.uniform(-2, 2, (8, 2)).round(2).tolist()))
    base: dict[str, Any] = {"inputs": inputs, "targets": tuple((float(a * b > 0),) for a, b in inputs), "epochs": 40}
    base |= {"hidden": (3,), "activations": ("tanh", "sigmoid"), "bias": True, "initializer": "uniform_-1_1"}
    e = Experiment(**base, derived=("x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"), loss="mean_squared_error")
    more = ("abs(x1)^0.5", "2^x1/3", "-x2^3", "ln(x1^2+1)", "exp(-x1)", "tanh(x1-x2)*pi", "cos(1/4*x1)", "tan(x2/9)")
    found = [e, replace(e, derived=more), replace(e, bias=False, batch_size=3, test_rows=(2, 5))]
    found += [replace(other, scaling=name) for other in found for name in ("standard", "min_max")]
    named = replace(e, input_names=("size (cm)", "2"), derived=("[size (cm)]*[2]", "[2]^2"))
    asking = replace(e, targets=((None,), *e.targets[1:]))
    return [*found, named, asking, *random_experiments(40, PLAIN.flatmap(with_derived_inputs))]


def scheduled_experiments() -> list[Experiment]:
    """Learning rates that change, under every optimizer, in full and small batches."""
    changes = ((3, 0.02), (10, 0.5), (11, 0.1), (500, 9.0))
    found = [replace(e, epochs=40, rate_changes=changes) for e in (*frozen_parts()[:16], *PRESETS.values())]
    return [*found, *random_experiments(40, PLAIN.flatmap(with_rate_changes))]


def in_turn() -> list[Experiment]:
    """Optimizers one after the other, each with and without penalties, frozen parts, batches, rates and stop rules."""
    one = ((5, "momentum"), (12, "sgd"), (500, "rmsprop"))
    several = ((5, "adam"), (12, "sgd"), (13, "rmsprop"), (20, "rmsprop"), (30, "momentum"))
    found = [replace(e, epochs=40, optimizer_changes=several) for e in (*frozen_parts()[:16], *PRESETS.values())]
    found += [replace(e, optimizer_changes=one) for e in found[::3]]
    found += [replace(e, rate_changes=((5, 0.02), (9, 0.3), (20, 0.1))) for e in found[::2]]
    held = replace(PRESETS["xor"], test_rows=(3,), patience=7, optimizer_changes=((100, "adam"), (250, "sgd")))
    found += [held, replace(held, patience=None, test_rows=(), stop_loss=0.02, epochs=900)]
    return [*found, *random_experiments(40, PLAIN.flatmap(with_optimizer_changes).flatmap(with_rate_changes))]


def after_other_tables() -> list[Experiment]:
    """Tables one after the other, scaled and not, in batches and whole, with derived inputs, schedules, stop rules."""
    found = [at_last(e, 12, 25) for e in (*frozen_parts()[:16:3], *PRESETS.values(), *derived_inputs()[:12:2])]
    found += [at_last(e, 15) for e in scaled_and_asking()[::4]]
    found += [replace(e, optimizer_changes=((9, "adam"), (18, "sgd"))) for e in found[::4]]
    held = at_last(replace(PRESETS["xor"], test_rows=(3,), patience=7), 100, epochs=500)
    found += [held, replace(held, patience=None, test_rows=(), stop_loss=0.02, epochs=900)]
    found += [replace(held, epochs=90), replace(held, epochs=120), at_last(PRESETS["fruit"], 40)]
    made = PLAIN.flatmap(with_earlier_tables).flatmap(with_optimizer_changes)
    return [*found, *random_experiments(40, made), *random_experiments(40, SCALED.flatmap(with_earlier_tables))]


def at_last(e: Experiment, *ends: int, epochs: int = 40) -> Experiment:
    """An experiment that first trains on some rows of its table, others until each of these epochs."""
    rows = [e.train_rows[:: index + 1] + e.train_rows[:index] for index in range(len(ends))]
    targets = dict(zip(e.labelled_rows, e.labelled_targets, strict=True))
    tables = tuple(
        (
            end,
            tuple(e.inputs[row] for row in kept),
            tuple(targets[row] for row in kept),
        )
        for end, kept in zip(ends, rows, strict=True)
    )
    return replace(e, epochs=epochs, earlier_tables=tables)


def stopped_experiments() -> list[Experiment]:
    """Rules that stop a training, alone and together, over more epochs than are kept and over fewer."""
    line, xor, fruit, sine = (PRESETS[name] for name in ("line", "xor", "fruit", "sine"))
    held = replace(xor, test_rows=(3,), hidden=(3,), patience=7)
    asking = replace(fruit, targets=((None,) * 3, *fruit.targets[1:]), test_rows=(4, 8), stop_when_right=True)
    found = [replace(e, stop_loss=limit) for e, limit in ((xor, 0.01), (fruit, 0.3), (sine, 0.02), (line, 1e-9))]
    found += [replace(e, stop_when_right=True) for e in (line, xor, fruit, sine, replace(xor, epochs=100))]
    found += [
        held,
        asking,
        replace(asking, patience=3, stop_loss=0.01),
        replace(line, patience=5, target_scaling="standard"),
    ]
    return [*found, *random_experiments(40, PLAIN.flatmap(with_stop_rules))]


def presets() -> list[Experiment]:
    return list(PRESETS.values())


def other_seeds() -> list[Experiment]:
    """The tutorial but for its seed: there the order of a sum does show."""
    return [replace(Experiment(), seed=seed, epochs=500) for seed in range(5)]
