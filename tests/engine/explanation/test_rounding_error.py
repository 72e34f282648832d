"""Verification raises no false alarm for numbers of any size, and says what rounding makes impossible to check."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine import INITIALIZERS, LOSSES, OPTIMIZERS, Experiment, train
from engine.explanation.check import Check, discard_imprecise
from engine.explanation.ledger import explain_epoch
from engine.explanation.verify import verify
from engine.model.weight_index import WeightIndex
from tests.engine.explanation.updates import update_at, with_layer
from tests.engine.strategies import HIDDEN, OUTPUTS


def wild(seed: int) -> Experiment:
    """Numbers of every size from a billionth to a billion, in the table, the weights and the settings."""
    random = np.random.RandomState(seed)
    output, loss = OUTPUTS[random.randint(len(OUTPUTS))]
    hidden = tuple(random.randint(1, 5, random.randint(0, 4)).tolist())
    rows, features = random.randint(1, 7), random.randint(1, 4)
    targets = random.randint(2 if output == "softmax" else 1, 4)
    inputs = random.uniform(-1, 1, (rows, features)) * 10.0 ** random.uniform(-9, 9)
    if random.randint(2):
        inputs = random.randint(-2, 3, (rows, features))
    answers = random.uniform(-1, 1, (rows, targets)) * 10.0 ** random.uniform(-9, 9)
    if LOSSES[loss].fused_activation:
        answers = np.eye(targets)[random.randint(0, targets, rows)]
    e = Experiment(
        inputs=inputs.tolist(),
        targets=answers.tolist(),
        hidden=hidden,
        activations=(*(HIDDEN[random.randint(len(HIDDEN))] for _ in hidden), output),
        loss=loss,
        optimizer=sorted(OPTIMIZERS)[random.randint(len(OPTIMIZERS))],
        learning_rate=10.0 ** random.uniform(-4, 2),
        l1=(0.0, 0.01, 1e3)[random.randint(3)],
        l2=(0.0, 0.1, 1e3)[random.randint(3)],
        bias=bool(random.randint(2)),
        initializer=sorted(INITIALIZERS)[random.randint(len(INITIALIZERS))],
        seed=seed,
        epochs=200,
    )
    size = 10.0 ** random.uniform(-6, 6)
    given_weights = tuple((random.randint(-3, 4, shape) * size).tolist() for shape in e.shapes)
    return replace(e, initial_weights=given_weights) if random.randint(4) == 0 else e


@pytest.mark.parametrize("block", range(10))
def test_no_false_alarm_whatever_the_size_of_the_numbers(block: int) -> None:
    for seed in range(40 * block, 40 * block + 40):
        e = wild(seed)
        for step in train(e, (0, 1, 7, 50, 200)):
            found = verify(explain_epoch(e, step).updates[0], e)
            assert found.agrees, (e, found.failures)


def test_numbers_too_large_are_said_to_be() -> None:
    e = Experiment(activations=("linear",), learning_rate=1e9, epochs=400)
    for epoch in (6, 20):
        found = verify(update_at(e, epoch), e)
        assert found.agrees
        assert not any(check.is_measured for check in found.gradients)
        assert found.summary.startswith("Only outputs could be measured, and they agree: 4 outputs, worked out again, ")
        assert "0 of 3 gradients" in found.summary
        assert (
            "3 could not be measured: the numbers are too large, or the measurement is too imprecise" in found.summary
        )
    everything = "Nothing could be measured: the numbers are too large, or the measurement is too imprecise to tell."
    assert verify(update_at(e, 400), e).summary == everything


def huge(seed: int) -> Experiment:
    """Inputs of up to a billion, through curves that are straight above 0: rounding drowns much of the loss."""
    random = np.random.RandomState(seed)
    return Experiment(
        inputs=(random.uniform(-1, 1, (5, 2)) * 10.0 ** random.uniform(7, 9)).tolist(),
        targets=random.uniform(0, 1, (5, 1)).tolist(),
        hidden=(64, 64),
        activations=("elu", "elu", "softplus"),
        optimizer="rmsprop",
        bias=True,
        initializer="uniform_0_1",
        seed=seed,
        epochs=1,
    )


def test_what_is_measured_too_imprecisely_does_not_count_as_measured() -> None:
    """A margin of its own size proves nothing of a number: the double of it would have passed as well."""
    imprecise = 0
    for seed in range(10):
        e = huge(seed)
        update = update_at(e, 0)
        found = verify(update, e)
        assert found.agrees
        for layer in range(3):
            checks = [check for check in found.gradients if weight_of(check).layer == layer]
            largest = max(checks, key=lambda check: abs(check.shown))
            unmeasured = sum(not check.is_measured for check in checks)
            imprecise += unmeasured
            if unmeasured:
                assert not found.summary.startswith("All agree")
                assert "too imprecise" in found.summary
            if largest.is_measured and abs(largest.shown) > 1:
                source, neuron = weight_of(largest).source, weight_of(largest).neuron
                field = "weight_gradient" if source < e.shapes[layer][0] else "bias_gradient"
                broken = getattr(update.layers[layer], field).copy()
                broken[(source, neuron) if field == "weight_gradient" else neuron] *= 2
                assert not verify(with_layer(update, layer, field, broken), e).agrees
    assert imprecise > 100


def weight_of(check: Check) -> WeightIndex:
    assert isinstance(check.place, WeightIndex)
    return check.place


def test_a_check_that_fails_by_more_than_a_wide_margin_stays_wrong() -> None:
    wide = Check("a", WeightIndex(), shown=1.0, recomputed=0.0, margin=2.0)
    for shown, measured, ok in (
        (1.0, False, True),
        (3.0, True, False),
        (math.inf, True, False),
        (math.nan, True, False),
    ):
        (check,) = discard_imprecise((replace(wide, shown=shown),), lambda place: 0.0)
        assert (check.is_measured, check.ok) == (measured, ok)
    assert discard_imprecise((wide,), lambda place: 2.0) == (wide,)
    (sharp,) = discard_imprecise((replace(wide, recomputed=1.0, margin=0.01),), lambda place: 0.0)
    assert sharp.is_measured


def test_a_penalty_shows_beside_a_large_loss() -> None:
    """The loss itself is flat here, so that all of the gradient is the penalty, far below the loss."""
    e = Experiment(
        inputs=((1e6,),),
        targets=((1e9,),),
        hidden=(1,),
        activations=("relu", "linear"),
        initial_weights=(((-1,),), ((1,),)),
        l2=0.1,
    )
    found = verify(update_at(e, 0), e)
    assert found.gradients[0].shown == pytest.approx(-0.1)
    assert not found.gradients[0].is_measured
