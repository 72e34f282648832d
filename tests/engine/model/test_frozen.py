"""What is frozen stays to the last bit, its gradient is shown, and the rest learns as it would beside constants."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from engine import LIMITS, OPTIMIZERS, PRESETS, Experiment, ExperimentError, record, record_many, train
from engine.diagnosis.diagnosis import diagnose_run
from engine.explanation.ledger import explain_epoch
from engine.explanation.verify import verify
from engine.model.network import initial_parameters
from engine.model.plan.frozen import flag_parts, name_parts
from engine.model.weight_index import WeightIndex
from tests.engine.changed_experiments import with_frozen_parts
from tests.engine.explanation.updates import update_at, with_layer
from tests.engine.ledgers import assert_adds_up, assert_leads_to_the_next_epoch
from tests.engine.stacks.trained_alone import assert_same_as_alone
from tests.engine.strategies import STEADY, deep, experiments
from tests.engine.training.test_compiled_epoch import assert_same

WORKED_EXAMPLE = Experiment(
    inputs=((0.05, 0.10),),
    targets=((0.01, 0.99),),
    hidden=(2,),
    activations=("sigmoid", "sigmoid"),
    bias=True,
    learning_rate=0.5,
    initial_weights=(((0.15, 0.25), (0.20, 0.30)), ((0.40, 0.50), (0.45, 0.55))),
    initial_biases=((0.35, 0.35), (0.60, 0.60)),
    frozen=("b1", "b2"),
)
"""The well-known example of backpropagation by hand (https://mattmazur.com/2015/03/17/), whose biases do not move."""

FROZEN = experiments().flatmap(with_frozen_parts)


def test_the_worked_example_has_its_published_numbers() -> None:
    history = record(WORKED_EXAMPLE)
    assert history.loss[0] == pytest.approx(0.298371109, abs=5e-10)
    assert history.loss[1] == pytest.approx(0.291027774, abs=5e-10)
    assert history.loss[-1] == pytest.approx(3.5102e-05, abs=5e-10)
    assert history.outputs[0].ravel().tolist() == pytest.approx([0.75136507, 0.772928465], abs=5e-9)
    assert history.weights[0][1].ravel().tolist() == pytest.approx(
        [0.149780716, 0.24975114, 0.19956143, 0.29950229], abs=5e-9
    )
    assert history.weights[1][1].ravel().tolist() == pytest.approx(
        [0.35891648, 0.511301270, 0.408666186, 0.561370121], abs=5e-9
    )
    assert all((biases == biases[0]).all() for biases in history.biases)


@STEADY
@given(FROZEN)
def test_what_is_frozen_stays_and_the_rest_learns(e: Experiment) -> None:
    assert_same(e, 1e-9 if e.optimizer in ("rmsprop", "adam") else 1e-12)
    history = record(e)
    for weight in WeightIndex.all_of(e):
        if weight.is_frozen(e):
            values = history.values_of(weight)
            assert values.tobytes() == values[:1].repeat(len(values)).tobytes()


def test_the_rest_moves_as_if_the_frozen_layer_were_the_inputs() -> None:
    e = replace(PRESETS["xor"], frozen=("W1", "b1"), epochs=300)
    weights, biases = initial_parameters(e)
    seen = np.tanh(np.array(e.inputs) @ weights[0] + biases[0])
    alone = replace(
        e,
        inputs=tuple(map(tuple, seen.tolist())),
        input_names=(),
        hidden=(),
        activations=("sigmoid",),
        initial_weights=(tuple(map(tuple, weights[1].tolist())),),
        initial_biases=(tuple(biases[1].tolist()),),
        frozen=(),
    )
    np.testing.assert_allclose(record(e).outputs, record(alone).outputs, rtol=1e-12)


@STEADY
@given(FROZEN)
def test_the_ledger_leads_to_the_next_epoch_and_is_verified(e: Experiment) -> None:
    for before, after in pairwise(train(e, range(e.epochs + 1))):
        assert_leads_to_the_next_epoch(e, before, after)
        for update in explain_epoch(e, before).updates:
            assert_adds_up(e, update)
            found = verify(update, e)
            assert found.agrees
            assert len(found.frozen) == (0 if e.frozen_flags is None else e.frozen_flags.sum())


def test_gradients_of_what_is_frozen_are_shown_and_measured() -> None:
    update = update_at(WORKED_EXAMPLE, 0)
    shown = update.layers[1]
    assert shown.bias_gradient is not None
    assert shown.bias_change is not None
    assert (shown.bias_gradient != 0).all()
    assert not shown.bias_change.any()
    assert shown.frozen.tolist() == [[False, False], [False, False], [True, True]]
    assert shown.weight_change.all()
    found = verify(update, WORKED_EXAMPLE)
    assert len(found.gradients) == 12
    assert " 4 frozen numbers have stayed." in found.summary


def test_a_frozen_number_that_moves_is_found() -> None:
    update = update_at(WORKED_EXAMPLE, 0)
    assert update.layers[0].new_biases is not None
    moved = with_layer(update, 0, "new_biases", update.layers[0].new_biases + np.array([0, 1e-15]))
    found = verify(moved, WORKED_EXAMPLE)
    assert [check.place for check in found.failures] == [WeightIndex(0, 2, 1)]
    assert "stayed" not in found.summary


@STEADY
@given(FROZEN)
def test_stacks_leave_it_alone_too(e: Experiment) -> None:
    assert_same_as_alone(record_many([replace(e, seed=seed, learning_rate=0.02 * (seed + 1)) for seed in range(4)]))


def test_everything_can_be_frozen_and_then_nothing_moves() -> None:
    for optimizer in OPTIMIZERS:
        e = replace(deep(optimizer=optimizer), frozen=("W1", "b1", "W2", "b2", "W3", "b3"))
        assert (record(e).loss == record(e).loss[0]).all()


def test_numbers_past_all_bounds_do_not_touch_it() -> None:
    e = Experiment(hidden=(2,), activations=("linear", "linear"), learning_rate=1e6, epochs=500, frozen=("W1",))
    start, end = train(e, (0, 500))
    assert np.isnan(end.weights[1]).any()
    assert np.array_equal(start.weights[0], end.weights[0])


@STEADY
@given(FROZEN)
def test_names_are_in_order_and_as_few_as_can_be(e: Experiment) -> None:
    flags = flag_parts(e.frozen, e.shapes, e.bias)
    assert name_parts(flags, e.shapes, e.bias) == e.frozen
    single = tuple(weight.array_name(e) for weight in WeightIndex.all_of(e) if weight.is_frozen(e))
    assert replace(e, frozen=single[::-1]) == e
    assert replace(e, frozen=(*e.frozen, *single)) == e


@pytest.mark.parametrize(
    ("frozen", "words"),
    [
        (("W3",), "W3 is frozen, but the last layer is layer 2: unfreeze it."),
        (("b1",), "b1 is frozen, but the bias is off: switch it on, or unfreeze it."),
        (("W1[3,0]",), "W1[3,0] is frozen, but the last one there is W1[2,1]: unfreeze it."),
        (("W1[0]",), "names no weights"),
        (("b1[0,0]",), "names no weights"),
        (("W0",), "names no weights"),
        (("W1; import os",), "names no weights"),
        ((1,), "names no weights"),
        ("W1", "is text, not a list"),
    ],
)
def test_what_there_is_not_cannot_be_frozen(frozen: object, words: str) -> None:
    given: dict[str, Any] = {"hidden": (2,), "activations": ("tanh", "sigmoid"), "frozen": frozen}
    with pytest.raises(ExperimentError, match=re.escape(words)) as error:
        Experiment(**given)
    assert error.value.field == "frozen"


def test_many_single_weights_are_refused() -> None:
    single = tuple(f"W1[0,{unit}]" for unit in range(63)) * 2
    wide = Experiment(hidden=(64,), activations=("tanh", "sigmoid"), inputs=((1,) * 32,), targets=((1,),))
    assert len(replace(wide, frozen=single).frozen) == 63
    most = tuple(f"W1[{source},{unit}]" for source in range(32) for unit in range(63))
    with pytest.raises(ExperimentError, match=f"at most {LIMITS['frozen parts']}"):
        replace(wide, frozen=most)


def test_a_run_that_frozen_weights_keep_from_learning_is_told_so() -> None:
    e = replace(PRESETS["xor"], frozen=("W1", "b1", "W2[0,0]", "W2[1,0]"))
    (finding,) = (found for found in diagnose_run(record(e)) if found.key == "frozen")
    assert finding.remedy == replace(e, frozen=())
    assert finding.remedy_label == "Freeze nothing"
    assert finding.words == (
        "What is frozen does not learn: W1, b1, W2[0,0] and W2[1,0]. With nothing frozen the same network learns: that "
        "was tried."
    )
