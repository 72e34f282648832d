"""Equality of two training states to the last bit, including the optimizer's memory."""

from engine.training.train import TrainingState


def assert_same_bits(found: TrainingState, expected: TrainingState) -> None:
    assert found.epoch == expected.epoch
    assert found.memory.shape == expected.memory.shape
    for one, two in zip(
        (*found.weights, *found.biases, found.memory),
        (*expected.weights, *expected.biases, expected.memory),
        strict=True,
    ):
        assert one.tobytes() == two.tobytes()
