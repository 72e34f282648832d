"""Scaling against a plain NumPy reference: a table scaled by hand, trained on as it stands, ends in the same bits."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from engine import LOSSES, Experiment, ExperimentError, History, record, train
from engine.model.scaling import SCALINGS, ColumnScale, suggest_scaling
from engine.model.targets import accuracy, r_squared, target_kind
from engine.model.types import Array
from engine.model.validation import Rows, TargetRows
from engine.serialization import from_json, from_url, to_json, to_url
from tests.engine.gradient_check import worst_miss
from tests.engine.strategies import OUTPUTS, SEVERAL, STEADY, deep, scaled_experiments

HAND: dict[str, Callable[[Array, Array], tuple[Array, Array]]] = {
    "none": lambda trained, x: (x, x),
    "standard": lambda trained, x: ((x - np.mean(trained)) / np.std(trained), x * np.std(trained) + np.mean(trained)),
    "min_max": lambda trained, x: (
        (x - min(trained)) / (max(trained) - min(trained)),
        x * (max(trained) - min(trained)) + min(trained),
    ),
}
"""Of one column: its numbers scaled by those that are trained on, and scaled back."""

CELSIUS = Experiment(
    inputs=((-40,), (-10,), (0,), (8,), (15,), (22,), (38,)),
    targets=((-40,), (14,), (32,), (46,), (59,), (72,), (100,)),
    input_names=("celsius",),
    target_names=("fahrenheit",),
    activations=("linear",),
    loss="mean_squared_error",
    learning_rate=0.1,
    epochs=500,
    scaling="standard",
    target_scaling="standard",
)


def by_hand(name: str, columns: Array, trained_rows: tuple[int, ...], back: Array | None = None) -> Array:
    """Columns scaled one after the other or, where they are given, others scaled back; one of one value stays."""
    given = (columns if back is None else back).copy()
    for j, column in enumerate(columns.T):
        trained = column[list(trained_rows)]
        if len(set(trained.tolist())) > 1:
            given[:, j] = HAND[name](trained, given[:, j])[back is not None]
    return given


def rows(columns: Array) -> Rows:
    return tuple(map(tuple, columns.tolist()))


def cells(columns: Array) -> TargetRows:
    """Targets as an experiment takes them: None where there is none."""
    return tuple(tuple(None if np.isnan(cell) else cell for cell in row) for row in columns.tolist())


def as_bits(history: History) -> list[bytes]:
    arrays = (*history.weights, *history.biases, history.loss, history.memory)
    return [a.tobytes() for a in arrays] + ([] if history.test_loss is None else [history.test_loss.tobytes()])


@STEADY
@given(scaled_experiments())
def test_the_engine_is_a_hand_scaled_table_to_the_bit(e: Experiment) -> None:
    inputs, targets = by_hand(e.scaling, e.unscaled_inputs, e.train_rows), e.unscaled_targets
    scaled = by_hand(e.target_scaling, targets, e.train_rows)
    plain = replace(e, inputs=rows(inputs), targets=cells(scaled), scaling="none", target_scaling="none")
    found, expected = record(e), record(plain)
    assert as_bits(found) == as_bits(expected)
    assert found.diverged_at == expected.diverged_at
    for mine, theirs in zip(found.outputs, expected.outputs, strict=True):
        assert np.array_equal(mine, by_hand(e.target_scaling, targets, e.train_rows, theirs) + 0.0)


@STEADY
@given(scaled_experiments())
def test_the_table_predicted_is_its_outputs_to_the_bit(e: Experiment) -> None:
    history = record(e)
    for epoch in (0, None):
        assert np.array_equal(history.predict(e.inputs, epoch), history.outputs[-1 if epoch is None else 0])
    forward_pass = history.forward(-1, e.unscaled_inputs)
    assert np.allclose(e.unscale_outputs(forward_pass.outputs[-1]), history.outputs[-1], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("scaling", ["standard", "min_max"])
@pytest.mark.parametrize(("output", "loss"), [pair for pair in OUTPUTS if pair[0] != "step"])
def test_gradients_are_those_of_the_scaled_table(output: str, loss: str, scaling: str) -> None:
    """Against central differences of the loss of a table whose columns are large, small and far from 0."""
    e = replace(deep("tanh", output, loss), test_rows=(), batch_size=None, l1=0.0, scaling=scaling)
    e = replace(e, inputs=rows(e.unscaled_inputs * (1e4, 1e-3, 1) + (0, 0, 500)))
    if LOSSES[loss].fits_any_target:
        e = replace(e, targets=cells(e.unscaled_targets * (300, 1) - (0, 5)), target_scaling=scaling)
    (start,) = train(e, (3,))
    assert worst_miss(e, [w.copy() for w in start.weights], [b.copy() for b in start.biases]) < 1e-6


@SEVERAL
@given(scaled_experiments())
def test_any_scaled_experiment_survives_links_and_files(e: Experiment) -> None:
    assert from_url(to_url(e)) == (e, ())
    back = from_json(to_json(e))
    assert back == e
    assert repr(back) == repr(e)


@pytest.mark.parametrize(("name", "theirs"), [("standard", StandardScaler), ("min_max", MinMaxScaler)])
def test_the_formulas_are_scikit_learns(name: str, theirs: type[StandardScaler | MinMaxScaler]) -> None:
    columns = np.random.RandomState(0).uniform(-300, 5_000, (12, 5))
    scale = ColumnScale.measure(SCALINGS[name], cells(columns), range(8))
    fitted = theirs().fit(columns[:8])
    assert np.allclose(scale.apply(columns), fitted.transform(columns), rtol=1e-12, atol=1e-12)
    assert np.allclose(scale.undo(scale.apply(columns)), columns, rtol=1e-12)


@pytest.mark.parametrize("name", SCALINGS)
def test_nothing_changes_with_0_and_1(name: str) -> None:
    x, zero, one = np.array([[-3.5, 0.0, 1e9]]), np.zeros(3), np.ones(3)
    assert np.array_equal(SCALINGS[name].scale(x, zero, one), x)
    assert np.array_equal(SCALINGS[name].unscale(x, zero, one), x)


def test_a_column_of_one_value_is_left_as_it_is_and_named() -> None:
    e = replace(Experiment(), inputs=((0, 7, 1), (5, 7, 1), (10, 7, 1), (15, 8, 1)), test_rows=(3,), scaling="standard")
    scale = e.input_scale
    assert scale is not None
    assert scale.left_columns(e.input_names) == ("x2", "x3")
    assert np.array_equal(e.input_array[:, 1:], e.unscaled_inputs[:, 1:])
    assert e.input_array[:3, 0].tolist() == pytest.approx([-1.224744871, 0, 1.224744871])
    tiny = replace(e, inputs=((1e-200, 0, 0), (3e-200, 0, 0), (0, 0, 0), (0, 0, 0)))
    assert np.array_equal(tiny.input_array, tiny.unscaled_inputs)


def test_celsius_to_fahrenheit_is_learned_and_told_in_degrees() -> None:
    history = record(CELSIUS)
    assert history.outputs[-1].ravel().tolist() == pytest.approx([-40, 14, 32, 46, 59, 72, 100], abs=0.6)
    assert history.predict([[100]])[0, 0] == pytest.approx(212, abs=1)
    assert history.loss[-1] < 1e-4  # of the scaled targets
    assert target_kind(CELSIUS) == "regression"
    assert accuracy(CELSIUS, history.outputs[-1], CELSIUS.train_rows) == 1
    fit = r_squared(CELSIUS, history.outputs[-1], CELSIUS.train_rows)
    assert fit is not None
    assert fit > 0.9999


@pytest.mark.parametrize(
    ("settings", "field", "words"),
    [
        ({"scaling": "log"}, "scaling", "There is no scaling called 'log': choose from none, standard, min_max"),
        ({"target_scaling": 3}, "target_scaling", "There is no scaling called 3"),
        (
            {"target_scaling": "standard", "loss": "binary_cross_entropy"},
            "target_scaling",
            "Binary cross-entropy needs the targets as they are: do not scale them",
        ),
        (
            {"scaling": "min_max", "inputs": ((0, 0, 1), (1e-90, 1, 1), (1, 0, 1), (0, 1, 1)), "test_rows": (2,)},
            "scaling",
            "Row 3, column x1: scaled it would be 1e+90",
        ),
    ],
)
def test_what_cannot_be_scaled_is_refused(settings: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        replace(Experiment(), **settings)
    assert caught.value.field == field
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "suggestion"),
    [
        ([[0, 1], [1, 0]], "none"),
        ([[0.05, 8.5], [0.95, 3.5]], "none"),
        ([[-40], [38]], "standard"),
        ([[0.001], [0.004]], "standard"),
        ([[0.5, 3], [0.2, 9]], "standard"),  # unlike
        ([[8.9], [9.1]], "standard"),  # far from 0
        ([[1_000, 0], [1_000, 1]], "none"),  # one value: nothing can be done
        ([[5, 5]], "none"),
    ],
)
def test_scaling_is_suggested_where_sizes_are_hard_to_learn_from(columns: list[list[float]], suggestion: str) -> None:
    assert suggest_scaling(np.array(columns, dtype=float)) == suggestion
