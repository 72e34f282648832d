"""A weight that is typed at the drawing is read as every number is, and training starts from it."""

from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment
from engine.model.network import initial_parameters
from tests.pages.components import scene
from tests.pages.playground.drawing import SMALL, change, editor_data, open_xor, report, start, units
from tests.pages.visit import assert_shows, control, on_stage, press, state_of, type_in


def test_locked_start_weights_stay_and_say_why() -> None:
    at = open_xor(lock="more")
    assert editor_data(at)["start_refusal"] == "Fixed in this lesson: More."
    change(at, start(at, (0, 0, 0), "3"))
    assert [toast.value for toast in at.toast] == ["Fixed in this lesson: More."]
    assert_shows(at, SMALL)
    assert on_stage(change(at, units(0, 1))).experiment.hidden == (4,)


def with_start(experiment: Experiment, place: tuple[int, int, int], value: float) -> Experiment:
    """The experiment with all its start weights written out, and one of them changed."""
    weights, biases = initial_parameters(experiment)
    layer, source, neuron = place
    if source == len(weights[layer]):
        biases[layer][neuron] = value
    else:
        weights[layer][source, neuron] = value
    return replace(
        experiment,
        initial_weights=tuple(tuple(map(tuple, w.tolist())) for w in weights),
        initial_biases=tuple(tuple(b.tolist()) for b in biases) if experiment.bias else (),
    )


@pytest.mark.parametrize(
    ("place", "text", "value"), [((0, 1, 2), "1/3", 1 / 3), ((0, 2, 1), "-0,5", -0.5), ((1, 0, 0), "7", 7.0)]
)
def test_training_starts_from_a_weight_or_a_bias(place: tuple[int, int, int], text: str, value: float) -> None:
    at = open_xor()
    plays = state_of(at).run.plays
    change(at, start(at, place, text))
    assert_shows(at, with_start(SMALL, place, value))
    assert state_of(at).run.plays == plays + 1
    layer, source, neuron = place
    first = np.vstack([on_stage(at).weights[layer][0], on_stage(at).biases[layer][0]])
    assert first[source, neuron] == value
    assert control(at, "toggle", "by hand").value
    assert_shows(press(at, "undo"), SMALL)


def test_a_second_start_weight_leaves_the_first_one() -> None:
    at = open_xor()
    change(at, start(at, (0, 0, 0), "2"))
    change(at, start(at, (1, 0, 0), "3"))
    assert_shows(at, with_start(with_start(SMALL, (0, 0, 0), 2.0), (1, 0, 0), 3.0))


@pytest.mark.parametrize(
    ("text", "words"), [("abc", "not a number"), ("2,104", "can be 2104"), ("", "empty"), ("1e99", "too large")]
)
def test_what_cannot_be_started_from_is_said(text: str, words: str) -> None:
    at = open_xor()
    change(at, start(at, (0, 0, 0), text))
    assert words in at.toast[0].value.replace("\\", "")
    assert_shows(at, SMALL)


def test_a_cell_in_the_way_of_training_is_said() -> None:
    at = open_xor()
    type_in(at, state_of(at).draft.grid_key, {"edited_rows": {0: {"x1": None}}, "added_rows": [], "deleted_rows": []})
    change(at, start(at, (0, 0, 0), "1"))
    assert "row 1" in at.toast[0].value.lower()
    assert not state_of(at).run.is_requested


def test_a_typed_number_is_read_as_everywhere() -> None:
    at = open_xor()
    assert editor_data(at)["reading"] is None
    report(at, typed={"run": scene(at)["run"], "text": "1/4", "at": 5})
    assert editor_data(at)["reading"] == {"text": "1/4", "number": 0.25, "words": "", "at": 5}
    report(at, typed={"text": "2,104", "at": 6})
    assert editor_data(at)["reading"] == {
        "text": "2,104",
        "number": None,
        "words": "The weight: 2,104 can be 2104 or 2.104: type 2104 or 2.1040.",
        "at": 6,
    }
    assert_shows(at, SMALL)


def test_on_a_projector_the_network_is_not_edited_and_a_weight_can_be_tried() -> None:
    at = open_xor(projector="1")
    assert editor_data(at)["hidden"] is None
    report(at, typed={"text": "-0,5", "at": 5})
    assert editor_data(at)["reading"]["number"] == -0.5
    assert not at.exception
