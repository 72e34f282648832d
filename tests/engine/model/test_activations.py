"""Each activation's value, slope and bounds."""

import math

import numpy as np
import pytest

from engine import ACTIVATIONS

POINTS = np.linspace(-4.03, 4.01, 53)  # none within a step of 0, where some slopes jump
H = 1e-5


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_slope_is_the_central_difference_of_the_value(name: str) -> None:
    activation = ACTIVATIONS[name]
    z = POINTS[:52].reshape(13, 4)
    for column in range(4):
        h = np.zeros(4)
        h[column] = H
        difference = (activation.value(z + h) - activation.value(z - h)) / (2 * H)
        np.testing.assert_allclose(activation.slope(z)[:, column], difference[:, column], rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_delta_carries_an_error_back_through_the_whole_layer(name: str) -> None:
    activation = ACTIVATIONS[name]
    z = POINTS[:52].reshape(13, 4)
    error = np.random.RandomState(0).randn(13, 4)
    for column in range(4):
        h = np.zeros(4)
        h[column] = H
        difference = (error * (activation.value(z + h) - activation.value(z - h))).sum(axis=1) / (2 * H)
        np.testing.assert_allclose(activation.delta(error, z)[:, column], difference, rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    ("name", "z", "value"),
    [
        ("sigmoid", 1.0, 0.7310585786300049),
        ("tanh", 0.5, 0.46211715726000973),
        ("relu", -2.0, 0.0),
        ("relu", 2.0, 2.0),
        ("leaky_relu", -2.0, -0.02),
        ("elu", -1.0, math.exp(-1) - 1),
        ("softplus", 1.0, 1.3132616875182228),
        ("silu", 1.0, 0.7310585786300049),
        ("sine", math.pi / 2, 1.0),
        ("linear", -7.5, -7.5),
        ("step", 0.0, 0.0),
        ("step", 0.1, 1.0),
    ],
)
def test_value_by_hand(name: str, z: float, value: float) -> None:
    assert float(ACTIVATIONS[name].value(np.array(z))) == pytest.approx(value, abs=1e-15)


def test_softmax_shares_out_one() -> None:
    # e^0, e^0 and e^ln 2 are 1, 1 and 2: shares of 4
    shares = ACTIVATIONS["softmax"].value(np.array([[0.0, 0.0, math.log(2)]]))
    assert shares.ravel().tolist() == pytest.approx([0.25, 0.25, 0.5], abs=1e-15)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_values_stay_within_the_bounds_and_finite_however_large_z_is(name: str) -> None:
    activation = ACTIVATIONS[name]
    z = np.concatenate([POINTS, [-1e300, -1e4, -745.0, 0.0, 745.0, 1e4, 1e300]])
    for values in (activation.value(z), activation.slope(z)):
        assert np.isfinite(values).all()
    assert activation.value(z).min() >= activation.low
    assert activation.value(z).max() <= activation.high
