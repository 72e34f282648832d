"""A learning rate that is too high is told from one that learned, and another is only said to learn where it did."""

from dataclasses import replace

import pytest

from engine import Experiment, record
from engine.diagnosis.diagnosis import diagnose_run
from engine.diagnosis.learning_rate import loss_has_risen, rates_above, rates_below
from engine.model.outcome import has_learned
from tests.engine.diagnosis.cases import AND, ONE, of

pytestmark = pytest.mark.usefixtures("no_hurry")

GROWING = Experiment(
    inputs=((1, 1), (1, 0.97), (410, -0.91), (0, 1)),
    targets=((1,),) * 4,
    test_rows=(1,),
    activations=("linear",),
    learning_rate=0.1,
    batch_size=1,
    epochs=50,
    bias=True,
    initializer="glorot_uniform",
    seed=3,
)
"""All answers are yes, so a number that grows past all bounds is on the right side whenever it is above 0."""
AT_ONCE = Experiment(inputs=((1e9,),) * 30, targets=((1,),) * 30, batch_size=1, activations=("linear",), epochs=5)
FAR_XOR = replace(ONE, inputs=((0, 0), (0, 2), (2, 0), (2, 2)), activations=("linear",), learning_rate=0.2, epochs=2000)


def test_a_run_that_explodes_is_no_remedy_though_its_outputs_are_on_the_right_side() -> None:
    exploding = record(replace(GROWING, learning_rate=0.03))
    assert exploding.diverged_at == 42
    finding, _ = diagnose_run(record(GROWING))
    assert finding.key == "scaling"
    assert finding.remedy is not None
    cured = record(finding.remedy)
    assert cured.diverged_at is None
    assert cured.loss[-1] < cured.loss[0]


def test_a_run_that_only_grew_has_not_learned() -> None:
    grown = record(replace(GROWING, learning_rate=0.03, epochs=20))
    assert grown.diverged_at is None
    assert has_learned(GROWING, grown.outputs[-1])
    assert loss_has_risen(grown)
    assert "ended higher than it began" in diagnose_run(grown)[0].words
    # right from the start, and pulled away from the targets a little by a penalty: that is no explosion
    pulled = replace(AND, initial_weights=(((9,), (9,)),), initial_biases=((-13.5,),), l2=0.001)
    history = record(pulled)
    assert history.loss[-1] > 2 * history.loss[0]
    assert has_learned(pulled, history.outputs[-1])
    assert not loss_has_risen(history)
    (finding,) = diagnose_run(history)
    assert finding.key == "penalty"
    assert finding.remedy is not None
    assert finding.remedy.l2 < pulled.l2


def test_a_rate_is_said_to_learn_only_where_it_did() -> None:
    """No rate helps a straight border; a hidden layer does, at the very rate that diverged."""
    finding = of("rate_too_high", diagnose_run(record(FAR_XOR)))
    assert finding is not None
    assert finding.remedy is not None
    assert finding.remedy.hidden
    assert finding.remedy.learning_rate == FAR_XOR.learning_rate
    assert "learns" not in finding.words


def test_a_run_that_diverged_in_its_first_epoch_is_told_so() -> None:
    history = record(AT_ONCE)
    assert (len(history.epochs), history.diverged_at) == (1, 1)
    finding = diagnose_run(history)[0]
    assert finding.key == "rate_too_high"
    assert "At epoch 1 " in finding.words


def test_rates_to_try() -> None:
    assert rates_below(1.0)[:4] == [0.3, 0.1, 0.03, 0.01]
    assert rates_below(0.5)[:2] == [0.3, 0.1]
    assert rates_above(0.001) == [0.01, 0.1, 1.0, 10.0]
    assert rates_above(10.0) == []
