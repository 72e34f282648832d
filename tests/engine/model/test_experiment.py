"""Experiments are values: equal ones are equal and hash alike, whatever they were made from."""

from dataclasses import FrozenInstanceError, fields
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import PRESETS, Experiment, ExperimentError
from tests.engine.strategies import STEADY

FIELDS = [field.name for field in fields(Experiment)]

PLAIN: dict[str, Any] = {
    "inputs": ((0.0, 1.0), (1.0, 0.0), (1.0, 1.0)),
    "targets": ((0.0,), (1.0,), (1.0,)),
    "input_names": ("a", "b"),
    "target_names": ("c",),
    "test_rows": (0, 2),
    "hidden": (2,),
    "activations": ("tanh", "sigmoid"),
    "epochs": 100,
    "batch_size": 2,
    "bias": True,
    "learning_rate": 1.0,
    "l2": 0.0,
    "initial_weights": (((1.0, 2.0), (3.0, 4.0)), ((5.0,), (6.0,))),
    "initial_biases": ((1.0, 2.0), (3.0,)),
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("inputs", [[0, 1], [1, 0], [1, 1]]),
        ("inputs", np.array([[0, 1], [1, 0], [1, 1]])),
        ("inputs", np.array([[0, 1], [1, 0], [1, 1]], dtype=np.float32)),
        ("inputs", np.array([[False, True], [True, False], [True, True]])),
        ("inputs", np.array([[0, 1.0], [True, 0], [Fraction(1), 1]], dtype=object)),
        ("inputs", [np.array([0, 1]), (True, False), [Fraction(1), np.float16(1)]]),
        ("inputs", ((-0.0, 1), (1, -0.0), (1, 1))),
        ("targets", np.array([[0], [1], [1]], dtype=np.uint8)),
        ("input_names", ["a", "b"]),
        ("input_names", np.array(["a", "b"])),
        ("test_rows", [2, 0, 2]),
        ("test_rows", np.array([2, 0])),
        ("hidden", [2.0]),
        ("activations", np.array(["tanh", "sigmoid"])),
        ("epochs", 100.0),
        ("epochs", np.int64(100)),
        ("epochs", np.float32(100)),
        ("batch_size", np.int32(2)),
        ("bias", 1),
        ("bias", np.True_),
        ("learning_rate", 1),
        ("learning_rate", True),
        ("l2", -0.0),
        ("initial_weights", [np.array([[1, 2], [3, 4]]), [[5], [6]]]),
        ("initial_biases", [[1, 2], np.array([3])]),
    ],
)
def test_equal_values_make_equal_experiments(field: str, value: object) -> None:
    plain, other = Experiment(**PLAIN), Experiment(**PLAIN | {field: value})
    assert other == plain
    assert hash(other) == hash(plain)
    assert repr(other) == repr(plain)


@pytest.mark.parametrize("field", FIELDS)
def test_an_experiment_cannot_be_changed(field: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(Experiment(), field, 5)


def test_names_are_made_up_to_the_width_of_the_data() -> None:
    e = PRESETS["tutorial"]
    assert e == Experiment()
    assert e.input_names == ("x1", "x2", "x3")
    assert e.target_names == ("y1",)
    assert e == Experiment(input_names=("x1", "x2", "x3"), target_names=("y1",))


def test_names_in_any_script_are_fine() -> None:
    names = ("größe (cm)", "высота", "年齢 %")
    assert Experiment(input_names=names).input_names == names


def test_shapes_and_rows() -> None:
    e = Experiment(**PLAIN)
    assert e.shapes == ((2, 2), (2, 1))
    assert e.train_rows == (1,)
    assert Experiment().train_rows == (0, 1, 2, 3)


def test_held_out_rows_are_kept_in_order() -> None:
    e = Experiment(inputs=((0,),) * 10, targets=((0,),) * 10, test_rows=(8, 1, 9))
    assert e.test_rows == (1, 8, 9)
    assert e.train_rows == (0, 2, 3, 4, 5, 6, 7)


def test_more_work_takes_longer() -> None:
    short, long = Experiment(), Experiment(epochs=1_000_000)
    assert long.predicted_seconds == pytest.approx(100 * short.predicted_seconds)
    assert Experiment(batch_size=1).predicted_seconds > 3 * short.predicted_seconds


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=5)
    | st.complex_numbers()
    | st.fractions()
    | st.decimals()
    | st.dates()
    | st.sampled_from((np.float64(1), np.int8(3), np.True_, np.str_("sgd"), np.float32("nan"), np.array(2.0)))
    | st.sampled_from((-(10**400), Fraction(10**400, 3), np.ndarray, Experiment, len, object(), range(10**12)))
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.lists(st.floats(), max_size=4).map(np.array)
        | st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=2), max_size=3).map(np.array)
        | st.dictionaries(st.text(max_size=2), inner, max_size=2)
        | st.sets(st.integers(), max_size=2)
    ),
    max_leaves=8,
)


def attempt(values: dict[str, Any]) -> Experiment | ExperimentError:
    """What becomes of these values; any other error is a failure."""
    try:
        return Experiment(**values)
    except ExperimentError as error:
        return error


def assert_understood_or_refused(values: dict[str, Any]) -> None:
    result = attempt(values)
    if isinstance(result, ExperimentError):
        assert result.field in FIELDS
        assert 10 < len(str(result)) < 250
    else:
        assert attempt({name: getattr(result, name) for name in FIELDS}) == result
        assert hash(result)


@STEADY
@given(st.dictionaries(st.sampled_from(FIELDS), JUNK, min_size=1, max_size=4))
def test_junk_is_understood_or_refused(junk: dict[str, Any]) -> None:
    assert_understood_or_refused(junk)


@STEADY
@given(st.sampled_from(FIELDS), JUNK)
def test_junk_in_one_field_is_understood_or_refused(field: str, junk: object) -> None:
    assert_understood_or_refused(PLAIN | {field: junk})
