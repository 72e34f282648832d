"""The network is changed on its drawing: the form follows, each change counts once, limits and locks hold."""

from dataclasses import replace

import pytest

from engine.model.network import initial_parameters
from engine.serialization import to_url
from tests.pages.components import send
from tests.pages.playground.drawing import SMALL, change, editor_data, open_xor, report, start, units
from tests.pages.visit import assert_shows, control, messages, on_stage, press, turn, visit


def test_neurons_layers_and_activations_change_the_draft_and_the_form_follows() -> None:
    at = change(open_xor(), units(0, 1))
    assert_shows(at, replace(SMALL, hidden=(4,)))
    assert control(at, "selectbox", "hidden").value == "4"
    change(at, {"kind": "layers", "by": 1}, {"kind": "activation", "layer": 1, "name": "relu"})
    assert_shows(at, replace(SMALL, hidden=(4, 4), activations=("tanh", "relu", "sigmoid")))
    assert control(at, "selectbox", "activation 1").value == "relu"
    change(at, {"kind": "activation", "layer": 2, "name": "linear"})
    assert control(at, "selectbox", "output activation").value == "linear"
    assert editor_data(at)["hidden"] == [4, 4]
    assert editor_data(at)["activations"] == ["tanh", "relu", "linear"]
    turn(at, "selectbox", "hidden", "none")
    assert editor_data(at)["hidden"] == []
    change(at, {"kind": "layers", "by": 1})
    assert on_stage(at).experiment.hidden == (4,)


def test_each_change_counts_once_however_often_it_is_sent() -> None:
    at = open_xor()
    change(at, units(0, 1), units(0, 1), first=1)
    assert on_stage(at).experiment.hidden == (5,)
    assert editor_data(at)["applied"] == 2
    change(at, units(0, 1), units(0, 1), units(0, 1), first=1)  # two of them again, with one more
    assert on_stage(at).experiment.hidden == (6,)
    change(at, units(0, 1), first=2)
    assert on_stage(at).experiment.hidden == (6,)


def test_each_change_is_a_step_of_undo_which_keeps_its_place_among_them() -> None:
    at = press(change(open_xor(), units(0, 1), units(0, 1)), "undo")
    assert_shows(at, replace(SMALL, hidden=(4,)))
    assert_shows(press(at, "undo"), SMALL)
    at = change(open_xor(), units(0, 1), {"kind": "undo"}, {"kind": "layers", "by": 1})
    assert_shows(at, replace(SMALL, hidden=(3, 3), activations=("tanh", "tanh", "sigmoid")))


def test_start_weights_by_hand_go_with_a_neuron_and_that_is_said() -> None:
    weights, biases = initial_parameters(SMALL)
    by_hand = replace(SMALL, initial_weights=tuple(tuple(map(tuple, w.tolist())) for w in weights))
    by_hand = replace(by_hand, initial_biases=tuple(tuple(b.tolist()) for b in biases))
    at = change(open_xor(by_hand), units(0, -1))
    assert_shows(at, replace(SMALL, hidden=(2,)))
    assert len(at.toast) == 1
    assert_shows(
        change(open_xor(by_hand), {"kind": "activation", "layer": 0, "name": "relu"}),
        replace(by_hand, activations=("relu", "sigmoid")),
    )


def test_nothing_goes_beyond_a_limit_and_a_hostile_message_does_nothing() -> None:
    at = change(open_xor(), *[units(0, -1)] * 5)
    assert on_stage(at).experiment.hidden == (1,)
    assert editor_data(at)["applied"] == 5
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
    report(at, typed={"text": 3, "at": "x"})
    assert not at.exception
    assert_shows(at, replace(SMALL, hidden=(1,)))


@pytest.mark.parametrize("way", ["lock", "hide"])
def test_a_locked_network_does_not_change_and_says_why(way: str) -> None:
    at = visit(to_url(SMALL) | {way: "controls"})
    assert editor_data(at)["refusal"] == "Fixed in this lesson: Network and training."
    assert (editor_data(at)["hidden"] is None) == (way == "hide")  # a hidden part does not come back on the drawing
    change(at, units(0, 1), {"kind": "activation", "layer": 0, "name": "relu"})
    assert_shows(at, SMALL)
    assert editor_data(open_xor())["refusal"] == ""


def test_of_a_shape_that_is_none_nothing_can_be_changed() -> None:
    at = open_xor()
    send(at, control(at, "selectbox", "hidden").proto.id, "many")
    assert editor_data(at)["hidden"] is None
    change(at, units(0, 1))
    assert messages(at) == ["The units of a hidden layer: 'many' is not a whole number."]
