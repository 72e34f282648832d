"""Why it cannot learn: the page says so beside the stage, and the button beside it makes it learn."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from engine.codec import encode
from engine.diagnosis import after, before
from engine.measures import right_rows
from tests.pages.visit import edit, lab, on_stage, press, read, turn, visit

CASES = {
    "not separable": PRESETS["xor_one_neuron"],
    "out of range": replace(Experiment(), targets=((0,), (5,), (5,), (0,)), epochs=500),
    "no bias and a row of zeros": Experiment(inputs=((0, 0), (0, 1), (1, 0), (1, 1)), targets=((1,), (0,), (0,), (0,))),
    "symmetry": replace(PRESETS["xor"], initializer="zeros", epochs=500),
    "step": replace(PRESETS["and"], activations=("step",), epochs=100),
    "rate too high": replace(PRESETS["line"], learning_rate=1000.0),
}


def titles(at: AppTest) -> list[str]:
    """The titles of the findings on the page."""
    marked = [text.value for text in at.markdown if text.value.startswith(":material/lightbulb:")]
    return [read(text.removeprefix(":material/lightbulb: ").strip("*")) for text in marked]


@pytest.mark.parametrize("name", CASES)
def test_it_is_said_and_the_remedy_makes_it_learn(name: str) -> None:
    at = visit(encode(CASES[name]))
    findings = after(on_stage(at))
    assert titles(at) == [finding.title for finding in findings[:3]]
    first = findings[0]
    assert first.remedy is not None
    assert first.words in [read(text.value) for text in at.markdown]
    press(at, "remedy 0")
    assert not at.exception
    assert on_stage(at).experiment == first.remedy
    assert lab(at).plays == 1
    history = on_stage(at)
    if name != "rate too high":
        assert right_rows(history.experiment, history.outputs[-1])[list(history.experiment.train_rows)].all()
    assert history.diverged_at is None


@pytest.mark.parametrize("name", sorted(set(PRESETS) - {"xor_one_neuron"}))
def test_nothing_is_said_of_a_preset_that_learns(name: str) -> None:
    assert titles(visit({"preset": name})) == []


def test_before_training_too() -> None:
    long = replace(PRESETS["xor_one_neuron"], epochs=900_000)
    at = visit(encode(long))
    assert on_stage(at).epochs.tolist() == [0]
    assert titles(at) == [finding.title for finding in before(long)]


def test_a_table_that_cannot_be_trained_has_its_message_only() -> None:
    at = edit(visit({"preset": "xor_one_neuron"}), {0: {"x1": "word"}})
    assert len(at.warning) == 1
    assert titles(at) == []


def test_what_is_said_goes_when_it_is_cured_by_hand() -> None:
    at = visit({"preset": "xor_one_neuron"})
    assert titles(at)
    turn(at, "selectbox", "hidden", "3")
    turn(at, "number_input", "epochs", 5_000)
    history = on_stage(at)
    assert bool(titles(at)) == bool(after(history))
