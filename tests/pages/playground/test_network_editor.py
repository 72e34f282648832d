"""The network is changed on its drawing: the form follows, each change counts once, limits and locks hold."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from engine.model.network import initial_parameters
from engine.serialization import to_url
from tests.pages.visit import (
    assert_shows,
    components,
    control,
    messages,
    on_stage,
    press,
    scene,
    send,
    state_of,
    turn,
    type_in,
    visit,
)

SMALL = replace(PRESETS["xor"], epochs=60)


def opened(experiment: Experiment = SMALL, **link: str) -> AppTest:
    return visit(to_url(experiment) | link)


def told(at: AppTest) -> dict[str, Any]:
    """What the drawing is told of the settings."""
    editor: dict[str, Any] = json.loads(components(at)["pictures"].json)["editor"]
    return editor


def report(at: AppTest, **values: object) -> AppTest:
    """Run the page with what the drawing sends, by name."""
    return send(at, components(at)["pictures"].id, json.dumps(values), "json_value")


def change(at: AppTest, *changes: dict[str, Any], first: int | None = None) -> AppTest:
    """Send changes, numbered from the first that was not applied yet."""
    start = told(at)["applied"] + 1 if first is None else first
    numbered = [{"number": number, **each} for number, each in enumerate(changes, start)]
    return report(at, changes={"visit": told(at)["visit"], "changes": numbered, "run": scene(at)["run"]})


def units(layer: int, by: int) -> dict[str, Any]:
    return {"kind": "units", "layer": layer, "by": by}


def start(at: AppTest, place: Sequence[object], text: object, run: str | None = None) -> dict[str, Any]:
    layer, source, neuron = place
    named = {"layer": layer, "source": source, "neuron": neuron}
    return {"kind": "start", "run": run or scene(at)["run"], "text": text} | named


def test_neurons_layers_and_activations_change_the_draft_and_the_form_follows() -> None:
    at = change(opened(), units(0, 1))
    assert_shows(at, replace(SMALL, hidden=(4,)))
    assert control(at, "selectbox", "hidden").value == "4"
    change(at, {"kind": "layers", "by": 1}, {"kind": "activation", "layer": 1, "name": "relu"})
    assert_shows(at, replace(SMALL, hidden=(4, 4), activations=("tanh", "relu", "sigmoid")))
    assert control(at, "selectbox", "activation 1").value == "relu"
    change(at, {"kind": "activation", "layer": 2, "name": "linear"})
    assert control(at, "selectbox", "output activation").value == "linear"
    assert told(at)["hidden"] == [4, 4]
    assert told(at)["activations"] == ["tanh", "relu", "linear"]
    turn(at, "selectbox", "hidden", "none")
    assert told(at)["hidden"] == []
    change(at, {"kind": "layers", "by": 1})
    assert on_stage(at).experiment.hidden == (4,)


def test_each_change_counts_once_however_often_it_is_sent() -> None:
    at = opened()
    change(at, units(0, 1), units(0, 1), first=1)
    assert on_stage(at).experiment.hidden == (5,)
    assert told(at)["applied"] == 2
    change(at, units(0, 1), units(0, 1), units(0, 1), first=1)  # two of them again, with one more
    assert on_stage(at).experiment.hidden == (6,)
    change(at, units(0, 1), first=2)
    assert on_stage(at).experiment.hidden == (6,)


def test_what_another_visit_sent_changes_nothing() -> None:
    at = opened()
    report(at, changes={"visit": "1", "changes": [{"number": 1, **units(0, 1)}]})
    assert_shows(at, SMALL)


def test_a_change_is_taken_back_by_undo() -> None:
    at = press(change(opened(), units(0, 1), units(0, 1)), "undo")
    assert_shows(at, SMALL)


def test_start_weights_by_hand_go_with_a_neuron_and_that_is_said() -> None:
    weights, biases = initial_parameters(SMALL)
    by_hand = replace(SMALL, initial_weights=tuple(tuple(map(tuple, w.tolist())) for w in weights))
    by_hand = replace(by_hand, initial_biases=tuple(tuple(b.tolist()) for b in biases))
    at = change(opened(by_hand), units(0, -1))
    assert_shows(at, replace(SMALL, hidden=(2,)))
    assert len(at.toast) == 1
    assert_shows(
        change(opened(by_hand), {"kind": "activation", "layer": 0, "name": "relu"}),
        replace(by_hand, activations=("relu", "sigmoid")),
    )


def test_nothing_goes_beyond_a_limit_and_a_hostile_message_does_nothing() -> None:
    at = change(opened(), *[units(0, -1)] * 5)
    assert on_stage(at).experiment.hidden == (1,)
    assert told(at)["applied"] == 5
    for hostile in (
        units(7, 1),
        {"kind": "units", "layer": "<b>", "by": 10**40},
        {"kind": "activation", "layer": 0, "name": "softmax"},
        {"kind": None},
        {"kind": "start"},
        start(at, (0, 0, 0), "x"),
        start(at, (9, 9, 9), "1"),
        start(at, (-1, 0, 0), "1"),
        start(at, ("0", None, [0]), "1"),
        start(at, (0, 0, 0), "1", run="another"),
        start(at, (0, 0, 0), None),
    ):
        change(at, hostile)
        assert not at.exception, hostile
        assert on_stage(at).experiment == replace(SMALL, hidden=(1,)), hostile
    junk: object
    for junk in (None, 1, "text", [], {}, {"changes": 3}, {"visit": told(at)["visit"], "changes": [None, 3, "x", {}]}):
        report(at, changes=junk)
        assert not at.exception, junk
    report(at, typed={"text": 3, "at": "x"})
    assert not at.exception
    assert_shows(at, replace(SMALL, hidden=(1,)))


@pytest.mark.parametrize("way", ["lock", "hide"])
def test_a_locked_network_does_not_change_and_says_why(way: str) -> None:
    at = visit(to_url(SMALL) | {way: "controls"})
    assert told(at)["refusal"] == "Fixed in this lesson: Network and training."
    assert (told(at)["hidden"] is None) == (way == "hide")  # a hidden part does not come back on the drawing
    change(at, units(0, 1), {"kind": "activation", "layer": 0, "name": "relu"})
    assert_shows(at, SMALL)
    assert told(opened())["refusal"] == ""


def test_locked_start_weights_stay_and_say_why() -> None:
    at = opened(lock="more")
    assert told(at)["start_refusal"] == "Fixed in this lesson: More."
    change(at, start(at, (0, 0, 0), "3"))
    assert [toast.value for toast in at.toast] == ["Fixed in this lesson: More."]
    assert_shows(at, SMALL)
    assert on_stage(change(at, units(0, 1))).experiment.hidden == (4,)


def test_of_a_shape_that_is_none_nothing_can_be_changed() -> None:
    at = opened()
    send(at, control(at, "selectbox", "hidden").proto.id, "many")
    assert told(at)["hidden"] is None
    change(at, units(0, 1))
    assert messages(at) == ["The units of a hidden layer: 'many' is not a whole number."]


def started(experiment: Experiment, place: tuple[int, int, int], value: float) -> Experiment:
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
    at = opened()
    plays = state_of(at).run.plays
    change(at, start(at, place, text))
    assert_shows(at, started(SMALL, place, value))
    assert state_of(at).run.plays == plays + 1
    layer, source, neuron = place
    first = np.vstack([on_stage(at).weights[layer][0], on_stage(at).biases[layer][0]])
    assert first[source, neuron] == value
    assert control(at, "toggle", "by hand").value
    assert_shows(press(at, "undo"), SMALL)


def test_a_second_start_weight_leaves_the_first_one() -> None:
    at = opened()
    change(at, start(at, (0, 0, 0), "2"))
    change(at, start(at, (1, 0, 0), "3"))
    assert_shows(at, started(started(SMALL, (0, 0, 0), 2.0), (1, 0, 0), 3.0))


@pytest.mark.parametrize(
    ("text", "words"), [("abc", "not a number"), ("2,104", "can be 2104"), ("", "empty"), ("1e99", "too large")]
)
def test_what_cannot_be_started_from_is_said(text: str, words: str) -> None:
    at = opened()
    change(at, start(at, (0, 0, 0), text))
    assert words in at.toast[0].value.replace("\\", "")
    assert_shows(at, SMALL)


def test_a_cell_in_the_way_of_training_is_said() -> None:
    at = opened()
    type_in(at, state_of(at).draft.grid_key, {"edited_rows": {0: {"x1": None}}, "added_rows": [], "deleted_rows": []})
    change(at, start(at, (0, 0, 0), "1"))
    assert "row 1" in at.toast[0].value.lower()
    assert not state_of(at).run.is_requested


def test_a_typed_number_is_read_as_everywhere() -> None:
    at = opened()
    assert told(at)["reading"] is None
    report(at, typed={"run": scene(at)["run"], "text": "1/4", "at": 5})
    assert told(at)["reading"] == {"text": "1/4", "number": 0.25, "words": "", "at": 5}
    report(at, typed={"text": "2,104", "at": 6})
    assert told(at)["reading"] == {
        "text": "2,104",
        "number": None,
        "words": "2,104 can be 2104 or 2.104: type 2104 or 2.1040.",
        "at": 6,
    }
    assert_shows(at, SMALL)


def test_on_a_projector_the_network_is_not_edited_and_a_weight_can_be_tried() -> None:
    at = opened(projector="1")
    assert told(at)["hidden"] is None
    report(at, typed={"text": "-0,5", "at": 5})
    assert told(at)["reading"]["number"] == -0.5
    assert not at.exception
