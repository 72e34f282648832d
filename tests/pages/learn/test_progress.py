"""The answers given in the course outlive a reload: the tab keeps them and gives them back."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.state.course_progress import Answer, read_progress
from pages.widgets.learn.lessons import LESSONS
from tests.pages.components import trigger
from tests.pages.learn.learn_page import LEARN, assert_on_stage, choose, course, learn, progress
from tests.pages.visit import control, messages, turn

XOR = LESSONS["xor"]
RIGHT, WRONG = "Fewer than three", "All four"


def tab(at: AppTest) -> tuple[str, dict[str, Any]]:
    """The component that keeps the course in the tab: its id, and what it is told."""
    (found,) = (mount.proto for mount in at.get("bidi_component") if mount.proto.id.endswith("-course"))
    return found.id, json.loads(found.json)


def give_back(at: AppTest, text: object) -> AppTest:
    """The tab says what it has kept from before."""
    return trigger(at, tab(at)[0], "kept", text)


def test_nothing_is_kept_before_anything_is_chosen() -> None:
    assert tab(learn())[1]["progress"] == ""


def test_a_reload_has_answers_marks_and_the_network_that_was_shown() -> None:
    at = choose(learn({"lesson": "xor"}), RIGHT)
    choose(turn(at, "selectbox", "lesson", "seeds"), "Two")
    turn(at, "selectbox", "lesson", "xor")
    text = tab(at)[1]["progress"]
    again = learn(dict(at.query_params))
    assert (progress(again), tab(again)[1]["restored"]) == ("0 of 12 answered", False)
    assert_on_stage(again, XOR.variants[XOR.first])
    give_back(again, text)
    assert messages(again) == []
    assert (progress(again), tab(again)[1]["restored"]) == ("2 of 12 answered, 1 right", True)
    marked = [name[-1] for name in control(again, "selectbox", "lesson").options if name[-1] in "✓✗"]
    assert marked == ["✓", "✗"]
    assert again.radio[0].value == RIGHT
    assert len(again.success) == 1
    assert XOR.question.network is not None
    assert_on_stage(again, XOR.question.network.experiment)
    assert tab(again)[1]["progress"] == text


def test_the_row_that_was_asked_about_is_drawn_again() -> None:
    at = choose(learn({"lesson": "loop"}), "More than 0.9")
    again = give_back(learn({"lesson": "loop"}), tab(at)[1]["progress"])
    assert course(again).lesson_visit.view.row == 4


def test_what_was_chosen_since_stays() -> None:
    text = tab(choose(choose(learn({"lesson": "xor"}), RIGHT), WRONG))[1]["progress"]
    again = give_back(choose(learn({"lesson": "xor"}), RIGHT), text)
    assert again.radio[0].value == RIGHT
    assert progress(again) == "1 of 12 answered, 1 right"


def test_the_last_lesson_opens_again_where_the_address_names_none() -> None:
    text = tab(choose(learn({"lesson": "rate"}), "It has grown"))[1]["progress"]
    assert give_back(learn(), text).query_params["lesson"] == "rate"
    assert give_back(learn({"lesson": "xor"}), text).query_params["lesson"] == "xor"


def test_a_visit_elsewhere_and_back_keeps_them_too() -> None:
    at = choose(learn({"lesson": "xor"}), RIGHT)
    text = tab(at)[1]["progress"]
    at.switch_page("pages/views/about.py").run()
    at.switch_page(LEARN).run()
    assert tab(at)[1]["progress"] == text


GOOD = {"answers": {"xor": [RIGHT, True]}, "variants": {"xor": "3"}, "opened": "xor"}


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "nonsense",
        "[" * 100_000,
        "5",
        "[]",
        json.dumps(GOOD | {"answers": []}),
        json.dumps(GOOD | {"variants": 5}),
        json.dumps(GOOD | {"opened": None}),
    ],
)
def test_what_a_tab_gives_back_and_is_no_progress_is_left_out(text: str | None) -> None:
    assert read_progress(text) == ({}, {}, "")


@pytest.mark.parametrize("pair", [5, [], [RIGHT], [RIGHT, 1], [5, True], [RIGHT, True, 1], {"a": 1}])
def test_an_answer_that_is_none_is_left_out(pair: object) -> None:
    text = json.dumps(GOOD | {"answers": {"xor": [RIGHT, True], "seeds": pair}})
    assert read_progress(text) == ({"xor": Answer(RIGHT, True)}, {"xor": "3"}, "xor")


@pytest.mark.parametrize(
    "value",
    [
        GOOD | {"answers": {"xor": ["None of these", True]}, "variants": {}},
        GOOD | {"answers": {"physics": [RIGHT, True]}, "variants": {"physics": "3", "xor": "none of these"}},
        GOOD | {"answers": {}, "variants": {"xor": "3, linear"}},
        GOOD | {"answers": {}, "variants": {}, "opened": "physics"},
    ],
)
def test_lessons_and_choices_of_another_course_change_nothing(value: object) -> None:
    at = give_back(learn({"lesson": "xor"}), json.dumps(value))
    assert messages(at) == []
    assert progress(at) == "0 of 12 answered"
    assert_on_stage(at, XOR.variants[XOR.first])
