"""Moving through the course: forward, back and from the list, with progress, and the lesson in the address."""

import pytest

from engine.serialization.url_format import to_url
from pages.widgets.learn.lessons import LESSONS
from tests.pages.learn.learn_page import KEYS, LEARN, PLAYGROUND, assert_on_stage, choose, course, learn, progress
from tests.pages.visit import control, linked, messages, press, turn


def test_learn_opens_with_the_first_lesson() -> None:
    at = learn()
    assert at.title[0].value == LESSONS[KEYS[0]].title
    assert at.query_params == {}
    assert progress(at) == "0 of 12 answered"


@pytest.mark.parametrize("page", ["playground", "step", "about"])
def test_the_lesson_is_in_the_address_of_this_page_only(page: str) -> None:
    at = learn({"lesson": "xor"})
    at.switch_page(f"pages/views/{page}.py").run()
    assert at.query_params == {"seed": "1"}
    press(at, "open share")
    assert "lesson" not in " ".join(code.value for code in at.code)
    at.switch_page("pages/views/learn.py").run()
    assert at.query_params["lesson"] == "xor"


@pytest.mark.parametrize("name", ["physics", "<b>*x*</b>", "XOR"])
def test_an_unknown_lesson_is_named_and_the_first_opens(name: str) -> None:
    at = learn({"lesson": name})
    assert messages(at) == [f"There is no lesson called “{name}”, so this is the first. The list has all of them."]
    assert at.title[0].value == LESSONS[KEYS[0]].title
    press(at, "Next")
    assert messages(at) == []
    assert at.query_params["lesson"] == KEYS[1]


def test_through_the_course_and_back() -> None:
    at = learn()
    for key in KEYS[1:]:
        press(at, "Next")
        assert at.query_params["lesson"] == key
        assert at.title[0].value == LESSONS[key].title
        assert control(at, "selectbox", "lesson").value == key
    (last,) = (button for button in at.button if button.label == "Next")
    assert last.disabled
    for key in KEYS[-2::-1]:
        press(at, "Previous")
        assert at.query_params["lesson"] == key
    (first,) = (button for button in at.button if button.label == "Previous")
    assert first.disabled


def test_jumping_from_the_list() -> None:
    at = turn(learn(), "selectbox", "lesson", "rate")
    assert at.title[0].value == "The learning rate"
    assert at.query_params["lesson"] == "rate"
    assert_on_stage(at, LESSONS["rate"].variants["0.05"])


def test_progress_is_counted_marked_and_kept() -> None:
    at = learn({"lesson": "xor"})
    choose(at, "All four")
    press(at, "Next lesson")
    choose(at, "Two")
    assert progress(at) == "2 of 12 answered, 0 right"
    at.switch_page(PLAYGROUND).run()
    at.switch_page(LEARN).run()
    assert progress(at) == "2 of 12 answered, 0 right"
    assert at.radio[0].value == "Two"
    listed = control(at, "selectbox", "lesson").options
    assert [name for name in listed if name[-1] in "✓✗"] == [
        "9. When one neuron is not enough ✗",
        "10. Symmetry and seeds ✗",
    ]
    choose(at, "One, three times")  # a second thought counts once
    assert progress(at) == "2 of 12 answered, 1 right"
    assert "10. Symmetry and seeds ✓" in control(at, "selectbox", "lesson").options


def test_there_is_no_lesson_after_the_last() -> None:
    at = choose(learn({"lesson": KEYS[-1]}), "Two")
    assert "Next lesson" not in [button.label for button in at.button]


def test_what_was_tried_is_there_on_return_and_the_lesson_begins_anew() -> None:
    at = learn({"lesson": "neuron"})
    turn(at, "button_group", "try neuron", "1, 1, 1")
    turn(at, "button_group", "look at", 4)
    assert course(at).lesson_visit.view.row == 3
    press(at, "Next")
    press(at, "Previous")
    assert_on_stage(at, LESSONS["neuron"].variants["1, 1, 1"])
    assert course(at).lesson_visit.view.row == LESSONS["neuron"].row
    assert control(at, "button_group", "look at").value == 2


def test_two_lessons_with_the_same_run_each_begin_where_they_say() -> None:
    at = turn(learn({"lesson": "loop"}), "button_group", "try loop", "10,000")
    moves = course(at).lesson_visit.view.moves
    press(at, "Next")
    assert LESSONS["activation"].variants["Sigmoid"] == LESSONS["loop"].variants["10,000"]
    assert course(at).lesson_visit.view.moves > moves  # the player hears of it, though the run is the same


def test_the_address_of_the_experiment_is_kept_beside_the_lesson() -> None:
    at = learn({"preset": "xor", "lesson": "rate"})
    assert at.query_params == to_url(linked(at)) | {"preset": "xor", "lesson": "rate"}


def test_back_from_an_answer_the_pictures_show_the_network_that_was_asked_about() -> None:
    at = learn({"lesson": "loop", "projector": "1"})
    asked = LESSONS["loop"].question.network
    assert asked is not None
    at = press(press(at, "onward"), "onward")
    assert course(at).variant == LESSONS["loop"].first
    at = press(press(at, "onward"), "backward")
    assert course(at).variant == asked.name
    assert course(at).lesson_visit.view.row == asked.row
    assert not at.exception
    assert course(at).choice is None, "nobody has answered"
