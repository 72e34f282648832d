"""Generators: points where they say, the same for a seed for good, each table learned by its network."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import LIMITS, Experiment, ExperimentError, record
from engine.data import GENERATORS, generate
from engine.model.outcome import has_learned
from engine.model.targets import target_kind
from engine.model.types import Array
from tests.engine.strategies import STEADY

KINDS = {0: "regression", 2: "binary", 3: "multiclass"}


@pytest.mark.parametrize("name", GENERATORS)
def test_its_network_learns_its_table(name: str) -> None:
    e = generate(name)
    assert len(e.inputs) == 200
    assert target_kind(e) == KINDS[GENERATORS[name].classes]
    assert has_learned(e, record(e).outputs[-1])


@STEADY
@given(st.data())
def test_whatever_is_asked_for_is_an_experiment_and_the_same_again(data: st.DataObject) -> None:
    name, seed = data.draw(st.sampled_from(sorted(GENERATORS))), data.draw(st.integers(0, LIMITS["seed"]))
    given: dict[str, Any] = {
        "rows": data.draw(st.integers(6, 60)),
        "noise": data.draw(st.floats(0, 6)),
        "test_share": data.draw(st.sampled_from((0, 0.2, 0.5))),
        "wrong_labels": data.draw(st.floats(0, 1)) if GENERATORS[name].classes else 0,
    }
    e = generate(name, seed=seed, **given)
    assert len(e.inputs) == given["rows"]
    assert bool(e.test_rows) == bool(given["test_share"])
    assert generate(name, seed=seed, **given) == e
    assert np.array_equal(np.array(e.inputs).round(3), e.inputs)


def rows_of(e: Experiment) -> tuple[Any, Any]:
    return np.array(e.inputs), np.array(e.labelled_targets)


def test_points_are_where_they_belong() -> None:
    inputs, targets = rows_of(generate("exclusive_or"))
    assert np.array_equal(inputs.prod(axis=1) < 0, targets[:, 0] == 1)
    inputs, targets = rows_of(generate("circle"))
    assert np.array_equal(np.hypot(*inputs.T) < 3, targets[:, 0] == 1)
    inputs, targets = rows_of(generate("rings"))
    assert np.array_equal(np.hypot(*inputs.T) // 2, targets.argmax(axis=1))
    inputs, targets = rows_of(generate("plane"))
    np.testing.assert_allclose(targets[:, 0], inputs.sum(axis=1) / 10, atol=0.001)
    inputs, targets = rows_of(generate("humps"))
    assert np.abs(targets).max() <= 1
    assert (targets[np.hypot(*(inputs - (4, -2.5)).T) < 1] < 0).all()
    for name, generator in GENERATORS.items():
        targets = np.array(generate(name).targets)
        if generator.classes and name not in ("function", "exclusive_or"):
            assert np.unique(targets, axis=0, return_counts=True)[1].min() >= 200 // generator.classes


@pytest.mark.parametrize(
    ("formula", "value"),
    [("x^2", np.square), ("sin x", np.sin), ("|x|", np.abs), ("y = 3", lambda x: x * 0 + 3), ("ln(x)", np.log)],
)
def test_points_lie_above_or_below_the_function(formula: str, value: Callable[[Array], Array]) -> None:
    inputs, targets = rows_of(generate("function", function=formula))
    assert np.array_equal(inputs[:, 1] > value(inputs[:, 0]), targets[:, 0] == 1)
    assert 0.1 < targets.mean() < 0.9
    assert generate("function", function=formula).input_names == ("x", "y")


def test_wrong_labels_are_as_many_as_asked_for() -> None:
    for name in ("circle", "rings"):
        right, wrong = generate(name), generate(name, wrong_labels=0.25)
        assert right.inputs == wrong.inputs
        assert sum(a != b for a, b in zip(right.targets, wrong.targets, strict=True)) == 50


def test_noise_moves_points_or_numbers() -> None:
    still, moved = generate("blobs"), generate("blobs", noise=0.5)
    assert still.targets == moved.targets
    assert 0.4 < np.std(np.array(still.inputs) - moved.inputs) < 0.6
    still, moved = generate("plane"), generate("plane", noise=0.5)
    assert still.inputs == moved.inputs
    assert 0.4 < np.std(np.array(still.labelled_targets) - moved.labelled_targets) < 0.6


def test_a_seed_gives_the_same_table_for_good() -> None:
    e = generate("moons", rows=4, noise=0.1, seed=7)
    assert e.inputs == ((-1.242, 3.811), (-0.034, 1.455), (2.194, -1.099), (-1.439, 3.497))
    assert e.targets == ((1.0,), (0.0,), (0.0,), (1.0,))


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"name": "tea"}, "generator", "There is no generator called 'tea': choose from blobs, circle"),
        ({"name": ["circle"]}, "generator", "There is no generator called ['circle']"),
        ({"rows": 3}, "rows", "The number of points: 3 is outside 4 to 1,000."),
        ({"rows": 1_001}, "rows", "1001 is outside"),
        ({"rows": 2.5}, "rows", "2.5 is not a whole number"),
        ({"noise": -1}, "noise", "The noise is -1: it must be from 0 to 6."),
        ({"noise": float("nan")}, "noise", "nan is not a number"),
        ({"wrong_labels": 2}, "wrong_labels", "it must be from 0 to 1"),
        ({"name": "plane", "wrong_labels": 0.1}, "wrong_labels", "has numbers, not labels"),
        ({"test_share": 1}, "test_rows", "less than 100 %"),
        ({"seed": -1}, "seed", "-1 is outside"),
        ({"name": "function", "function": "ln(-x^2-1)"}, "function", "has no value for most x"),
        ({"name": "function", "function": "z"}, "function", "there is no column 'z'"),
        ({"name": "function", "function": ""}, "function", "empty"),
        ({"name": "function", "function": 5}, "function", "5 is not a formula"),
        ({"name": "function", "function": None}, "function", "None is not a formula"),
        ({"name": "function", "function": "__import__('os').abort()"}, "function", "no column '__import__'"),
        ({"name": "function", "function": "9^9^9^9"}, "function", "no number"),
        ({"name": "function", "function": "x" * 99}, "function", "at most 60"),
    ],
)
def test_what_cannot_be_drawn_is_refused(given: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(ExperimentError, match=re.escape(words)) as error:
        generate(**{"name": "circle"} | given)
    assert error.value.field == field


def test_the_largest_tables_fit_and_are_drawn_at_once() -> None:
    for name in GENERATORS:
        assert len(generate(name, rows=1_000).inputs) == 1_000
