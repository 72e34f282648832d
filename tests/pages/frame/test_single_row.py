"""A table that is probably a slip waits for Train, with a message; Train trains it nevertheless."""

from dataclasses import replace

from engine import Experiment
from tests.pages.visit import assert_shows, assert_still_shows, edit, messages, on_stage, press, turn, visit, words

START = replace(Experiment(), epochs=60)


def test_a_single_row() -> None:
    at = edit(visit({"n": "60"}), deleted=[0, 2, 3])
    (message,) = messages(at)
    assert message == (
        "Only row 1 is there to learn from. Add a second row, or press Train to see the network fit that one row."
    )
    assert on_stage(at).experiment == START
    press(at, "Train")
    assert_shows(at, replace(START, inputs=((1, 1, 1),), targets=((1,),)))
    assert words(at).startswith("The row is right")


def test_a_single_row_that_is_not_held_out() -> None:
    at = edit(turn(visit({"n": "60"}), "toggle", "holding", True), {row: {"held": True} for row in (0, 1, 3)})
    assert messages(at)[0].startswith("Only row 3 is there to learn from.")


def test_a_link_to_a_doubtful_table_opens_untrained() -> None:
    at = visit({"x": "1", "y": "0", "n": "60"})
    assert len(messages(at)) == 1
    assert on_stage(at).epochs.tolist() == [0]
    assert_still_shows(at, replace(START, inputs=((1,),), targets=((0,),), input_names=("x1",)))
    press(at, "Train")
    assert on_stage(at).epochs[-1] == 60
