"""The exported script ends in the engine's bits, runs on NumPy alone, and cannot drift from the engine."""

import ast
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings

from engine import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, PRESETS, Experiment, record, train
from engine import optimizers as optimizers_module
from engine.arrays import Array
from engine.loop import is_tutorial, product, with_ones
from engine.measures import right_rows
from engine.script import script
from tests.engine.bare import apart, run_bare
from tests.engine.strategies import HIDDEN, OUTPUTS, STEADY, experiments, table

TUTORIAL_LINES = """import numpy as np
    return 1 / (1 + np.exp(-z))
X = np.array([[0, 0, 1],
              [1, 1, 1],
              [1, 0, 1],
              [0, 1, 1]])
y = np.array([[0],
              [1],
              [1],
              [0]])
# Initialize weights
np.random.seed(1)
weights = np.random.rand(3, 1)
# Train the network
for epoch in range(10000):
    # Forward propagation
    input_layer = X
    outputs = sigmoid(np.dot(input_layer, weights))
    # Error
    error = y - outputs
    # Adjust weights
    adjustments = error * sigmoid_slope(outputs)
    weights += np.dot(input_layer.T, adjustments)
# Testing the network
print("Output after training:")
print(outputs)""".splitlines()


def random_experiments(count: int = 100) -> list[Experiment]:
    """The same ones on every run."""
    found: list[Experiment] = []

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
    for seed, (samples, features, targets) in enumerate(
        [(1, 16, 3), (17, 33, 1), (60, 9, 10), (200, 5, 2), (500, 2, 1)]
    ):
        for hidden in ((), (8, 8), (33,), (1, 16, 4)):
            batch = [None, 7, 16, 1][random.randint(4)] if samples < 100 else [None, 64][random.randint(2)]
            found.append(
                Experiment(
                    **random_table(seed, samples, features, targets),
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


@pytest.mark.parametrize(
    ("make", "at_least"),
    [
        (presets, 11),
        (random_experiments, 95),
        (large_experiments, 20),
        (every_part, 30),
        (by_hand, 3),
        (other_seeds, 5),
    ],
)
def test_a_bare_interpreter_ends_in_the_engines_bits(make: Callable[[], list[Experiment]], at_least: int) -> None:
    all_of_them = make()
    printed = run_bare(map(script, all_of_them))
    assert len(set(all_of_them)) >= at_least
    assert [e for e, text in zip(all_of_them, printed, strict=True) if apart(e, text)] == []


def test_it_prints_the_screens_outputs_loss_and_rows_right() -> None:
    all_of_them = [*PRESETS.values(), *every_part()]
    for e, text in zip(all_of_them, run_bare(map(script, all_of_them)), strict=True):
        history, rows = record(e), list(e.train_rows)
        right = right_rows(e, history.outputs[-1])
        assert f"\nLoss: {float(history.loss[-1])!r}\n" in text
        assert f"\nRows right: {right[rows].sum()} of {len(rows)}\n" in text
        assert str(history.outputs[-1]) in text
        if history.test_loss is not None:
            assert f"\nLoss of the rows held out: {float(history.test_loss[-1])!r}\n" in text
            held_out = list(e.test_rows)
            assert f"\nHeld-out rows right: {right[held_out].sum()} of {len(held_out)}\n" in text


def test_the_tutorials_own_script_reads_like_the_tutorial_and_prints_its_digits() -> None:
    lines = iter(script(Experiment()).splitlines())
    assert [line for line in TUTORIAL_LINES if line not in lines] == []
    (text,) = run_bare([script(Experiment())])
    assert text.startswith("Output after training:\n[[0.00966553]\n [0.99211898]\n [0.99358961]\n [0.00786455]]\n")


def test_the_tutorials_table_may_lie_row_by_row_at_any_epoch() -> None:
    x, y = np.array(Experiment().inputs), np.array(Experiment().targets)
    weights = np.random.RandomState(1).rand(3, 1)
    for step in train(Experiment(), range(1, 10_001)):
        outputs = 1 / (1 + np.exp(-np.dot(x, weights)))
        weights += np.dot(x.T, (y - outputs) * (outputs * (1 - outputs)))
        assert weights.tobytes() == step.weights[0].tobytes()


def test_only_the_tutorials_own_experiment_is_the_tutorial() -> None:
    own = Experiment()
    assert is_tutorial(replace(own, epochs=7, input_names=("a", "b", "c"), target_names=("d",)))
    others: list[dict[str, Any]] = [
        {"epochs": 10_001},
        {"seed": 2},
        {"bias": True},
        {"targets": ((1,), (1,), (1,), (0,))},
        {"batch_size": 2},
    ]
    assert not any(is_tutorial(replace(own, **change)) for change in others)


def test_product_and_ones() -> None:
    a, b = np.arange(6.0).reshape(2, 3), np.arange(12.0).reshape(3, 4)
    assert np.array_equal(product(a, b), np.dot(a, b))
    assert np.array_equal(with_ones(a), [[0, 1, 2, 1], [3, 4, 5, 1]])
    assert with_ones(a).flags.f_contiguous


def odd_value(z: Array) -> Array:
    return z * 12.5


def odd_slope(z: Array) -> Array:
    s = odd_value(z)
    return s / s * 12.5


def odd_loss(logits: Array, outputs: Array, targets: Array) -> float:
    return float(np.abs(outputs - targets).max())


def odd_step(gradient: Array, memory: Array, rate: float, k: int) -> tuple[Array, Array]:
    return -rate * np.cbrt(gradient), memory


def test_a_changed_function_of_the_engine_is_in_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTIVATIONS, "tanh", replace(ACTIVATIONS["tanh"], value=odd_value, slope=odd_slope))
    monkeypatch.setitem(LOSSES, "mean_squared_error", replace(LOSSES["mean_squared_error"], value=odd_loss))
    monkeypatch.setitem(
        LOSSES, "mean_squared_error", replace(LOSSES["mean_squared_error"], scale=lambda samples, targets: samples / 7)
    )
    monkeypatch.setitem(OPTIMIZERS, "momentum", replace(OPTIMIZERS["momentum"], step=odd_step))
    text = script(
        Experiment(hidden=(2,), activations=("tanh", "linear"), loss="mean_squared_error", optimizer="momentum")
    )
    assert "def odd_value(z):\n    return z * 12.5\n" in text
    assert "def odd_slope(s):\n    return s / s * 12.5\n" in text
    assert "adjustments_1 = error_1 * odd_slope(outputs_1)\n" in text
    assert "def odd_loss(outputs, targets):\n    return float(np.abs(outputs - targets).max())\n" in text
    assert "scale = 4 / 7  # the loss is a mean\n" in text
    assert "np.cbrt(gradient)" in text


def test_a_changed_constant_of_the_engine_is_in_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimizers_module, "ADAM_BETA1", 0.8125)
    assert "\nADAM_BETA1 = 0.8125\n" in script(replace(Experiment(), optimizer="adam"))


@pytest.mark.parametrize(
    "name", ['"""\nimport os\n"""', "'); import os; ('", "a\x0cb\x85c\u2028import os", "\\", "\ud800"]
)
def test_a_hostile_name_is_never_code(name: str) -> None:
    e = replace(Experiment(), bias=True)
    tame = ast.dump(ast.parse(script(e)))
    object.__setattr__(e, "input_names", (name, name, "x3"))  # past the checks that would have refused it
    text = script(e)
    assert ast.dump(ast.parse(text)) == tame
    assert text.isprintable() or set(filter(lambda c: not c.isprintable(), text)) == {"\n"}


def test_numbers_past_all_bounds_end_in_words_and_no_warning() -> None:
    wild = Experiment(activations=("linear",), learning_rate=100.0, epochs=1_000)
    (text,) = run_bare([script(wild)])
    assert "The numbers grew past all bounds: try a smaller learning rate." in text
    assert apart(wild, text) == 0


def test_scripts_are_clean_to_a_linter(tmp_path: Path) -> None:
    for index, e in enumerate([*PRESETS.values(), *every_part()]):
        (tmp_path / f"{index}.py").write_text(script(e))
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "E9,F", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
