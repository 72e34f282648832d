"""Every preset learns, except the one that shows what a single neuron cannot do."""

import numpy as np
import pytest

from engine import PRESETS, record
from engine.data.presets import STORIES
from engine.model.targets import accuracy, r_squared, target_kind

LEARNING = sorted(set(PRESETS) - {"xor_one_neuron"})


def test_every_preset_has_a_story() -> None:
    assert STORIES.keys() == PRESETS.keys()
    assert all(title and story for title, story in STORIES.values())


@pytest.mark.parametrize("name", LEARNING)
def test_preset_learns(name: str) -> None:
    e = PRESETS[name]
    history = record(e)
    assert history.diverged_at is None
    assert history.loss[-1] < history.loss[0] / 4
    if target_kind(e) == "regression":
        fit = r_squared(e, history.outputs[-1], e.train_rows)
        assert fit is not None
        assert fit > 0.98
    else:
        assert accuracy(e, history.outputs[-1], e.train_rows) == 1.0
        assert accuracy(e, history.outputs[0], e.train_rows) < 1.0


def test_the_held_out_rows_of_the_line_are_foretold() -> None:
    e = PRESETS["line"]
    fit = r_squared(e, record(e).outputs[-1], e.test_rows)
    assert fit is not None
    assert fit > 0.95


def test_one_neuron_cannot_learn_xor() -> None:
    e = PRESETS["xor_one_neuron"]
    history = record(e)
    assert accuracy(e, history.outputs[-1], e.train_rows) < 1.0
    np.testing.assert_allclose(history.outputs[-1], 0.5, atol=0.05)
