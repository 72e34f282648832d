"""The fit is the network's answers, computed anew here, and the rows of the table."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from engine import PRESETS, record
from pages.charts.history.fit import fit_alt_text, fit_figure
from pages.charts.style.palette import palette_for
from pages.charts.style.sizes import DESK, PROJECTOR, Sizes

LINE = PRESETS["line"]


@pytest.mark.parametrize("sizes", [DESK, PROJECTOR], ids=["desk", "projector"])
def test_the_line_is_what_the_weights_of_that_epoch_give(sizes: Sizes) -> None:
    history = record(LINE)
    figure = fit_figure(history, palette_for("light", sizes), "a1")
    x = np.array(figure["data"][1]["x"])
    assert x[0] < min(row[0] for row in LINE.inputs) < max(row[0] for row in LINE.inputs) < x[-1]
    for k, frame in enumerate(figure["frames"]):
        expected = x * history.weights[0][k, 0, 0] + history.biases[0][k, 0]
        np.testing.assert_allclose(frame["data"][0]["y"], expected, rtol=2e-3, atol=2e-3)
    assert [frame["name"] for frame in figure["frames"]] == [str(epoch) for epoch in history.epochs]
    assert go.Figure(figure).layout.xaxis.title.text == (None if sizes.projector else "hours")


def test_rows_are_points_and_held_out_ones_hollow() -> None:
    points = fit_figure(record(LINE), palette_for("dark"), "a1")["data"][0]
    assert list(zip(points["x"], points["y"], strict=True)) == [
        (row[0], target[0]) for row, target in zip(LINE.inputs, LINE.targets, strict=True)
    ]
    hollow = [index for index, symbol in enumerate(points["marker"]["symbol"]) if symbol == "circle-open"]
    assert tuple(hollow) == LINE.test_rows


def test_a_line_that_leaves_all_bounds_can_be_drawn() -> None:
    history = record(replace(LINE, learning_rate=1e6))
    assert history.diverged_at is not None
    figure = fit_figure(history, palette_for("light"), "a1")
    assert np.isfinite([frame["data"][0]["y"] for frame in figure["frames"]]).all()
    assert (
        figure["layout"]["yaxis"]["range"]
        == fit_figure(record(LINE), palette_for("light"), "a1")["layout"]["yaxis"]["range"]
    )


def test_its_words_tell_the_answers_at_both_ends() -> None:
    history = record(LINE)
    weight, bias = float(history.weights[0][-1, 0, 0]), float(history.biases[0][-1, 0])
    words = fit_alt_text(history)
    for (x,) in (min(LINE.inputs), max(LINE.inputs)):
        assert f"{x * weight + bias:.3g} for {x:g}" in words


@pytest.mark.parametrize("sizes", [DESK, PROJECTOR], ids=["desk", "projector"])
def test_a_line_beyond_the_picture_is_told_and_one_within_is_not(sizes: Sizes) -> None:
    """Words stand where none of the line could be seen: the picture shows the rows, whatever the line does."""
    history = record(replace(LINE, learning_rate=1.0, epochs=2))
    figure = fit_figure(history, palette_for("light", sizes), "a1")
    low, high = figure["layout"]["yaxis"]["range"]
    x = np.array(figure["data"][1]["x"])
    told = []
    for k, frame in enumerate(figure["frames"]):
        line = x * history.weights[0][k, 0, 0] + history.biases[0][k, 0]
        side = "above" if (line > high).all() else "below" if (line < low).all() else ""
        told.append(f"The line is {side} the picture" * bool(side))
        assert frame["data"][1]["text"] == [told[-1]]
        assert low < frame["data"][1]["y"][0] < high
    assert told[-1]
    assert not told[0]
    assert go.Figure(figure).data[2].text == (told[-1],)
