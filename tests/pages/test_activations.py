"""The Activations page: the run of the bench, the words under its cursor, the layer, the row, and the gallery."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from engine import ACTIVATIONS, PRESETS, Experiment, record
from engine.slopes import Standing, State
from pages.charts.figure import label
from pages.widgets.standing import between, meaning, verdict
from tests.pages.visit import come_to, lab, linked, messages, on_stage, pictures, press, turn, visit

PAGE = "pages/views/activations.py"
come = partial(come_to, PAGE)

ASLEEP = Experiment(
    inputs=((0.5, 1.0), (1.0, 0.5), (1.0, 1.0)),
    targets=((0,), (1,), (1,)),
    hidden=(3,),
    activations=("relu", "sigmoid"),
    bias=True,
    initial_weights=(((1.0, -1.0, 1.0), (1.0, -1.0, 1.0)), ((0.5,), (0.5,), (0.5,))),
    initial_biases=((0.0, -1.0, -1.75), (0.0,)),
    learning_rate=0.1,
    epochs=50,
)
"""Of three ReLU neurons h1 is on for every row, h2 for none, and h3 for the last row only."""


def table(at: AppTest) -> pd.DataFrame:
    (found,) = at.table
    return found.value


def said(at: AppTest) -> str:
    """The sentence over the table."""
    (found,) = (text.value for text in at.markdown if text.value.startswith("**Epoch"))
    return found


def test_it_shows_the_run_of_the_playground_and_trains_nothing_again() -> None:
    at = visit({"preset": "xor"})
    before = on_stage(at)
    at.switch_page(PAGE).run()
    assert not at.exception
    assert on_stage(at) is before
    for key in ("chart values", "chart slopes"):
        assert [frame["name"] for frame in pictures(at)[key]["frames"]] == list(map(str, before.epochs.tolist()))
    assert len({pictures(at)[key]["layout"]["meta"]["stage"] for key in ("chart values", "chart slopes")}) == 1


def test_a_dead_neuron_is_named_and_why() -> None:
    at = come(ASLEEP, at="0")
    assert said(at) == "**Epoch 0, hidden layer.** Dead: h2. 2 of 3 still learn."
    assert table(at)["neuron"].tolist() == ["h1", "h2", "h3"]
    assert table(at)["z"].tolist() == ["1.5 to 2", "-3 to -2.5", "-0.25 to 0.25"]
    assert table(at)["slope"].tolist() == ["1", "0", "0 to 1"]
    assert table(at)["what that means"].tolist() == [
        "learns from every row",
        "dead: z is below 0 on every row, so its slope is 0 and no error gets through to its weights",
        "flat on 2 of 3 rows: it learns from the others",
    ]


def test_a_saturated_neuron_is_told_with_its_slope() -> None:
    sleepy = replace(ASLEEP, activations=("tanh", "sigmoid"), initial_biases=((6.0, 0.0, 0.0), (4.0,)))
    at = come(sleepy, at="0")
    steepest = 1 - np.tanh(7.5) ** 2
    assert said(at) == "**Epoch 0, hidden layer.** All but stopped learning: h1. 2 of 3 still learn."
    assert table(at)["what that means"][0] == (
        f"slope at most {label(steepest)} on every row: this neuron has all but stopped learning"
    )
    turn(at, "segmented_control", "neurons layer", 1)
    assert "it learns slowly, with" in table(at)["what that means"][0]


def test_words_follow_the_cursor() -> None:
    at = come(preset="tutorial", at="0")
    history = on_stage(at)
    for epoch in (0, 5, 10_000):
        lab(at).cursor = epoch
        at.run()
        outputs = history.outputs[history.frame(epoch)]
        slopes = outputs * (1 - outputs)
        assert said(at).startswith(f"**Epoch {epoch:,}, output layer.**")
        assert table(at)["slope"].tolist() == [f"{label(slopes.min())} to {label(slopes.max())}"]
        assert at.query_params.get("at", "10000") == str(epoch)


def test_layer_and_row() -> None:
    at = come(preset="xor")
    assert pictures(at)["chart values"]["layout"]["title"]["text"].startswith("Tanh f(z)")
    turn(at, "segmented_control", "neurons layer", 1)
    assert pictures(at)["chart values"]["layout"]["title"]["text"].startswith("Sigmoid f(z)")
    assert table(at)["neuron"].tolist() == ["answer"]
    turn(at, "segmented_control", "look at", 3)
    assert lab(at).row == 2
    assert at.query_params["row"] == "3"
    value = on_stage(at).outputs[-1, 2, 0]
    large = pictures(at)["chart values"]["data"][2]
    assert large["y"][0] == pytest.approx(value, rel=1e-3)
    assert large["text"][1] == f"answer {label(value)}"


def test_a_table_of_many_rows_is_asked_for_by_number_as_on_the_playground() -> None:
    at = come(preset="fruit")
    turn(at, "number_input", "look at", 12)
    assert lab(at).row == 11
    (caption,) = (text.value for text in at.caption if text.value.startswith("A mark"))
    assert "The large ones are row 12, and so are the numbers beside them." in caption


def test_a_deep_networks_neurons_are_called_by_layer_and_place() -> None:
    at = come(replace(PRESETS["xor"], hidden=(2, 3), activations=("tanh", "tanh", "sigmoid"), epochs=20))
    assert table(at)["neuron"].tolist() == ["h1.1", "h1.2"]
    turn(at, "segmented_control", "neurons layer", 1)
    assert table(at)["neuron"].tolist() == ["h2.1", "h2.2", "h2.3"]
    assert [text.partition(" ")[0] for text in pictures(at)["chart slopes"]["data"][2]["text"][3:]] == [
        "h2.1",
        "h2.2",
        "h2.3",
    ]


def test_the_chosen_layer_outlives_a_visit_elsewhere_and_a_smaller_network() -> None:
    at = come(preset="xor")
    turn(at, "segmented_control", "neurons layer", 1)
    at.switch_page("pages/views/about.py").run()
    at.switch_page(PAGE).run()
    assert table(at)["neuron"].tolist() == ["answer"]
    lab(at).load(PRESETS["tutorial"])
    at.run()
    assert not at.exception
    assert table(at)["neuron"].tolist() == ["y1"]


def test_a_cross_entropy_is_said_to_cancel_the_slope() -> None:
    at = come(preset="fruit")
    assert "cancelled out" in pictures(at)["chart slopes"]["layout"]["title"]["text"]
    (remark,) = (text.value for text in at.caption if text.value.startswith("A mark"))
    assert "Categorical cross-entropy is made for Softmax" in remark
    assert "no one curve" in remark
    assert set(table(at)["what that means"]) == {"learns by its error alone: the loss cancels the slope"}


def test_held_out_rows_are_drawn_but_do_not_count() -> None:
    at = come(preset="line")
    assert "training row" in table(at)["what that means"][0]
    hours = np.array(PRESETS["line"].inputs)[list(PRESETS["line"].train_rows)]
    z = hours * on_stage(at).weights[0][-1] + on_stage(at).biases[0][-1]
    assert table(at)["z"].tolist() == [f"{label(z.min())} to {label(z.max())}"]


def test_a_run_too_long_to_start_unasked_is_offered_and_then_shown() -> None:
    at = come(replace(PRESETS["xor"], epochs=90_000))
    assert "press Train" in messages(at)[0]
    assert said(at).startswith("**Epoch 0,")
    press(at, "Train")
    assert not at.exception
    assert messages(at) == []
    assert said(at).startswith("**Epoch 90,000,")


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


def test_the_page_is_painted_for_the_dark_scheme_too() -> None:
    paint = []
    for theme in ("light", "dark"):
        at = visit({"preset": "xor"}, theme).switch_page(PAGE).run()
        paint.append([pictures(at)[key]["data"][-1]["textfont"]["color"] for key in ("chart values", "card tanh")])
    assert paint[0][0] != paint[1][0]
    assert paint[0][1] != paint[1][1]


def standing(state: State, steepest: float = 0.0) -> Standing:
    return Standing(-1.0, 0.0, 0.0, steepest, steepest, 1, 4, state)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (standing("beyond", float("nan")), "its numbers have grown beyond all bounds"),
        (standing("flat"), "slope 0 everywhere: Step lets no error through, so nothing before it can learn"),
        (standing("dead"), "dead: z is 0 or below on every row, so its slope is 0 and no error gets through"),
        (standing("stopped"), "slope 0 on every row: this neuron has all but stopped learning"),
        (standing("stopped", 0.0001), "slope at most 0.0001 on every row: this neuron has all but stopped learning"),
        (standing("slow", 0.02), "slope at most 0.02 on every row: it learns slowly, with at most 2 % of its error"),
        (standing("partly", 0.5), "flat on 1 of 4 rows: it learns from the others"),
        (standing("awake", 0.5), "learns from every row"),
    ],
)
def test_what_slopes_mean(found: Standing, words: str) -> None:
    assert meaning(found, "Step", held_out=False).startswith(words)


def test_the_verdict_names_everyone_who_does_not_learn() -> None:
    found = (standing("dead"), standing("awake"), standing("stopped"), standing("dead"))
    assert verdict(("a", "b", "c", "d (1)"), found) == (
        "Dead: a, d (1). All but stopped learning: c. 1 of 4 still learns."
    )
    assert verdict(("a",), (standing("flat"),)) == "Without any slope: a."


def test_ranges_in_words() -> None:
    assert between(-1.5, 2) == "-1.5 to 2"
    assert between(1.0, 1.0) == "1"
    assert between(float("-inf"), 0.0) == "-∞ to 0"
