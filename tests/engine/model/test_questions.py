"""Questions: rows without targets are answered at every epoch, and nothing is learned from them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from engine import PRESETS, Experiment, ExperimentError, record
from engine.diagnosis.diagnosis import diagnose_experiment, diagnose_run
from engine.explanation.ledger import explain_epoch
from engine.model.targets import correct_outputs, correct_rows, target_kind
from engine.serialization import from_json, from_url, to_json, to_url
from engine.training.milestones import milestones_of
from tests.engine.strategies import STEADY, scaled_experiments

LESSON = Experiment()
ASKING = replace(LESSON, inputs=(*LESSON.inputs, (1, 0, 0)), targets=(*LESSON.targets, (None,)))


def without_questions(e: Experiment) -> Experiment:
    """The same table without its questions."""
    rows = e.labelled_rows
    held_out = tuple(rows.index(row) for row in e.test_rows)
    return replace(e, inputs=tuple(e.inputs[row] for row in rows), targets=e.labelled_targets, test_rows=held_out)


def test_the_lesson_asked_1_0_0_answers_what_the_tutorial_prints() -> None:
    assert ASKING.question_rows == (4,)
    assert ASKING.train_rows == ASKING.labelled_rows == (0, 1, 2, 3)
    assert ASKING.labelled_targets == LESSON.targets
    assert np.isnan(ASKING.target_array[4]).all()
    history = record(replace(ASKING, epochs=9_999))
    assert history.outputs.shape == (len(history.epochs), 5, 1)
    assert history.outputs[-1, 4, 0] == pytest.approx(0.99993704, abs=1e-8)
    assert np.array_equal(history.predict([[1, 0, 0]], 0)[0], history.outputs[0, 4])


@STEADY
@given(scaled_experiments())
def test_nothing_is_learned_from_a_question(e: Experiment) -> None:
    found, plain = record(e), record(without_questions(e))
    for mine, theirs in zip((*found.weights, *found.biases), (*plain.weights, *plain.biases), strict=True):
        assert np.array_equal(mine, theirs)
    assert np.allclose(found.loss, plain.loss, rtol=1e-12, atol=1e-15)
    rows = list(e.labelled_rows)
    assert np.allclose(found.outputs[:, rows], plain.outputs, rtol=1e-9, atol=1e-12)
    assert np.isfinite(found.outputs).all() or found.diverged_at is not None
    assert target_kind(e) == target_kind(plain.experiment)
    judged = correct_outputs(e, found.outputs)
    assert not judged[:, list(e.question_rows)].any()
    assert np.array_equal(judged[:, rows], correct_outputs(plain.experiment, found.outputs[:, rows]))
    assert [mark.epoch for mark in milestones_of(found)] == [mark.epoch for mark in milestones_of(plain)]
    for update in explain_epoch(e, found.state_at(0)).updates:
        assert not set(update.rows).intersection(e.question_rows)
        assert np.isfinite(update.targets).all()


@pytest.mark.parametrize("name", PRESETS)
def test_a_question_changes_no_advice(name: str) -> None:
    e = PRESETS[name]
    width = len(e.target_names)
    asking = replace(e, inputs=(*e.inputs, e.inputs[0]), targets=(*e.targets, (None,) * width))
    assert [f.key for f in diagnose_experiment(asking)] == [f.key for f in diagnose_experiment(e)]
    assert [f.key for f in diagnose_run(record(asking))] == [f.key for f in diagnose_run(record(e))]


def test_links_write_an_empty_cell_and_files_null() -> None:
    assert to_url(ASKING)["y"] == "0_1_1_0_"
    assert '"targets": [\n    [0],\n    [1],\n    [1],\n    [0],\n    [null]\n  ]' in to_json(ASKING)
    two = replace(ASKING, targets=tuple((t, t) for (t,) in ASKING.targets), target_names=())
    assert to_url(two)["y"] == "0,0_1,1_1,1_0,0_,"
    large = replace(
        LESSON,
        inputs=tuple((i / 7, i / 9, 1) for i in range(300)),
        targets=tuple((None if i % 3 else 1 / (i + 1),) for i in range(300)),
    )
    assert to_url(large)["y"].startswith("~1~")
    for e in (ASKING, two, large):
        assert from_url(to_url(e)) == (e, ())
        assert from_json(to_json(e)) == e


def test_a_flat_list_of_targets_may_ask() -> None:
    table: dict[str, Any] = {"inputs": ((0,), (1,), (2,)), "targets": (0, None, 1)}
    assert Experiment(**table).question_rows == (1,)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        (
            {"targets": ((0, 1), (1, None), (1, 1), (0, 1))},
            "targets",
            "Row 2, column y2 is empty: type a number, or empty all targets of the row to have the network answer it.",
        ),
        ({"targets": ((None,),) * 4}, "targets", "No row has a target"),
        (
            {"targets": ((0,), (None,), (1,), (0,)), "test_rows": (1,)},
            "test_rows",
            "Row 2 is held out but has no target to test",
        ),
        (
            {"targets": ((0,), (None,), (1,), (0,)), "test_rows": (0, 2, 3)},
            "test_rows",
            "Every row is held out or has no target: leave at least one to train on.",
        ),
        ({"targets": ((0,), (float("nan"),), (1,), (0,))}, "targets", "Row 2, column y1: nan is not a number"),
        (
            {"targets": ((0,), (None,), (2,), (0,)), "loss": "binary_cross_entropy"},
            "targets",
            "Row 3, column y1: 2 is not from 0 to 1",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(changes: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        replace(LESSON, **{"target_names": ()} | changes)
    assert caught.value.field == field
    assert words in str(caught.value)


def test_right_rows_of_classes_with_a_question() -> None:
    fruit = PRESETS["fruit"]
    asking = replace(fruit, targets=((None,) * 3, *fruit.targets[1:]))
    outputs = fruit.unscaled_targets
    assert correct_rows(asking, outputs).tolist() == [False] + [True] * 11
