"""Rules for every lesson: complete, with terms explained, quick to train, true to its hint, its question answered."""

import re
from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, Experiment, History
from pages.charts.history.alt_text import run_summary
from pages.server.run_store import RUNS, RunStore, is_quick
from pages.widgets.learn.lessons import LESSONS
from pages.widgets.learn.lessons.lesson import EPOCH_AXIS, ON_CURVE, PLAYER, Lesson, Question
from tests.pages.learn import test_claims_on_difficulties, test_claims_on_neurons, test_claims_on_training
from tests.pages.learn.learn_page import KEYS, LEARN, choose, learn, texts
from tests.pages.learn.terms import sentences
from tests.pages.visit import assert_same_run, pictures, turn, visit


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_is_whole(key: str) -> None:
    lesson = LESSONS[key]
    told, asked = lesson.text_with_facts(), lesson.question
    assert 70 <= len(told.split()) <= 140
    assert max(len(sentence.split()) for sentence in sentences(told)) <= 40  # so that it can be read aloud
    assert not re.search(r"\{[a-z]+\}", told + asked.because.format(number=asked.answer()[1]))
    assert "{number}" in asked.because
    assert 1 <= len(lesson.formulas) <= 2
    assert 2 <= len(lesson.variants) <= 4
    assert 2 <= len(asked.choices) <= 4
    assert lesson.first in lesson.variants
    assert len(key) <= 30  # what the address keeps of it


def test_the_claims_of_every_lesson_have_a_test_of_its_name() -> None:
    modules = (test_claims_on_neurons, test_claims_on_training, test_claims_on_difficulties)
    tests = [name.removeprefix("test_") for module in modules for name in vars(module) if name.startswith("test_")]
    assert list(LESSONS) == tests
    assert len(LESSONS) == 12


def test_a_change_is_written_the_same_way_throughout() -> None:
    changes = [formula for lesson in LESSONS.values() for formula in lesson.formulas if r"\Delta" in formula]
    defined = [formula for formula in changes if formula.startswith(r"\Delta")]
    assert len(defined) == 3
    assert all(re.match(r"\\Delta \w_\w = -\\eta[ \\]", formula) for formula in defined)  # against the slope, in all


@pytest.mark.parametrize(
    ("control", "words"),
    [
        (PLAYER, ("**target**", "**loss**", "**epoch**", "steepest drop", "right (")),
        (EPOCH_AXIS, ("logarithmic axis",)),
    ],
)
def test_a_control_comes_with_the_lesson_that_explains_its_words(control: str, words: tuple[str, ...]) -> None:
    lessons = list(LESSONS.values())
    (first,) = (at for at, lesson in enumerate(lessons) if control in lesson.introduces)
    explained = " ".join(lesson.text_with_facts() + lesson.hint for lesson in lessons[: first + 1])
    assert [word for word in words if word not in explained] == []


@pytest.mark.parametrize("key", [key for key in KEYS if KEYS.index(key) < KEYS.index("loop")])
def test_before_training_is_explained_there_is_no_player_and_no_word_of_it(key: str) -> None:
    at = visit({"lesson": key}, opened=("in words",)).switch_page(LEARN).run()
    for answered in (False, True):
        if answered:
            choose(at, next(iter(LESSONS[key].question.choices)))
        assert [mount.proto.id for mount in at.get("bidi_component") if mount.proto.id.endswith("-player")] == []
        read = [*texts(at), *(text.value for kind in (at.caption, at.success, at.info) for text in kind)]
        read += [group.label for group in at.segmented_control] + [chart.proto.alt for chart in at.get("plotly_chart")]
        assert len(read) > 5
        assert [text for text in read if re.search("epoch|loss|steepest", text, re.IGNORECASE)] == []


@pytest.mark.parametrize("key", KEYS)
def test_the_epoch_axis_can_be_changed_from_where_it_is_explained(key: str) -> None:
    at = learn({"lesson": key})
    labels = [group.label for group in at.segmented_control]
    assert ("Epoch axis" in labels) == (KEYS.index(key) >= KEYS.index("epochs") and LESSONS[key].charts != ON_CURVE)


def test_the_lesson_on_activation_functions_draws_them_with_every_row_on_them() -> None:
    at = learn({"lesson": "activation"})
    for name, activation in (("Sigmoid", "sigmoid"), ("Tanh", "tanh"), ("ReLU", "relu")):
        turn(at, "button_group", "try activation", name)
        curve, small, large = pictures(at)["chart values"]["data"]
        z = np.array([x for x in curve["x"] if x is not None])
        np.testing.assert_allclose(curve["y"], ACTIVATIONS[activation].value(z), rtol=2e-3, atol=2e-3)
        assert (len(small["x"]), len([x for x in large["x"] if x is not None])) == (3, 2)  # and its label


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_never_makes_anyone_wait(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that it shows, and that its facts and its answer need, is quick to train."""
    asked = LESSONS[key].question.network
    assert asked is not None
    assert all(is_quick(experiment) for experiment in (*LESSONS[key].variants.values(), asked.experiment))
    needed: list[Experiment] = []
    train = RunStore.get_or_train

    def get_or_train(runs: RunStore, experiment: Experiment) -> History:
        needed.append(experiment)
        return train(runs, experiment)

    monkeypatch.setattr(RunStore, "get_or_train", get_or_train)
    LESSONS[key].text_with_facts()
    LESSONS[key].question.answer()
    assert all(map(is_quick, needed))


@pytest.mark.parametrize(("key", "name"), [(key, name) for key in LESSONS for name in LESSONS[key].variants])
def test_trying_changes_the_run(key: str, name: str) -> None:
    lesson = LESSONS[key]
    others = [experiment for other, experiment in lesson.variants.items() if other != name]
    assert lesson.variants[name] not in others
    ends = [
        RUNS.get_or_train(experiment).weights[0][-1].ravel().tolist() for experiment in (lesson.variants[name], *others)
    ]
    assert ends[0] not in ends[1:]


QUESTION = Question(
    ask="More than one half?",
    choices={"Yes": lambda o: float(o) > 0.5, "No": lambda o: float(o) < 0.5},
    number=lambda: 0.7,
    measure="Output",
    because="It is {number}.",
)


def test_the_number_decides() -> None:
    assert QUESTION.answer() == ("Yes", "0.7")
    assert replace(QUESTION, number=lambda: 0.2).answer() == ("No", "0.2")


def test_a_number_that_no_choice_foresees_is_a_mistake_of_the_lesson() -> None:
    with pytest.raises(ValueError, match="makes 0 choices right"):
        replace(QUESTION, number=lambda: 0.5).answer()


def test_facts_are_worked_out_in_the_text() -> None:
    lesson = Lesson(
        title="t",
        text="One {a}, two {b}.",
        formulas=("z",),
        hint="h",
        vary="v",
        variants={"a": Experiment()},
        first="a",
        charts=("loss",),
        question=QUESTION,
        facts={"a": lambda: 1 / 3, "b": lambda: "3 × 1"},
    )
    assert lesson.text_with_facts() == "One 0.333, two 3 × 1."


def test_what_the_hints_promise() -> None:
    def right(key: str, name: str) -> int:
        outputs = RUNS.get_or_train(LESSONS[key].variants[name]).outputs[-1]
        targets = np.array(LESSONS[key].variants[name].targets)
        return int((((outputs > 0.5) == (targets > 0.5)) & (np.abs(outputs - 0.5) > 1e-6)).all(axis=1).sum())

    assert [right("layers", name) for name in ("none", "4", "4, then 4")] == [0, 8, 8]
    assert [right("activation", name) for name in ("Sigmoid", "Tanh", "ReLU")] == [4, 4, 2]
    assert [right("xor", name) for name in ("none", "1", "3")] == [0, 3, 4]
    assert [right("seeds", name) for name in "1234"] == [2, 4, 2, 4]
    rates = [RUNS.get_or_train(experiment) for experiment in LESSONS["rate"].variants.values()]
    assert [run.diverged_at is None for run in rates] == [True, True, False]
    assert "6 of 8 rows are right" in run_summary(rates[0])  # too small
    assert len({len(RUNS.get_or_train(e).weights) for e in LESSONS["matrix"].variants.values()}) == 2


def test_the_same_seed_gives_the_same_run() -> None:
    experiment = LESSONS["seeds"].variants["1"]
    first = RUNS.get_or_train(experiment)
    RUNS.clear()
    assert_same_run(RUNS.get_or_train(experiment), first)
