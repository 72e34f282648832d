"""The ledger has the optimizer of its epoch, and Verify sees where another is shown, or one that did not begin anew."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given

from engine import Experiment, train
from engine.explanation.ledger import explain_epoch
from engine.explanation.verify import verify
from tests.engine.explanation.updates import update_at
from tests.engine.ledgers import assert_adds_up, assert_leads_to_the_next_epoch
from tests.engine.strategies import STEADY, deep
from tests.engine.training.test_optimizer_changes import SCHEDULED


@STEADY
@given(SCHEDULED)
def test_the_ledger_has_the_optimizer_of_its_epoch_and_is_verified(e: Experiment) -> None:
    for before, after in pairwise(train(e, range(e.epochs + 1))):
        assert_leads_to_the_next_epoch(e, before, after)
        for update in explain_epoch(e, before).updates:
            assert update.optimizer == e.optimizer_after(before.epoch)
            assert update.optimizer_number == update.number - e.optimizer_start(before.epoch) * e.batches
            assert_adds_up(e, update)
            assert verify(update, e).agrees


@pytest.mark.parametrize("shown", [((3, "adam"),), ((3, "momentum"),), ((3, "sgd"),), ()])
@pytest.mark.parametrize("wanted", [((3, "adam"),), ((4, "adam"),), ((3, "momentum"),), ((3, "sgd"),), ()])
def test_another_schedule_than_the_shown_one_is_seen(
    shown: tuple[tuple[int, str], ...], wanted: tuple[tuple[int, str], ...]
) -> None:
    e = deep(optimizer="momentum")
    one, other = with_changes(e, shown), with_changes(e, wanted)
    for epoch in (3, 5):
        same = all(
            (one.optimizer_after(at), one.optimizer_start(at)) == (other.optimizer_after(at), other.optimizer_start(at))
            for at in range(epoch + 1)
        )
        found = verify(update_at(one, epoch), other)
        assert found.agrees == same
        assert bool(found.changes) != same


def with_changes(e: Experiment, changes: tuple[tuple[int, str], ...]) -> Experiment:
    return replace(e, optimizer_changes=changes)


def test_what_an_optimizer_remembers_at_first_or_counts_wrongly_is_seen() -> None:
    e = replace(deep(), optimizer_changes=((3, "adam"),))
    update = update_at(e, 3)
    for wrong, name in (
        (replace(update, memory=update.memory + 1e-9), "remembered at first"),
        (replace(update, optimizer_number=update.number), "update of this optimizer"),
        (replace(update, optimizer="rmsprop"), "RMSprop, not Adam"),
    ):
        found = verify(wrong, e)
        assert any(name in check.name for check in found.failures)
        assert found.summary.startswith(f"{len(found.failures)} of ")
    assert verify(update, e).agrees
