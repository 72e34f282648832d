"""Start weights: their range, their seed, their order."""

import numpy as np
import pytest

from engine import INITIALIZERS, Experiment, record
from engine.model.network import initial_parameters


@pytest.mark.parametrize(
    ("name", "low", "high", "spread"),
    [
        ("uniform_0_1", 0.0, 1.0, 1 / np.sqrt(12)),
        ("uniform_-1_1", -1.0, 1.0, 2 / np.sqrt(12)),
        ("glorot_uniform", -np.sqrt(6 / 96), np.sqrt(6 / 96), 2 * np.sqrt(6 / 96) / np.sqrt(12)),
        ("he_normal", -2.0, 2.0, np.sqrt(2 / 64)),
        ("zeros", 0.0, 0.0, 0.0),
    ],
)
def test_range_and_spread(name: str, low: float, high: float, spread: float) -> None:
    weights = INITIALIZERS[name].draw(np.random.RandomState(0), 64, 32)
    assert weights.shape == (64, 32)
    assert weights.min() >= low
    assert weights.max() <= high
    assert weights.std() == pytest.approx(spread, rel=0.05)


def test_layers_are_drawn_in_order_from_one_stream_and_biases_start_at_zero() -> None:
    weights, biases = initial_parameters(Experiment(hidden=(2,), activations=("tanh", "sigmoid"), bias=True, seed=7))
    stream = np.random.RandomState(7).rand(8)
    assert weights[0].ravel().tolist() == stream[:6].tolist()
    assert weights[1].ravel().tolist() == stream[6:].tolist()
    assert [b.tolist() for b in biases] == [[0.0, 0.0], [0.0]]


def test_weights_given_by_hand_are_the_start() -> None:
    e = Experiment(bias=True, initial_weights=(((1,), (2,), (3,)),), initial_biases=((4,),), epochs=1)
    history = record(e)
    assert history.weights[0][0].tolist() == [[1.0], [2.0], [3.0]]
    assert history.biases[0][0].tolist() == [4.0]
