"""Each loss against numbers computed by hand."""

import math

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES

OUTPUTS = np.array([[0.5, 2.0], [1.0, -1.0]])
TARGETS = np.array([[0.0, 1.0], [1.0, 1.0]])


def test_half_squared_error_adds_up_over_everything() -> None:
    # misses 0.5, 1, 0, -2: squares 0.25 + 1 + 0 + 4 = 5.25, half of it
    assert LOSSES["half_squared_error"].value(OUTPUTS, OUTPUTS, TARGETS) == 2.625
    assert LOSSES["half_squared_error"].error(OUTPUTS, TARGETS).tolist() == [[0.5, 1.0], [0.0, -2.0]]


def test_mean_squared_error_averages_over_all_elements() -> None:
    # 5.25 over 4 elements; each error is 2 / 4 of the miss
    assert LOSSES["mean_squared_error"].value(OUTPUTS, OUTPUTS, TARGETS) == 1.3125
    assert LOSSES["mean_squared_error"].error(OUTPUTS, TARGETS).tolist() == [[0.25, 0.5], [0.0, -1.0]]


def test_binary_cross_entropy_is_the_mean_surprise() -> None:
    # outputs 3/4 and 1/4 from logits ln 3 and -ln 3; targets 1 and 1: -(ln 3/4 + ln 1/4) / 2
    logits = np.array([[math.log(3)], [-math.log(3)]])
    targets = np.array([[1.0], [1.0]])
    outputs = ACTIVATIONS["sigmoid"].value(logits)
    value = LOSSES["binary_cross_entropy"].value(logits, outputs, targets)
    assert value == pytest.approx(-(math.log(0.75) + math.log(0.25)) / 2, rel=1e-15)


def test_categorical_cross_entropy_is_the_mean_surprise_over_rows() -> None:
    # shares 1/4, 1/4, 1/2 and 1/3 each; the right ones are 1/2 and 1/3: (ln 2 + ln 3) / 2
    logits = np.array([[0.0, 0.0, math.log(2)], [5.0, 5.0, 5.0]])
    targets = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    outputs = ACTIVATIONS["softmax"].value(logits)
    value = LOSSES["categorical_cross_entropy"].value(logits, outputs, targets)
    assert value == pytest.approx((math.log(2) + math.log(3)) / 2, rel=1e-15)


@pytest.mark.parametrize(("name", "expected"), [("binary_cross_entropy", 500.0), ("categorical_cross_entropy", 2000.0)])
def test_being_sure_and_wrong_costs_much_but_never_infinitely(name: str, expected: float) -> None:
    # binary: 1000 for the wrong cell and 0 for the right one, averaged; categorical: the gap of 2000 between logits
    logits = np.array([[1000.0, -1000.0]])
    targets = np.array([[0.0, 1.0]]) if name.startswith("cat") else np.array([[0.0, 0.0]])
    outputs = ACTIVATIONS[LOSSES[name].fused_activation or ""].value(logits)
    assert LOSSES[name].value(logits, outputs, targets) == expected
