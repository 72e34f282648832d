"""A lesson's network can be opened on the Playground or in Step by step, and is loaded only then."""

import pytest

from engine import Experiment, record
from engine.data.presets import preset_of
from pages.widgets.learn.lessons import LESSONS
from tests.pages.learn.learn_page import KEYS, LEARN, PLAYGROUND, assert_on_stage, choose, course, learn, texts
from tests.pages.step_by_step.step_page import opening_epoch
from tests.pages.visit import assert_same_run, assert_shows, linked, messages, on_stage, press, state_of, turn, visit

STEP = "See it step by step"


def test_lessons_leave_the_visitors_experiment_alone() -> None:
    at = visit({"preset": "fruit", "lr": "0.02"})
    mine, before = linked(at), on_stage(at)
    at.query_params["at"] = "7"
    state_of(at).view.cursor = 7
    at.switch_page(LEARN).run()
    for key in ("neuron", "rate", "saturation"):
        turn(at, "selectbox", "lesson", key)
        turn(at, "button_group", f"try {key}", list(LESSONS[key].variants)[-1])
        choose(at, next(iter(LESSONS[key].question.choices)))
        assert linked(at) == mine
    at.switch_page(PLAYGROUND).run()
    assert_same_run(on_stage(at), before)
    assert state_of(at).view.cursor == 7
    assert linked(at) == mine


@pytest.mark.parametrize("key", KEYS)
def test_a_lesson_can_be_taken_to_the_playground(key: str) -> None:
    at = learn({"lesson": key, "lr": "0.5"})
    name = list(LESSONS[key].variants)[-1]
    turn(at, "button_group", f"try {key}", name)
    press(at, "Open in the Playground")
    assert [editor.key for editor in at.data_editor]  # the Playground, not Learn
    assert_shows(at, LESSONS[key].variants[name])


@pytest.mark.parametrize("key", KEYS)
def test_a_lesson_can_be_seen_step_by_step(key: str) -> None:
    at = learn({"lesson": key, "lr": "0.5"})
    name = list(LESSONS[key].variants)[-1]
    turn(at, "button_group", f"try {key}", name)
    row, cursor = course(at).lesson_visit.view.row, course(at).lesson_visit.view.cursor
    press(at, STEP)
    assert messages(at) == []
    expected = LESSONS[key].variants[name]
    epoch = opening_epoch(expected) if cursor is None else cursor
    assert f"From epoch **{epoch:,}** to epoch **{epoch + 1:,}**" in " ".join(texts(at))  # Step by step, not Learn
    assert_same_run(on_stage(at), record(expected))
    assert linked(at) == expected
    assert (state_of(at).view.row, state_of(at).draft.preset) == (row, preset_of(expected) or "tutorial")


@pytest.mark.parametrize("door", ["Open in the Playground", STEP])
def test_both_ways_out_warn_of_what_they_replace(door: str) -> None:
    (button,) = (button for button in learn().button if button.label == door)
    assert "in place of what is on the Playground now" in button.help


@pytest.mark.parametrize("door", ["Open in the Playground", STEP])
def test_a_lesson_left_with_its_network_goes_from_the_address_and_is_open_on_return(door: str) -> None:
    at = learn({"lesson": "rate"})
    turn(at, "button_group", "try rate", "0.2")
    press(at, door)
    assert "lesson" not in at.query_params
    at.switch_page(LEARN).run()
    assert at.title[0].value == LESSONS["rate"].title
    assert at.query_params["lesson"] == "rate"
    assert_on_stage(at, LESSONS["rate"].variants["0.2"])


@pytest.mark.parametrize(
    ("key", "name", "preset"),
    [("xor", "none", "xor_one_neuron"), ("xor", "3", "xor"), ("loop", "3", "tutorial"), ("layers", "none", "parity")],
)
def test_the_playground_says_where_it_comes_from(key: str, name: str, preset: str) -> None:
    assert preset_of(LESSONS[key].variants[name]) == preset


def test_an_experiment_of_no_preset_comes_from_the_tutorial() -> None:
    assert preset_of(Experiment(inputs=((0, 1), (1, 0)), targets=((1,), (0,)))) == ""
