"""Training resumes from any state as if it had never stopped, with the optimizer's memory."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import OPTIMIZERS, Experiment, train
from engine.model.network import backward, forward
from engine.training.train import kept_epochs
from tests.engine.state_equality import assert_same_bits
from tests.engine.strategies import HIDDEN, OUTPUTS, STEADY, experiments, shallow


@STEADY
@given(experiments(most_epochs=12), st.data())
def test_taken_up_again_at_any_epoch_it_gives_the_same_bits(e: Experiment, data: st.DataObject) -> None:
    steps = list(train(e, range(e.epochs + 1)))
    stop = data.draw(st.integers(0, e.epochs))
    for found, expected in zip(train(e, range(stop, e.epochs + 1), steps[stop]), steps[stop:], strict=True):
        assert_same_bits(found, expected)


@pytest.mark.parametrize("batch_size", [None, 2])
@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
def test_every_part_goes_on(hidden: str, output: str, loss: str, optimizer: str, batch_size: int | None) -> None:
    e = replace(shallow(hidden, output, loss, optimizer), batch_size=batch_size)
    middle, last = train(e, (7, 20))
    (again,) = train(e, (20,), middle)
    assert_same_bits(again, last)


def test_a_step_is_not_changed_by_going_on_from_it() -> None:
    e = Experiment(optimizer="adam", learning_rate=0.01, epochs=50)
    step, unchanged = (next(train(e, (20,))) for _ in range(2))
    list(train(e, (50,), step))
    assert_same_bits(step, unchanged)


def test_without_epochs_it_gives_the_kept_ones_that_are_left() -> None:
    e = Experiment(epochs=1_000)
    (start,) = train(e, (600,))
    assert [step.epoch for step in train(e, start=start)] == [k for k in kept_epochs(1_000) if k >= 600]


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_the_memory_is_in_natural_order_and_sign(optimizer: str, activation: str) -> None:
    e = Experiment(
        hidden=(2,), activations=(activation, activation), optimizer=optimizer, bias=True, learning_rate=0.1, epochs=1
    )
    start, after = train(e, (0, 1))
    inputs, targets = np.array(e.inputs), np.array(e.targets)
    passed = forward(e, list(start.weights), list(start.biases), inputs)
    back = backward(e, list(start.weights), passed, inputs, targets)
    gradient = np.concatenate([part.ravel() for layer in back for part in (layer.weight_gradient, layer.bias_gradient)])
    assert start.memory.tobytes() == OPTIMIZERS[optimizer].initial_memory(gradient.size).tobytes()
    _, expected = OPTIMIZERS[optimizer].step(gradient, start.memory, e.learning_rate, 1)
    np.testing.assert_allclose(after.memory, expected, rtol=1e-13, atol=0)


def test_gradient_descent_remembers_nothing() -> None:
    for step in train(Experiment(epochs=3)):
        assert step.memory.shape == (0, 3)


def test_past_all_bounds_it_goes_on_in_silence() -> None:
    e = Experiment(activations=("linear",), optimizer="momentum", learning_rate=1e9, epochs=400)
    middle, last = train(e, (200, 400))
    (again,) = train(e, (400,), middle)
    assert np.isnan(middle.weights[0]).all()
    assert np.array_equal(again.memory, last.memory, equal_nan=True)
