"""The contenders of the speed benchmark: ways to train one experiment, all from the same start weights."""

import importlib
import statistics
import time
import warnings
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Any

import numpy as np

from engine import Experiment, record, train
from engine.model.types import Array
from engine.training.train import TrainingState

Job = Callable[[], list[Array]]
"""Trains from the start and returns final weights and biases, layer by layer; [] if it has start weights of its own."""


def start(e: Experiment) -> list[Array]:
    """[W1, b1, W2, b2, ...] before the first epoch; without biases [W1, W2, ...]."""
    return together(next(train(e, [0])))


def together(step: TrainingState) -> list[Array]:
    return in_layers(step.weights, step.biases)


def in_layers(weights: Iterable[Array], biases: Iterable[Array]) -> list[Array]:
    return [array for layer in zip_longest(weights, biases) for array in layer if array is not None]


def ours(e: Experiment) -> Job:
    """Our training to the end, keeping nothing on the way, like the other contenders."""

    def run() -> list[Array]:
        (last,) = train(e, [e.epochs])
        return together(last)

    return run


def ours_with_history(e: Experiment) -> Job:
    """The same with what the pages need: weights, outputs and losses at some 140 epochs."""

    def run() -> list[Array]:
        h = record(e)
        return in_layers((w[-1] for w in h.weights), (b[-1] for b in h.biases))

    return run


def tutorial_loop(e: Experiment) -> Job:
    """W1 exactly as in the tutorial: integer inputs, one function per formula."""

    def sigmoid(x: Array) -> Array:
        return np.asarray(1 / (1 + np.exp(-x)))

    def sigmoid_derivative(x: Array) -> Array:
        return x * (1 - x)

    inputs, y = np.array(e.inputs).astype(int), np.array(e.targets).astype(int)
    first = start(e)

    def run() -> list[Array]:
        weights = first[0].copy()
        for _ in range(e.epochs):
            outputs = sigmoid(np.dot(inputs, weights))
            error = y - outputs
            adjustments = error * sigmoid_derivative(outputs)
            weights += np.dot(inputs.T, adjustments)
        return [weights]

    return run


def xor_loop(e: Experiment) -> Job:
    """W2 as in a textbook: tanh, then sigmoid, half the sum of squared errors."""
    x, y, rate, first = np.array(e.inputs), np.array(e.targets), e.learning_rate, start(e)

    def run() -> list[Array]:
        w1, b1, w2, b2 = (array.copy() for array in first)
        for _ in range(e.epochs):
            a1 = np.tanh(x @ w1 + b1)
            a2 = 1 / (1 + np.exp(-(a1 @ w2 + b2)))
            d2 = (a2 - y) * a2 * (1 - a2)
            d1 = (d2 @ w2.T) * (1 - a1**2)
            w2 -= rate * (a1.T @ d2)
            b2 -= rate * d2.sum(axis=0)
            w1 -= rate * (x.T @ d1)
            b1 -= rate * d1.sum(axis=0)
        return [w1, b1, w2, b2]

    return run


def deep_loop(e: Experiment) -> Job:
    """W3 as in a textbook: three tanh layers, mean squared error, batches in the order of the table."""
    x, y, rate, first = np.array(e.inputs), np.array(e.targets), e.learning_rate, start(e)
    size = e.batch_size or len(x)
    batches = [(x[i : i + size], y[i : i + size]) for i in range(0, len(x), size)]

    def run() -> list[Array]:
        w1, b1, w2, b2, w3, b3 = (array.copy() for array in first)
        for _ in range(e.epochs):
            for xb, yb in batches:
                a1 = np.tanh(xb @ w1 + b1)
                a2 = np.tanh(a1 @ w2 + b2)
                a3 = np.tanh(a2 @ w3 + b3)
                d3 = 2 / yb.size * (a3 - yb) * (1 - a3**2)
                d2 = (d3 @ w3.T) * (1 - a2**2)
                d1 = (d2 @ w2.T) * (1 - a1**2)
                w3 -= rate * (a2.T @ d3)
                b3 -= rate * d3.sum(axis=0)
                w2 -= rate * (a1.T @ d2)
                b2 -= rate * d2.sum(axis=0)
                w1 -= rate * (xb.T @ d1)
                b1 -= rate * d1.sum(axis=0)
        return [w1, b1, w2, b2, w3, b3]

    return run


def scikit_learn(e: Experiment) -> Job:
    """scikit-learn's MLP with plain SGD: the same layers, epochs and batches, but its own loss and start weights."""
    module: Any = importlib.import_module("sklearn.neural_network")
    x, y = np.array(e.inputs), e.unscaled_targets.ravel()
    kind = module.MLPClassifier if e.activations[-1] == "sigmoid" else module.MLPRegressor

    def run() -> list[Array]:
        model = kind(
            hidden_layer_sizes=e.hidden,
            activation="tanh",
            solver="sgd",
            alpha=0.0,
            batch_size=e.batch_size or len(x),
            learning_rate_init=e.learning_rate,
            max_iter=e.epochs,
            shuffle=False,
            random_state=1,
            tol=0.0,
            momentum=0.0,
            nesterovs_momentum=False,
            n_iter_no_change=e.epochs,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns that it has not converged within its epochs
            model.fit(x, y)
        if model.n_iter_ != e.epochs:
            raise RuntimeError(f"scikit-learn stopped after {model.n_iter_} of {e.epochs} epochs")
        return []

    return run


def measure(jobs: dict[str, Job], repeats: int) -> tuple[dict[str, float], dict[str, list[Array]]]:
    """Each job's median seconds and final weights; jobs take turns, and every round begins with another one."""
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    weights = {name: job() for name, job in jobs.items()}  # a warm-up round, not timed
    names = list(jobs)
    for turn in range(repeats):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            began = time.perf_counter()
            jobs[name]()
            seconds[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in seconds.items()}, weights
