"""A learning rate that changes: from that epoch on training is as it would be from there with the new rate."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import LIMITS, OPTIMIZERS, PRESETS, Experiment, ExperimentError, record, record_many, train
from engine.diagnosis.diagnosis import diagnose_run
from engine.explanation.ledger import explain_epoch
from engine.explanation.verify import verify
from engine.training.milestones import milestones_of
from tests.engine.changed_experiments import with_rate_changes
from tests.engine.ledgers import assert_adds_up, assert_leads_to_the_next_epoch
from tests.engine.stacks.test_record_many import networks_like
from tests.engine.stacks.trained_alone import assert_same_as_alone
from tests.engine.state_equality import assert_goes_on_from, assert_same_bits
from tests.engine.strategies import STEADY, experiments, shallow
from tests.engine.training.test_compiled_epoch import assert_same

SCHEDULED = experiments(most_epochs=8).flatmap(with_rate_changes)


@STEADY
@given(SCHEDULED)
def test_it_is_the_readable_form(e: Experiment) -> None:
    assert_same(e, 1e-9 if e.optimizer in ("rmsprop", "adam") else 1e-12)


@pytest.mark.parametrize("batch_size", [None, 2])
@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_it_goes_on_as_with_the_new_rate_from_there(optimizer: str, batch_size: int | None) -> None:
    e = replace(shallow(optimizer=optimizer), batch_size=batch_size)
    (middle,) = train(e, (7,))
    (end,) = train(replace(e, learning_rate=0.2), (20,), middle)
    (found,) = train(replace(e, rate_changes=((7, 0.2),)), (20,))
    assert_same_bits(found, end)


@STEADY
@given(SCHEDULED, st.data())
def test_taken_up_again_at_any_epoch_it_gives_the_same_bits(e: Experiment, data: st.DataObject) -> None:
    assert_goes_on_from(e, data.draw(st.integers(0, e.epochs)))


def test_the_same_rate_changes_nothing() -> None:
    for e in (Experiment(epochs=500), replace(PRESETS["sine"], epochs=500), shallow(optimizer="adam")):
        same = replace(e, rate_changes=((1, e.learning_rate), (17, e.learning_rate), (10**6, 5.0)))
        assert np.array_equal(record(e).loss, record(same).loss)


@STEADY
@given(SCHEDULED)
def test_the_ledger_has_the_rate_of_its_epoch_and_is_verified(e: Experiment) -> None:
    for before, after in pairwise(train(e, range(e.epochs + 1))):
        assert_leads_to_the_next_epoch(e, before, after)
        for update in explain_epoch(e, before).updates:
            assert update.rate == e.rate_after(before.epoch)
            assert_adds_up(e, update)
            assert verify(update, e).agrees


@STEADY
@given(SCHEDULED.flatmap(networks_like))
def test_stacks_change_it_too(networks: list[Experiment]) -> None:
    assert_same_as_alone(record_many(networks))


def test_divergence_after_a_change_is_found_and_names_the_rate() -> None:
    e = Experiment(activations=("linear",), learning_rate=0.1, rate_changes=((500, 2.0),), epochs=2_000)
    history = record(e)
    assert history.diverged_at is not None
    assert 500 < history.diverged_at < 2_000
    assert_same_as_alone(record_many([replace(e, seed=seed) for seed in range(3)]))
    found = diagnose_run(history)[0]
    assert "with a learning rate of 2 every step overshoots" in found.words
    assert found.remedy is not None
    assert found.remedy.rate_changes == ()


def test_marks_are_where_the_rate_changes() -> None:
    history = record(Experiment(rate_changes=((100, 0.5), (5_000, 0.1), (10_000, 3.0))))
    marks = {mark.label: mark.epoch for mark in milestones_of(history)}
    assert 95 <= marks["Before rate 0.5"] <= 100
    assert 4_700 <= marks["Before rate 0.1"] <= 5_000
    assert "Before rate 3" not in marks


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (((5, 0.1), (5.0, 0.2)), "The learning rate changes twice at epoch 5: remove one."),
        (((0, 0.1),), "The epoch of a new learning rate: 0 is outside 1 to 1,000,000."),
        (((1.5, 0.1),), "1.5 is not a whole number"),
        (((5, 0),), "The learning rate from epoch 5 on is 0, so nothing would change"),
        (((5, -1),), "The learning rate from epoch 5 on is -1: it must not be negative."),
        (((5, "x"),), "'x' is not a number"),
        (((5,),), "is an epoch and a rate"),
        (((5, 0.1, 2),), "is an epoch and a rate"),
        ((5, 0.1), "is not a list"),
        (tuple((epoch, 0.1) for epoch in range(1, 102)), f"at most {LIMITS['rate changes']}"),
    ],
)
def test_what_is_no_schedule_is_refused(changes: object, words: str) -> None:
    given: dict[str, Any] = {"rate_changes": changes}
    with pytest.raises(ExperimentError, match=re.escape(words)) as error:
        Experiment(**given)
    assert error.value.field == "rate_changes"


def test_changes_are_in_order() -> None:
    assert Experiment(rate_changes=((9, 1), (2, 3))).rate_changes == ((2, 3.0), (9, 1.0))
