"""Projector mode is turned on by a button, a key or a link, is in the address, and leaves nothing behind."""

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS
from engine.model.weight_index import WeightIndex
from pages.widgets.learn.lessons import LESSONS
from tests.pages.components import components
from tests.pages.learn.learn_page import choose, course
from tests.pages.visit import assert_shows, edit, linked, messages, press, state_of, turn, visit

WALL = {"projector": "1"}


def board(at: AppTest) -> str:
    """The table on the board."""
    found: list[str] = [html.body for html in at.html if "<table" in html.body]
    assert len(found) == 1
    return found[0]


def test_the_switch_leads_in_and_out_and_changes_nothing_else() -> None:
    at = edit(visit(), cells={0: {"x1": "1"}})
    before = linked(at)
    at = press(at, "project")
    assert not at.exception
    assert at.query_params["projector"] == "1"
    assert linked(at) == before
    at = press(at, "leave")
    assert "projector" not in at.query_params
    assert_shows(at, before)


def test_a_link_opens_it_with_what_else_it_says() -> None:
    at = visit(WALL | {"preset": "xor", "at": "40", "row": "2"})
    assert messages(at) == []
    assert state_of(at).projector is not None
    assert (state_of(at).view.cursor, state_of(at).view.row) == (40, 1)
    assert linked(at) == PRESETS["xor"]
    assert at.query_params["projector"] == "1"


@pytest.mark.parametrize("text", ["2", "yes", "<b>"])
def test_a_link_that_says_neither_yes_nor_no_is_told(text: str) -> None:
    at = visit({"projector": text})
    assert state_of(at).projector is None
    assert ["projector=" in message for message in messages(at)] == [True]


def test_the_table_has_every_number_at_the_cursor_and_says_what_is_left_out() -> None:
    at = visit(WALL | {"at": "0"})
    history = state_of(at).run.history
    assert history is not None
    for output in history.outputs[0, :, 0].tolist():
        assert f"{output:.3g}" in board(at)
    assert "more" not in board(at)
    at = visit(WALL | {"preset": "majority"})
    assert re.findall(r"scope='row'>(\d+)", board(at)) == [str(row) for row in range(1, 9)]
    assert "more" not in board(at)
    at = visit(WALL | {"preset": "line", "row": "10"})
    assert "and 3 more rows" in board(at)
    assert re.findall(r"scope='row'>(\d+)", board(at)) == ["1", "2", "3", "4", "5", "6", "10"]


def test_a_column_has_its_whole_name_where_there_is_room() -> None:
    table = {"x": "1,7,0_0,5,1", "y": "1_0", "xn": "breakfast,hours slept,studied", "yn": "passed the exam", "at": "0"}
    heads = re.findall("scope='col'>([^<]*)", board(visit(WALL | table)))
    assert heads == ["row", "breakfast", "hours slept", "studied", "target", "output"]


def test_covered_outputs_are_nowhere_on_the_page() -> None:
    at = visit(WALL)
    history = state_of(at).run.history
    assert history is not None
    assert "0.992" in board(at)
    at = press(at, "reveal")
    assert board(at).count(">?<") == 4
    assert "0.992" not in board(at)
    assert all("0.992" not in chart.proto.spec for chart in at.get("plotly_chart"))
    at = press(at, "reveal")
    assert "0.992" in board(at)


def test_the_light_goes_from_row_to_row_and_out() -> None:
    at, rows = visit(WALL), []
    for _ in range(6):
        at = press(at, "spotlight")
        rows.append(state_of(at).view.row if "class=lit" in board(at) else None)
    assert rows == [0, 1, 2, 3, None, 0]


def test_the_light_goes_from_weight_to_weight_and_out() -> None:
    at, weights = visit(WALL), []
    for _ in range(5):
        at = press(at, "weigh")
        slide = state_of(at).projector
        assert slide is not None
        weights.append(state_of(at).view.weight if slide.weight_highlighted else None)
    first, second, third = (WeightIndex(0, source, 0) for source in range(3))
    assert weights == [first, second, third, None, first]


def test_the_board_marks_rows_as_the_table_does() -> None:
    held_out = board(visit(WALL | {"preset": "line"}))
    assert ">4 ○<" in held_out
    assert "test" not in held_out.split("</style>")[-1]
    assert ">2 ?<" in board(visit(WALL | {"x": "0_1", "y": "0_"}))


def looks(at: AppTest) -> dict[str, Any]:
    """How the canvases look."""
    told: dict[str, Any] = json.loads(components(at)["courier_looks"].json)
    return told


def test_the_answer_comes_in_place_of_table_and_curve() -> None:
    at = visit(WALL | {"preset": "xor"})
    assert not looks(at)["hasAnswer"]
    at = turn(at, "segmented_control", "curve", "answer")
    assert looks(at)["hasAnswer"]
    assert not at.get("plotly_chart")
    assert not [html for html in at.html if "<table" in html.body]
    at = press(at, "reveal")
    assert (looks(at)["hasAnswer"], looks(at)["light"]["covered"]) == (False, True)
    assert any("Predict first" in text.value for text in at.markdown)
    assert looks(press(at, "reveal"))["hasAnswer"]


def test_the_light_on_a_row_or_a_weight_is_in_the_pictures_too() -> None:
    at = visit(WALL | {"preset": "xor"})
    assert looks(at)["light"] == {"isOnRow": False, "link": None, "bias": None, "covered": False}
    assert looks(press(at, "spotlight"))["light"]["isOnRow"]
    lights = [looks(at := press(at, "weigh"))["light"] for _ in range(4)]
    assert [(light["link"], light["bias"]) for light in lights] == [
        ({"layer": 0, "i": 0, "j": 0}, None),
        ({"layer": 0, "i": 1, "j": 0}, None),
        (None, {"layer": 1, "unit": 0}),
        ({"layer": 0, "i": 0, "j": 1}, None),
    ]


def test_a_long_run_waits_for_train_here_too() -> None:
    at = visit(WALL | {"n": "1000000", "h": "8,8", "a": "tanh,tanh,sigmoid"})
    assert ["press Train" in message for message in messages(at)] == [True]
    assert [button.label for button in at.button if button.key == "train"] == ["Train"]


def test_the_keys_are_listed() -> None:
    at = press(visit(WALL), "keys")
    assert not at.exception
    assert "type an epoch" in "".join(markdown.value for markdown in at.markdown)


def test_step_by_step_shows_one_step_at_a_time_and_goes_on_to_the_next_epoch() -> None:
    at = visit(WALL | {"at": "7"}).switch_page("pages/views/step.py").run()
    seen = []
    for _ in range(7):
        seen.append(next(text.value for text in at.markdown if text.value.startswith("Step ")))
        at = press(at, "onward")
    assert seen == [f"Step {number} of 6" for number in (1, 2, 3, 4, 5, 6, 1)]
    assert state_of(at).view.cursor == 8
    at = press(press(at, "backward"), "backward")
    assert (state_of(at).view.cursor, state_of(at).view.steps_shown) == (7, 6)


def test_a_lesson_shows_its_words_then_its_stage_then_its_question_then_the_next() -> None:
    at = visit(WALL).switch_page("pages/views/learn.py").run()
    seen, answered = [], []
    for _ in range(5):
        seen.append(next(text.value for text in at.markdown if text.value.startswith("Lesson ")))
        answered.append(any("✓" in text.value for text in at.markdown))
        at = press(at, "onward")
    assert seen == [
        "Lesson 1 of 12, text",
        "Lesson 1 of 12, pictures",
        "Lesson 1 of 12, question",
        "Lesson 1 of 12, question",
        "Lesson 2 of 12, text",
    ]
    assert answered == [False, False, False, True, False], "nobody goes past a question without its answer"
    at = press(at, "backward")
    assert not at.get("plotly_chart")
    at = press(press(press(at, "onward"), "onward"), "reveal")
    assert any("✓" in text.value for text in at.markdown)


def test_the_stage_shows_what_the_words_are_about_and_not_what_was_tried_before() -> None:
    at = choose(visit().switch_page("pages/views/learn.py").run(), "0.5")
    assert course(at).variant != course(at).lesson.first, "the answer's network"
    at = press(press(at, "project"), "onward")
    assert course(at).variant == course(at).lesson.first
    assert not at.exception


def test_after_the_last_answer_there_is_nothing_to_go_on_to() -> None:
    at = visit(WALL | {"lesson": list(LESSONS)[-1]}).switch_page("pages/views/learn.py").run()
    for _ in range(3):
        at = press(at, "onward")
    assert any("✓" in text.value for text in at.markdown)
    assert at.button(key="onward").disabled


def test_learn_is_itself_again_afterwards() -> None:
    at = press(press(visit(WALL).switch_page("pages/views/learn.py").run(), "onward"), "leave")
    assert not at.exception
    assert [radio.label for radio in at.radio] == ["Your prediction"]
    assert len(at.get("plotly_chart")) == 1
