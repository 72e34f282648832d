"""The claims and the answers of the lessons on training, checked in plain NumPy, without the page."""

import numpy as np

from engine import ACTIVATIONS, Experiment, train
from pages.server.run_store import RUNS
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.learn.lessons.lesson import number_text
from tests.pages.learn.claims import answer, claims
from tests.pages.learn.plain_lessons import (
    X,
    Y,
    all_right,
    first_for_good,
    half_squared,
    said,
    sigmoid,
    start,
    tutorial,
    xor_run,
)


def test_loop() -> None:
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


def test_activation() -> None:
    z = np.linspace(-5, 5, 101)
    assert ((sigmoid(z) > 0) & (sigmoid(z) < 1) & (np.abs(np.tanh(z)) < 1)).all()
    assert (ACTIVATIONS["sigmoid"].slope(z) > 0).all()
    assert (ACTIVATIONS["tanh"].slope(z) > 0).all()
    assert not ACTIVATIONS["step"].slope(z).any()
    last = [step.weights[0] for step in train(Experiment(activations=("step",)), [0, 10_000])]
    assert np.array_equal(last[0], last[1])
    assert answer("activation") == ("Nowhere", "0")


def test_slope() -> None:
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


def test_backpropagation() -> None:
    w1, w2 = np.array([[0.5, -0.3, 0.2], [0.1, 0.6, -0.4]]), np.zeros((3, 1))
    one, two = xor_run(w1, w2, 1), xor_run(w1, w2, 2)
    assert np.array_equal(one[0], w1)
    assert (one[1] != w2).any()  # "The second layer does move"
    assert (two[0] != w1).any()  # "from the second epoch on"
    assert answer("backpropagation") == ("Not at all", "0")
