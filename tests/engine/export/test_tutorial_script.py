"""The tutorial's experiment, and no other, is exported as the tutorial's own code."""

from dataclasses import replace
from typing import Any

import numpy as np

from engine import Experiment, train
from engine.export.numpy_script import numpy_script
from engine.export.training_loop import is_tutorial
from tests.engine.bare_interpreter import run_bare

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


def test_the_tutorials_own_script_reads_like_the_tutorial_and_prints_its_digits() -> None:
    lines = iter(numpy_script(Experiment()).splitlines())
    assert [line for line in TUTORIAL_LINES if line not in lines] == []
    (text,) = run_bare([numpy_script(Experiment())])
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
