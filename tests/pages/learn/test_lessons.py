"""Every lesson's claims, and the answer to its question, checked in plain NumPy, without the page."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from engine import ACTIVATIONS, Experiment, train
from pages.server.run_store import RUNS
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.learn.lessons.lesson import number_text
from tests.pages.learn.plain_lessons import (
    BITS,
    DIFFER,
    SEED_1,
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


def answer(key: str) -> tuple[str, str]:
    return LESSONS[key].question.answer()


def claims(key: str, *parts: str) -> None:
    """The lesson's text says so, in these words."""
    for part in parts:
        assert part in LESSONS[key].text_with_facts()


def read(text: str) -> float:
    return float(text.replace(",", ""))


def neuron() -> None:
    z = 9 * 1 + 0 * 1 - 4 * 1
    claims("neuron", f"the sum is {z}", f"the output is {number_text(float(sigmoid(np.array(float(z)))))}.")
    assert np.array_equal(X[1], [1, 1, 1])
    assert LESSONS["neuron"].row == 1
    o = float(sigmoid(np.array(1.0 + 2 - 3)))
    assert answer("neuron") == ("0.5", number_text(o))


def layers() -> None:
    assert answer("layers") == ("20", str(3 * 5 + 5 * 1))
    e = LESSONS["layers"].variants["4"]
    assert all(target == (sum(row) % 2,) for row, target in zip(e.inputs, e.targets, strict=True))
    assert len(e.inputs) == 8


def matrix() -> None:
    claims("matrix", "make it 3 × 1", "4 × 3 times 3 × 1 gives 4 × 1")
    assert (X @ SEED_1).shape == (4, 1)
    assert answer("matrix") == ("3 × 2", "3 × 2")
    assert (X @ np.zeros((3, 2))).shape == (4, 2)


def activation() -> None:
    z = np.linspace(-5, 5, 101)
    assert ((sigmoid(z) > 0) & (sigmoid(z) < 1) & (np.abs(np.tanh(z)) < 1)).all()
    assert (ACTIVATIONS["sigmoid"].slope(z) > 0).all()
    assert (ACTIVATIONS["tanh"].slope(z) > 0).all()
    assert not ACTIVATIONS["step"].slope(z).any()
    last = [step.weights[0] for step in train(Experiment(activations=("step",)), [0, 10_000])]
    assert np.array_equal(last[0], last[1])
    assert answer("activation") == ("Nowhere", "0")


def loop() -> None:
    losses, right = half_squared(said(tutorial(10_000))), all_right(said(tutorial(10_000)))
    claims(
        "loop",
        f"after 3 epochs the loss of this neuron has gone from {number_text(losses[0])} to {number_text(losses[3])}.",
    )
    assert first_for_good(right) < 10
    rows = np.array(LESSONS["loop"].variants["3"].inputs)
    assert np.array_equal(rows, X)
    weights = tutorial(10_000)[-1]
    o = float(sigmoid(weights @ np.array([1, 0, 0])))
    assert answer("loop") == ("More than 0.9", f"{o:.8f}")
    assert f"{o:.8f}" == "0.99993704"  # as the tutorial prints it
    assert np.array_equal(X[:, :1], Y)  # "the target always equals the first input"
    assert np.abs(weights).argmax() == 0
    asked = LESSONS["loop"].question.network
    assert asked is not None
    history = RUNS.get_or_train(asked.experiment)
    assert asked.experiment.question_rows == (asked.row,) == (4,)
    np.testing.assert_array_equal(history.weights[0][-1].ravel(), weights)  # it is not trained on that row


def slope() -> None:
    o = said(start(0, 0, 0).T)
    assert o.tolist() == [[0.5] * 4]
    assert np.abs(o - Y.ravel()).tolist() == [[0.5] * 4]  # "one half, up or down"
    claims("slope", "every output is 0.5", "sigmoid, 0.25 here")
    assert sigmoid(np.zeros(1)) * (1 - sigmoid(np.zeros(1))) == 0.25
    shares = X * ((o.T - Y) * 0.25)
    assert (shares.sum(axis=0) != 0).tolist() == [True, False, False]
    assert [np.sign(shares[:, i]).tolist().count(1) for i in (1, 2)] == [1, 2]  # "once", "twice each"
    assert [np.sign(shares[:, i]).tolist().count(-1) for i in (1, 2)] == [1, 2]
    assert answer("slope") == ("Only w1", "w1")


def backpropagation() -> None:
    w1, w2 = np.array([[0.5, -0.3, 0.2], [0.1, 0.6, -0.4]]), np.zeros((3, 1))
    one, two = xor_run(w1, w2, 1), xor_run(w1, w2, 2)
    assert np.array_equal(one[0], w1)
    assert (one[1] != w2).any()  # "The second layer does move"
    assert (two[0] != w1).any()  # "from the second epoch on"
    assert answer("backpropagation") == ("Not at all", "0")


def epochs() -> None:
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


def xor() -> None:
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


def seeds() -> None:
    stuck, learned = (rows_right(xor_run(*xor_start(seed, 2))[2]) for seed in (1, 2))
    claims("seeds", f"seed 1 gets {stuck} of 4 rows right, seed 2 gets {learned}.")
    assert stuck < learned == 4
    w1, w2, outputs = xor_run(np.full((2, 3), 0.5), np.full((3, 1), 0.5))
    assert np.allclose(w1, w1[:, :1], rtol=0, atol=1e-9)
    assert np.allclose(w2, w2[0], rtol=0, atol=1e-9)
    single = xor_run(np.full((2, 1), 0.5), np.full((1, 1), 1.5), 5_000)[2]
    assert rows_right(outputs) == rows_right(single) == 3  # "three neurons do the work of one"
    assert answer("seeds") == ("One, three times", "1")


def rate() -> None:
    e = LESSONS["rate"].variants["0.05"]
    by = first_for_good(line_right(e))
    claims("rate", f"within a tenth of their range, by epoch {by}.")
    slow, good, fast = (line(rate, 100) for rate in (0.001, 0.05, 0.2))
    assert slow[100] > 10 * good[100]  # "crawls"
    assert all(later > earlier for earlier, later in pairwise(fast))  # "higher up", "larger still"
    factor = line(1.0, 2)[2] / line(1.0, 0)[0]
    assert factor > 1.1
    found = answer("rate")
    assert found[0] == "It has grown"
    assert read(found[1]) == pytest.approx(factor, rel=1e-2)


def saturation() -> None:
    s = float(sigmoid(np.array(-10.0)))
    claims("saturation", f"at $z = -10$ its slope is {number_text(s * (1 - s))}")
    cure = first_for_good(all_right(said(tutorial(10_000, start(-10, 0, 0), fused=True))))
    claims(
        "saturation", f"with binary cross-entropy the slope cancels, and from −10 all rows are right by epoch {cure}."
    )
    right = {far: all_right(said(tutorial(10_000, start(-far, 0, 0)))) for far in (3, 5, 10)}
    assert first_for_good(right[3]) < first_for_good(right[5]) - 1_000  # "the further out, the longer"
    assert not any(right[10])
    tried = LESSONS["saturation"].variants.items()
    assert [(name, e.initial_weights[0][0][0], e.loss) for name, e in tried] == [
        ("−3", -3, "half_squared_error"),
        ("−5", -5, "half_squared_error"),
        ("−10", -10, "half_squared_error"),
        ("−10, other loss", -10, "binary_cross_entropy"),
    ]  # all that the text speaks of can be tried
    weights = tutorial(10_000, start(-20, 0, 0))
    assert abs(weights[-1, 0] - weights[0, 0]) < 0.001  # "hardly move it"
    hits = (said(weights)[-1] > 0.5) == (Y.ravel() > 0.5)
    assert hits.tolist() == (X[:, 0] == 0).tolist()  # "the rows with x1 = 0 are learned"
    assert answer("saturation") == ("Two", str(int(hits.sum())))


RECOMPUTED: dict[str, Callable[[], None]] = {
    check.__name__: check
    for check in (
        neuron,
        layers,
        matrix,
        loop,
        activation,
        slope,
        backpropagation,
        epochs,
        xor,
        seeds,
        rate,
        saturation,
    )
}


@pytest.mark.parametrize("key", LESSONS)
def test_claims_and_answer_are_recomputed(key: str) -> None:
    RECOMPUTED[key]()


def test_the_order_is_the_tutorials_and_beyond() -> None:
    assert list(LESSONS) == list(RECOMPUTED)
    assert len(LESSONS) == 12
