"""The tutorial this project grew from comes out bit for bit."""

import numpy as np

from engine import Experiment, record
from engine.model.types import Array


def tutorial() -> tuple[Array, Array]:
    """The tutorial's own loop, unchanged: its last outputs and its weights."""

    def sigmoid(x: Array) -> Array:
        return 1 / (1 + np.exp(-x))

    def sigmoid_derivative(x: Array) -> Array:
        return x * (1 - x)

    inputs = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
    y = np.array([[0], [1], [1], [0]])
    weights = np.random.RandomState(1).rand(3, 1)
    for _ in range(10000):
        outputs = sigmoid(np.dot(inputs, weights))
        error = y - outputs
        adjustments = error * sigmoid_derivative(outputs)
        weights += np.dot(inputs.T, adjustments)
    return outputs, weights


def test_outputs_and_weights_are_the_published_ones_and_the_loops_own_bits() -> None:
    outputs, weights = tutorial()
    printed = record(Experiment(epochs=9_999)).outputs[-1]
    learned = record(Experiment()).weights[0][-1]
    assert printed.ravel().round(8).tolist() == [0.00966553, 0.99211898, 0.99358961, 0.00786455]
    assert learned.ravel().round(8).tolist() == [9.67298312, -0.20801771, -4.6295278]
    assert np.array_equal(printed, outputs)
    assert np.array_equal(learned, weights)


def test_the_seed_is_the_tutorials() -> None:
    start = record(Experiment(epochs=1)).weights[0][0]
    assert start.ravel().tolist() == [0.417022004702574, 0.7203244934421581, 0.00011437481734488664]
