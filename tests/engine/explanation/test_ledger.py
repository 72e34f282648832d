"""The ledger's numbers are those of training: every update leads to the same state, and its numbers add up."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

import engine.explanation.ledger
from engine import ACTIVATIONS, OPTIMIZERS, PRESETS, Experiment, record, train
from engine.explanation.ledger import Update, explain_epoch
from engine.explanation.table_rows import TableRows
from engine.training.train import TrainingState
from tests.engine.ledgers import assert_adds_up, assert_leads_to_the_next_epoch, flat
from tests.engine.strategies import HIDDEN, OUTPUTS, STEADY, deep, experiments


@STEADY
@given(experiments())
def test_every_epochs_ledger_leads_to_the_next_epoch(e: Experiment) -> None:
    for before, after in pairwise(train(e, range(e.epochs + 1))):
        assert_leads_to_the_next_epoch(e, before, after)


@STEADY
@given(experiments(most_epochs=2))
def test_every_update_adds_up(e: Experiment) -> None:
    for before in train(e, range(e.epochs + 1)):
        ledger = explain_epoch(e, before)
        assert (ledger.experiment, ledger.epoch) == (e, before.epoch)
        for update in ledger.updates:
            assert_adds_up(e, update)


@STEADY
@given(experiments(most_epochs=2))
def test_the_batches_of_an_epoch_follow_one_another(e: Experiment) -> None:
    for before in train(e, range(e.epochs)):
        updates = explain_epoch(e, before).updates
        assert [row for update in updates for row in update.rows] == list(e.train_rows)
        assert {len(update.rows) for update in updates[:-1]} <= {e.batch_size}
        first = before.epoch * len(updates) + 1
        assert [update.number for update in updates] == list(range(first, first + len(updates)))
        assert np.array_equal(updates[0].memory, before.memory)
        for one, two in pairwise(updates):
            assert np.array_equal(one.new_memory, two.memory)
            after = flat(one.layers, "new_weights", "new_biases")
            assert np.array_equal(after, flat(two.layers, "weights", "biases"))


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize(("output", "loss"), OUTPUTS)
def test_ledger_of_every_part(hidden: str, output: str, loss: str, optimizer: str) -> None:
    e = replace(deep(hidden, output, loss, optimizer), batch_size=2, epochs=4)
    for before, after in pairwise(train(e, range(e.epochs + 1))):
        assert_leads_to_the_next_epoch(e, before, after)
    for update in explain_epoch(e, before).updates:
        assert_adds_up(e, update)


@pytest.mark.parametrize("epoch", [0, 100, 9_999])
def test_tutorial_is_bit_identical(epoch: int) -> None:
    e = Experiment()
    before, after = train(e, (epoch, epoch + 1))
    assert np.array_equal(explain_epoch(e, before).end_state.weights[0], after.weights[0])


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_preset_at_any_epoch(name: str) -> None:
    e = PRESETS[name]
    history = record(e)
    for epoch in (0, e.epochs // 2 + 1, e.epochs - 1, *history.epochs[1:-1:5].tolist()):
        assert_leads_to_the_next_epoch(e, history.state_at(epoch), history.state_at(epoch + 1))


def test_the_published_tutorial_by_hand() -> None:
    (first,) = train(Experiment(), (0,))
    (update,) = explain_epoch(Experiment(), first).updates
    (layer,) = update.layers
    w = [0.417022004702574, 0.7203244934421581, 0.00011437481734488664]
    by_hand = [1 / (1 + math.exp(-sum(w[i] * x for i, x in enumerate(row)))) for row in Experiment().inputs]
    assert layer.outputs.ravel().tolist() == pytest.approx(by_hand, rel=1e-15)
    first_weight = [(o - y) * o * (1 - o) for o, y in zip(by_hand, (0, 1, 1, 0), strict=True)]
    assert layer.contributions(0, 0).tolist() == pytest.approx([0.0, first_weight[1], first_weight[2], 0.0], rel=1e-14)
    assert layer.new_weights[0, 0] == pytest.approx(w[0] - first_weight[1] - first_weight[2], rel=1e-15)
    assert layer.biases is layer.bias_change is layer.new_biases is None
    with pytest.raises(IndexError):
        layer.contributions(3, 0)


def test_a_slope_that_differs_from_trainings_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    e = deep(output="tanh", loss="half_squared_error")
    before, after = train(e, (0, 1))
    assert_leads_to_the_next_epoch(e, before, after)
    monkeypatch.setitem(ACTIVATIONS, "tanh", replace(ACTIVATIONS["tanh"], slope=ACTIVATIONS["sigmoid"].slope))
    with pytest.raises(AssertionError):
        assert_leads_to_the_next_epoch(e, before, after)


def test_numbers_past_all_bounds_raise_no_warning() -> None:
    for optimizer in OPTIMIZERS:
        for activation in HIDDEN:
            e = Experiment(
                hidden=(3,), activations=(activation, "linear"), optimizer=optimizer, learning_rate=1e9, bias=True
            )
            for step in train(e, range(0, 400, 20)):
                (update,) = explain_epoch(e, step).updates
                assert update.layers[0].contributions(0, 0).shape == (4,)


THOUSAND = Experiment(
    inputs=tuple((i / 1000,) for i in range(1_000)), targets=((1,),) * 1_000, batch_size=1, epochs=2, bias=True
)


def test_only_the_batches_up_to_the_one_asked_for_are_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    work = engine.explanation.ledger.explain_update

    def counted(
        experiment: Experiment, before: TrainingState, number: int, rows: tuple[int, ...], table: TableRows
    ) -> Update:
        asked.append(number)
        return work(experiment, before, number, rows, table)

    monkeypatch.setattr(engine.explanation.ledger, "explain_update", counted)
    (start,) = train(THOUSAND, (0,))
    updates = explain_epoch(THOUSAND, start).updates
    assert len(updates) == 1_000
    assert asked == []
    assert updates[2].number == 3
    assert asked == [1, 2, 3]


def test_updates_are_a_sequence_like_any_other() -> None:
    e = replace(THOUSAND, test_rows=tuple(range(7, 1_000)), batch_size=3)
    (start,) = train(e, (0,))
    updates = explain_epoch(e, start).updates
    assert [update.rows for update in updates] == [(0, 1, 2), (3, 4, 5), (6,)]
    assert updates[-1].rows == (6,)
    assert [update.number for update in updates[1:]] == [2, 3]
    with pytest.raises(IndexError):
        updates[3]
