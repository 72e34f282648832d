"""Verification notices a wrong gradient, output, slope, scale of a loss, or any other number of any layer."""

import math
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, Experiment, train
from engine.explanation.check import OutputIndex
from engine.explanation.ledger import explain_epoch
from engine.explanation.verify import verify
from engine.model.types import Array
from engine.model.weight_index import WeightIndex
from tests.engine.explanation.updates import update_at, with_layer
from tests.engine.strategies import HIDDEN, STEADY, deep, experiments


@STEADY
@given(experiments())
def test_a_gradient_that_is_a_thousandth_off_is_seen(e: Experiment) -> None:
    (step,) = train(e, (e.epochs,))
    update = explain_epoch(e, step).updates[-1]
    for index, layer in enumerate(update.layers):
        whole = layer.weight_gradient + layer.penalty
        place = np.unravel_index(int(np.abs(whole).argmax()), whole.shape)
        if abs(whole[place]) > 1e-6:
            gradient = layer.weight_gradient.copy()
            gradient[place] += whole[place] / 1_000
            found = verify(with_layer(update, index, "weight_gradient", gradient), e)
            assert [check.place for check in found.failures] == [WeightIndex(index, *map(int, place))]


@STEADY
@given(experiments())
def test_an_output_off_in_the_ninth_digit_is_seen(e: Experiment) -> None:
    (step,) = train(e, (e.epochs,))
    update = explain_epoch(e, step).updates[-1]
    outputs = update.layers[-1].outputs.copy()
    outputs[-1, 0] += 1e-9
    found = verify(with_layer(update, -1, "outputs", outputs), e)
    assert [check.place for check in found.failures] == [OutputIndex(update.rows[-1], 0)]


@pytest.mark.parametrize("index", [0, 1, 2])
@pytest.mark.parametrize("field", ["weights", "biases", "weight_gradient", "bias_gradient", "penalty"])
@pytest.mark.parametrize("off", [1e-3, math.nan, math.inf])
def test_any_broken_number_of_any_layer_is_seen(index: int, field: str, off: float) -> None:
    e = deep()
    update = update_at(e, 5)
    broken = getattr(update.layers[index], field).copy()
    broken[-1] += off
    found = verify(with_layer(update, index, field, broken), e)
    assert not found.agrees
    assert found.summary.startswith(f"{len(found.failures)} of ")
    assert "nan" not in found.summary
    assert verify(update, e).agrees


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
@pytest.mark.parametrize("field", ["weight_change", "bias_change", "new_weights", "new_biases"])
def test_a_change_that_does_not_follow_is_seen(field: str, optimizer: str) -> None:
    e = replace(deep(optimizer=optimizer), rate_changes=((3, 0.02),), frozen=("b1",))
    update = update_at(e, 5)
    broken = getattr(update.layers[1], field).copy()
    broken[-1] *= 1 + 1e-12
    broken = np.where(broken == 0, 1e-300, broken)
    found = verify(with_layer(update, 1, field, broken), e)
    assert found.failures
    places = {WeightIndex(1, source, unit) for source in range(5) for unit in range(3)}
    assert {check.place for check in found.failures} <= places
    assert verify(update, e).agrees


def test_a_rate_that_is_not_the_schedule_s_is_seen() -> None:
    e = replace(deep(), rate_changes=((3, 0.02),))
    update = update_at(e, 5)
    assert update.rate == 0.02
    (wrong,) = verify(replace(update, rate=0.05), e).failures
    assert (wrong.name, wrong.shown, wrong.recomputed) == ("learning rate", 0.05, 0.02)
    other = verify(update, replace(e, rate_changes=((3, 0.5),)))
    assert other.failures[0].name == "learning rate"
    assert len(other.failures) > 1


SLOPES = {name: activation.slope for name, activation in ACTIVATIONS.items()}


def a_little_steeper(name: str, z: Array) -> Array:
    return SLOPES[name](z) + 0.01


def test_a_wrong_slope_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in HIDDEN:
        e = deep(name)
        assert verify(update_at(e, 5), e).agrees
        with monkeypatch.context() as patch:
            patch.setitem(ACTIVATIONS, name, replace(ACTIVATIONS[name], slope=partial(a_little_steeper, name)))
            assert not verify(update_at(e, 5), e).agrees


@pytest.mark.parametrize("loss", ["half_squared_error", "mean_squared_error", "binary_cross_entropy"])
def test_a_wrong_scale_of_the_loss_is_seen(loss: str, monkeypatch: pytest.MonkeyPatch) -> None:
    e = deep(loss=loss)
    wrong = replace(LOSSES[loss], scale=lambda samples, targets: 0.9)
    right = update_at(e, 5)
    assert verify(right, e).agrees
    monkeypatch.setitem(LOSSES, loss, wrong)
    assert not verify(update_at(e, 5), e).agrees
