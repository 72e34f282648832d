"""The answer in space on the Playground: drawn on request, over inputs and of targets to be chosen."""

import numpy as np
from streamlit.testing.v1 import AppTest

from engine import Experiment
from engine.serialization import to_url
from pages.charts.style.palette import LIGHT
from pages.charts.surface.answer_3d import AnswerSpace, answer_in_space, answer_over_plane
from tests.pages.components import report
from tests.pages.visit import on_stage, pictures, turn, visit

KEY = "answer in space"
THREE = Experiment(
    inputs=((0, 1, 5), (1, 3, 2), (4, 1, 1)),
    targets=((0.0, 1.0), (1.0, 0.0), (1.0, 1.0)),
    input_names=("a", "b", "c"),
    target_names=("p", "q"),
    epochs=50,
)


def assert_drawn(at: AppTest, epoch: int, space: AnswerSpace) -> None:
    assert not at.exception
    history = on_stage(at)
    expected = answer_in_space(history, epoch, space, answer_over_plane(history, epoch, space), LIGHT)
    drawn = pictures(at)[KEY]
    assert np.array_equal(drawn["data"][0]["z"], expected["data"][0]["z"])
    assert drawn["layout"]["title"]["text"] == f"The answer as height, at epoch {epoch:,}"


def test_it_is_drawn_on_request_at_the_cursors_epoch() -> None:
    at = visit()
    assert KEY not in pictures(at)
    turn(at, "toggle", "in space", True)
    assert_drawn(at, 10_000, AnswerSpace(0, 1, 0, 0))
    report(at, 100)
    assert_drawn(at, 100, AnswerSpace(0, 1, 0, 0))
    turn(at, "toggle", "in space", False)
    assert KEY not in pictures(at)


def test_inputs_and_target_are_chosen_and_the_others_are_as_in_the_row() -> None:
    at = turn(visit(to_url(THREE)), "toggle", "in space", True)
    turn(at, "selectbox", "space up", 2)
    assert_drawn(at, 50, AnswerSpace(0, 2, 0, 0))
    turn(at, "selectbox", "space across", 1)
    turn(at, "selectbox", "space target", 1)
    turn(at, "segmented_control", "look at", 3)
    assert_drawn(at, 50, AnswerSpace(1, 2, 1, 2))
    assert any("with all other inputs as in row 3" in caption.value for caption in at.caption)


def test_another_table_has_its_own_inputs_and_one_input_has_no_plane() -> None:
    at = turn(visit(to_url(THREE)), "toggle", "in space", True)
    turn(at, "selectbox", "space up", 2)
    turn(at, "selectbox", "preset", "xor")
    assert_drawn(at, 5_000, AnswerSpace(0, 1, 0, 0))
    line = visit(to_url(Experiment(inputs=((0,), (1,)), targets=((0,), (1,)))))
    assert "in space" not in str([toggle.key for toggle in line.toggle])
