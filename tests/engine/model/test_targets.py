"""Measures on cases small enough to compute by hand."""

import numpy as np
import pytest

from engine import Experiment, History, record
from engine.model.targets import accuracy, correct_outputs, correct_rows, r_squared, target_kind
from engine.model.types import Array
from engine.training.milestones import Milestone, epoch_all_correct, milestones_of


def asking(*targets: tuple[float, ...]) -> Experiment:
    """An experiment with these targets."""
    return Experiment(
        inputs=tuple((i,) for i in range(len(targets))), targets=targets, activations=("linear",), epochs=5
    )


def history(e: Experiment, outputs: list[list[float]], loss: list[float], diverged_at: int | None = None) -> History:
    """A made-up history: one output row a kept epoch 0, 1, 2, 4, 8, ..., one loss a kept epoch."""
    epochs = np.array([0, *(2**k for k in range(len(loss) - 1))])
    return History(e, epochs, (), (), np.array(outputs)[:, :, np.newaxis], np.array(loss), None, diverged_at)


def cells(e: Experiment, *outputs: tuple[float, ...]) -> list[list[bool]]:
    found: list[list[bool]] = correct_outputs(e, np.array(outputs)).tolist()
    return found


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        (((0.0,), (1.0,)), "binary"),
        (((-1.0,), (1.0,)), "binary"),
        (((1.0,), (1.0,)), "binary"),
        (((0.0, 0.0), (1.0, 1.0)), "binary"),
        (((0.0, 1.0), (1.0, 0.0)), "multiclass"),
        (((0.0, 1.0, 0.0), (1.0, 0.0, 0.0)), "multiclass"),
        (((0.0,), (0.5,), (1.0,)), "regression"),
        (((-1.0,), (0.0,), (1.0,)), "regression"),
        (((2.0,), (3.0,)), "regression"),
        (((0.5, 0.5), (1.0, 0.0)), "regression"),
    ],
)
def test_kind(targets: tuple[tuple[float, ...], ...], expected: str) -> None:
    assert target_kind(asking(*targets)) == expected


def test_right_for_yes_or_no_is_the_right_side_of_the_middle() -> None:
    assert cells(asking((0,), (1,)), (0.49,), (0.51,)) == [[True], [True]]
    assert cells(asking((0,), (1,)), (0.51,), (0.49,)) == [[False], [False]]
    assert cells(asking((-1,), (1,)), (-0.1,), (0.1,)) == [[True], [True]]
    assert cells(asking((-1,), (0,)), (-0.6,), (-0.4,)) == [[True], [True]]
    assert cells(asking((-1,), (0,)), (-0.4,), (-0.6,)) == [[False], [False]]
    assert cells(asking((0, -1), (1, 1)), (0.4, -0.1), (0.4, 0.1)) == [[True, True], [False, True]]


def test_right_for_a_column_with_one_answer_only() -> None:
    assert cells(asking((1,), (1,)), (0.9,), (0.1,)) == [[True], [False]]
    assert cells(asking((0,), (0,)), (0.9,), (0.1,)) == [[False], [True]]
    assert cells(asking((-1,), (-1,)), (-0.9,), (0.1,)) == [[True], [False]]


def test_right_for_one_of_several_is_the_largest() -> None:
    e = asking((0, 1, 0), (1, 0, 0))
    assert cells(e, (0.3, 0.4, 0.3), (0.3, 0.4, 0.3)) == [[True] * 3, [False] * 3]


def test_right_for_numbers_is_within_a_tenth_of_the_range() -> None:
    e = asking((0, 5), (10, 5), (20, 5))
    assert cells(e, (1.9, 5.09), (12.1, 4.91), (20, 5.11)) == [[True, True], [False, True], [True, False]]


def test_rows_and_accuracy() -> None:
    e = asking((0, 0), (1, 1), (0, 1))
    outputs = np.array([[0.1, 0.2], [0.9, 0.3], [0.2, 0.8]])
    assert correct_rows(e, outputs).tolist() == [True, False, True]
    assert accuracy(e, outputs, (0, 1, 2)) == pytest.approx(2 / 3)
    assert accuracy(e, outputs, (0, 2)) == 1.0


def test_measures_of_a_whole_history_at_once() -> None:
    outputs: Array = np.array([[[0.9], [0.1]], [[0.1], [0.9]]])
    assert correct_rows(asking((0,), (1,)), outputs).tolist() == [[False, False], [True, True]]


def test_r_squared() -> None:
    e = asking((1,), (2,), (3,))
    # misses 0.5, 0, 0: 1 - 0.25 / 2
    assert r_squared(e, np.array([[1.5], [2.0], [3.0]]), (0, 1, 2)) == 0.875
    assert r_squared(e, np.array([[2.0], [2.0], [2.0]]), (0, 1, 2)) == 0.0
    assert r_squared(e, np.array([[2.0], [2.0], [2.0]]), (1,)) is None
    assert r_squared(e, np.array([[2.0], [2.0], [2.0]]), ()) is None
    assert r_squared(asking((0.1,), (0.1,), (0.1,)), np.array([[0.0], [0.0], [0.0]]), (0, 1, 2)) is None


YES, NO = [0.1, 0.9], [0.9, 0.9]


def test_all_right_by_is_the_epoch_from_which_nothing_is_wrong_any_more() -> None:
    e = asking((0,), (1,))
    assert epoch_all_correct(history(e, [NO, YES, NO, YES, YES], [5, 4, 3, 2, 1])) == 4
    assert epoch_all_correct(history(e, [YES, YES], [2, 1])) == 0
    assert epoch_all_correct(history(e, [NO, YES, NO], [3, 2, 1])) is None


def test_all_right_by_asks_the_training_rows_only() -> None:
    e = Experiment(inputs=((0,), (1,)), targets=((0,), (1,)), test_rows=(0,))
    assert epoch_all_correct(history(e, [NO, NO], [2, 1])) == 0


def test_marks_in_order() -> None:
    e = asking((0,), (1,))
    # all right from epoch 2; the loss falls most, by 5, to epoch 1; and for the last time by more than 1 % to epoch 4
    made_up = history(e, [NO, NO, YES, YES, YES], [10, 5, 4, 2, 1.99])
    assert milestones_of(made_up) == (
        Milestone("Steepest drop", 1),
        Milestone("All right", 2),
        Milestone("Last improvement", 4),
    )


def test_marks_of_a_loss_that_only_rises() -> None:
    made_up = history(asking((0,), (1,)), [NO, NO, NO], [1, 2, 3], diverged_at=3)
    assert milestones_of(made_up) == (Milestone("Before divergence", 2),)


def test_marks_of_a_real_training() -> None:
    found = {mark.label: mark.epoch for mark in milestones_of(record(Experiment()))}
    assert set(found) == {"All right", "Steepest drop", "Last improvement"}
    assert 0 < found["All right"] < 100
    assert found["Last improvement"] == 10_000
