"""The loss surface has the engine's own losses, and the path of training on it."""

import pickle
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from engine import Experiment, ExperimentError, record
from engine.model.network import forward, loss_over_rows
from engine.model.weight_index import WeightIndex
from engine.training import loss_surface
from engine.training.surface import flat_networks, loss_over_main_directions
from engine.training.train import split_parameters, train
from tests.engine.strategies import STEADY, deep, experiments, is_tame, scaled_experiments

XOR = Experiment(
    targets=((0,), (0,), (1,), (1,)),
    hidden=(4,),
    activations=("tanh", "sigmoid"),
    learning_rate=0.5,
    bias=True,
    initializer="uniform_-1_1",
    epochs=500,
)


@STEADY
@given(experiments() | scaled_experiments().filter(is_tame))
def test_every_value_is_the_loss_at_those_weights(e: Experiment) -> None:
    history = record(e)
    first, *_, last = [*WeightIndex.all_of(e)] * 2
    if first == last:
        return
    epoch = e.epochs // 2
    surface = loss_surface(history, epoch, first, last, points=3)
    assert surface.loss.shape == (3, 3)
    (state,) = train(e, [epoch])
    for (i, a), (j, b) in product(enumerate(surface.axes[0]), enumerate(surface.axes[1])):
        weights, biases = [w.copy() for w in state.weights], [b.copy() for b in state.biases]
        for place, value in ((first, a), (last, b)):
            if place.is_bias(e):
                biases[place.layer][place.neuron] = value
            else:
                weights[place.layer][place.source, place.neuron] = value
        passed = forward(e, weights, biases, e.input_array)
        expected = loss_over_rows(e, passed, e.target_array, e.train_rows)
        assert surface.loss[i, j] == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("e", [Experiment(epochs=300), XOR, deep(), replace(XOR, optimizer="adam", batch_size=3)])
def test_at_the_weights_of_an_epoch_it_is_the_history_s_loss_to_the_last_bit(e: Experiment) -> None:
    history = record(e)
    one, two, *_ = WeightIndex.all_of(e)
    for frame in (0, 3, len(history.epochs) // 2, len(history.epochs) - 1):
        a, b = history.values_of(one)[frame], history.values_of(two)[frame]
        epoch = int(history.epochs[frame])
        surface = loss_surface(history, epoch, one, two, points=3, spans=[(a, a + 2), (b, b + 1)])
        assert surface.loss[0, 0] == history.loss[frame]
        assert surface.here.tolist() == [a, b]
        curve = loss_surface(history, epoch, two, points=3, spans=[(b, b + 1)])
        assert curve.loss.shape == (3,)
        assert curve.loss[0] == history.loss[frame]
        plane = loss_over_main_directions(history, epoch, points=3, spans=[(0, 1), (0, 1)])
        assert plane.loss[0, 0] == history.loss[frame]
        assert plane.here.tolist() == [0, 0]


def test_path_is_the_history_s() -> None:
    history = record(XOR)
    one, two = WeightIndex(0, 1, 2), WeightIndex(1, 4, 0)
    surface = loss_surface(history, 100, one, two)
    assert np.array_equal(surface.path, np.stack([history.values_of(one), history.values_of(two)], axis=1))
    assert np.array_equal(surface.path_loss, history.loss)
    assert np.array_equal(surface.epochs, history.epochs)
    assert surface.epoch == 100
    for axis, places in zip(surface.axes, surface.path.T, strict=True):
        assert axis[0] < places.min() <= places.max() < axis[-1]


def test_an_epoch_between_two_kept_ones_is_the_very_network() -> None:
    history = record(replace(XOR, epochs=5_000))
    epoch = 4_321
    assert epoch not in history.epochs
    (state,) = train(history.experiment, [epoch])
    weight = WeightIndex(0, 0, 0)
    value = float(state.weights[0][0, 0])
    surface = loss_surface(history, epoch, weight, points=2, spans=[(value, value + 1)])
    assert surface.here.tolist() == [value]
    passed = forward(history.experiment, state.weights, state.biases, history.experiment.input_array)
    rows = history.experiment.train_rows
    expected = loss_over_rows(history.experiment, passed, history.experiment.target_array, rows)
    assert surface.loss[0] == pytest.approx(expected, rel=1e-12)


def test_main_directions_hold_most_of_the_way_and_the_path_is_its_projection() -> None:
    history = record(XOR)
    surface = loss_over_main_directions(history, None)
    networks = flat_networks(history)
    assert np.allclose(surface.directions @ surface.directions.T, np.eye(2))
    covariance = np.cov(networks.T, bias=True)
    values, vectors = np.linalg.eigh(covariance)
    assert surface.shares is not None
    assert np.allclose(surface.shares, values[::-1][:2] / values.sum())
    for found, expected in zip(surface.directions, vectors.T[::-1][:2], strict=True):
        assert abs(found @ expected) == pytest.approx(1)
    assert np.allclose(surface.path, (networks - networks[-1]) @ surface.directions.T)
    assert (surface.path[-1] - surface.path[0] >= 0).all()
    assert np.allclose(surface.network_at(*surface.here), networks[-1])


@pytest.mark.parametrize(
    "e",
    [
        Experiment(inputs=((1,), (0,)), targets=((1,), (0,)), epochs=30),  # one weight
        Experiment(activations=("step",), epochs=30),  # weights that never move
        Experiment(activations=("tanh",), bias=True, epochs=30, frozen=("W1", "b1")),
        Experiment(activations=("linear",), learning_rate=1e9, inputs=((1e9, 0),), targets=((0,),), epochs=30),
    ],
)
def test_main_directions_of_hardly_any_path(e: Experiment) -> None:
    surface = loss_over_main_directions(record(e), None, points=5)
    axes = min(2, len(e.input_names))
    assert surface.loss.shape == (5,) * axes
    assert np.allclose(surface.directions @ surface.directions.T, np.eye(axes))
    assert surface.shares is not None
    assert np.isfinite(surface.shares).all()
    assert surface.shares.any() == bool(np.ptp(flat_networks(record(e)), axis=0).any())
    assert all((np.diff(axis) > 0).all() for axis in surface.axes)


def test_losses_beyond_all_bounds_are_infinite_or_nan_and_say_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    e = replace(XOR, activations=("relu", "linear"), epochs=5)
    surface = loss_surface(record(e), 0, WeightIndex(0, 0, 0), WeightIndex(1, 0, 0), spans=[(-1e300, 1e300)] * 2)
    assert not np.isfinite(surface.loss).all()
    assert capsys.readouterr() == ("", "")


def test_training_can_start_from_a_place() -> None:
    history = record(XOR)
    surface = loss_surface(history, 50, WeightIndex(0, 0, 0), WeightIndex(1, 4, 0), points=5)
    e = surface.experiment_from(surface.axes[0][1], surface.axes[1][3])
    assert record(e).loss[0] == surface.loss[1, 3]
    weights, biases = split_parameters(XOR, surface.network_at(1.5, -2.0))
    assert weights[0][0, 0] == 1.5
    assert biases[1][0] == -2.0
    with pytest.raises(ExperimentError, match="too large"):
        surface.experiment_from(1e12, 0)


def test_a_large_surface_takes_a_bounded_memory_and_can_be_sent() -> None:
    random = np.random.RandomState(0)
    e = replace(
        XOR,
        inputs=tuple(map(tuple, random.rand(300, 3).tolist())),
        targets=tuple((value,) for value in random.rand(300).tolist()),
        epochs=3,
    )
    surface = loss_surface(record(e), None, WeightIndex(0, 0, 0), WeightIndex(0, 0, 1))
    sent = pickle.loads(pickle.dumps(surface))
    assert np.array_equal(sent.loss, surface.loss)


def test_what_is_no_weight_is_refused() -> None:
    history = record(Experiment(epochs=3))
    with pytest.raises(ExperimentError, match="no such weight"):
        loss_surface(history, None, WeightIndex(0, 3, 0))
    with pytest.raises(ExperimentError, match="Both axes are x1 → y1"):
        loss_surface(history, None, WeightIndex(), WeightIndex())
    with pytest.raises(ExperimentError, match="Both axes are x1 → y1"):
        loss_surface(history, None, "W1[0,0]", WeightIndex())
    for other in ("W2[0,0]", "b1[0]", "W1", (0, 0, 0), None):
        no_weight: Any = other
        with pytest.raises(ExperimentError, match="no such weight"):
            loss_surface(history, None, no_weight)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"points": 0}, "points"),
        ({"points": 2.5}, "points"),
        ({"points": 10**6}, "points"),
        ({"spans": [(0, 1)]}, "spans"),
        ({"spans": [(0, 1), (0, np.nan)]}, "spans"),
    ],
)
def test_what_cannot_be_drawn_is_refused(given: dict[str, Any], field: str) -> None:
    with pytest.raises(ExperimentError) as refused:
        loss_surface(record(Experiment(epochs=3)), None, WeightIndex(), WeightIndex(0, 1, 0), **given)
    assert refused.value.field == field


def test_weights_are_told_by_the_names_that_numpy_gives_them() -> None:
    history = record(XOR)
    by_name = loss_surface(history, 50, "W1[1, 2]", "b2[0]", points=3)
    by_index = loss_surface(history, 50, WeightIndex(0, 1, 2), WeightIndex(1, 4, 0), points=3)
    assert np.array_equal(by_name.loss, by_index.loss)
