"""The exported script ends with the engine's bits, runs on NumPy alone, and cannot drift from the engine."""

import ast
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, PRESETS, Experiment, record
from engine.export.expected_output import expected_output
from engine.export.numpy_script import numpy_script
from engine.export.training_loop import product, with_ones
from engine.model import optimizers as optimizers_module
from engine.model.targets import correct_rows
from engine.model.types import Array
from tests.engine.bare_interpreter import apart, numbers, run_bare
from tests.engine.experiments_to_export import (
    after_other_tables,
    by_hand,
    derived_inputs,
    every_part,
    frozen_parts,
    in_turn,
    large_experiments,
    other_seeds,
    presets,
    random_experiments,
    random_scaled_experiments,
    scaled_and_asking,
    scheduled_experiments,
    stopped_experiments,
)


@pytest.mark.parametrize(
    ("make", "at_least"),
    [
        (presets, 11),
        (random_experiments, 95),
        (large_experiments, 20),
        (every_part, 30),
        (by_hand, 3),
        (other_seeds, 5),
        (scaled_and_asking, 23),
        (random_scaled_experiments, 95),
        (frozen_parts, 50),
        (derived_inputs, 45),
        (scheduled_experiments, 60),
        (in_turn, 70),
        (after_other_tables, 100),
        (stopped_experiments, 45),
    ],
)
def test_a_bare_interpreter_ends_in_the_engines_bits(make: Callable[[], list[Experiment]], at_least: int) -> None:
    all_of_them = make()
    printed = run_bare(numpy_script(e) + ALL_DIGITS for e in all_of_them)
    assert len(set(all_of_them)) >= at_least
    assert [e for e, text in zip(all_of_them, printed, strict=True) if apart(e, text)] == []
    for e, text in zip(all_of_them, printed, strict=True):
        history, (outputs,) = record(e), numbers(text, "outputs")
        if history.diverged_at is None:
            assert np.array_equal(outputs, history.outputs[-1])
            assert text.startswith(expected_output(history) + "\n")
            if history.epochs[-1] >= e.table_start:  # before, the loss of the history is of other rows
                assert f"\nLoss: {float(history.loss[-1])!r}\n" in text


def test_scaled_programs_are_readable_and_answer_questions() -> None:
    e = scaled_and_asking()[7]
    text = numpy_script(e)
    assert (e.scaling, e.target_scaling) == ("min_max", "standard")
    for line in (
        "questions = [1, 6]  # rows without targets",
        "rows = [0, 2, 3, 4, 5, 7, 8]  # the others are questions",
        "X_min = np.where(X_varies, X[rows].min(axis=0), 0)",
        "X_scaled = (X - X_min) / (X_max - X_min)",
        "y_deviation = np.where(y_varies, y[rows].std(axis=0), 1)",
        "input_layer = with_ones(X_scaled[rows])",
        "    return forward(X) * y_deviation + y_mean",
    ):
        assert f"\n{line}\n" in text
    (printed,) = run_bare([text])
    answers = str(record(e).outputs[-1][[1, 6]])
    assert printed.endswith(f"Answers to the questions:\n{answers}\n")


ALL_DIGITS = '\nprint("outputs =", outputs.tolist())\n'


def test_it_prints_the_screens_outputs_loss_and_rows_right() -> None:
    all_of_them = [*PRESETS.values(), *every_part()]
    for e, text in zip(all_of_them, run_bare(map(numpy_script, all_of_them)), strict=True):
        history, rows = record(e), list(e.train_rows)
        right = correct_rows(e, history.outputs[-1])
        assert f"\nLoss: {float(history.loss[-1])!r}\n" in text
        assert f"\nRows right: {right[rows].sum()} of {len(rows)}\n" in text
        assert str(history.outputs[-1]) in text
        if history.test_loss is not None:
            assert f"\nLoss of the rows held out: {float(history.test_loss[-1])!r}\n" in text
            held_out = list(e.test_rows)
            assert f"\nHeld-out rows right: {right[held_out].sum()} of {len(held_out)}\n" in text


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


def odd_loss(logits: Array, outputs: Array, targets: Array) -> Array:
    found: Array = np.abs(outputs - targets).max(axis=(-2, -1))
    return found


def odd_step(gradient: Array, memory: Array, rate: float, k: int) -> tuple[Array, Array]:
    return -rate * np.cbrt(gradient), memory


def test_a_changed_function_of_the_engine_is_in_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTIVATIONS, "tanh", replace(ACTIVATIONS["tanh"], value=odd_value, slope=odd_slope))
    monkeypatch.setitem(LOSSES, "mean_squared_error", replace(LOSSES["mean_squared_error"], value=odd_loss))
    monkeypatch.setitem(
        LOSSES, "mean_squared_error", replace(LOSSES["mean_squared_error"], scale=lambda samples, targets: samples / 7)
    )
    monkeypatch.setitem(OPTIMIZERS, "momentum", replace(OPTIMIZERS["momentum"], step=odd_step))
    text = numpy_script(
        Experiment(hidden=(2,), activations=("tanh", "linear"), loss="mean_squared_error", optimizer="momentum")
    )
    assert "def odd_value(z):\n    return z * 12.5\n" in text
    assert "def odd_slope(s):\n    return s / s * 12.5\n" in text
    assert "adjustments_1 = error_1 * odd_slope(outputs_1)\n" in text
    assert "def odd_loss(outputs, targets):\n    return np.abs(outputs - targets).max()\n" in text
    assert "scale = 4 / 7  # the loss is a mean\n" in text
    assert "np.cbrt(gradient)" in text


def test_a_changed_constant_of_the_engine_is_in_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimizers_module, "ADAM_BETA1", 0.8125)
    assert "\nADAM_BETA1 = 0.8125\n" in numpy_script(replace(Experiment(), optimizer="adam"))


@pytest.mark.parametrize(
    "name", ['"""\nimport os\n"""', "'); import os; ('", "a\x0cb\x85c\u2028import os", "\\", "\ud800"]
)
def test_a_hostile_name_is_never_code(name: str) -> None:
    e = replace(Experiment(), bias=True)
    tame = ast.dump(ast.parse(numpy_script(e)))
    object.__setattr__(e, "input_names", (name, name, "x3"))  # past the checks that would have refused it
    text = numpy_script(e)
    assert ast.dump(ast.parse(text)) == tame
    assert text.isprintable() or set(filter(lambda c: not c.isprintable(), text)) == {"\n"}


def test_numbers_past_all_bounds_end_in_words_and_no_warning() -> None:
    wild = Experiment(activations=("linear",), learning_rate=100.0, epochs=1_000)
    (text,) = run_bare([numpy_script(wild)])
    assert "The numbers grew past all bounds: try a smaller learning rate." in text
    assert apart(wild, text) == 0


def test_scripts_are_clean_to_a_linter(tmp_path: Path) -> None:
    for index, e in enumerate([*PRESETS.values(), *every_part()]):
        (tmp_path / f"{index}.py").write_text(numpy_script(e))
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "E9,F", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
