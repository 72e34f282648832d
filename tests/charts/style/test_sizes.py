"""The same builders draw for a desk and a projector, where all is large and can be told apart without colour."""

from collections.abc import Iterator

import numpy as np
import pytest

from engine.model.weight_index import WeightIndex
from pages.charts.history.curves import loss_curve, output_convergence, weight_evolution
from pages.charts.history.network import network_figure
from pages.charts.history.series import output_series, weight_series
from pages.charts.style.base import Dict
from pages.charts.style.highlight import Highlight
from pages.charts.style.palette import palette_for
from pages.charts.style.sizes import DESK, PROJECTOR
from tests.charts.runs import BUILDERS, EXPERIMENTS, axis_of, run

COLORS = palette_for("light", PROJECTOR)
STAGE = ("network", "outputs", "weights", "loss")


def found(part: object, name: str) -> Iterator[float]:
    """Every number under this name, however deep; of several at once each."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == name:
                yield from (number for number in np.atleast_1d(value).tolist() if number)
            else:
                yield from found(value, name)
    elif isinstance(part, list | tuple):
        for item in part:
            yield from found(item, name)


def fonts(part: object) -> Iterator[float]:
    """The sizes of all fonts, however deep."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from found(value, "size") if key in ("font", "tickfont", "textfont") else fonts(value)
    elif isinstance(part, list | tuple):
        for item in part:
            yield from fonts(item)


def named(figure: Dict) -> list[Dict]:
    return [trace for trace in figure["data"] if trace.get("name")]


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("builder", BUILDERS)
def test_on_a_wall_words_strokes_and_marks_are_large(builder: str, name: str) -> None:
    history = run(name)
    figure = BUILDERS[builder](history, axis_of(history), COLORS)
    assert min(fonts([figure["data"], figure["layout"]["title"], figure["layout"]["font"]])) >= 24
    assert min(found(figure, "width")) >= 3
    assert min((number for trace in figure["data"] for number in found(trace.get("marker"), "size")), default=14) >= 14


def test_a_wall_twice_as_large_has_all_twice_as_large_and_the_same_lines() -> None:
    twice = PROJECTOR.scaled_by(2)
    assert (twice.text, twice.line, twice.margins) == (48, 10, tuple(2 * part for part in PROJECTOR.margins))
    assert (twice.most_named, twice.most_numbered, twice.projector) == (
        PROJECTOR.most_named,
        PROJECTOR.most_numbered,
        True,
    )
    assert PROJECTOR.scaled_by(1) == PROJECTOR != DESK


def test_lines_have_dashes_and_shapes_of_their_own_and_labels_instead_of_a_legend() -> None:
    history = run("tutorial")
    figure = output_convergence(history, axis_of(history), COLORS, "a1")
    rows = len(history.experiment.inputs)
    assert len({trace["line"]["dash"] for trace in named(figure)}) == rows
    markers, labels = figure["data"][-2:]
    assert len(set(markers["marker"]["symbol"])) == rows
    assert [name.split() for name in labels["customdata"]] == [["row", str(row + 1)] for row in range(rows)]
    assert figure["layout"]["showlegend"] is False


def test_of_many_lines_each_bundle_has_its_dash_and_its_name() -> None:
    history = next(run(name) for name in EXPERIMENTS if len(weight_series(run(name), COLORS)) > PROJECTOR.most_named)
    figure = weight_evolution(history, axis_of(history), COLORS, "a1")
    assert set(figure["data"][-1]["text"]) == {trace["name"] for trace in named(figure)}
    assert len({trace["line"]["dash"] for trace in named(figure)}) == len(set(figure["data"][-1]["text"]))
    assert figure["layout"]["showlegend"] is False


def test_every_line_lies_on_a_rim_of_background() -> None:
    history = run("tutorial")
    figure = loss_curve(history, axis_of(history), COLORS, "a1")
    rim, line = figure["data"][:2]
    assert rim["line"]["color"] == COLORS.background
    assert rim["line"]["width"] > line["line"]["width"]
    assert (rim["x"], rim["y"]) == (line["x"], line["y"])


def test_nothing_of_the_future_is_seen() -> None:
    history = run("tutorial")
    veil = output_convergence(history, axis_of(history), COLORS, "a1")["data"][-3]
    assert veil["fillcolor"] == COLORS.background


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_light_finds_its_weight_and_its_row(name: str) -> None:
    history = run(name)
    e, last = history.experiment, len(history.weights) - 1
    source, neuron = history.weights[last].shape[1] - 1, history.weights[last].shape[2] - 1
    light = Highlight(row=1, weight=WeightIndex(last, source, neuron))
    (line,) = light.weight_lines(e)
    assert np.array_equal(weight_series(history, COLORS)[line].values, history.weights[last][:, source, neuron])
    for index in light.output_lines(e):
        assert any(
            np.array_equal(output_series(history, COLORS)[index].values, history.outputs[:, 1, column])
            for column in range(len(e.target_names))
        )
    edge = light.edge_index(e)
    flat = np.concatenate([weights[-1].ravel() for weights in history.weights])
    assert edge is not None
    assert flat[edge] == history.weights[last][-1, source, neuron]


def test_what_is_not_in_the_light_pales_and_what_is_has_its_number() -> None:
    history = run("tutorial")
    figure = network_figure(history, 0, COLORS, "a1", 580, Highlight(weight=WeightIndex(0, 1, 0)))
    lines = [trace["line"]["color"] for trace in figure["data"][1:-1:2]]
    assert lines[0] == lines[2] == COLORS.muted != lines[1]
    texts = figure["data"][-1]["text"]
    assert len([text for text in texts if text.lstrip("-").replace(".", "").isdigit()]) == 4 + 1
    curves = weight_evolution(history, axis_of(history), COLORS, "a1", light=Highlight(weight=WeightIndex(0, 1, 0)))
    assert [trace["line"]["width"] for trace in named(curves)] == [
        PROJECTOR.thin_line,
        PROJECTOR.highlighted_line,
        PROJECTOR.thin_line,
    ]


def test_covered_outputs_are_in_no_frame() -> None:
    history = run("tutorial")
    figure = network_figure(history, 0, COLORS, "a1", 580, Highlight(outputs_covered=True))
    for frame in figure["frames"]:
        moved = frame["data"][-1]
        assert moved["text"][3] == "?"
        assert moved["marker"]["color"][3] == 0
