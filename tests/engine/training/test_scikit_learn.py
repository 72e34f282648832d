"""scikit-learn, an independent implementation, trains to the same weights.

Its squared error is half the sum over the targets, averaged over the samples, and its gradient of the penalty is
alpha w / samples. So for a mean over k targets our rate is k / 2 times theirs (k for the binary cross-entropy), and l2
is their alpha over the samples of a batch and over that same factor.
"""

import warnings
from itertools import pairwise

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

from engine import Experiment, train
from engine.model.types import Array

RATE, EPOCHS, SAMPLES, FEATURES = 0.05, 25, 12, 3
THEIR_NAMES = {"tanh": "tanh", "relu": "relu", "sigmoid": "logistic", "linear": "identity"}
NETWORKS = ((), (4,), (5, 3), (3, 4, 2))

# loss, our output, targets, our rate over theirs
TASKS = {
    "regression": ("mean_squared_error", "linear", 2, 1.0),
    "one number": ("mean_squared_error", "linear", 1, 0.5),
    "binary": ("binary_cross_entropy", "sigmoid", 1, 1.0),
    "several yes or no": ("binary_cross_entropy", "sigmoid", 3, 3.0),
    "multiclass": ("categorical_cross_entropy", "softmax", 3, 1.0),
}


def answers(task: str, random: np.random.RandomState) -> Array:
    """Targets (samples, targets) of the task's kind, with every class present."""
    _, output, targets, _ = TASKS[task]
    if output == "linear":
        return random.uniform(-1, 1, (SAMPLES, targets))
    if output == "softmax":
        return np.eye(targets)[np.arange(SAMPLES) % targets]
    return random.permutation(np.arange(SAMPLES * targets) % 2).reshape(SAMPLES, targets) * 1.0


def compare(task: str, hidden: tuple[int, ...], activation: str, batch: int, alpha: float, momentum: float) -> None:
    """Both train from the same start on the same rows in the same order, to the same weights."""
    loss, output, targets, factor = TASKS[task]
    random = np.random.RandomState(len(hidden) + 10 * batch)
    inputs, wanted = random.uniform(-1, 1, (SAMPLES, FEATURES)), answers(task, random)
    layers = [
        (random.uniform(-1, 1, pair), random.uniform(-0.5, 0.5, pair[1]))
        for pair in pairwise((FEATURES, *hidden, targets))
    ]
    model = (MLPRegressor if output == "linear" else MLPClassifier)(
        hidden_layer_sizes=hidden,
        activation=THEIR_NAMES[activation],
        solver="sgd",
        alpha=alpha,
        batch_size=batch,
        learning_rate_init=RATE,
        max_iter=EPOCHS,
        n_iter_no_change=EPOCHS + 1,
        shuffle=False,
        momentum=momentum,
        nesterovs_momentum=False,
    )
    their_start = iter([(weights.copy(), biases.copy()) for weights, biases in layers])
    model._init_coef = lambda fan_in, fan_out, dtype: next(their_start)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(inputs, wanted.argmax(axis=1) if output == "softmax" else wanted.squeeze())

    e = Experiment(
        inputs=tuple(map(tuple, inputs)),
        targets=tuple(map(tuple, wanted)),
        hidden=hidden,
        activations=(*(activation for _ in hidden), output),
        loss=loss,
        optimizer="momentum" if momentum else "sgd",
        learning_rate=RATE * factor,
        l2=alpha / batch / factor,
        epochs=EPOCHS,
        batch_size=batch,
        bias=True,
        initial_weights=tuple(tuple(map(tuple, weights)) for weights, _ in layers),
        initial_biases=tuple(tuple(biases) for _, biases in layers),
    )
    (step,) = train(e, (EPOCHS,))
    for ours, their in zip((*step.weights, *step.biases), (*model.coefs_, *model.intercepts_), strict=True):
        np.testing.assert_allclose(ours, their, rtol=1e-9, atol=1e-9)
    assert np.abs(step.biases[-1] - layers[-1][1]).max() > 1e-3


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("batch", [SAMPLES, 4])
@pytest.mark.parametrize("hidden", NETWORKS)
@pytest.mark.parametrize("activation", sorted(THEIR_NAMES))
@pytest.mark.parametrize("task", sorted(TASKS))
def test_same_weights(task: str, activation: str, hidden: tuple[int, ...], batch: int, momentum: float) -> None:
    compare(task, hidden, activation, batch, 0.02, momentum)


@pytest.mark.parametrize("task", sorted(TASKS))
def test_same_weights_with_a_last_batch_that_is_smaller(task: str) -> None:
    compare(task, (4,), "tanh", 5, 0.0, 0.9)
