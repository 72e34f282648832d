"""At a corner of an activation or of the penalty there are two slopes, and the side shown is the one measured."""

from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, Experiment
from engine.explanation.finite_differences import has_corner, is_curved
from engine.explanation.verify import verify
from tests.engine.explanation.updates import update_at, with_layer
from tests.engine.strategies import deep


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "step"])
def test_on_a_corner_the_side_that_is_shown_is_measured(activation: str) -> None:
    e = replace(deep(activation), initializer="zeros", l1=0.0)
    update = update_at(e, 0)
    found = verify(update, e)
    assert found.agrees
    assert any(check.corner for check in found.gradients)
    assert "lie on a corner, with two slopes" in found.summary
    for index, layer in enumerate(update.layers):
        broken = layer.weight_gradient + 0.01
        assert not verify(with_layer(update, index, "weight_gradient", broken), e).agrees


def test_the_rows_may_pull_to_both_sides_of_a_corner() -> None:
    e = Experiment(
        inputs=((1,), (-1,)),
        targets=((1,), (-1,)),
        hidden=(1,),
        activations=("relu", "linear"),
        initial_weights=(((0,),), ((2,),)),
    )
    update = update_at(e, 0)
    assert update.layers[0].weight_gradient.tolist() == [[0.0]]  # though the loss is lower on the left and on the right
    assert verify(update, e).agrees
    assert not verify(with_layer(update, 0, "weight_gradient", np.array([[-2.0]])), e).agrees


def test_the_penalty_has_a_corner_at_0() -> None:
    e = Experiment(initializer="zeros", l1=0.5)
    found = verify(update_at(e, 0), e)
    assert found.agrees
    assert all(check.corner for check in found.gradients)


def test_corners_lie_at_0_or_nowhere() -> None:
    z = np.linspace(-6, 6, 120_001)
    for name, activation in ACTIVATIONS.items():
        if not activation.is_elementwise:
            continue
        jumps = np.maximum(*(np.abs(np.diff(function(z))) for function in (activation.value, activation.slope))) > 1e-3
        assert (np.abs(z[1:][jumps]) < 2e-4).all()
        assert jumps.any() == has_corner(activation) == (name in ("relu", "leaky_relu", "step"))
        assert is_curved(activation) == (name not in ("relu", "leaky_relu", "step", "linear"))
