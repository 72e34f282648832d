"""What can be trained but is probably a slip waits for Train, with a word about it; Train trains it all the same."""

from dataclasses import replace

import pytest

from engine import Experiment
from tests.pages.visit import assert_shows, assert_still_shows, edit, lab, messages, on_stage, press, turn, visit, words

START = replace(Experiment(), epochs=60)


@pytest.mark.parametrize(
    ("activation", "target", "range_"),
    [
        ("sigmoid", 5, "Sigmoid can only put out 0 to 1, never 5"),
        ("tanh", -2, "Tanh can only put out -1 to 1, never -2"),
        ("relu", -0.5, "ReLU can only put out 0 and up, never -0.5"),
    ],
)
def test_a_target_out_of_reach(activation: str, target: float, range_: str) -> None:
    start = replace(START, activations=(activation,))
    at = edit(visit({"n": "60", "a": activation}), {1: {"y1": target}})
    expected = f"Row 2, column y1: {range_}. Change it, choose the Linear output, or press Train and watch."
    assert messages(at) == [expected]
    assert on_stage(at).experiment == start
    press(at, "Train")
    wanted = replace(start, targets=((0,), (target,), (1,), (0,)))
    assert_shows(at, wanted)
    assert lab(at).plays == 1
    turn(at, "number_input", "seed", 2)
    assert messages(at) == [expected]
    edit(at, {1: {"y1": 1}})
    assert_shows(at, replace(start, seed=2))


def test_the_linear_output_reaches_any_target() -> None:
    at = edit(visit({"n": "60"}), {1: {"y1": 5}})
    turn(at, "selectbox", "output activation", "linear")
    assert messages(at) == []
    assert on_stage(at).experiment.targets[1] == (5,)


def test_a_single_row() -> None:
    at = edit(visit({"n": "60"}), deleted=[0, 2, 3])
    (message,) = messages(at)
    assert message == (
        "Only row 1 is there to learn from. Add a second row, or press Train to see the network learn one row by heart."
    )
    assert on_stage(at).experiment == START
    press(at, "Train")
    assert_shows(at, replace(START, inputs=((1, 1, 1),), targets=((1,),)))
    assert words(at).startswith("The row is right")


def test_a_single_row_that_is_not_held_out() -> None:
    at = edit(turn(visit({"n": "60"}), "toggle", "holding", True), {row: {"held": True} for row in (0, 1, 3)})
    assert messages(at)[0].startswith("Only row 3 is there to learn from.")


def test_a_link_to_a_doubtful_table_opens_untrained() -> None:
    at = visit({"x": "1_2", "y": "5_0", "n": "60"})
    assert len(messages(at)) == 1
    assert on_stage(at).epochs.tolist() == [0]
    assert_still_shows(at, replace(START, inputs=((1,), (2,)), targets=((5,), (0,)), input_names=("x1",)))
    press(at, "Train")
    assert on_stage(at).epochs[-1] == 60
