"""What rounding leaves of a 0 is smaller than the sizes told, and what is small by itself is larger."""

from dataclasses import replace

import numpy as np
import pytest

from engine import PRESETS, Experiment, record
from engine.explanation.rounded_to_zero import zero_output_size, zero_sizes, zero_weight_size
from tests.engine.explanation.updates import update_at

NO_LINE = Experiment(
    inputs=((0, 0), (0, 1), (1, 0), (1, 1)),
    targets=((0,), (1,), (1,), (0,)),
    activations=("linear",),
    loss="mean_squared_error",
    learning_rate=0.5,
    bias=True,
    epochs=10_000,
)
"""The best straight line through XOR is flat: both weights end at 0, and rounding leaves something else."""


def test_weights_that_should_be_0_are_0_up_to_rounding() -> None:
    (weights,) = record(NO_LINE).weights
    assert 0 < np.abs(weights[-1]).max() < zero_weight_size(NO_LINE)


def test_the_gradients_left_at_the_end_are_0_up_to_rounding_and_those_at_the_start_are_not() -> None:
    for epoch, expected in ((0, False), (NO_LINE.epochs, True)):
        update = update_at(NO_LINE, epoch)
        (layer,), (zeros,) = update.layers, zero_sizes(update, NO_LINE)
        assert np.all(np.abs(layer.weight_gradient) < zeros.gradient[:2]) == expected


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_what_a_preset_trains_with_is_no_rounding(name: str) -> None:
    e = replace(PRESETS[name], epochs=1)
    update = update_at(e, 0)
    for layer, zeros in zip(update.layers, zero_sizes(update, e), strict=True):
        for values, sizes in ((layer.pre_activations, zeros.pre_activations), (layer.error, zeros.error)):
            assert np.all((np.abs(values) > 1e9 * sizes) | (values == 0))


def test_a_small_output_of_a_sigmoid_is_a_number_and_one_of_a_line_a_0() -> None:
    assert zero_output_size(Experiment()) == 0
    assert zero_output_size(NO_LINE) == pytest.approx(1e-14)
    assert zero_output_size(replace(NO_LINE, targets=((0,), (1e6,), (1e6,), (0,)))) == pytest.approx(1e-8)


def test_large_inputs_have_small_weights_and_tiny_targets_too() -> None:
    large = replace(NO_LINE, inputs=((0, 0), (0, 1e6), (1e6, 0), (1, 1)))
    assert zero_weight_size(large) == pytest.approx(1e-20)
    tiny = replace(NO_LINE, targets=((0,), (1e-9,), (1e-9,), (0,)))
    assert zero_weight_size(tiny) == pytest.approx(1e-23)
    assert zero_weight_size(replace(large, scaling="standard")) == pytest.approx(1e-14, rel=0.5)
