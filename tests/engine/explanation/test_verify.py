"""Verification passes correct numbers of any size, and says what it has checked."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from engine import PRESETS, Experiment, record, train
from engine.explanation.check import Check, OutputIndex
from engine.explanation.ledger import Update, explain_epoch
from engine.explanation.rounding_error import RecomputedPass
from engine.explanation.verify import MOST_GRADIENTS, output_checks, verify
from engine.model.weight_index import WeightIndex
from tests.engine.explanation.updates import update_at, with_layer
from tests.engine.strategies import HIDDEN, OUTPUTS, STEADY, deep, experiments


def assert_passes(e: Experiment, update: Update) -> None:
    found = verify(update, e)
    assert found.agrees, (e, found.failures)
    assert len(found.outputs) == len(update.rows) * len(e.target_names)
    assert len(found.gradients) == found.parameters
    assert all(check.is_measured for check in (*found.outputs, *found.gradients))


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_preset_passes_at_every_time(name: str) -> None:
    e = PRESETS[name]
    history = record(e)
    for epoch in (0, 1, 100, e.epochs // 2, *history.epochs[::12].tolist(), e.epochs):
        for update in explain_epoch(e, history.state_at(epoch)).updates:
            assert_passes(e, update)


@pytest.mark.parametrize("epoch", [0, 100, 9_999, 10_000])
def test_the_tutorial_agrees_to_the_last_digits(epoch: int) -> None:
    found = verify(update_at(Experiment(), epoch), Experiment())
    assert [check.shown for check in found.outputs] == pytest.approx(
        [check.recomputed for check in found.outputs], rel=1e-14
    )
    assert [check.shown for check in found.gradients] == pytest.approx(
        [check.recomputed for check in found.gradients], rel=1e-6
    )
    assert found.difference < 1e-8
    assert found.summary.startswith("All agree: 4 outputs, worked out again, and 3 gradients, measured.")


@STEADY
@given(experiments())
def test_whatever_the_experiment_right_numbers_pass(e: Experiment) -> None:
    for step in train(e):
        for update in explain_epoch(e, step).updates:
            assert_passes(e, update)


@pytest.mark.parametrize("initializer", ["zeros", "uniform_-1_1"])
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
def test_every_part_passes(hidden: str, output: str, loss: str, initializer: str) -> None:
    e = replace(deep(hidden, output, loss), initializer=initializer)
    for step in train(e, (0, 10)):
        for update in explain_epoch(e, step).updates:
            assert_passes(e, update)


def test_saturated_neurons_pass() -> None:
    e = Experiment(inputs=((1_000, -1), (900, 5), (-800, 0)), targets=((0,), (1,), (1,)), bias=True)
    assert_passes(e, update_at(e, 0))
    assert_passes(e, update_at(e, 3))


def large(rows: int) -> Experiment:
    random = np.random.RandomState(3)
    return Experiment(
        inputs=random.rand(rows, 4).tolist(),
        targets=random.rand(rows, 1).tolist(),
        hidden=(64, 64),
        activations=("tanh", "tanh", "sigmoid"),
        bias=True,
        initializer="glorot_uniform",
        epochs=1,
    )


@pytest.mark.parametrize(("rows", "most"), [(4, MOST_GRADIENTS), (1_000, 50)])
def test_of_a_large_network_some_gradients_are_checked_and_the_chosen_one(rows: int, most: int) -> None:
    e = large(rows)
    update = update_at(e, 0)
    chosen = WeightIndex(1, 37, 11)
    found = verify(update, e, chosen)
    weights = [check.place for check in found.gradients if isinstance(check.place, WeightIndex)]
    assert len(weights) == len(found.gradients)
    assert found.agrees
    assert 20 < len(found.gradients) <= most + 1
    assert found.parameters == 5 * 64 + 65 * 64 + 65
    assert chosen in weights
    assert chosen not in [check.place for check in verify(update, e).gradients]
    assert {weight.layer for weight in weights} == {0, 1, 2}
    assert f"{len(weights)} of 4,545 gradients" in found.summary


def test_places_and_names() -> None:
    e = replace(deep(), input_names=("red", "green", "blue"), target_names=("apple", "plum"))
    found = verify(update_at(e, 0), e)
    names = {check.place: check.name for check in found.gradients}
    assert found.outputs[-1].name == "row 5, plum"  # row 3 is held out, and the batch has 4
    assert found.outputs[-1].place == OutputIndex(row=4, target=1)
    assert names[WeightIndex(0, 1, 3)] == "green → h1.4"
    assert names[WeightIndex(1, 4, 0)] == "bias h2.1"
    assert names[WeightIndex(2, 2, 1)] == "h2.3 → plum"
    assert names[WeightIndex(2, 3, 0)] == "bias apple"


def test_both_numbers_and_their_difference_are_told() -> None:
    check = Check("a", WeightIndex(), shown=1.0, recomputed=0.5, margin=0.1)
    assert (check.ok, check.difference) == (False, 0.5)
    assert replace(check, margin=0.6).ok
    assert replace(check, recomputed=1.0, margin=0.0).difference == 0
    assert not replace(check, shown=math.nan).ok
    unmeasured = replace(check, recomputed=math.nan, margin=math.inf)
    assert (unmeasured.ok, unmeasured.is_measured, unmeasured.difference) == (True, False, 0.0)


def test_verifying_changes_nothing() -> None:
    e = replace(deep("relu"), initializer="zeros")
    update = update_at(e, 3)
    before = [
        array.copy()
        for layer in update.layers
        for array in (layer.weights, layer.pre_activations, layer.weight_gradient)
    ]
    words = verify(update, e).summary
    after = [
        array for layer in update.layers for array in (layer.weights, layer.pre_activations, layer.weight_gradient)
    ]
    assert all(np.array_equal(one, two) for one, two in zip(before, after, strict=True))
    assert verify(update, e).summary == words
    assert re.fullmatch(r"[\w .,:;-]+", words)


def test_outputs_are_those_of_the_rows_in_the_table() -> None:
    e = deep()
    update = update_at(e, 4)
    moved = with_layer(update, 0, "inputs", update.layers[0].inputs + 1)
    found = output_checks(moved, e, RecomputedPass.of(moved, e))
    assert [check.recomputed for check in found] == [check.recomputed for check in verify(update, e).outputs]
