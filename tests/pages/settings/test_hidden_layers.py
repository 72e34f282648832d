"""Hidden layers are chosen or typed, each with an activation; anything else is refused with a message."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from engine import ACTIVATIONS, Experiment
from tests.pages.components import send
from tests.pages.visit import assert_shows, assert_still_shows, control, messages, on_stage, state_of, turn, visit

SHORT = replace(Experiment(), epochs=60)


def typed(at: AppTest, text: str) -> AppTest:
    return send(at, control(at, "selectbox", "hidden").proto.id, text)


def short_visit() -> AppTest:
    return visit({"n": "60"})


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("5, 3", (5, 3)),
        ("5,3", (5, 3)),
        ("5; 3", (5, 3)),
        ("5x3", (5, 3)),
        (" 7 ", (7,)),
        ("2, 2, 2, 2, 2, 2", (2,) * 6),
        ("none", ()),
        ("", ()),
    ],
)
def test_layers_as_typed(text: str, hidden: tuple[int, ...]) -> None:
    at = typed(short_visit(), text)
    assert_shows(at, replace(SHORT, hidden=hidden, activations=("tanh",) * len(hidden) + ("sigmoid",)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("many", "The units of a hidden layer: 'many' is not a whole number."),
        ("3.5", "The units of a hidden layer: '3.5' is not a whole number."),
        ("-1", "The units of a hidden layer: '-1' is not a whole number."),
        ("0", "The units of a hidden layer: 0 is outside 1 to 64."),
        ("65", "The units of a hidden layer: 65 is outside 1 to 64."),
        ("99999999999999999999", "The units of a hidden layer: '99999999999999999999' is not a whole number."),
        ("1, 1, 1, 1, 1, 1, 1", "7 hidden layers, at most 6: remove some."),
        ("64, 64, 64", "8,641 weights, at most 5,000: use fewer units, layers or columns."),
        ("<b>4</b>", "The units of a hidden layer: '<b>4</b>' is not a whole number."),
    ],
)
def test_what_cannot_be_a_network_is_refused_in_words(text: str, message: str) -> None:
    at = typed(short_visit(), text)
    assert messages(at) == [message]
    assert_still_shows(at, SHORT)
    assert_shows(typed(at, "2"), replace(SHORT, hidden=(2,), activations=("tanh", "sigmoid")))


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - {"softmax"}))
def test_every_hidden_activation(name: str) -> None:
    at = turn(typed(short_visit(), "3"), "selectbox", "activation 0", name)
    assert_shows(at, replace(SHORT, hidden=(3,), activations=(name, "sigmoid")))


def test_softmax_is_not_offered_for_hidden_layers() -> None:
    at = typed(short_visit(), "3")
    assert "Softmax" not in control(at, "selectbox", "activation 0").options
    assert "Softmax" in control(at, "selectbox", "output activation").options


def test_one_activation_for_all_hidden_layers_or_one_for_each() -> None:
    at = turn(typed(short_visit(), "3, 2"), "selectbox", "activation None", "elu")
    assert_shows(at, replace(SHORT, hidden=(3, 2), activations=("elu", "elu", "sigmoid")))
    turn(at, "selectbox", "activation 1", "sine")
    mixed = replace(SHORT, hidden=(3, 2), activations=("elu", "sine", "sigmoid"))
    assert_shows(at, mixed)
    assert control(at, "selectbox", "activation None").value == "mixed"
    turn(at, "selectbox", "activation None", "tanh")
    assert_shows(at, replace(mixed, activations=("tanh", "tanh", "sigmoid")))


def test_mixed_is_not_an_activation() -> None:
    at = visit({"h": "3,2", "a": "elu,sine,sigmoid", "n": "60"})
    turn(at, "selectbox", "activation None", "mixed")
    assert_shows(at, replace(SHORT, hidden=(3, 2), activations=("elu", "sine", "sigmoid")))


def test_more_layers_take_the_last_ones_activation_and_fewer_keep_theirs() -> None:
    at = visit({"h": "3,2", "a": "elu,sine,sigmoid", "n": "60"})
    assert on_stage(typed(at, "3, 2, 2")).experiment.activations == ("elu", "sine", "sine", "sigmoid")
    assert on_stage(typed(at, "4")).experiment.activations == ("elu", "sigmoid")


def test_a_shape_of_ones_own_stays_among_the_choices() -> None:
    at = typed(short_visit(), "5, 3")
    assert control(at, "selectbox", "hidden").value == "5, 3"
    assert "two layers: 5, 3" in control(at, "selectbox", "hidden").options
    assert state_of(at).draft.settings["hidden"] == (5, 3)


def test_the_output_keeps_its_activation_when_layers_come_and_go() -> None:
    at = typed(visit({"n": "60", "a": "linear", "lr": "0.05"}), "2")
    start = replace(SHORT, learning_rate=0.05)
    assert_shows(at, replace(start, hidden=(2,), activations=("tanh", "linear")))
    turn(at, "selectbox", "output activation", "elu")
    assert_shows(at, replace(start, hidden=(2,), activations=("tanh", "elu")))
    assert_shows(typed(at, "none"), replace(start, activations=("elu",)))


def test_a_number_of_neurons_is_not_taken_for_a_number_of_layers() -> None:
    offered = control(short_visit(), "selectbox", "hidden").options
    assert offered == [
        "none",
        *(f"one layer of {units}" for units in (2, 3, 4, 8)),
        *(f"two layers: {units}, {units}" for units in (4, 8, 16)),
    ]
    assert state_of(turn(short_visit(), "selectbox", "hidden", "4")).draft.settings["hidden"] == (4,)
