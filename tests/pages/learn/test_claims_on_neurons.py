"""The claims and the answers of the lessons on neurons and layers, checked in plain NumPy, without the page."""

import numpy as np

from pages.widgets.learn.lessons import LESSONS
from pages.widgets.learn.lessons.lesson import number_text
from tests.pages.learn.claims import answer, claims
from tests.pages.learn.plain_lessons import (
    SEED_1,
    X,
    sigmoid,
)


def test_neuron() -> None:
    z = 9 * 1 + 0 * 1 - 4 * 1
    claims("neuron", f"the sum is {z}", f"the output is {number_text(float(sigmoid(np.array(float(z)))))}.")
    assert np.array_equal(X[1], [1, 1, 1])
    assert LESSONS["neuron"].row == 1
    o = float(sigmoid(np.array(1.0 + 2 - 3)))
    assert answer("neuron") == ("0.5", number_text(o))


def test_layers() -> None:
    assert answer("layers") == ("20", str(3 * 5 + 5 * 1))
    e = LESSONS["layers"].variants["4"]
    assert all(target == (sum(row) % 2,) for row, target in zip(e.inputs, e.targets, strict=True))
    assert len(e.inputs) == 8


def test_matrix() -> None:
    claims("matrix", "make it 3 × 1", "4 × 3 times 3 × 1 gives 4 × 1")
    assert (X @ SEED_1).shape == (4, 1)
    assert answer("matrix") == ("3 × 2", "3 × 2")
    assert (X @ np.zeros((3, 2))).shape == (4, 2)
