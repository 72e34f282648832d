"""A table that comes after others: training goes on from what was learned on them, bit for bit."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import LIMITS, PRESETS, Experiment, ExperimentError, History, record, record_many, train
from engine.diagnosis.after_training import overfits
from engine.diagnosis.diagnosis import diagnose_run
from engine.diagnosis.fix_search import FixSearch
from engine.explanation.ledger import explain_epoch
from engine.explanation.verify import verify
from engine.model.network import forward, loss_over_rows
from engine.model.outcome import has_learned
from engine.model.scaling import SCALINGS
from engine.training.milestones import changes_of, milestones_of
from engine.training.recorder import turn_ends
from engine.training.surface import loss_over_main_directions
from tests.engine.changed_experiments import (
    with_earlier_tables,
    with_optimizer_changes,
    with_rate_changes,
    with_stop_rules,
)
from tests.engine.ledgers import assert_adds_up, assert_leads_to_the_next_epoch
from tests.engine.stacks.test_record_many import networks_like
from tests.engine.stacks.trained_alone import assert_same_as_alone
from tests.engine.state_equality import assert_goes_on_from, assert_same_bits
from tests.engine.strategies import STEADY, experiments, scaled_experiments, shallow
from tests.engine.training.test_compiled_epoch import assert_same

CHANGED = (
    (experiments(most_epochs=8) | scaled_experiments(most_epochs=8))
    .flatmap(with_earlier_tables)
    .flatmap(lambda e: st.just(e) | with_optimizer_changes(e))
    .flatmap(lambda e: st.just(e) | with_rate_changes(e))
)
ROWS = (((0.0, 0.0, 1.0), (1.0, 0.0, 1.0)), ((1.0,), (0.0,)))
"""Two rows of inputs and of targets, other than the lesson's."""

OTHERS = ((1.0,), (1.0,), (1.0,), (0.0,))
"""Other targets than XOR's."""


@STEADY
@given(experiments(most_epochs=8).flatmap(with_earlier_tables))
def test_it_is_the_readable_form(e: Experiment) -> None:
    assert_same(e, 1e-9 if e.optimizer in ("adam", "rmsprop") else 1e-12)


@pytest.mark.parametrize("scaling", sorted(SCALINGS))
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
@pytest.mark.parametrize("batch_size", [None, 2, 3])
def test_up_to_the_change_it_is_the_run_of_the_earlier_table(
    batch_size: int | None, optimizer: str, scaling: str
) -> None:
    e = replace(shallow(optimizer=optimizer), batch_size=batch_size, scaling=scaling, test_rows=(4,))
    first = tuple(e.inputs[row] for row in (3, 1, 2)), tuple(e.labelled_targets[row] for row in (3, 1, 2))
    changed = replace(e, earlier_tables=((7, *first),))
    alone = replace(e, inputs=first[0], targets=first[1], test_rows=(), epochs=7)
    (before,), (found,) = train(alone, (7,)), train(changed, (7,))
    assert_same_bits(before, found)
    assert changed.table_after(6).inputs == first[0]
    assert changed.table_after(7) is changed


def test_it_goes_on_as_a_new_experiment_from_these_weights() -> None:
    e = shallow()
    e = replace(e, earlier_tables=((7, e.inputs[:2], e.labelled_targets[:2]),))
    (middle,), (found,) = train(e, (7,)), train(e, (20,))
    weights = tuple(tuple(map(tuple, layer.tolist())) for layer in middle.weights)
    biases = tuple(tuple(layer.tolist()) for layer in middle.biases)
    (end,) = train(replace(e, earlier_tables=(), initial_weights=weights, initial_biases=biases), (13,))
    assert_same_bits(replace(found, epoch=13), end)


@STEADY
@given(CHANGED, st.data())
def test_taken_up_again_at_any_epoch_it_gives_the_same_bits(e: Experiment, data: st.DataObject) -> None:
    assert_goes_on_from(e, data.draw(st.integers(0, e.epochs)))


@STEADY
@given(CHANGED)
def test_outputs_are_of_the_table_and_a_loss_is_of_the_rows_trained_on_there(e: Experiment) -> None:
    history = record(e)
    for frame, (epoch, outputs) in enumerate(zip(history.epochs.tolist(), history.outputs, strict=True)):
        passed = history.forward(frame)
        np.testing.assert_allclose(outputs, e.unscale_outputs(passed.outputs[-1]), rtol=1e-9, atol=1e-9)
        table = e.table_after(epoch)
        passed = history.trained_at(epoch).forward(frame)
        loss = loss_over_rows(table, passed, table.target_array, np.array(table.train_rows))
        assert history.loss[frame] == pytest.approx(loss, rel=1e-9, abs=1e-12)


def test_the_history_until_the_change_is_that_of_the_earlier_table() -> None:
    e = replace(PRESETS["xor"], epochs=139)
    first = record(e)
    changed = record(replace(e, targets=OTHERS, earlier_tables=((100, e.inputs, e.labelled_targets),)))
    assert np.array_equal(changed.loss[:100], first.loss[:100])
    assert changed.loss[100] > 10 * changed.loss[99]


def test_a_surface_is_over_the_rows_of_the_players_epoch() -> None:
    e = replace(PRESETS["xor"], epochs=200)
    e = replace(e, targets=OTHERS, earlier_tables=((100, e.inputs, e.labelled_targets),))
    history = record(e)
    for epoch in (50, 150):
        surface = loss_over_main_directions(history, epoch, points=3)
        frame = history.frame_at(epoch)
        assert surface.experiment == e
        np.testing.assert_allclose(surface.path_loss[frame], history.loss[frame])
        table = replace(e, inputs=e.table_after(epoch).inputs, targets=e.table_after(epoch).targets, earlier_tables=())
        passed = replace(history, experiment=table).forward(0)
        wanted = loss_over_rows(table, passed, table.target_array, np.array(table.train_rows))
        assert surface.path_loss[0] == pytest.approx(wanted)


@STEADY
@given(CHANGED.flatmap(networks_like))
def test_many_networks_change_it_too(networks: list[Experiment]) -> None:
    assert_same_as_alone(record_many(networks))


@STEADY
@given(CHANGED)
def test_the_ledger_has_the_rows_of_its_epoch_and_is_verified(e: Experiment) -> None:
    number = 0
    for before, after in pairwise(train(e, range(e.epochs + 1))):
        table = e.table_after(before.epoch)
        assert_leads_to_the_next_epoch(e, before, after)
        rows = list[int]()
        for update in explain_epoch(e, before).updates:
            number += 1
            rows += update.rows
            assert (update.number, e.epoch_of(number)) == (number, before.epoch)
            assert_adds_up(table, update)
            assert verify(update, e).agrees
        assert tuple(rows) == table.train_rows
        assert number == e.updates_before(before.epoch + 1)


def test_verify_sees_the_rows_of_another_table() -> None:
    e = Experiment(epochs=60, earlier_tables=((40, *ROWS),))
    update = explain_epoch(e, record(e).state_at(10)).updates[0]
    assert verify(update, e).agrees
    assert not verify(update, replace(e, earlier_tables=((40, ROWS[0], ((1.0,), (0.5,))),))).agrees


@STEADY
@given(experiments(most_epochs=12).flatmap(with_earlier_tables).flatmap(with_stop_rules))
def test_it_stops_where_the_same_run_without_rules_has_come_to_and_not_on_an_earlier_table(e: Experiment) -> None:
    stopped = record(e)
    free = record(replace(e, stop_loss=None, stop_when_right=False, patience=None))
    assert np.array_equal(stopped.loss, free.loss[: len(stopped.loss)])
    assert stopped.stopped_at is None or stopped.stopped_at > e.table_start
    assert_same_bits(stopped.state_at(None), free.state_at(int(stopped.epochs[-1])))


def test_patience_waits_from_the_change_on() -> None:
    """The held-out loss rises all the way to the change: that is forgotten, and counted from there."""
    e = replace(PRESETS["line"], test_rows=(1,), epochs=120)
    away = tuple((1.0 - row[0],) for row in e.labelled_targets)
    changed = replace(e, earlier_tables=((60, e.inputs, away),), patience=3)
    assert record(replace(changed, earlier_tables=(), targets=away)).stopped_at is not None
    history = record(changed)
    assert history.stopped_at is None or history.stopped_at > 63


def test_a_divergence_on_an_earlier_table_is_found() -> None:
    e = Experiment(activations=("linear",), learning_rate=0.1, epochs=2_000)
    far = tuple((1e6 * row[0], 1e6 * row[1], 1.0) for row in e.inputs)
    history = record(replace(e, earlier_tables=((1_500, far, e.labelled_targets),)))
    assert record(e).diverged_at is None
    assert history.diverged_at is not None
    assert history.diverged_at < 1_500


def test_scales_are_those_of_the_first_table_for_good() -> None:
    first = ((10.0, 0.0, 1.0), (30.0, 4.0, 1.0)), ((100.0,), (300.0,))
    e = Experiment(
        scaling="standard",
        target_scaling="min_max",
        activations=("linear",),
        loss="mean_squared_error",
        earlier_tables=((40, *first), (60, *ROWS)),
        epochs=80,
    )
    assert e.input_scale is not None
    assert e.target_scale is not None
    assert e.input_scale.first.tolist() == [20.0, 2.0, 0.0]
    assert (e.target_scale.first.tolist(), e.target_scale.second.tolist()) == ([100.0], [300.0])
    for table in e.tables:
        assert np.array_equal(table.scale_inputs(np.ones((1, 3))), e.scale_inputs(np.ones((1, 3))))
    assert (e.scale_inputs(np.array([[30.0, 0.0, 1.0]])) == [[1.0, -1.0, 1.0]]).all()


def test_predictions_and_marks() -> None:
    e = Experiment(epochs=500, earlier_tables=((100, *ROWS), (300, *ROWS)), rate_changes=((300, 0.5),))
    history = record(e)
    assert marks_of(history) == [(100, "changed table"), (300, "rate 0.5, changed table")]
    before = {mark.label: mark.epoch for mark in milestones_of(history)}
    assert 95 <= before["Before changed table"] <= 100
    passed = forward(e, [history.weights[0][-1]], [], e.input_array)
    assert np.array_equal(history.predict(e.inputs), passed.outputs[-1])
    beyond = replace(e, epochs=100, earlier_tables=((100, *ROWS),), rate_changes=())
    assert marks_of(record(beyond)) == []


def marks_of(history: History) -> list[tuple[int, str]]:
    return [(change.epoch, change.words) for change in changes_of(history)]


def test_overfitting_is_looked_for_on_the_table_itself_only() -> None:
    """On the way over other rows the held-out loss was lowest: to stop there would be to leave the table out."""
    random = np.random.RandomState(3)
    x = random.uniform(-1, 1, (12, 1))
    noisy = np.sin(3 * x) + random.normal(0, 0.6, x.shape)
    e = Experiment(
        inputs=tuple(map(tuple, x.tolist())),
        targets=tuple(map(tuple, noisy.tolist())),
        test_rows=(8, 9, 10, 11),
        hidden=(8,),
        activations=("tanh", "linear"),
        loss="mean_squared_error",
        bias=True,
        learning_rate=0.1,
        initializer="glorot_uniform",
        epochs=4_000,
        earlier_tables=((1_000, tuple(map(tuple, x.tolist())), tuple(map(tuple, np.sin(3 * x).tolist()))),),
    )
    history = record(e)
    assert history.test_loss is not None
    assert int(history.epochs[int(history.test_loss.argmin())]) < 1_000
    for finding in diagnose_run(history):
        assert finding.remedy is None or finding.remedy.epochs > 1_000


def test_a_remedy_that_learns_the_table_is_found_though_the_earlier_one_had_settled() -> None:
    x = np.linspace(-1, 1, 9)[:, np.newaxis]
    inputs, down, up = (tuple(map(tuple, cells.tolist())) for cells in (x, -x, 2 * x + 1))
    line: dict[str, Any] = {"activations": ("linear",), "loss": "mean_squared_error", "bias": True, "epochs": 1_000}
    e = Experiment(**line, inputs=inputs, targets=up, learning_rate=1e-6, earlier_tables=((900, inputs, down),))
    search = FixSearch(1.0, wanted_closeness=0.5, deadline=math.inf, overfits=overfits)
    found = search.remedy(e, [{"learning_rate": 0.3}])
    assert found is not None
    assert has_learned(found.experiment, record(found.experiment).outputs[-1])


def test_a_turn_is_as_long_on_each_table() -> None:
    """Few epochs on many rows at the end: a turn of as many epochs as on few rows would take seconds."""
    many = np.random.RandomState(1).uniform(-1, 1, (1_000, 2))
    rows = tuple(map(tuple, many.tolist()))
    e = Experiment(inputs=rows, targets=tuple((0.0,) for _ in rows), batch_size=1, epochs=20_000)
    e = replace(e, earlier_tables=((19_900, rows[:1], ((0.0,),)),))
    ends = turn_ends(e)
    assert {19_900, 20_000} <= set(ends)
    seconds = [replace(e, earlier_tables=(), epochs=last - first).predicted_seconds for first, last in pairwise(ends)]
    assert max(seconds[ends.index(19_900) :]) < 0.2
    assert turn_ends(replace(e, earlier_tables=())) == tuple(sorted(set(turn_ends(replace(e, earlier_tables=())))))


def test_where_the_table_begins_after_the_last_epoch_it_is_not_trained_on() -> None:
    e = Experiment(epochs=100, earlier_tables=((100, *ROWS),))
    alone = Experiment(inputs=ROWS[0], targets=ROWS[1], epochs=100)
    assert np.array_equal(record(e).weights[0], record(alone).weights[0])
    assert record(replace(e, epochs=60)).epochs[-1] == 60
    diagnose_run(record(e))


def test_it_costs_what_its_tables_cost() -> None:
    e = replace(PRESETS["fruit"], batch_size=5, epochs=1_000)
    half = replace(e, epochs=500).predicted_seconds
    few = replace(e, inputs=e.inputs[:1], targets=e.targets[:1], epochs=500).predicted_seconds
    changed = replace(e, earlier_tables=((500, e.inputs[:1], e.labelled_targets[:1]),))
    assert changed.predicted_seconds == pytest.approx(half + few)
    assert replace(changed, epochs=500).predicted_seconds == pytest.approx(few)


MANY: Sequence[object] = [(1.0, 0.0, 1.0)] * 700


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        (((5, *ROWS), (5.0, *ROWS)), "Two earlier tables end at epoch 5: remove one."),
        (((0, *ROWS),), "The last epoch of an earlier table: 0 is outside 1 to 1,000,000."),
        (((5, ROWS[0]),), "An earlier table is its last epoch, its inputs and its targets"),
        ((5,), "is not a list"),
        (((5, ((0, 1),), ((1,),)),), "The table until epoch 5: 2 columns of inputs, but the table after it has 3."),
        (
            ((5, ROWS[0], ((1, 0), (0, 1))),),
            "The table until epoch 5: 2 columns of targets, but the table after it has 1.",
        ),
        (((5, ROWS[0], ((1,),)),), "The table until epoch 5: 2 rows of inputs but 1 of targets: give every row both."),
        (((5, ROWS[0], ((1,), (None,))),), "The table until epoch 5: Row 2, column y1 is empty: type a number."),
        (((5, ((0, "a", 1), (0, 0, 1)), ROWS[1]),), "The table until epoch 5: Row 1, column x2: 'a' is not a number."),
        (((5, (), ()),), "The table until epoch 5: The table has no rows: add one."),
        (((5, MANY, [1.0] * 700), (6, MANY, [1.0] * 700)), "5,616 cells in all tables together, at most 5,000"),
        (tuple((end, *ROWS) for end in range(1, 22)), f"at most {LIMITS['earlier tables']}: remove some"),
    ],
)
def test_what_is_no_earlier_table_is_refused(tables: object, words: str) -> None:
    given: dict[str, Any] = {"earlier_tables": tables}
    with pytest.raises(ExperimentError, match=re.escape(words)) as error:
        Experiment(**given)
    assert error.value.field == "earlier_tables"


def test_its_targets_have_to_fit_the_loss() -> None:
    with pytest.raises(ExperimentError, match=r"2 is not from 0 to 1") as error:
        Experiment(loss="binary_cross_entropy", earlier_tables=((5, ROWS[0], ((2.0,), (0.0,))),))
    assert error.value.field == "earlier_tables"


def test_tables_are_in_order_and_targets_may_be_a_flat_list() -> None:
    tables: Any = ((9, ROWS[0], [0, 1]), (2.0, np.array(ROWS[0]), ((1,), (0,))))
    assert Experiment(earlier_tables=tables).earlier_tables == ((2, *ROWS), (9, ROWS[0], ((0.0,), (1.0,))))
