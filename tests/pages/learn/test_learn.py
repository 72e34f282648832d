"""A lesson on the page Learn: it opens by its link, its variants can be tried, and its question is judged."""

import re

import pytest

from engine import Experiment, record
from pages.charts.style.format import format_number
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.learn.lessons.lesson import Lesson, Question
from tests.pages.learn.learn_page import KEYS, assert_on_stage, choose, course, learn, progress, texts
from tests.pages.visit import control, messages, press, turn


@pytest.mark.parametrize("key", KEYS)
def test_a_lesson_opens_by_its_link(key: str) -> None:
    at, lesson = learn({"lesson": key}), LESSONS[key]
    assert messages(at) == []
    assert at.title[0].value == lesson.title
    assert lesson.text_with_facts() in texts(at)
    assert tuple(latex.value.strip("$\n") for latex in at.latex) == lesson.formulas
    assert_on_stage(at, lesson.variants[lesson.first])
    assert list(control(at, "radio", f"answer {key}").options) == list(lesson.question.choices)
    assert at.query_params == {"seed": "1", "lesson": key}
    assert course(at).lesson_visit.view.row == lesson.row
    assert course(at).lesson_visit.view.cursor == lesson.cursor


@pytest.mark.parametrize(("key", "choice"), [(key, choice) for key in KEYS for choice in LESSONS[key].question.choices])
def test_a_choice_is_judged_and_the_number_shown(key: str, choice: str) -> None:
    at, asked = learn({"lesson": key}), LESSONS[key].question
    right, number = asked.answer()
    assert not at.success
    assert not at.info
    choose(at, choice)
    (verdict,) = [found.value for kind in (at.success, at.info) for found in kind]
    assert bool(at.success) == (choice == right)
    assert verdict.startswith("Right." if choice == right else f"Not this one: the answer is “{right}”.")
    assert verdict.endswith(f"{asked.because.format(number=number)}\n\n{asked.measure}: **{number}**")
    assert progress(at) == f"1 of 12 answered, {int(choice == right)} right"
    mark = "✓" if choice == right else "✗"
    assert [name[-1] for name in control(at, "selectbox", "lesson").options if name[-1] in "✓✗"] == [mark]


@pytest.mark.parametrize("key", KEYS)
def test_after_an_answer_the_network_that_was_asked_about_is_drawn(key: str) -> None:
    at, asked = learn({"lesson": key}), LESSONS[key].question.network
    assert asked is not None
    row = course(at).lesson_visit.view.row
    choose(at, next(iter(LESSONS[key].question.choices)))
    assert_on_stage(at, asked.experiment)
    assert control(at, "button_group", f"try {key}").value == asked.name
    view = course(at).lesson_visit.view
    assert (view.row, view.cursor) == (row if asked.row is None else asked.row, asked.cursor)
    first = LESSONS[key].first
    assert_on_stage(turn(at, "button_group", f"try {key}", first), LESSONS[key].variants[first])
    choose(at, list(LESSONS[key].question.choices)[-1])  # a second thought turns to it again
    assert_on_stage(at, asked.experiment)


@pytest.mark.parametrize("key", KEYS)
def test_a_network_asked_about_is_not_among_those_to_try_before(key: str) -> None:
    assert list(control(learn({"lesson": key}), "button_group", f"try {key}").options) == list(LESSONS[key].variants)


@pytest.mark.parametrize(("key", "name"), [(key, name) for key in KEYS for name in LESSONS[key].variants])
def test_what_can_be_tried_comes_on_the_stage(key: str, name: str) -> None:
    at = learn({"lesson": key})
    turn(at, "button_group", f"try {key}", name)
    assert messages(at) == []
    assert_on_stage(at, LESSONS[key].variants[name])


def test_trying_keeps_the_row_and_goes_to_the_lessons_epoch() -> None:
    at = learn({"lesson": "neuron"})
    turn(at, "button_group", "look at", 4)
    course(at).lesson_visit.view.cursor = 1
    moves = course(at).lesson_visit.view.moves
    turn(at, "button_group", "try neuron", "1, 1, 1")
    assert (course(at).lesson_visit.view.row, course(at).lesson_visit.view.cursor) == (3, 0)
    assert course(at).lesson_visit.view.moves > moves


def test_a_teacher_adds_a_lesson_by_adding_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Experiment(epochs=5, seed=7)
    lesson = Lesson(
        title="My own lesson",
        text="Seed 7 draws {first}. Look. And look again.",
        formulas=(r"w_0 = 1",),
        hint="Try the other.",
        vary="seed",
        variants={"7": mine, "8": Experiment(epochs=5, seed=8)},
        first="7",
        charts=("weights",),
        facts={"first": lambda: float(record(mine).weights[0][0, 0, 0])},
        question=Question(
            ask="Is it more than 0.5?",
            choices={"More": lambda w: float(w) > 0.5, "Less": lambda w: float(w) <= 0.5},
            number=lambda: float(record(mine).weights[0][0, 0, 0]),
            measure="First weight",
            because="It is {number}.",
        ),
    )
    monkeypatch.setitem(LESSONS, "mine", lesson)
    at = learn({"lesson": "mine"})
    assert messages(at) == []
    assert at.title[0].value == "My own lesson"
    assert "Seed 7 draws 0.0763. Look. And look again." in texts(at)
    assert at.latex[0].value.strip("$\n") == "w_0 = 1"
    assert_on_stage(at, mine)
    assert control(at, "selectbox", "lesson").options[-1] == "13. My own lesson"
    assert choose(at, "Less").success[0].value == "Right. It is 0.0763.\n\nFirst weight: **0.0763**"
    assert progress(at) == "1 of 13 answered, 1 right"
    assert press(at, "Previous").query_params["lesson"] == KEYS[-1]


def test_the_curves_of_activations_are_told_in_words_like_every_chart() -> None:
    for key in KEYS:
        assert "These charts in words and numbers" in [place.label for place in learn({"lesson": key}).expander]
    at = learn({"lesson": "activation"})
    at.session_state["in words"] = True
    words = "\n".join(texts(at.run()))
    history = course(at).lesson_visit.run.history
    assert history is not None
    for row, output in enumerate(history.outputs[-1, :, 0].tolist(), 1):
        assert re.search(rf"y1 for row {row} has z [-.\d]+, f\(z\) {re.escape(format_number(output))}", words)
