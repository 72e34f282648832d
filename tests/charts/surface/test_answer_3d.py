"""The answer in space: the engine's own forward pass at every place, and the rows at their targets."""

import json
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from engine import PRESETS, Experiment, History, record
from pages.charts.style.palette import LIGHT, palette_for
from pages.charts.surface.answer_3d import SIDE, AnswerSpace, answer_in_space, answer_over_plane, answer_words

SPACE = AnswerSpace(across=0, up=1, target=0, row=2)


@pytest.fixture(scope="module")
def history() -> History:
    """Of three inputs that vary, scaled, with a derived one, a question and a row held out."""
    return record(
        Experiment(
            inputs=((0, 1, 5), (1, 3, 2), (4, 1, 1), (2, 2, 2), (3, 0, 4)),
            targets=((0.0, 1.0), (1.0, 0.0), (1.0, 1.0), (None, None), (0.0, 0.0)),
            input_names=("a", "b", "c"),
            target_names=("p", "q"),
            derived=("a*b",),
            scaling="standard",
            hidden=(3,),
            activations=("tanh", "sigmoid"),
            test_rows=(4,),
            epochs=50,
        )
    )


@pytest.mark.parametrize("epoch", [0, 7, 50])
def test_every_place_is_the_networks_own_answer(history: History, epoch: int) -> None:
    space = replace(SPACE, target=1)
    x, y, answer = answer_over_plane(history, epoch, space)
    for up, across in ((0, 0), (3, 40), (40, 17)):
        place = [[x[across], y[up], 1.0]]  # c is as in row 3
        assert answer[up, across] == pytest.approx(history.predict(place, epoch)[0, 1], rel=1e-12)
    assert (x[0], x[-1]) == pytest.approx((-0.32, 4.32))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rows_stand_at_their_targets_and_lines_lead_to_their_answers(history: History, scheme: str) -> None:
    figure = answer_in_space(history, 50, SPACE, answer_over_plane(history, 50, SPACE), palette_for(scheme))
    surface, lines, dots = figure["data"]
    assert len(go.Figure(figure).data) == 3
    assert np.shape(surface["z"]) == (SIDE, SIDE)
    assert (dots["x"], dots["y"], dots["z"]) == ([0, 1, 4, 3], [1, 3, 1, 0], [0, 1, 1, 0])  # the question is none
    assert dots["marker"]["symbol"] == ["circle"] * 3 + ["circle-open"]
    outputs = history.predict(history.experiment.inputs, 50)[[0, 1, 2, 4], 0]
    assert lines["z"][0::3] == dots["z"]
    assert lines["z"][1::3] == outputs.tolist()


def test_an_answer_beyond_all_bounds_can_be_sent() -> None:
    history = record(replace(PRESETS["xor"], activations=("relu", "linear"), learning_rate=1e6, epochs=50))
    last = int(history.epochs[-1])
    figure = answer_in_space(history, last, SPACE, answer_over_plane(history, last, SPACE), LIGHT)
    assert "Infinity" not in json.dumps(figure)
    assert "NaN" not in json.dumps(figure)


def test_its_words_say_where_the_answer_is_least_and_most() -> None:
    history = record(Experiment())
    words = answer_words(history.experiment, 10_000, SPACE, answer_over_plane(history, 10_000, SPACE))
    assert words.startswith("The output y1 over x1 and x2 at epoch 10,000: least ")
    assert words.count(" at x1 ") == 2
