"""The Activations page: the run of the Playground, the words at its cursor, the layer, the row, and the colours."""

from dataclasses import replace

import numpy as np
import pytest

from engine import PRESETS, Experiment
from pages.charts.style.format import format_number
from tests.pages.activations.activations_page import PAGE, come, said, table
from tests.pages.visit import frame_names, messages, on_stage, pictures, press, state_of, turn, visit

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


def test_it_shows_the_run_of_the_playground_and_trains_nothing_again() -> None:
    at = visit({"preset": "xor"})
    before = on_stage(at)
    at.switch_page(PAGE).run()
    assert not at.exception
    assert on_stage(at) is before
    for key in ("chart values", "chart slopes"):
        assert frame_names(pictures(at)[key]) == list(map(str, before.epochs.tolist()))
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
        f"slope at most {format_number(steepest)} on every row: this neuron has all but stopped learning"
    )
    turn(at, "segmented_control", "neurons layer", 1)
    assert "it learns slowly, with" in table(at)["what that means"][0]


def test_words_follow_the_cursor() -> None:
    at = come(preset="tutorial", at="0")
    history = on_stage(at)
    for epoch in (0, 5, 10_000):
        state_of(at).view.cursor = epoch
        at.run()
        outputs = history.outputs[history.frame_at(epoch)]
        slopes = outputs * (1 - outputs)
        assert said(at).startswith(f"**Epoch {epoch:,}, output layer.**")
        assert table(at)["slope"].tolist() == [f"{format_number(slopes.min())} to {format_number(slopes.max())}"]
        assert at.query_params.get("at", "10000") == str(epoch)


def test_layer_and_row() -> None:
    at = come(preset="xor")
    assert pictures(at)["chart values"]["layout"]["title"]["text"].startswith("Tanh f(z)")
    turn(at, "segmented_control", "neurons layer", 1)
    assert pictures(at)["chart values"]["layout"]["title"]["text"].startswith("Sigmoid f(z)")
    assert table(at)["neuron"].tolist() == ["answer"]
    turn(at, "segmented_control", "look at", 3)
    assert state_of(at).view.row == 2
    assert at.query_params["row"] == "3"
    value = on_stage(at).outputs[-1, 2, 0]
    large = pictures(at)["chart values"]["data"][2]
    assert large["y"][0] == pytest.approx(value, rel=1e-3)
    assert large["text"][1] == f"answer: {format_number(value)}"


def test_a_table_of_many_rows_is_asked_for_by_number_as_on_the_playground() -> None:
    at = come(preset="fruit")
    turn(at, "number_input", "look at", 12)
    assert state_of(at).view.row == 11
    (caption,) = (text.value for text in at.caption if text.value.startswith("Each mark"))
    assert "The large ones are row 12, and so are the numbers beside them." in caption


def test_a_deep_networks_neurons_are_called_by_layer_and_place() -> None:
    at = come(replace(PRESETS["xor"], hidden=(2, 3), activations=("tanh", "tanh", "sigmoid"), epochs=20))
    assert table(at)["neuron"].tolist() == ["h1.1", "h1.2"]
    turn(at, "segmented_control", "neurons layer", 1)
    assert table(at)["neuron"].tolist() == ["h2.1", "h2.2", "h2.3"]
    assert [text.partition(": ")[0] for text in pictures(at)["chart slopes"]["data"][2]["text"][3:]] == [
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
    state_of(at).load(PRESETS["tutorial"])
    at.run()
    assert not at.exception
    assert table(at)["neuron"].tolist() == ["y1"]


def test_a_cross_entropy_is_said_to_cancel_the_slope() -> None:
    at = come(preset="fruit")
    assert "cancelled out" in pictures(at)["chart slopes"]["layout"]["title"]["text"]
    (remark,) = (text.value for text in at.caption if text.value.startswith("Each mark"))
    assert "Categorical cross-entropy is made for Softmax" in remark
    assert "no one curve" in remark
    assert set(table(at)["what that means"]) == {"learns by its error alone: the loss cancels the slope"}


def test_held_out_rows_are_drawn_but_do_not_count() -> None:
    at = come(preset="line")
    assert "training row" in table(at)["what that means"][0]
    hours = np.array(PRESETS["line"].inputs)[list(PRESETS["line"].train_rows)]
    z = hours * on_stage(at).weights[0][-1] + on_stage(at).biases[0][-1]
    assert table(at)["z"].tolist() == [f"{format_number(z.min())} to {format_number(z.max())}"]


def test_a_run_too_long_to_start_unasked_is_offered_and_then_shown() -> None:
    at = come(replace(PRESETS["xor"], epochs=90_000))
    assert "press Train" in messages(at)[0]
    assert said(at).startswith("**Epoch 0,")
    press(at, "Train")
    assert not at.exception
    assert messages(at) == []
    assert said(at).startswith("**Epoch 90,000,")


def test_the_page_is_painted_for_the_dark_scheme_too() -> None:
    paint = []
    for theme in ("light", "dark"):
        at = visit({"preset": "xor"}, theme).switch_page(PAGE).run()
        paint.append([pictures(at)[key]["data"][-1]["textfont"]["color"] for key in ("chart values", "card tanh")])
    assert paint[0][0] != paint[1][0]
    assert paint[0][1] != paint[1][1]
