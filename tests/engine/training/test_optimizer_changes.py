"""An optimizer that changes: from that epoch on training is as if it began there, from the weights that it has."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import LIMITS, OPTIMIZERS, PRESETS, Experiment, ExperimentError, Recorder, record, record_many, train
from engine.diagnosis.candidates import apply_changes
from engine.diagnosis.diagnosis import diagnose_run
from engine.diagnosis.finding import describe_changes
from engine.explanation.ledger import explain_epoch
from engine.model.types import Array
from engine.training.compiled_epoch import CompiledEpoch, compile_epoch
from engine.training.milestones import changes_of, milestones_of
from tests.engine.changed_experiments import (
    with_frozen_parts,
    with_optimizer_changes,
    with_rate_changes,
    with_stop_rules,
)
from tests.engine.stacks.test_record_many import networks_like
from tests.engine.stacks.trained_alone import assert_same_as_alone
from tests.engine.state_equality import assert_goes_on_from, assert_same_bits
from tests.engine.strategies import STEADY, experiments, scaled_experiments, shallow
from tests.engine.training.test_compiled_epoch import assert_same

Arrays = tuple[Array, ...]
SCHEDULED = (
    (experiments(most_epochs=8) | scaled_experiments(most_epochs=8))
    .flatmap(with_optimizer_changes)
    .flatmap(lambda e: st.just(e) | with_rate_changes(e))
    .flatmap(lambda e: st.just(e) | with_frozen_parts(e))
)


@STEADY
@given(experiments(most_epochs=8).flatmap(with_optimizer_changes).flatmap(with_rate_changes))
def test_it_is_the_readable_form(e: Experiment) -> None:
    divides = any(OPTIMIZERS[name].divides_by_gradient for name, _, _ in e.optimizer_spans)
    assert_same(e, 1e-9 if divides else 1e-12)


@pytest.mark.parametrize("batch_size", [None, 2])
@pytest.mark.parametrize("then", sorted(OPTIMIZERS))
@pytest.mark.parametrize("first", sorted(OPTIMIZERS))
def test_it_goes_on_as_a_new_experiment_from_these_weights(first: str, then: str, batch_size: int | None) -> None:
    e = replace(shallow(optimizer=first), batch_size=batch_size)
    (middle,) = train(e, (7,))
    weights = tuple(tuple(map(tuple, layer.tolist())) for layer in middle.weights)
    biases = tuple(tuple(layer.tolist()) for layer in middle.biases)
    (end,) = train(replace(e, optimizer=then, initial_weights=weights, initial_biases=biases), (13,))
    (found,) = train(replace(e, optimizer_changes=((7, then),)), (20,))
    assert_same_bits(replace(found, epoch=13), end)
    (before,) = train(replace(e, optimizer_changes=((7, then),)), (6,))
    assert_same_bits(before, next(train(e, (6,))))


def test_adam_corrects_its_averages_from_the_change_on() -> None:
    """By hand: its first step is the learning rate in size, whatever the gradient, times g / (|g| + 1e-8)."""
    e = Experiment(epochs=40, learning_rate=0.01, optimizer_changes=((30, "adam"),))
    history = record(e)
    update = explain_epoch(e, history.state_at(30)).updates[0]
    gradient = update.layers[0].weight_gradient
    moved = history.state_at(31).weights[0] - history.state_at(30).weights[0]
    np.testing.assert_allclose(moved, -0.01 * gradient / (np.abs(gradient) + 1e-8), rtol=1e-9)
    assert (update.number, update.optimizer, update.optimizer_number) == (31, "adam", 1)
    assert update.memory.tolist() == [[0.0] * 3] * 2


def test_a_change_to_the_same_optimizer_begins_it_anew() -> None:
    e = replace(PRESETS["xor"], optimizer="momentum", epochs=50)
    again = replace(e, optimizer_changes=((20, "momentum"),))
    assert not np.array_equal(record(e).loss[21:], record(again).loss[21:])
    assert np.array_equal(record(e).loss[:21], record(again).loss[:21])
    assert not record(again).state_at(20).memory.any()
    plain = replace(e, optimizer="sgd")
    assert np.array_equal(record(plain).loss, record(replace(plain, optimizer_changes=((20, "sgd"),))).loss)


def test_one_after_the_end_changes_nothing() -> None:
    for name, e in (("sgd", PRESETS["fruit"]), ("adam", PRESETS["sine"])):
        e = replace(e, epochs=300)
        later = replace(e, optimizer_changes=((300, name), (10**6, "rmsprop")))
        assert np.array_equal(record(e).loss, record(later).loss)
        assert later.predicted_seconds == e.predicted_seconds


@STEADY
@given(SCHEDULED, st.data())
def test_taken_up_again_at_any_epoch_it_gives_the_same_bits(e: Experiment, data: st.DataObject) -> None:
    assert_goes_on_from(e, data.draw(st.integers(0, e.epochs)))


@pytest.mark.parametrize("at", [99, 100, 101, 149, 150, 151, 733])
def test_a_long_run_is_taken_up_between_its_kept_epochs(at: int) -> None:
    e = replace(PRESETS["fruit"], batch_size=5, epochs=800, rate_changes=((100, 0.02), (120, 0.01)))
    e = replace(e, optimizer_changes=((100, "adam"), (150, "momentum")))
    history = record(e)
    (expected,), (end,) = train(e, (at,)), train(e, (800,))
    assert_same_bits(history.state_at(at), expected)
    assert_same_bits(next(train(e, (800,), history.state_at(at))), end)
    assert_same_bits(history.state_at(None), end)


@STEADY
@given(SCHEDULED.flatmap(networks_like))
def test_many_networks_change_it_too(networks: list[Experiment]) -> None:
    assert_same_as_alone(record_many(networks))


@STEADY
@given(experiments(most_epochs=12).flatmap(with_optimizer_changes).flatmap(with_stop_rules))
def test_it_stops_where_the_same_run_without_rules_has_come_to(e: Experiment) -> None:
    stopped = record(e)
    free = record(replace(e, stop_loss=None, stop_when_right=False, patience=None))
    assert np.array_equal(stopped.loss, free.loss[: len(stopped.loss)])
    assert_same_bits(stopped.state_at(None), free.state_at(int(stopped.epochs[-1])))


def test_divergence_after_a_change_is_found() -> None:
    e = Experiment(activations=("linear",), optimizer="adam", learning_rate=2.0, epochs=2_000)
    assert record(e).diverged_at is None
    history = record(replace(e, optimizer_changes=((500, "sgd"),)))
    assert history.diverged_at is not None
    assert 500 < history.diverged_at < 2_000
    assert_same_as_alone(record_many([history.experiment, replace(history.experiment, seed=2)]))
    found = diagnose_run(history)[0]
    assert f"At epoch {history.diverged_at:,} the numbers grew past all bounds" in found.words
    assert found.remedy is not None
    assert record(found.remedy).diverged_at is None


def test_a_remedy_with_another_optimizer_keeps_it_to_the_end() -> None:
    e = replace(PRESETS["xor"], optimizer_changes=((100, "rmsprop"),))
    changed = apply_changes(e, {"optimizer": "adam"})
    assert changed == replace(PRESETS["xor"], optimizer="adam")
    assert describe_changes(e, changed) == "Adam, the same optimizer throughout"
    assert apply_changes(e, {"l2": 0.1}) == replace(e, l2=0.1)


def test_a_dearer_optimizer_costs_from_there_on() -> None:
    e = Experiment()
    half, whole = replace(e, optimizer_changes=((5_000, "adam"),)), replace(e, optimizer="adam")
    assert half.predicted_seconds == pytest.approx((e.predicted_seconds + whole.predicted_seconds) / 2)


def test_a_training_without_changes_compiles_once_and_the_same_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = list[int]()

    def compile_and_count(e: Experiment, weights: Arrays, biases: Arrays, memory: Array, epochs: int) -> CompiledEpoch:
        made = compile_epoch(e, weights, biases, memory, epochs)
        calls.append(len(made.calls))
        return made

    monkeypatch.setattr("engine.training.train.compile_epoch", compile_and_count)
    for e in (Experiment(epochs=500), Experiment(epochs=500, optimizer_changes=((100, "sgd"),))):
        list(Recorder(e))
    assert len(set(calls)) == 1
    assert len(calls) == 3


def test_marks_are_where_optimizer_and_rate_change_one_for_both() -> None:
    e = Experiment(
        rate_changes=((100, 0.5), (5_000, 0.1)), optimizer_changes=((100, "adam"), (700, "sgd"), (10_000, "adam"))
    )
    history = record(e)
    words = [(change.epoch, change.words) for change in changes_of(history)]
    assert words == [(100, "Adam, rate 0.5"), (700, "Gradient descent"), (5_000, "rate 0.1")]
    marks = {mark.label: mark.epoch for mark in milestones_of(history)}
    assert 95 <= marks["Before Adam, rate 0.5"] <= 100
    assert 650 <= marks["Before Gradient descent"] <= 700


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (((5, "adam"), (5.0, "sgd")), "The optimizer changes twice at epoch 5: remove one."),
        (((0, "adam"),), "The epoch of a new optimizer: 0 is outside 1 to 1,000,000."),
        (((1.5, "adam"),), "1.5 is not a whole number"),
        (((5, "fast"),), "The optimizer from epoch 5 on: 'fast' is none: choose from sgd, momentum, rmsprop, adam."),
        (((5, 0.1),), "The optimizer from epoch 5 on: 0.1 is none"),
        (((5, ["adam"]),), "The optimizer from epoch 5 on: ['adam'] is none"),
        (((5,),), "A change of the optimizer is an epoch and an optimizer, such as 5000: adam."),
        (((5, "adam", 2),), "is an epoch and an optimizer"),
        ((5, "adam"), "is not a list"),
        (("adam",), "is text, not a list"),
        (tuple((epoch, "adam") for epoch in range(1, 102)), f"at most {LIMITS['optimizer changes']}: remove some"),
    ],
)
def test_what_is_no_schedule_is_refused(changes: object, words: str) -> None:
    given: dict[str, Any] = {"optimizer_changes": changes}
    with pytest.raises(ExperimentError, match=re.escape(words)) as error:
        Experiment(**given)
    assert error.value.field == "optimizer_changes"


def test_changes_are_in_order() -> None:
    changes: Any = [[9, "sgd"], (2.0, "adam")]
    assert Experiment(optimizer_changes=changes).optimizer_changes == ((2, "adam"), (9, "sgd"))
