"""Saturation: each state of a neuron, with a layer made for it, and the range of z."""

from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, PRESETS, Experiment, record
from engine.explanation.saturation import (
    SLOW,
    STOPPED,
    NeuronState,
    State,
    cancels_slope,
    neuron_states,
)

ROWS = ((-1.0,), (0.5,), (1.0,))


def neuron(activation: str, weight: float, bias: float = 0.0) -> Experiment:
    """One neuron before its first update: its z is weight * x + bias for x of -1, 0.5 and 1."""
    return Experiment(
        inputs=ROWS,
        targets=((0,), (1,), (1,)),
        activations=(activation,),
        bias=True,
        initial_weights=(((weight,),),),
        initial_biases=((bias,),),
        learning_rate=1e-6,
        epochs=1,
    )


def standing(e: Experiment) -> NeuronState:
    """How the only neuron of a network stands."""
    (only,) = neuron_states(record(e), 0, 0)
    return only


@pytest.mark.parametrize(
    ("activation", "weight", "bias", "state"),
    [
        ("sigmoid", 1, 0, "learning"),
        ("linear", 1, 0, "learning"),
        ("leaky_relu", -1, -9, "slow"),
        ("relu", 1, 5, "learning"),
        ("relu", 1, 0, "partly_flat"),
        ("relu", 1, -2, "dead"),
        ("relu", 0, 0, "dead"),
        ("relu", 1, -0.999, "partly_flat"),
        ("tanh", 1, 9, "stopped"),
        ("tanh", 4, -1, "partly_flat"),
        ("sigmoid", 1, 4, "slow"),
        ("sigmoid", 1, -60, "stopped"),
        ("sigmoid", 1, 900, "stopped"),
        ("elu", 8, 0, "partly_flat"),
        ("elu", 1, -7, "slow"),
        ("step", 1, 0, "no_slope"),
        ("step", 1, -5, "no_slope"),
    ],
)
def test_states(activation: str, weight: float, bias: float, state: State) -> None:
    assert standing(neuron(activation, weight, bias)).state == state


def test_numbers_of_a_standing_by_hand() -> None:
    found = standing(neuron("sine", 2.0, 0.5))  # z: -1.5, 1.5, 2.5
    assert (found.z_low, found.z_high, found.rows) == (-1.5, 2.5, 3)
    assert found.slope_low == pytest.approx(np.cos(2.5), abs=1e-15)
    assert found.slope_high == pytest.approx(np.cos(1.5), abs=1e-15)
    assert found.steepest == pytest.approx(-np.cos(2.5), abs=1e-15)
    assert found.flat_rows == 0


@pytest.mark.parametrize("bound", [STOPPED, SLOW])
def test_the_bounds_are_where_they_are_said_to_be(bound: float) -> None:
    z = np.arctanh(np.sqrt(1 - bound))  # where the slope of tanh, 1 - tanh(z)^2, is the bound
    below, above = (
        standing(replace(neuron("tanh", z * share), inputs=((1.0,),), targets=((1.0,),))) for share in (1.001, 0.999)
    )
    assert below.steepest < bound < above.steepest
    assert (below.state, above.state) == (("stopped", "slow") if bound == STOPPED else ("slow", "learning"))


def test_rows_that_are_held_out_do_not_count() -> None:
    found = standing(replace(neuron("relu", 1.0), test_rows=(1, 2)))
    assert (found.rows, found.z_low, found.z_high, found.state) == (1, -1.0, -1.0, "dead")


@pytest.mark.parametrize("weight", [1.0, 30.0])
def test_a_cross_entropy_cancels_the_slope_of_its_output_only(weight: float) -> None:
    assert standing(replace(neuron("sigmoid", weight), loss="binary_cross_entropy")).state == "cancelled"
    assert not cancels_slope(PRESETS["parity"], 0)
    assert cancels_slope(PRESETS["parity"], 1)
    assert not cancels_slope(PRESETS["tutorial"], 0)


def test_numbers_beyond_all_bounds_are_called_so() -> None:
    big = (((1e9,),),) * 7
    e = Experiment(
        inputs=((1e9,), (-1e9,)),
        targets=((1,), (0,)),
        hidden=(1,) * 6,
        activations=("linear",) * 6 + ("step",),
        initial_weights=big,
        epochs=1,
    )
    grown = record(e)
    deep = replace(grown, weights=tuple(w * 1e100 for w in grown.weights))
    assert neuron_states(grown, 6, 0)[0].state == "no_slope"
    assert neuron_states(deep, 6, 0)[0].state == "non_finite"


@pytest.mark.parametrize("name", PRESETS)
def test_the_value_of_the_last_layers_sums_is_the_output(name: str) -> None:
    e = PRESETS[name]
    history = record(e)
    z = history.forward(slice(None)).pre_activations[-1]
    assert z.shape == history.outputs.shape
    np.testing.assert_allclose(ACTIVATIONS[e.activations[-1]].value(z), history.outputs, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", ["xor", "sine", "parity"])
def test_sums_of_a_hidden_layer_from_the_weights(name: str) -> None:
    history = record(PRESETS[name])
    rows = [2, 0]
    inputs = np.array(PRESETS[name].inputs)[rows]
    for k in (0, 7, -1):
        expected = inputs @ history.weights[0][k] + history.biases[0][k]
        np.testing.assert_allclose(history.forward(slice(None), inputs).pre_activations[0][k], expected, rtol=1e-12)


@pytest.mark.parametrize("name", ["tanh", "relu", "sigmoid", "silu", "sine"])
def test_no_error_reaches_the_weights_of_a_neuron_that_is_dead_and_little_one_that_has_stopped(name: str) -> None:
    """The promise in the words: the first update of a neuron's weight is no larger than its steepest slope allows."""
    for bias in (-9.0, -2.0, 0.0, 9.0):
        history = record(replace(neuron(name, 1.0, bias), learning_rate=1.0))
        (found,) = neuron_states(history, 0, 0)
        moved = abs(float(history.weights[0][1, 0, 0] - history.weights[0][0, 0, 0]))
        errors = np.abs(history.outputs[0] - np.array(history.experiment.targets)).sum()
        assert moved <= found.steepest * float(errors) + 1e-12
        assert found.state != "dead" or moved == 0.0
