"""Equality of training states to the last bit, including the optimizer's memory."""

from engine import OPTIMIZERS, Experiment, record
from engine.training.train import TrainingState, train


def assert_same_bits(found: TrainingState, expected: TrainingState) -> None:
    assert found.epoch == expected.epoch
    assert found.memory.shape == expected.memory.shape
    for one, two in zip(
        (*found.weights, *found.biases, found.memory),
        (*expected.weights, *expected.biases, expected.memory),
        strict=True,
    ):
        assert one.tobytes() == two.tobytes()


def assert_goes_on_from(e: Experiment, stop: int) -> None:
    """Assert that a training taken up again after `stop` epochs, and a history at each epoch, give the same states."""
    steps = list(train(e, range(e.epochs + 1)))
    for found, expected in zip(train(e, range(stop, e.epochs + 1), steps[stop]), steps[stop:], strict=True):
        assert_same_bits(found, expected)
    history = record(e)
    for step in steps:
        assert len(step.memory) == OPTIMIZERS[e.optimizer_after(step.epoch)].slots
        assert_same_bits(history.state_at(step.epoch), step)
