"""Derived inputs are inputs like any other: a network trains on them as if they stood in the table."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from engine import LIMITS, PRESETS, Experiment, ExperimentError, record, record_many, train
from engine.diagnosis.diagnosis import diagnose_experiment
from engine.explanation.derived_cells import derived_cells
from engine.explanation.ledger import explain_epoch
from engine.explanation.verify import verify
from engine.model.weight_index import source_names
from tests.engine.changed_experiments import with_derived_inputs
from tests.engine.explanation.updates import update_at
from tests.engine.ledgers import assert_adds_up, assert_leads_to_the_next_epoch
from tests.engine.stacks.trained_alone import assert_same_as_alone
from tests.engine.strategies import STEADY, experiments, is_tame, scaled_experiments

XOR = replace(PRESETS["xor_one_neuron"], input_names=("a", "b"), derived=("a*b",))
DERIVED = experiments().flatmap(with_derived_inputs)


def written_out(e: Experiment) -> Experiment:
    """The same with the derived inputs as columns of the table."""
    names = tuple(f"x{place + 1}" for place in range(len(e.feature_names)))
    return replace(e, inputs=tuple(map(tuple, e.unscaled_features.tolist())), input_names=names, derived=())


@STEADY
@given(DERIVED)
def test_it_trains_as_if_they_stood_in_the_table(e: Experiment) -> None:
    for one, two in zip(train(e), train(written_out(e)), strict=True):
        assert all(a.tobytes() == b.tobytes() for a, b in zip(one.weights, two.weights, strict=True))


@STEADY
@given(scaled_experiments().filter(is_tame).flatmap(with_derived_inputs))
def test_they_are_scaled_as_if_they_stood_in_the_table(e: Experiment) -> None:
    assert np.array_equal(e.input_array, written_out(e).input_array)
    history, alike = record(e), record(written_out(e))
    assert np.array_equal(history.outputs, alike.outputs)
    np.testing.assert_allclose(history.predict(e.inputs), history.outputs[-1], rtol=1e-12, atol=1e-12)


@STEADY
@given(DERIVED)
def test_the_ledger_leads_to_the_next_epoch_and_is_verified(e: Experiment) -> None:
    for before, after in pairwise(train(e, range(e.epochs + 1))):
        assert_leads_to_the_next_epoch(e, before, after)
        for update in explain_epoch(e, before).updates:
            assert_adds_up(e, update)
            found = verify(update, e)
            assert found.agrees, found.failures
            assert len(found.derived) == len(update.rows) * len(e.derived)


@STEADY
@given(DERIVED)
def test_stacks_have_them_too(e: Experiment) -> None:
    assert_same_as_alone(record_many([replace(e, seed=seed) for seed in range(4)]))


def test_one_neuron_learns_xor_from_a_product() -> None:
    assert XOR.shapes == ((3, 1),)
    assert source_names(XOR, 0) == ("a", "b", "a*b", "bias")
    assert XOR.input_array.tolist() == [[0, 0, 0], [0, 1, 0], [1, 0, 0], [1, 1, 1]]
    assert record(XOR).outputs[-1].round().ravel().tolist() == [0, 1, 1, 0]
    assert diagnose_experiment(XOR) == ()
    assert diagnose_experiment(replace(XOR, derived=()))[0].key == "not_separable"


def test_any_inputs_can_be_asked_even_where_a_formula_has_no_value() -> None:
    e = Experiment(inputs=((1,), (2,)), targets=((0,), (1,)), derived=("ln(x1)", "x1^2"), epochs=50)
    found = record(e).predict([[1], [-1], [4]])
    assert np.isnan(found[:, 0]).tolist() == [False, True, False]


def test_a_wrong_number_is_found() -> None:
    update = update_at(XOR, 3)
    inputs = update.table.inputs.copy()
    inputs[1, 2] += 1e-15
    found = verify(replace(update, table=replace(update.table, inputs=inputs)), XOR)
    assert [check.name for check in found.failures] == ["row 2, a*b"]
    assert verify(update, XOR).summary.startswith("All agree: 4 derived numbers and 4 outputs, worked out again")


def test_each_number_has_its_formula_filled_in() -> None:
    e = Experiment(inputs=((0.5, -2),), targets=((1,),), input_names=("a", "b c"), derived=("a*[b c]", "-[b c]^2/3"))
    (first, second) = derived_cells(e)
    assert (first.row, first.column, first.name, first.filled_in, first.value) == (0, 2, "a*[b c]", "0.5*(-2)", -1)
    assert second.filled_in == "-(-2)^2/3"
    assert derived_cells(Experiment()) == []


@pytest.mark.parametrize(
    ("derived", "words"),
    [
        (("x1^2", "x1 ^ 2"), "Two columns are called x1^2: remove one."),
        (("x1",), "Two columns are called x1: remove one."),
        (("2*pi",), "has no column in it"),
        (("1/x1",), "Row 1, derived column 1/x1: it has no value there."),
        (("ln(-x2)",), "Row 1, derived column ln(-x2): it has no value there."),
        (("exp(1000*x1)",), "Row 2, derived column exp(1000*x1): it has no value there."),
        (("exp(22*x1)",), "Row 2, derived column exp(22*x1): it is 3.58e+09, too large."),
        ((2,), "2 is not a formula"),
        ("x1^2", "is text, not a list"),
        (tuple(f"x1+{n}" for n in range(1, 63)), f"65 inputs with the derived ones, at most {LIMITS['inputs']}"),
    ],
)
def test_what_has_no_value_is_refused_with_its_place(derived: object, words: str) -> None:
    given: dict[str, Any] = {"derived": derived}
    with pytest.raises(ExperimentError, match=re.escape(words)) as error:
        Experiment(**given)
    assert error.value.field == "derived"


def test_names_that_are_formulas_are_told_apart() -> None:
    e = Experiment(input_names=("sin(x2)", "x2", "x3"), target_names=("abs(x2)",))
    assert replace(e, derived=("sin(x2) + 0",)).feature_names[-1] == "sin(x2)+0"
    for formula in ("sin x2", "|x2|"):
        with pytest.raises(ExperimentError, match="Two columns are called"):
            replace(e, derived=(formula,))
