"""Backpropagation is right for every activation, output and loss, with and without bias and penalties."""

from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, Experiment
from engine.model.network import ForwardPass, LayerBackward, backward, forward
from engine.model.types import Array
from tests.engine.gradient_check import Backward, H, worst_miss
from tests.engine.strategies import HIDDEN, OUTPUTS, table

INPUTS, TARGETS = table(seed=3, samples=4, features=3, targets=2)


def case(hidden: str, output: str, loss: str, bias: bool, l1: float, l2: float) -> Experiment:
    return Experiment(
        inputs=tuple(map(tuple, INPUTS)),
        targets=tuple(map(tuple, TARGETS)),
        hidden=(3, 2),
        activations=(hidden, hidden, output),
        loss=loss,
        bias=bias,
        l1=l1,
        l2=l2,
    )


def clear_of_kinks(e: Experiment) -> tuple[list[Array], list[Array]]:
    """Weights and biases with which no sum lies so near 0 that a step of H could carry it over a corner there."""
    for seed in range(100):
        random = np.random.RandomState(seed)
        weights = [random.uniform(-1, 1, shape) for shape in e.shapes]
        biases = [random.uniform(-1, 1, fan_out) for _, fan_out in e.shapes] if e.bias else []
        sums = forward(e, weights, biases, np.array(e.inputs)).pre_activations
        if min(float(np.abs(z[z != 0]).min(initial=1.0)) for z in sums) > 100 * H:
            return weights, biases
    raise AssertionError("no seed keeps clear of the kinks")


@pytest.mark.parametrize(("l1", "l2"), [(0.0, 0.0), (0.03, 0.2)])
@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
@pytest.mark.parametrize("hidden", HIDDEN)
def test_gradient_is_the_central_difference(
    hidden: str, output: str, loss: str, bias: bool, l1: float, l2: float
) -> None:
    e = case(hidden, output, loss, bias, l1, l2)
    assert worst_miss(e, *clear_of_kinks(e)) < 1e-6


def test_every_output_with_every_loss_it_may_have_is_among_them() -> None:
    assert len(OUTPUTS) == 2 * len(ACTIVATIONS) + 2


def forgets_penalties(
    e: Experiment, weights: list[Array], passed: ForwardPass, inputs: Array, targets: Array
) -> list[LayerBackward]:
    back = backward(e, weights, passed, inputs, targets)
    return [replace(layer, penalty=np.zeros_like(layer.penalty)) for layer in back]


def slightly_long(
    e: Experiment, weights: list[Array], passed: ForwardPass, inputs: Array, targets: Array
) -> list[LayerBackward]:
    back = backward(e, weights, passed, inputs, targets)
    return [replace(layer, weight_gradient=layer.weight_gradient * 1.001) for layer in back]


def wrong_bias(
    e: Experiment, weights: list[Array], passed: ForwardPass, inputs: Array, targets: Array
) -> list[LayerBackward]:
    back = backward(e, weights, passed, inputs, targets)
    return [replace(layer, bias_gradient=-layer.bias_gradient) for layer in back]


@pytest.mark.parametrize("broken", [forgets_penalties, slightly_long, wrong_bias])
def test_the_checker_notices_a_broken_gradient(broken: Backward) -> None:
    e = case("tanh", "sigmoid", "half_squared_error", True, 0.03, 0.2)
    weights, biases = clear_of_kinks(e)
    assert worst_miss(e, weights, biases, broken) > 1e-4
    assert worst_miss(e, weights, biases) < 1e-6


def test_the_checker_notices_a_broken_slope(monkeypatch: pytest.MonkeyPatch) -> None:
    e = case("tanh", "sigmoid", "half_squared_error", True, 0.0, 0.0)
    tanh = ACTIVATIONS["tanh"]
    broken = replace(tanh, slope=ACTIVATIONS["sigmoid"].slope)
    monkeypatch.setitem(ACTIVATIONS, "tanh", broken)
    assert worst_miss(e, *clear_of_kinks(e)) > 1e-4
