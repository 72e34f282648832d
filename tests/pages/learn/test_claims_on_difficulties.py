"""The claims and the answers of the lessons on difficulties, checked in plain NumPy, without the page."""

from itertools import pairwise

import numpy as np
import pytest

from pages.server.run_store import RUNS
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.learn.lessons.lesson import number_text
from tests.pages.learn.claims import answer, claims, read
from tests.pages.learn.plain_lessons import (
    BITS,
    DIFFER,
    X,
    Y,
    all_right,
    first_for_good,
    half_squared,
    line,
    line_right,
    rows_right,
    said,
    sigmoid,
    start,
    tutorial,
    xor_run,
    xor_start,
)


def test_epochs() -> None:
    weights = tutorial(20_000)
    losses = half_squared(said(weights))
    share = (losses[0] - losses[100]) / (losses[0] - losses[10_000])
    claims("epochs", f"10,000 epochs take away, {share:.0%} is gone after the first hundred")
    steps = [float(np.abs(weights[at + 1] - weights[at]).max()) for at in (10, 100, 1_000, 10_000)]
    assert all(later < earlier for earlier, later in pairwise(steps))  # "shorter and shorter"
    misses = np.abs(said(weights) - Y.ravel()).max(axis=1)
    left = float(misses[20_000] / misses[10_000])
    assert left > 0.5
    assert answer("epochs") == ("More than half", number_text(left))
    o = said(weights[:1]).T
    change = -(X * ((o - Y) * o * (1 - o))).sum(axis=0)  # the formula, and at the same learning rate as in "slope"
    np.testing.assert_allclose(weights[1] - weights[0], change, rtol=1e-12)
    assert RUNS.get_or_train(LESSONS["epochs"].variants["10,000"]).experiment.learning_rate == 1


def test_xor() -> None:
    sums = BITS @ np.array([[0.37], [-1.9]]) + 0.81  # any weights: the two pairs add up to the same
    assert sums[0] + sums[3] == pytest.approx(sums[1] + sums[2], rel=1e-15)
    assert DIFFER.ravel().tolist() == [0, 1, 1, 0]
    w = 2 * np.random.RandomState(1).rand(2, 1) - 1
    b = np.zeros(1)
    for _ in range(5_000):
        o = sigmoid(BITS @ w + b)
        delta = (o - DIFFER) * o * (1 - o)
        w, b = w - BITS.T @ delta, b - delta.sum(axis=0)
    assert np.abs(sigmoid(BITS @ w + b) - 0.5).max() < 1e-6
    claims("xor", "after 5,000 epochs its output is 0.5 in every row")
    linear = xor_run(*xor_start(1, 3), activation="linear")[2]
    right = rows_right(linear)
    assert right < 3
    assert np.abs(linear - 0.5).max() < 1e-3  # "0.5 in every row"
    assert "(0.5 counts as not right.)" in LESSONS["xor"].question.ask
    assert answer("xor") == ("Fewer than three", str(right))


def test_seeds() -> None:
    stuck, learned = (rows_right(xor_run(*xor_start(seed, 2))[2]) for seed in (1, 2))
    claims("seeds", f"seed 1 gets {stuck} of 4 rows right, seed 2 gets {learned}.")
    assert stuck < learned == 4
    w1, w2, outputs = xor_run(np.full((2, 3), 0.5), np.full((3, 1), 0.5))
    assert np.allclose(w1, w1[:, :1], rtol=0, atol=1e-9)
    assert np.allclose(w2, w2[0], rtol=0, atol=1e-9)
    single = xor_run(np.full((2, 1), 0.5), np.full((1, 1), 1.5), 5_000)[2]
    assert rows_right(outputs) == rows_right(single) == 3  # "three neurons do the work of one"
    assert answer("seeds") == ("One, three times", "1")


def test_rate() -> None:
    e = LESSONS["rate"].variants["0.05"]
    by = first_for_good(line_right(e))
    claims("rate", f"right by epoch {by}: to within a tenth of their **range**")
    slow, good, fast = (line(rate, 100) for rate in (0.001, 0.05, 0.2))
    assert slow[100] > 10 * good[100]  # "crawls"
    assert all(later > earlier for earlier, later in pairwise(fast))  # "higher up", "larger still"
    factor = line(1.0, 2)[2] / line(1.0, 0)[0]
    assert factor > 1.1
    found = answer("rate")
    assert found[0] == "It has grown"
    assert read(found[1]) == pytest.approx(factor, rel=1e-2)


def test_saturation() -> None:
    s = float(sigmoid(np.array(-10.0)))
    claims("saturation", f"at $z = -10$ its slope is {number_text(s * (1 - s))}")
    cure = first_for_good(all_right(said(tutorial(10_000, start(-10, 0, 0), fused=True))))
    claims("saturation", "**Binary cross-entropy** is", f"and from −10 all rows are right by epoch {cure}.")
    right = {far: all_right(said(tutorial(10_000, start(-far, 0, 0)))) for far in (3, 5, 10)}
    assert first_for_good(right[3]) < first_for_good(right[5]) - 1_000  # "the further out, the longer"
    assert not any(right[10])
    tried = LESSONS["saturation"].variants.items()
    assert [(name, e.initial_weights[0][0][0], e.loss) for name, e in tried] == [
        ("−3", -3, "half_squared_error"),
        ("−5", -5, "half_squared_error"),
        ("−10", -10, "half_squared_error"),
        ("−10 (other loss)", -10, "binary_cross_entropy"),
    ]  # all that the text speaks of can be tried
    weights = tutorial(10_000, start(-20, 0, 0))
    assert abs(weights[-1, 0] - weights[0, 0]) < 0.001  # "hardly move it"
    hits = (said(weights)[-1] > 0.5) == (Y.ravel() > 0.5)
    assert hits.tolist() == (X[:, 0] == 0).tolist()  # "the rows with x1 = 0 are learned"
    assert answer("saturation") == ("Two", str(int(hits.sum())))
