"""Changes of the network's shape, sent by a browser: those that are possible, and what anybody may send."""

from typing import Any

import pytest

from engine import LIMITS, ExperimentError
from pages.reading.pictures.network_changes import NetworkShape
from pages.reading.pictures.typed_weight import read_weight

SHAPE = NetworkShape((3, 2), ("relu", "tanh", "sigmoid"))
NONE = NetworkShape((), ("sigmoid",))


def after(shape: NetworkShape, *changes: dict[str, Any], inputs: int = 2, targets: int = 1) -> NetworkShape:
    for change in changes:
        shape = shape.change(change, inputs, targets)
    return shape


def units(layer: object, by: object) -> dict[str, Any]:
    return {"kind": "units", "layer": layer, "by": by}


def layers(by: object) -> dict[str, Any]:
    return {"kind": "layers", "by": by}


def test_a_neuron_more_or_fewer_in_a_layer() -> None:
    assert after(SHAPE, units(0, 1)) == NetworkShape((4, 2), SHAPE.activations)
    assert after(SHAPE, units(1, -1)) == NetworkShape((3, 1), SHAPE.activations)
    assert after(SHAPE, *[units(1, 1)] * 5).hidden == (3, 7)


def test_a_layer_more_is_as_the_last_one_and_the_last_one_goes_first() -> None:
    assert after(SHAPE, layers(1)) == NetworkShape((3, 2, 2), ("relu", "tanh", "tanh", "sigmoid"))
    assert after(SHAPE, layers(-1)) == NetworkShape((3,), ("relu", "sigmoid"))
    assert after(NONE, layers(1)) == NetworkShape((4,), ("tanh", "sigmoid"))
    assert after(SHAPE, layers(-1), layers(-1), layers(-1)) == NONE


def test_an_activation_of_one_layer() -> None:
    assert after(SHAPE, {"kind": "activation", "layer": 1, "name": "sine"}).activations == ("relu", "sine", "sigmoid")
    assert after(SHAPE, {"kind": "activation", "layer": 2, "name": "softmax"}).activations[-1] == "softmax"
    assert after(SHAPE, {"kind": "activation", "layer": 0, "name": "softmax"}) == SHAPE


def test_nothing_goes_beyond_a_limit() -> None:
    most = NetworkShape((LIMITS["units"],), ("tanh", "sigmoid"))
    assert after(most, units(0, 1)) == most
    assert after(NetworkShape((1,), ("tanh", "sigmoid")), units(0, -1)).hidden == (1,)
    deep = after(NONE, *[layers(1)] * 20)
    assert len(deep.hidden) == LIMITS["hidden layers"]
    assert after(NONE, layers(-1)) == NONE
    wide = after(most, layers(1))  # 64 and 64 neurons have 4,417 weights, another 64 would have 8,577
    assert wide.hidden == (64, 64)
    assert after(wide, layers(1)) == wide
    assert after(NetworkShape((64,), ("tanh", "sigmoid")), layers(1), inputs=64) == most


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"kind": "units"},
        units(2, 1),
        units(-1, 1),
        units("0", 1),
        units(None, 1),
        units(0, 2),
        units(0, 10**30),
        units(0, "1"),
        units(0, [1]),
        layers(0),
        layers(7),
        layers(None),
        {"kind": "activation", "layer": 1, "name": "no such one"},
        {"kind": "activation", "layer": 1, "name": ["tanh"]},
        {"kind": "activation", "layer": 9, "name": "tanh"},
        {"kind": "activation", "layer": -1, "name": "tanh"},
        {"kind": "<script>", "by": 1},
        {"kind": ["units"], "layer": {}, "by": {}},
    ],
)
def test_what_is_no_change_changes_nothing(change: dict[str, Any]) -> None:
    assert after(SHAPE, change) == SHAPE


@pytest.mark.parametrize("hidden", [("many",), (0,), (65,), (2.5,), (1,) * 7, (None,)])
def test_settings_that_are_no_network_have_no_shape(hidden: tuple[object, ...]) -> None:
    activations = (*["tanh"] * len(hidden), "sigmoid")
    assert NetworkShape.from_settings({"hidden": hidden, "activations": activations}) is None


def test_the_settings_shape_is_theirs() -> None:
    assert NetworkShape.from_settings({"hidden": (3, 2), "activations": list(SHAPE.activations)}) == SHAPE


@pytest.mark.parametrize(
    ("text", "number"),
    [("3.2", 3.2), ("0,5", 0.5), ("1/3", 1 / 3), ("−2", -2.0), ("25%", 0.25), (" 1e-3 ", 0.001), ("2.104", 2.104)],
)
def test_a_weight_is_read_as_every_number_is(text: str, number: float) -> None:
    assert read_weight(text) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The weight is empty: type a number."),
        ("abc", "The weight: 'abc' is not a number."),
        ("2,104", "The weight: 2,104 can be 2104 or 2.104: type 2104 or 2.1040."),
        ("1e12", "The weight: 1000000000000.0 is too large: stay within 1,000,000,000."),
        ("1e999", "The weight: '1e999' is too large: stay within 1,000,000,000."),
        ("nan", "The weight is empty: type a number."),
    ],
)
def test_what_is_no_weight_is_said_in_words(text: str, words: str) -> None:
    with pytest.raises(ExperimentError) as refused:
        read_weight(text)
    assert str(refused.value) == words
