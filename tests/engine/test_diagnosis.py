"""Each finding: a case that earns it, a near miss that does not, and a remedy that makes it learn."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from engine import PRESETS, Experiment, Recorder, record
from engine.diagnosis import Finding, after, before
from engine.measures import all_right_by, kind, r_squared
from engine.rates import rates_above, rates_below
from engine.remedies import learned
from engine.wording import described
from tests.engine.strategies import STEADY, experiments

AND, XOR, ONE, LINE, SINE = (PRESETS[name] for name in ("and", "xor", "xor_one_neuron", "line", "sine"))
LEARNING = sorted(set(PRESETS) - {"xor_one_neuron"})

BITS = ((0, 0), (0, 1), (1, 0), (1, 1))
TWICE: dict[str, Any] = {"inputs": (*BITS, (1, 1)), "targets": ((0,), (0,), (0,), (1,), (0,))}
BUMPY = tuple((round(y + (0.4 if i % 3 == 0 else -0.3), 3),) for i, (y,) in enumerate(SINE.targets))
BY_HEART = replace(SINE, hidden=(16,), test_rows=tuple(range(1, 25, 2)), targets=BUMPY)
TWINS = (((0.5, 0.5), (-0.5, -0.5)), ((0.3,), (0.3,)))
NEARLY_TWINS = (((0.5, -0.5), (-0.5, 0.6)), ((0.3,), (0.3,)))
PAIR: dict[str, Any] = {"hidden": (2,), "initial_biases": ((0.0, 0.0), (0.0,))}
STEEP = (((50, 50, 50), (50, 50, 50.5)), ((1,), (1,), (1,)))
RELU = ("relu", "sigmoid")
HARD = np.random.RandomState(0)
LARGE = Experiment(
    inputs=HARD.randn(60, 24).round(3).tolist(), targets=HARD.randint(0, 2, (60, 1)).tolist(), bias=True, epochs=3
)

# key, what earns it, the near miss, what the words must name
CASES: list[tuple[str, Experiment, Experiment, str]] = [
    ("not_separable", ONE, AND, "rows 1, 2, 3 and 4"),
    (
        "not_separable",
        replace(ONE, hidden=(3,), activations=("linear", "sigmoid")),
        XOR,
        "hidden layers are all linear",
    ),
    (
        "not_separable",
        Experiment(inputs=((1,), (2,)), targets=((0,), (1,))),
        Experiment(inputs=((-1,), (2,)), targets=((0,), (1,))),
        "Without a bias",
    ),
    (
        "contradiction",
        replace(AND, **TWICE),
        replace(AND, inputs=TWICE["inputs"], targets=((0,), (0,), (0,), (1,), (1,))),
        "Rows 4 and 5",
    ),
    ("contradiction", replace(ONE, **{**TWICE, "targets": ((0,), (1,), (1,), (0,), (1,))}), ONE, "answer is 0 in one"),
    (
        "contradiction",
        replace(LINE, inputs=(*LINE.inputs, (5,)), targets=(*LINE.targets, (1,))),
        replace(LINE, inputs=(*LINE.inputs, (5,)), targets=(*LINE.targets, (9,))),
        "Rows 10 and 11",
    ),
    ("out_of_range", replace(LINE, activations=("sigmoid",)), LINE, "Row 1, column mark"),
    ("out_of_range", replace(AND, targets=((-1,), (-1,), (-1,), (1,))), AND, "Row 1, column answer, asks for -1"),
    ("no_bias_zero_row", replace(AND, bias=False), replace(AND, bias=False, inputs=((0.1, -3), *BITS[1:])), "row 1 "),
    ("no_bias_zero_row", replace(XOR, bias=False), replace(XOR, bias=False, activations=("sigmoid",) * 2), "at 0.5"),
    ("symmetry", replace(XOR, initializer="zeros"), replace(AND, initializer="zeros"), "All 3 neurons"),
    (
        "symmetry",
        replace(XOR, **PAIR, initial_weights=TWINS),
        replace(XOR, **PAIR, initial_weights=NEARLY_TWINS),
        "hidden layer 1",
    ),
    (
        "saturation",
        replace(XOR, initial_weights=STEEP, initial_biases=((9, 9, 9), (0,))),
        XOR,
        "neurons 1, 2 and 3 of hidden layer 1",
    ),
    (
        "dead_units",
        replace(XOR, activations=RELU, seed=3),
        replace(XOR, activations=("leaky_relu", "sigmoid")),
        "neuron",
    ),
    ("rate_too_high", replace(LINE, learning_rate=1), replace(LINE, learning_rate=0.03), "At epoch 119"),
    ("rate_too_high", replace(XOR, learning_rate=1000), replace(XOR, learning_rate=3), "learning rate of 1000"),
    ("rate_too_low", replace(LINE, learning_rate=1e-5), replace(LINE, learning_rate=1e-2), "learning rate of 1e-05"),
    ("rate_too_low", replace(XOR, learning_rate=1e-3), replace(XOR, learning_rate=0.1), "learning rate of 0.001"),
    ("few_epochs", replace(XOR, epochs=20), replace(XOR, epochs=200), "epoch 20"),
    ("step_slope", replace(AND, activations=("step",)), AND, "reaches any weight"),
    ("step_slope", replace(XOR, activations=("step", "sigmoid")), XOR, "weights of layer 1"),
    ("overfitting", BY_HEART, replace(BY_HEART, epochs=200), "lowest at epoch"),
    ("penalty", replace(XOR, l2=0.5), replace(XOR, l2=0.0001), "penalty"),
    ("small_network", replace(XOR, hidden=(1,)), XOR, "more neurons"),
    ("small_network", replace(SINE, hidden=(), activations=("linear",)), SINE, "more neurons"),
    ("unlucky_start", replace(XOR, hidden=(2,), seed=3), replace(XOR, hidden=(2,), seed=5), "start"),
    ("unknown", LARGE, replace(LARGE, hidden=(8,), activations=("tanh", "sigmoid")), "too large to tell"),
]
IDS = [f"{key}-{i}" for i, (key, *_) in enumerate(CASES)]


def of(key: str, findings: tuple[Finding, ...]) -> Finding | None:
    return next((finding for finding in findings if finding.key == key), None)


def assert_learns(remedy: Experiment, instead_of: Experiment) -> None:
    """All training rows right or, for numbers, at most half as much left unexplained as before."""
    history = record(remedy)
    if kind(remedy) != "numbers":
        assert all_right_by(history) is not None
        return
    fit = r_squared(remedy, history.outputs[-1], remedy.train_rows)
    old = r_squared(instead_of, record(instead_of).outputs[-1], instead_of.train_rows)
    assert fit is not None
    assert old is not None
    assert fit > 0.5
    assert 1 - fit <= (1 - old) / 2


@pytest.mark.parametrize(("key", "earns", "misses", "place"), CASES, ids=IDS)
def test_finding(key: str, earns: Experiment, misses: Experiment, place: str) -> None:
    history = record(earns)
    finding = of(key, after(history))
    assert finding is not None
    assert place in finding.words
    assert finding.remedy is not None
    assert finding.remedy_label == described(earns, finding.remedy) != ""
    if key == "overfitting":
        cured = record(finding.remedy)
        assert cured.test_loss is not None
        assert history.test_loss is not None
        assert cured.test_loss[-1] < history.test_loss[-1]
    else:
        assert_learns(finding.remedy, earns)
    assert of(key, before(misses)) is None
    assert of(key, after(record(misses))) is None


KNOWN_BEFORE = {"not_separable", "contradiction", "out_of_range", "no_bias_zero_row", "symmetry", "step_slope"}


@pytest.mark.parametrize(("key", "earns", "misses", "place"), CASES, ids=IDS)
def test_what_table_and_settings_show_is_said_before_the_run(
    key: str, earns: Experiment, misses: Experiment, place: str
) -> None:
    finding = of(key, before(earns))
    assert (finding is not None) is (key in KNOWN_BEFORE)
    if finding is not None:
        assert place in finding.words
        assert finding.remedy is not None
        assert_learns(finding.remedy, earns)


@pytest.mark.parametrize("name", LEARNING)
def test_no_false_alarm_on_a_preset_that_learns(name: str) -> None:
    for seed in range(50):
        e = replace(PRESETS[name], seed=seed, epochs=min(PRESETS[name].epochs, 3_000))
        history = record(e)
        assert before(e) == ()
        if learned(e, history.outputs[-1]):
            assert after(history) == ()


def test_the_preset_that_cannot_learn_is_told_why_and_nothing_else() -> None:
    for seed in range(10):
        (finding,) = after(record(replace(ONE, seed=seed)))
        assert (finding.key, finding.title) == ("not_separable", "One neuron cannot do this")
        assert finding.remedy_label.startswith("Add a hidden layer of 4 neurons")


def test_what_the_table_cannot_give_is_said_even_where_all_is_right() -> None:
    e = replace(AND, targets=((0,), (0,), (0,), (1.05,)))
    assert [finding.key for finding in after(record(e))] == ["out_of_range"]


def test_several_reasons_stand_side_by_side_and_each_remedy_learns() -> None:
    e = replace(ONE, bias=False)
    findings = after(record(e))
    assert [finding.key for finding in findings] == ["no_bias_zero_row", "not_separable"]
    for finding in findings:
        assert finding.remedy is not None
        assert finding.remedy.bias
        assert_learns(finding.remedy, e)


def test_a_run_that_was_stopped_might_still_have_learned() -> None:
    for e, expected in ((XOR, []), (replace(XOR, learning_rate=1e-4), []), (ONE, ["not_separable"])):
        recorder = Recorder(e)
        for _ in range(5):
            next(iter(recorder))
            assert [finding.key for finding in after(recorder.history())] == expected


def test_rates_to_try() -> None:
    assert rates_below(1.0)[:4] == [0.3, 0.1, 0.03, 0.01]
    assert rates_below(0.5)[:2] == [0.3, 0.1]
    assert rates_above(0.001) == [0.01, 0.1, 1.0, 10.0]
    assert rates_above(10.0) == []


def test_words_for_what_changes() -> None:
    changed = replace(XOR, hidden=(8, 8), activations=("relu", "relu", "sigmoid"), l2=0.1, batch_size=2, seed=3)
    expected = "Make it 2 hidden layers of 8 and 8 neurons, ReLU inside, seed 3, L2 penalty 0.1, batches of 2"
    assert described(XOR, changed) == expected
    assert described(XOR, XOR) == ""


@STEADY
@given(experiments(most_epochs=200))
def test_any_experiment_is_diagnosed_and_every_remedy_holds(e: Experiment) -> None:
    """No case breaks it, a network that learned hears of nothing but flaws, and remedies do what they promise."""
    history = record(e)
    findings = after(history)
    if learned(e, history.outputs[-1]):
        assert {finding.key for finding in findings} <= {"contradiction", "out_of_range", "overfitting"}
    for finding in (*before(e), *findings):
        assert 0 < len(finding.words) < 400
        if finding.remedy and finding.key != "overfitting":
            assert learned(finding.remedy, record(finding.remedy).outputs[-1], 0.5)
