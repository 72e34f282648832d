"""The gallery: a card for every activation, with a button that gives it to the chosen layer."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import ACTIVATIONS, PRESETS, record
from tests.pages.activations.activations_page import come
from tests.pages.visit import linked, on_stage, pictures, press, turn


def test_the_gallery_has_a_card_for_every_entry_of_the_registry() -> None:
    at = come(preset="xor")
    assert {key for key in pictures(at) if key.startswith("card")} == {f"card {name}" for name in ACTIVATIONS}
    formulas = " ".join(text.value for text in at.latex)
    texts = " ".join(text.value for text in at.markdown)
    for activation in ACTIVATIONS.values():
        assert f"f(z) = {activation.formula}" in formulas
        assert activation.about in texts
        assert f"**{activation.label}**" in texts


@pytest.mark.parametrize(("layer", "activations"), [(0, ("relu", "sigmoid")), (1, ("tanh", "relu"))])
def test_use_it_gives_the_layer_that_activation_and_the_network_learns_again(
    layer: int, activations: tuple[str, ...]
) -> None:
    at = come(preset="xor")
    turn(at, "segmented_control", "neurons layer", layer)
    press(at, "use relu")
    assert not at.exception
    expected = replace(PRESETS["xor"], activations=activations)
    assert linked(at) == expected
    assert np.array_equal(on_stage(at).outputs, record(expected).outputs)
    assert pictures(at)["chart values"]["layout"]["title"]["text"].startswith("ReLU")
    (used,) = (button for button in at.button if button.label == "In use")
    assert used.key == "use relu"
    assert used.disabled


def offered(at: AppTest) -> set[str]:
    return {str(button.key) for button in at.button if button.label == "Use it" and not button.disabled}


def test_what_cannot_be_used_is_not_offered_and_says_why() -> None:
    assert offered(come(preset="fruit")) == set()
    assert offered(come(preset="xor")) == {f"use {name}" for name in ACTIVATIONS} - {"use tanh", "use softmax"}
    at = come(preset="tutorial")
    (softmax,) = (button for button in at.button if button.key == "use softmax")
    assert softmax.disabled
    assert "always gives 1" in softmax.help
