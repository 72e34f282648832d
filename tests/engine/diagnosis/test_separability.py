"""The exact test agrees with brute force on every boolean function and with networks, and its proofs hold."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import ACTIVATIONS, PRESETS, Experiment
from engine.diagnosis.separability import separability
from engine.diagnosis.separating_plane import MOST_WORK, WorkLimit, find_separating_plane, integer_multiples
from engine.model.targets import correct_rows
from engine.model.types import Array
from engine.model.validation import LIMITS, Rows
from tests.engine.strategies import STEADY

Bits = tuple[int, ...]


def asking(inputs: Rows, answers: Bits, output: str = "sigmoid", bias: bool = True) -> Experiment:
    """One neuron with a yes or no for every row."""
    return Experiment(
        inputs=inputs,
        targets=tuple((answer,) for answer in answers),
        activations=(output,),
        bias=bias,
        epochs=1,
    )


def verdict(e: Experiment) -> bool | None:
    (only,) = separability(e)
    return only.is_separable


@pytest.mark.parametrize(("switches", "count"), [(2, 14), (3, 104)])
def test_as_many_threshold_functions_as_are_known(switches: int, count: int) -> None:
    """14 of 16 and 104 of 256 (S. Muroga, Threshold Logic and its Applications, 1971)."""
    rows = tuple(product((0, 1), repeat=switches))
    answers = product((0, 1), repeat=len(rows))
    assert sum(verdict(asking(rows, answer)) is True for answer in answers) == count


GRID = np.linspace(-3, 3, 31)


@pytest.mark.parametrize("low", [0, -1])
@pytest.mark.parametrize("output", ["sigmoid", "tanh", "relu", "linear", "softplus", "elu", "silu", "step"])
def test_the_verdict_is_what_trying_all_weights_finds(output: str, low: int) -> None:
    """Two inputs, no bias: every network on a fine grid of weights, and ten times as large, says what it can do."""
    rows = ((0, 1), (1, 0), (1, 1), (2, 1))
    pairs = np.array(list(product(GRID, repeat=2)))
    outputs: Array = ACTIVATIONS[output].value(np.concatenate((pairs, 10 * pairs)) @ np.array(rows).T)
    seen = set()
    for answers in product((low, 1), repeat=len(rows)):
        e = asking(rows, answers, output, bias=False)
        learnable = bool(correct_rows(e, outputs[:, :, np.newaxis]).all(axis=1).any())
        for found in separability(e):
            assert found.is_separable is learnable, answers
            seen.add(learnable)
        if not separability(e):  # no claim: the output cannot reach some target at all
            assert not learnable
    assert seen == {True, False} or low == -1


def test_a_constant_column_is_a_bias() -> None:
    assert verdict(asking(((0, 0), (0, 1), (1, 0), (1, 1)), (0, 0, 0, 1), bias=False)) is False
    assert verdict(asking(((0, 0, 5), (0, 1, 5), (1, 0, 5), (1, 1, 5)), (0, 0, 0, 1), bias=False)) is True
    assert separability(asking(((1,), (2,)), (0, 1), bias=False), bias=True)[0].is_separable is True


def test_every_target_column_has_its_own_verdict() -> None:
    e = Experiment(inputs=((0, 0), (0, 1), (1, 0), (1, 1)), targets=((0, 0), (0, 1), (0, 1), (1, 0)), bias=True)
    assert [(found.target, found.is_separable) for found in separability(e)] == [(0, True), (1, False)]


def test_held_out_rows_do_not_count() -> None:
    xor = PRESETS["xor_one_neuron"]
    assert verdict(xor) is False
    assert separability(xor, without=frozenset({3}))[0].is_separable is True
    held_out = Experiment(inputs=xor.inputs, targets=xor.targets, bias=True, test_rows=(3,))
    assert verdict(held_out) is True


def test_no_claim_where_a_border_is_not_the_question() -> None:
    assert separability(PRESETS["line"]) == ()
    assert separability(asking(((0,), (1,), (2,)), (0, 1, 0), "sine")) == ()
    assert separability(asking(((0,), (1,)), (-1, 1), "sigmoid")) == ()
    classes = Experiment(inputs=((0,), (1,)), targets=((1, 0), (0, 1)), activations=("relu",))
    assert separability(classes) == ()


@pytest.mark.parametrize(
    ("inputs", "classes", "bias", "expected"),
    [
        (((0,), (1,), (2,)), (0, 1, 2), True, True),
        (((0,), (1,), (2,), (3,)), (0, 1, 2, 0), True, False),
        (((0, 0), (0, 1), (1, 0), (1, 1)), (0, 1, 1, 0), True, False),
        (((0, 0), (0, 1), (1, 0)), (0, 1, 2), False, True),  # between equals the first class wins
        (((0, 0), (0, 1), (1, 0)), (1, 0, 2), False, False),
        (((1,), (2,)), (0, 0), True, True),
    ],
)
def test_one_class_of_several(inputs: Rows, classes: Bits, bias: bool, expected: bool) -> None:
    e = Experiment(
        inputs=inputs,
        targets=tuple(tuple(float(k == c) for k in range(3)) for c in classes),
        activations=("softmax",),
        loss="categorical_cross_entropy",
        bias=bias,
    )
    assert verdict(e) is expected


def test_numbers_are_the_decimals_typed() -> None:
    """In binary 0.1 + 0.3 is not quite 2 x 0.2; in the table it is."""
    (found,) = separability(asking(((0.1, 0.3), (0.2, 0.2), (0.3, 0.1)), (0, 1, 0)))
    assert (found.is_separable, found.inseparable_rows) == (False, (0, 1, 2))
    assert integer_multiples(np.array([0.1, 0.25, -3.0])).tolist() == [2, 5, -60]
    assert integer_multiples(np.array([0.0, 0.0])).tolist() == [0, 0]
    third = integer_multiples(np.array([1 / 3, 1.0])).tolist()
    assert third[0] / third[1] == 1 / 3


def test_a_large_table_is_said_to_be_unknown() -> None:
    random = np.random.RandomState(0)
    inputs, answers = random.randn(150, 31), random.randint(0, 2, 150)
    assert len(inputs) < LIMITS["rows"]
    assert verdict(asking(inputs.tolist(), tuple(answers.tolist()))) is None


@st.composite
def vectors(draw: st.DrawFn) -> tuple[list[list[int]], list[bool]]:
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(st.integers(-3, 3), min_size=width, max_size=width), min_size=1, max_size=12))
    return rows, draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))


@STEADY
@given(vectors())
def test_every_answer_comes_with_a_proof(drawn: tuple[list[list[int]], list[bool]]) -> None:
    rows, strict = drawn
    found = find_separating_plane(np.array(rows, dtype=object), np.array(strict), WorkLimit(MOST_WORK))
    assert bool(found.weights) is not bool(found.certificate)
    if found.weights:
        for row, above in zip(rows, strict, strict=True):
            side = sum(v * w for v, w in zip(row, found.weights, strict=True))
            assert side > 0 if above else side >= 0
    else:
        assert all(share > 0 for share in found.certificate.values())
        assert any(strict[i] for i in found.certificate)
        for column in range(len(rows[0])):
            assert sum(share * rows[i][column] for i, share in found.certificate.items()) == 0
