"""The diagnosis says why a network cannot learn, and its button makes it learn."""

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment, record
from engine.diagnosis.diagnosis import diagnose_experiment, diagnose_run
from engine.model.targets import correct_rows
from engine.serialization.url_format import to_url
from pages.widgets.playground.diagnosis_panel import cached_findings
from tests.pages.visit import edit, on_stage, press, read, state_of, turn, visit

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
    at = visit(to_url(CASES[name]))
    findings = diagnose_run(on_stage(at))
    assert titles(at) == [finding.title for finding in findings[:3]]
    first = findings[0]
    assert first.remedy is not None
    assert first.words in [read(text.value) for text in at.markdown]
    press(at, "remedy 0")
    assert not at.exception
    assert on_stage(at).experiment == first.remedy
    assert state_of(at).run.plays == 1
    history = on_stage(at)
    if name != "rate too high":
        assert correct_rows(history.experiment, history.outputs[-1])[list(history.experiment.train_rows)].all()
    assert history.diverged_at is None


@pytest.mark.parametrize("name", sorted(set(PRESETS) - {"xor_one_neuron"}))
def test_nothing_is_said_of_a_preset_that_learns(name: str) -> None:
    assert titles(visit({"preset": name})) == []


def test_before_training_too() -> None:
    long = replace(PRESETS["xor_one_neuron"], epochs=900_000)
    at = visit(to_url(long))
    assert on_stage(at).epochs.tolist() == [0]
    assert titles(at) == [finding.title for finding in diagnose_experiment(long)]


def test_a_table_that_cannot_be_trained_has_its_message_only() -> None:
    at = edit(visit({"preset": "xor_one_neuron"}), {0: {"x1": "word"}})
    assert len(at.warning) == 1
    assert titles(at) == []


def test_what_is_said_goes_when_it_is_cured_by_hand() -> None:
    at = visit({"preset": "xor_one_neuron"})
    assert titles(at)
    turn(at, "selectbox", "hidden", "3")
    assert titles(at) == []


def test_of_a_stopped_run_is_said_what_is_true_of_it_and_of_the_whole_run_again() -> None:
    e = replace(PRESETS["xor_one_neuron"], epochs=3_000)
    assert cached_findings(e, (10, None), record(replace(e, epochs=10))) == diagnose_run(record(replace(e, epochs=10)))
    assert cached_findings(e, (3_000, None), record(e)) == diagnose_run(record(e))


def test_a_cell_typed_in_the_moment_a_remedy_is_pressed_is_not_lost() -> None:
    """A click takes the focus from the cell, and both arrive as one."""
    at = visit({"preset": "xor_one_neuron"})
    (grid,) = (editor for editor in at.data_editor if editor.key == state_of(at).draft.grid_key)
    (button,) = (button for button in at.button if button.key == "remedy 0")
    states = at._tree.get_widget_states()
    states.widgets.add(id=grid.proto.id, string_value=json.dumps({"edited_rows": {0: {"x1": 7}}}))
    states.widgets.add(id=button.proto.id, trigger_value=True)
    at._run(states)
    assert not at.exception
    assert on_stage(at).experiment.inputs[0][0] == 7
    assert not on_stage(at).experiment.hidden


def test_a_run_that_diverges_at_once_hears_of_its_learning_rate() -> None:
    wild = replace(PRESETS["line"], learning_rate=1e6, hidden=(4, 4, 4), activations=("linear",) * 4)
    assert record(wild).diverged_at is not None
    at = visit(to_url(wild))
    assert diagnose_run(on_stage(at))[0].key == "rate_too_high"
    assert titles(at)[0] == diagnose_run(on_stage(at))[0].title
