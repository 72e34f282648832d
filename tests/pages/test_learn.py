"""The Learn page: every lesson by its link, what can be tried, the question, the way through the course."""

from collections.abc import Mapping

import pytest
from streamlit.testing.v1 import AppTest

from engine import Experiment, record
from engine.codec import encode
from pages.widgets.course import Course
from pages.widgets.lesson import Lesson, Question
from pages.widgets.lessons import LESSONS
from pages.widgets.presets import origin
from pages.widgets.summary import what_happened
from tests.pages.visit import (
    assert_same_run,
    assert_shows,
    control,
    lab,
    linked,
    messages,
    on_stage,
    pictures,
    press,
    turn,
    visit,
)

KEYS = list(LESSONS)
LEARN = "pages/views/learn.py"
PLAYGROUND = "pages/views/playground.py"
STEP = "See it step by step"


def learn(link: Mapping[str, str] | None = None) -> AppTest:
    """The Learn page as it opens, at an address with these parameters."""
    return visit(link).switch_page(LEARN).run()


def course(at: AppTest) -> Course:
    found: Course = at.session_state["course"]
    return found


def progress(at: AppTest) -> str:
    (bar,) = at.get("progress")
    return str(bar.proto.text)


def texts(at: AppTest) -> list[str]:
    return [markdown.value for markdown in at.markdown]


def drawn(at: AppTest) -> dict[str, list[str]]:
    """The names of the frames of each chart, by its key."""
    return {key: [frame["name"] for frame in chart["frames"]] for key, chart in pictures(at).items()}


def choose(at: AppTest, choice: str) -> AppTest:
    return turn(at, "radio", f"answer {course(at).key}", choice)


def assert_on_stage(at: AppTest, experiment: Experiment) -> None:
    """The lesson's run, bit for bit, in every chart that the lesson asks for and no other."""
    shown, expected = course(at).bench.history, record(experiment)
    assert shown is not None
    assert_same_run(shown, expected)
    names = [str(epoch) for epoch in expected.epochs]
    assert drawn(at) == {f"chart {name}": names for name in course(at).lesson.charts}
    assert (f"**{what_happened(expected)}**" in texts(at)) == course(at).lesson.outcome


@pytest.mark.parametrize("key", KEYS)
def test_a_lesson_opens_by_its_link(key: str) -> None:
    at, lesson = learn({"lesson": key}), LESSONS[key]
    assert messages(at) == []
    assert at.title[0].value == lesson.title
    assert lesson.told() in texts(at)
    assert tuple(latex.value.strip("$\n") for latex in at.latex) == lesson.formulas
    assert_on_stage(at, lesson.variants[lesson.first])
    assert list(control(at, "radio", f"answer {key}").options) == list(lesson.question.choices)
    assert at.query_params == {"seed": "1", "lesson": key}
    assert course(at).bench.row == lesson.row
    assert course(at).bench.cursor == lesson.cursor


@pytest.mark.parametrize(("key", "choice"), [(key, choice) for key in KEYS for choice in LESSONS[key].question.choices])
def test_a_choice_is_judged_and_the_number_shown(key: str, choice: str) -> None:
    at, asked = learn({"lesson": key}), LESSONS[key].question
    right, number = asked.answer()
    assert not at.success
    assert not at.info
    assert not at.metric
    choose(at, choice)
    (verdict,) = [found.value for kind in (at.success, at.info) for found in kind]
    assert bool(at.success) == (choice == right)
    assert verdict.startswith("Right." if choice == right else f"Not this one: the answer is “{right}”.")
    assert verdict.endswith(asked.because.format(number=number))
    assert [(metric.label, metric.value) for metric in at.metric] == [(asked.measure, number)]
    assert progress(at) == "1 of 12 answered"


@pytest.mark.parametrize(("key", "name"), [(key, name) for key in KEYS for name in LESSONS[key].variants])
def test_what_can_be_tried_comes_on_the_stage(key: str, name: str) -> None:
    at = learn({"lesson": key})
    turn(at, "button_group", f"try {key}", name)
    assert messages(at) == []
    assert_on_stage(at, LESSONS[key].variants[name])


def test_learn_opens_with_the_first_lesson() -> None:
    at = learn()
    assert at.title[0].value == LESSONS[KEYS[0]].title
    assert at.query_params == {"seed": "1"}
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
    assert progress(at) == "2 of 12 answered"
    at.switch_page(PLAYGROUND).run()
    at.switch_page(LEARN).run()
    assert progress(at) == "2 of 12 answered"
    assert at.radio[0].value == "Two"
    listed = control(at, "selectbox", "lesson").options
    assert [name for name in listed if name.endswith("✓")] == [
        "9. When one neuron is not enough ✓",
        "10. Symmetry and seeds ✓",
    ]
    choose(at, "Three")  # a second thought counts once
    assert progress(at) == "2 of 12 answered"


def test_there_is_no_lesson_after_the_last() -> None:
    at = choose(learn({"lesson": KEYS[-1]}), "Two")
    assert "Next lesson" not in [button.label for button in at.button]


def test_what_was_tried_is_there_on_return_and_the_lesson_begins_anew() -> None:
    at = learn({"lesson": "neuron"})
    turn(at, "button_group", "try neuron", "1, 1, 1")
    turn(at, "button_group", "look at", 4)
    assert course(at).bench.row == 3
    press(at, "Next")
    press(at, "Previous")
    assert_on_stage(at, LESSONS["neuron"].variants["1, 1, 1"])
    assert course(at).bench.row == LESSONS["neuron"].row
    assert control(at, "button_group", "look at").value == 2


def test_trying_keeps_the_row_and_goes_to_the_lessons_epoch() -> None:
    at = learn({"lesson": "neuron"})
    turn(at, "button_group", "look at", 4)
    course(at).bench.cursor = 1
    moves = course(at).bench.moves
    turn(at, "button_group", "try neuron", "1, 1, 1")
    assert (course(at).bench.row, course(at).bench.cursor) == (3, 0)
    assert course(at).bench.moves > moves


def test_lessons_leave_the_visitors_experiment_alone() -> None:
    at = visit({"preset": "fruit", "lr": "0.02"})
    mine, before = linked(at), on_stage(at)
    at.query_params["at"] = "7"
    lab(at).cursor = 7
    at.switch_page(LEARN).run()
    for key in ("neuron", "rate", "saturation"):
        turn(at, "selectbox", "lesson", key)
        turn(at, "button_group", f"try {key}", list(LESSONS[key].variants)[-1])
        choose(at, next(iter(LESSONS[key].question.choices)))
        assert linked(at) == mine
    at.switch_page(PLAYGROUND).run()
    assert_same_run(on_stage(at), before)
    assert lab(at).cursor == 7
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
    row, cursor = course(at).bench.row, course(at).bench.cursor
    press(at, STEP)
    assert messages(at) == []
    expected = LESSONS[key].variants[name]
    epoch = int(record(expected).epochs[-1]) if cursor is None else cursor
    assert f"From epoch **{epoch:,}** to epoch **{epoch + 1:,}**" in " ".join(texts(at))  # Step by step, not Learn
    assert_same_run(on_stage(at), record(expected))
    assert linked(at) == expected
    assert (lab(at).row, lab(at).preset) == (row, origin(expected) or "tutorial")


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
    assert origin(LESSONS[key].variants[name]) == preset


def test_an_experiment_of_no_preset_comes_from_the_tutorial() -> None:
    assert origin(Experiment(inputs=((0, 1), (1, 0)), targets=((1,), (0,)))) == ""


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
    assert choose(at, "Less").success[0].value == "Right. It is 0.0763."
    assert progress(at) == "1 of 13 answered"
    assert press(at, "Previous").query_params["lesson"] == KEYS[-1]


def test_two_lessons_with_the_same_run_each_begin_where_they_say() -> None:
    at = learn({"lesson": "matrix"})
    moves = course(at).bench.moves
    press(at, "Next")
    assert LESSONS["activation"].variants["Sigmoid"] == LESSONS["matrix"].variants["none"]
    assert course(at).bench.moves > moves  # the player hears of it, though the run is the same


def test_the_address_of_the_experiment_is_kept_beside_the_lesson() -> None:
    at = learn({"preset": "xor", "lesson": "rate"})
    assert at.query_params == encode(linked(at)) | {"preset": "xor", "lesson": "rate"}
