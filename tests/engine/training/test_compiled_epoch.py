"""The fast form of training and the readable form give the same weights."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from engine import ACTIVATIONS, OPTIMIZERS, Experiment, train
from tests.engine.plain_training import train_plainly
from tests.engine.strategies import HIDDEN, OUTPUTS, STEADY, experiments, shallow


def assert_same(e: Experiment, tolerance: float = 1e-12) -> None:
    """Every epoch's weights and biases agree to `tolerance` of the largest."""
    steps = train(e, range(e.epochs + 1))
    for step, (weights, biases) in zip(steps, train_plainly(e), strict=True):
        assert len(step.biases) == len(biases)
        for fast, plain in zip((*step.weights, *step.biases), (*weights, *biases), strict=True):
            largest = max(1.0, float(np.abs(plain).max()))
            np.testing.assert_allclose(fast, plain, rtol=tolerance, atol=tolerance * largest)


@STEADY
@given(experiments())
def test_plan_is_the_readable_form(e: Experiment) -> None:
    # These two divide by the gradient's size, so where it all but cancels they enlarge its rounding error.
    assert_same(e, 1e-9 if e.optimizer in ("rmsprop", "adam") else 1e-12)


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
def test_plan_is_the_readable_form_for_every_part(hidden: str, output: str, loss: str, optimizer: str) -> None:
    assert_same(replace(shallow(hidden, output, loss, optimizer), epochs=3))


def test_tutorial_is_bit_identical_in_both_forms() -> None:
    e = Experiment(epochs=2_000)
    for step, (weights, _) in zip(train(e, range(e.epochs + 1)), train_plainly(e), strict=True):
        assert np.array_equal(step.weights[0], weights[0])


def test_steps_are_copies() -> None:
    first, last = train(Experiment(epochs=2), (0, 2))
    assert not np.array_equal(first.weights[0], last.weights[0])


def test_a_batch_larger_than_the_table_is_full_batch() -> None:
    (full,), (large,) = train(Experiment(epochs=50), (50,)), train(Experiment(epochs=50, batch_size=900), (50,))
    assert np.array_equal(full.weights[0], large.weights[0])


def test_a_step_activation_teaches_nothing() -> None:
    e = Experiment(hidden=(3,), activations=("step", "sigmoid"), epochs=20)
    first, last = train(e, (0, 20))
    assert ACTIVATIONS["step"].slope(np.array([1.0])).tolist() == [0.0]
    assert np.array_equal(first.weights[0], last.weights[0])
    assert not np.array_equal(first.weights[1], last.weights[1])
