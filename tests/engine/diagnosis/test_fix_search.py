"""The cost of trying a remedy, and the words for a remedy."""

from dataclasses import replace

import pytest

from engine import ACTIVATIONS, PRESETS
from engine.diagnosis.finding import describe_changes
from engine.diagnosis.fix_search import FixSearch
from engine.model.cost import CALL_MICROSECONDS
from tests.engine.diagnosis.cases import LARGE, NEARLY_TWINS, PAIR, TWINS

XOR = PRESETS["xor"]


def test_making_experiments_is_charged_for() -> None:
    trials = FixSearch(1.0)
    assert trials.remedy(LARGE, [{"learning_rate": -1.0}] * 10) is None  # none can be made, but each was tried
    assert 0.01 < 1.0 - trials.seconds < 0.1
    assert FixSearch(1e-3).is_over(LARGE)


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - {"softmax"}))
def test_training_is_charged_for_what_the_activation_costs(name: str) -> None:
    """`tests/benchmarks/engine_speed.py` holds the prices against the clock."""
    plain, other = (
        replace(XOR, hidden=(8, 8), activations=(inside, inside, "sigmoid"), epochs=300) for inside in ("linear", name)
    )
    calls, microseconds = ACTIVATIONS[name].cost
    charged = 300 * 2 * (calls * CALL_MICROSECONDS + microseconds * len(XOR.inputs) * 8) * 1e-6
    assert other.predicted_seconds - plain.predicted_seconds == pytest.approx(charged)


def test_words_for_what_changes() -> None:
    changed = replace(XOR, hidden=(8, 8), activations=("relu", "relu", "sigmoid"), l2=0.1, batch_size=2, seed=3)
    expected = "Make it 2 hidden layers of 8 and 8 neurons, ReLU inside, seed 3, L2 penalty 0.1, batches of 2"
    assert describe_changes(XOR, changed) == expected
    assert describe_changes(XOR, XOR) == ""


def test_words_for_start_weights() -> None:
    given = replace(XOR, **PAIR, initial_weights=TWINS)
    biases = replace(XOR, initial_biases=((0.0, 1.0, 2.0), (3.0,)))
    assert describe_changes(given, replace(given, initial_weights=NEARLY_TWINS)) == "Other start weights"
    assert describe_changes(given, replace(given, initial_weights=(), initial_biases=())) == "Start weights drawn"
    assert describe_changes(biases, replace(biases, initial_biases=((0.0, 1.0, 2.0), (4.0,)))) == "Other start biases"
    assert describe_changes(biases, replace(biases, initial_biases=())) == "Start biases of 0"
    assert describe_changes(biases, replace(biases, initial_biases=(), seed=2)) == "Start biases of 0, seed 2"
