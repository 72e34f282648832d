"""The networks of the lessons in plain NumPy, without the engine: the tutorial's, those for XOR, and the line."""

from itertools import product

import numpy as np
import numpy.typing as npt

from engine import PRESETS, Experiment, train

Numbers = npt.NDArray[np.float64]

X = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]], dtype=float)
Y = np.array([[0], [1], [1], [0]], dtype=float)
SEED_1 = np.random.RandomState(1).rand(3, 1)
BITS = np.array(list(product((0, 1), repeat=2)), dtype=float)
DIFFER = np.array([[0], [1], [1], [0]], dtype=float)


def sigmoid(z: Numbers) -> Numbers:
    with np.errstate(over="ignore"):
        found: Numbers = 1 / (1 + np.exp(-z))
    return found


def tutorial(epochs: int, weights: Numbers = SEED_1, fused: bool = False) -> Numbers:
    """Weights after each epoch, (epochs + 1, 3), by the tutorial's loop; `fused` means mean binary cross-entropy."""
    w = weights.copy()
    kept = [w.ravel().copy()]
    for _ in range(epochs):
        o = sigmoid(X @ w)
        w += X.T @ ((Y - o) / 4 if fused else (Y - o) * o * (1 - o))
        kept.append(w.ravel().copy())
    return np.array(kept)


def said(weights: Numbers) -> Numbers:
    """The tutorial's outputs with each row of weights: (epochs, 4)."""
    return sigmoid(weights @ X.T)


def half_squared(outputs: Numbers) -> Numbers:
    found: Numbers = 0.5 * ((outputs - Y.ravel()) ** 2).sum(axis=-1)
    return found


def all_right(outputs: Numbers) -> list[bool]:
    """Whether all four outputs are on their target's side of 0.5, for each epoch."""
    found: list[bool] = ((outputs > 0.5) == (Y.ravel() > 0.5)).all(axis=1).tolist()
    return found


def first_for_good(right: list[bool]) -> int:
    assert right[-1]
    return len(right) - right[::-1].index(False) if False in right else 0


def start(*weights: float) -> Numbers:
    return np.array([weights], dtype=float).T


def xor_run(
    w1: Numbers, w2: Numbers, epochs: int = 5_000, activation: str = "tanh"
) -> tuple[Numbers, Numbers, Numbers]:
    """The weights of both layers and the outputs of an XOR network after this many epochs; biases start at 0."""
    w1, w2, b1, b2 = w1.astype(float), w2.astype(float), np.zeros(w1.shape[1]), np.zeros(1)
    for _ in range(epochs):
        z = BITS @ w1 + b1
        a = np.tanh(z) if activation == "tanh" else z
        o = sigmoid(a @ w2 + b2)
        delta = (o - DIFFER) * o * (1 - o)
        back = (delta @ w2.T) * (1 - a * a if activation == "tanh" else 1)
        w2, b2 = w2 - a.T @ delta, b2 - delta.sum(axis=0)
        w1, b1 = w1 - BITS.T @ back, b1 - back.sum(axis=0)
    z = BITS @ w1 + b1
    return w1, w2, sigmoid((np.tanh(z) if activation == "tanh" else z) @ w2 + b2)


def xor_start(seed: int, hidden: int) -> tuple[Numbers, Numbers]:
    random = np.random.RandomState(seed)
    return 2 * random.rand(2, hidden) - 1, 2 * random.rand(hidden, 1) - 1


def rows_right(outputs: Numbers) -> int:
    clear = np.abs(outputs - 0.5) > 1e-6
    return int((clear & ((outputs > 0.5) == (DIFFER > 0.5))).sum())


def line(rate: float, epochs: int) -> list[float]:
    """The mean squared error of a straight line fitted to the study hours, after each epoch."""
    e = PRESETS["line"]
    rows = list(e.train_rows)
    x, y = np.array(e.inputs)[rows], np.array(e.targets)[rows]
    w, b, found = np.random.RandomState(e.seed).rand(1, 1), np.zeros(1), []
    for _ in range(epochs + 1):
        miss = x @ w + b - y
        found.append(float((miss**2).mean()))
        w, b = w - rate * x.T @ miss * 2 / len(rows), b - rate * miss.sum(axis=0) * 2 / len(rows)
    return found


def line_right(e: Experiment) -> list[bool]:
    """Whether the output for every training row is within a tenth of the range of the targets, for each kept epoch."""
    rows, targets = list(e.train_rows), np.array(e.targets)
    close = []
    for step in train(e, range(e.epochs + 1)):
        miss = np.abs(np.array(e.inputs) @ step.weights[0] + step.biases[0] - targets)[rows]
        close.append(bool((miss <= 0.1 * np.ptp(targets)).all()))
    return close
