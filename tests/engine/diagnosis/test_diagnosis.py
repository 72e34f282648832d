"""Each finding: a case that earns it, a near miss that does not, and a remedy that makes it learn."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from engine import PRESETS, Experiment, Recorder, record
from engine.diagnosis.after_training import has_narrow_margin
from engine.diagnosis.contradictions import contradicted_test_rows
from engine.diagnosis.diagnosis import diagnose_experiment, diagnose_run
from engine.diagnosis.finding import describe_changes
from engine.diagnosis.learning_rate import has_ended_worse, loss_has_risen
from engine.model.outcome import closeness, has_learned
from tests.engine.diagnosis.cases import AND, BY_HEART, CASES, LINE, ONE, TUTORIAL, XOR, assert_learns, of
from tests.engine.strategies import STEADY, experiments

pytestmark = pytest.mark.usefixtures("no_hurry")

LEARNING = sorted(set(PRESETS) - {"xor_one_neuron"})
IDS = [f"{key}-{i}" for i, (key, *_) in enumerate(CASES)]


@pytest.mark.parametrize(("key", "earns", "misses", "place"), CASES, ids=IDS)
def test_finding(key: str, earns: Experiment, misses: Experiment, place: str) -> None:
    history = record(earns)
    finding = of(key, diagnose_run(history))
    assert finding is not None
    assert place in finding.words
    assert finding.remedy is not None
    assert finding.remedy_label == describe_changes(earns, finding.remedy) != ""
    if key == "overfitting":
        cured = record(finding.remedy)
        assert cured.test_loss is not None
        assert history.test_loss is not None
        assert cured.test_loss[-1] < history.test_loss[-1]
    else:
        assert_learns(finding.remedy, earns)
    assert of(key, diagnose_experiment(misses)) is None
    assert of(key, diagnose_run(record(misses))) is None


FLAWS = {"contradiction", "out_of_range", "overfitting"}
KNOWN_BEFORE = {"not_separable", "contradiction", "out_of_range", "no_bias_zero_row", "symmetry", "step_slope"}


@pytest.mark.parametrize(("key", "earns", "misses", "place"), CASES, ids=IDS)
def test_what_table_and_settings_show_is_said_before_the_run(
    key: str, earns: Experiment, misses: Experiment, place: str
) -> None:
    finding = of(key, diagnose_experiment(earns))
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
        assert diagnose_experiment(e) == ()
        if has_learned(e, history.outputs[-1]):
            assert diagnose_run(history) == ()


def test_the_preset_that_cannot_learn_is_told_why_and_nothing_else() -> None:
    for seed in range(10):
        (finding,) = diagnose_run(record(replace(ONE, seed=seed)))
        assert (finding.key, finding.title) == ("not_separable", "One neuron cannot do this")
        assert finding.remedy_label.startswith("Add a hidden layer of 4 neurons")


def test_what_the_table_cannot_give_is_said_even_where_all_is_right() -> None:
    e = replace(AND, targets=((0,), (0,), (0,), (1.05,)))
    assert [finding.key for finding in diagnose_run(record(e))] == ["out_of_range"]


def test_several_reasons_stand_side_by_side_and_a_remedy_is_offered_once() -> None:
    e = replace(ONE, bias=False)
    one, other = diagnose_run(record(e))
    assert [one.key, other.key] == ["no_bias_zero_row", "not_separable"]
    assert one.remedy is not None
    assert one.remedy.bias
    assert_learns(one.remedy, e)
    assert (other.remedy, other.remedy_label) == (None, "")
    one, other = diagnose_run(record(replace(TUTORIAL, learning_rate=1000)))
    assert [one.key, other.key] == ["rate_too_high", "saturation"]
    assert one.remedy_label == "Learning rate 100"
    assert other.remedy is None


def test_a_held_out_row_that_contradicts_a_training_row_is_not_learned_by_heart() -> None:
    e = replace(AND, targets=((0,), (0,), (1,), (1,)), inputs=((0, 0), (0, 1), (0, 1), (1, 1)))
    (finding,) = diagnose_run(record(e))
    assert finding.remedy_label == "Hold out row 3"
    held = finding.remedy
    assert held is not None
    history = record(held)
    assert history.test_loss is not None
    assert history.test_loss[-1] > history.test_loss[0]
    assert contradicted_test_rows(held) == {2}
    assert diagnose_run(history) == ()
    # the other rows held out still count, and the loss that is told is theirs
    others = replace(BY_HEART, inputs=(*BY_HEART.inputs, BY_HEART.inputs[12]), targets=(*BY_HEART.targets, (-0.8,)))
    both = replace(others, test_rows=(*BY_HEART.test_rows, 25))
    alone, with_other = (of("overfitting", diagnose_run(record(e))) for e in (BY_HEART, both))
    assert contradicted_test_rows(both) == {25}
    assert alone is not None
    assert with_other is not None
    assert alone.words == with_other.words


def test_a_penalty_that_leaves_the_rows_right_by_a_hair() -> None:
    for e in (replace(TUTORIAL, l2=1.0), replace(PRESETS["fruit"], l2=1.0)):
        history = record(e)
        finding = of("penalty", diagnose_run(history))
        assert finding is not None
        assert ("by a hair" in finding.words) is has_narrow_margin(e, history.outputs[-1])
        assert finding.remedy is not None
        assert diagnose_run(record(finding.remedy)) == ()
    weak = replace(TUTORIAL, l2=0.1)
    assert diagnose_run(record(weak)) == ()


def test_right_by_a_hair() -> None:
    signs = replace(AND, targets=((-1,), (-1,), (-1,), (1,)), activations=("tanh",))
    classes = replace(PRESETS["fruit"], test_rows=(0,))
    ahead = np.full((12, 3), 0.3) + 0.1 * np.array(classes.targets)
    assert has_narrow_margin(AND, np.array([[0.41], [0.43], [0.44], [0.59]]))
    assert not has_narrow_margin(AND, np.array([[0.39], [0.43], [0.44], [0.59]]))
    assert not has_narrow_margin(AND, np.array([[0.51], [0.43], [0.44], [0.59]]))  # row 1 is wrong
    assert has_narrow_margin(signs, np.array([[-0.19], [-0.1], [-0.1], [0.19]]))
    assert not has_narrow_margin(signs, np.array([[-0.21], [-0.1], [-0.1], [0.19]]))
    assert has_narrow_margin(classes, ahead + 0.05 * classes.unscaled_targets)
    assert not has_narrow_margin(classes, ahead + 0.2 * classes.unscaled_targets)
    assert not has_narrow_margin(LINE, np.array(LINE.targets))


def test_a_run_that_was_stopped_might_still_have_learned() -> None:
    for e, expected in ((XOR, []), (replace(XOR, learning_rate=1e-4), []), (ONE, ["not_separable"])):
        recorder = Recorder(replace(e, epochs=100_000))
        turns = iter(recorder)
        for _ in range(3):
            assert next(turns)[0] < 100_000
            assert [finding.key for finding in diagnose_run(recorder.history())] == expected


@STEADY
@given(experiments(most_epochs=200))
def test_any_experiment_is_diagnosed_and_every_remedy_holds(e: Experiment) -> None:
    """No case breaks it, a network that learned hears of nothing but flaws, and remedies do what they promise."""
    history = record(e)
    findings = diagnose_run(history)
    if has_learned(e, history.outputs[-1]) and not loss_has_risen(history) and not has_ended_worse(history):
        assert {finding.key for finding in findings} <= FLAWS | (
            {"penalty"} if has_narrow_margin(e, history.outputs[-1]) else set()
        )
    for finding in (*diagnose_experiment(e), *findings):
        assert 0 < len(finding.words) < 400
        if finding.remedy and finding.key != "overfitting":
            cured = record(finding.remedy)
            if finding.learns:
                assert has_learned(finding.remedy, cured.outputs[-1])
            else:
                assert closeness(finding.remedy, cured.outputs[-1]) >= 0.5
            assert cured.diverged_at is None
            assert cured.loss[-1] <= cured.loss[0]
