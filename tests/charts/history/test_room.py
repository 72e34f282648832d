"""In the network drawing, numbers fit into their circles, and names are as long as there is room for."""

import math
from dataclasses import replace

import pytest

from engine import PRESETS, Experiment, record
from pages.charts.history.network import network_figure
from pages.charts.style.base import Dict
from pages.charts.style.fit_number import DIGIT_HEIGHT, fit_number, text_width
from pages.charts.style.palette import palette_for
from pages.charts.style.sizes import DESK, PROJECTOR, Sizes

SURVEY = Experiment(
    inputs=((1, 7, 0), (0, 5, 1), (1, 8, 1), (0, 6, 0), (1, 4, 1), (1, 9, 0), (0, 9, 1), (1, 6, 1)),
    targets=((1,), (0,), (1,), (0,), (0,), (1,), (1,), (1,)),
    input_names=("breakfast", "hours slept", "studied"),
    epochs=50,
)
"""Its first output is 0.000185, in a circle."""
LONG = "hours slept on that day"


def draw(experiment: Experiment, sizes: Sizes, tall: int) -> Dict:
    return network_figure(record(experiment), 0, palette_for("light", sizes), "a1", tall)


def with_hidden(*hidden: int) -> Experiment:
    return replace(SURVEY, hidden=hidden, activations=("tanh",) * len(hidden) + ("sigmoid",), bias=True)


def names(figure: Dict) -> list[str]:
    words = figure["data"][-1]
    places = zip(words["text"], words["textposition"], strict=True)
    return [text for text, place in places if place == "middle left"]


def pitch(figure: Dict, sizes: Sizes) -> float:
    """Pixels between two layers."""
    start, end = figure["layout"]["xaxis"]["range"]
    return float(sizes.drawing_width / (end - start))


@pytest.mark.parametrize(("sizes", "tall"), [(PROJECTOR, 580), (PROJECTOR.scaled_by(1.5), 870), (DESK, 250)])
def test_names_of_two_layers_are_whole(sizes: Sizes, tall: int) -> None:
    assert names(draw(SURVEY, sizes, tall)) == ["breakfast", "hours slept", "studied"]


@pytest.mark.parametrize("sizes", [PROJECTOR, DESK])
def test_the_more_layers_the_shorter_the_names_and_units_do_not_touch(sizes: Sizes) -> None:
    lengths = []
    for hidden in ((), (3,), (3, 3), (3, 3, 3)):
        figure = draw(replace(with_hidden(*hidden), input_names=(LONG, "b", "c")), sizes, 580)
        name = names(figure)[0]
        assert name.removesuffix("…") == LONG[: len(name) - 1]
        lengths.append(len(name))
        assert pitch(figure, sizes) > 1.2 * figure["data"][-1]["marker"]["size"][0] or len(name) == 8
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 11
    assert lengths[-1] == 8


@pytest.mark.parametrize("units", [0, 3, 4, 5, 6, 7, 8])
@pytest.mark.parametrize(("sizes", "tall"), [(PROJECTOR, 580), (PROJECTOR, 504), (PROJECTOR.scaled_by(1.5), 870)])
def test_numbers_fit_into_their_circles(sizes: Sizes, tall: int, units: int) -> None:
    figure = draw(with_hidden(units) if units else SURVEY, sizes, tall)
    words = figure["data"][-1]
    count = words["textposition"].count("middle center")
    circles = [size for size in words["marker"]["size"] if size]
    for frame in figure["frames"]:
        for text, size, font in zip(frame["data"][-1]["text"], circles, words["textfont"]["size"], strict=False):
            assert math.hypot(text_width(text), DIGIT_HEIGHT) * font < size
    assert count >= len(circles)
    assert ("" not in words["text"][: len(circles)]) == (units <= 6 if tall != 504 else units <= 5)


@pytest.mark.parametrize("diameter", [2.05, 2.5, 3.8])
def test_a_fitted_number_is_the_number(diameter: float) -> None:
    values = [sign * size * 10.0**power for sign in (-1, 1) for size in (1.2345, 9.87654) for power in range(-9, 9)]
    for value in [*values, *PRESETS["line"].input_array.ravel().tolist(), 0.99999999, -0.999]:
        text = fit_number(value, diameter)
        assert math.hypot(text_width(text), DIGIT_HEIGHT) <= diameter
        if text != "…":
            assert float(text.strip("≈").replace(",", "")) == pytest.approx(value, rel=0.5)
        assert diameter < 2.2 or text != "…"
    assert fit_number(-0.999, diameter) != "-1"
    assert fit_number(float("-inf"), diameter) == "-∞"
