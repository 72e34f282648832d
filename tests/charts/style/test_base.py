"""Number formats, positions of labels, and the epoch axis."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.charts.style.base import Dict, EpochAxis, padded_range, spread_labels, with_opacity
from pages.charts.style.format import format_epoch, format_number, round_coordinates
from pages.charts.style.palette import palette_for
from pages.private_api.prebuilt_figure import PrebuiltFigure
from tests.charts.runs import number
from tests.engine.strategies import STEADY

FINITE = st.floats(-1e9, 1e9)


@STEADY
@given(st.floats(-1e308, 1e308))
def test_a_label_has_three_significant_digits_or_two_with_an_exponent(value: float) -> None:
    text = format_number(value)
    assert number(text) == pytest.approx(value, rel=0.0501 if "e" in text else 0.00501, abs=1e-300)
    assert len(text.removeprefix("-")) <= 9


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (0.1 + 0.2, "0.3"),
        (0.30001, "0.300"),
        (0.9996, "0.9996"),
        (0.9999996, "0.9999996"),
        (-0.99999, "-0.99999"),
        (0.99999999, "≈1"),
        (-1 + 1e-16, "≈-1"),
        (1.0004, "1.00"),
        (1.9999996, "2.00"),
        (float("inf"), "∞"),
        (float("-inf"), "-∞"),
        (float("nan"), "nan"),
        (1e6, "1e6"),
        (-4.6295278, "-4.63"),
        (99.99, "100"),
        (-1234.5, "-1,234"),
        (1e-5, "0.00001"),
        (9.9e-6, "9.9e-6"),
        (999_999.0, "1.0e6"),
        (-2.5e300, "-2.5e300"),
        (12_345_678_901.0, "1.2e10"),
    ],
)
def test_labels(value: float, text: str) -> None:
    assert format_number(value) == text


@STEADY
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False), max_size=20))
def test_short_keeps_four_significant_digits(values: list[float]) -> None:
    for value, kept in zip(values, round_coordinates(values), strict=True):
        assert kept == pytest.approx(value, rel=0.00051, abs=1e-300)
        assert math.copysign(1, kept) == math.copysign(1, value)


@STEADY
@given(st.lists(FINITE, max_size=20))
def test_short_keeps_no_more_than_four_digits(values: list[float]) -> None:
    kept = round_coordinates([0.0, *values])
    assert kept == pytest.approx([float(f"{value:.4g}") for value in kept], rel=1e-14, abs=1e-300)


@STEADY
@given(st.floats(-1e9, 1e9), st.lists(st.floats(0, 1), min_size=1, max_size=20), st.floats(1e-3, 1e3))
def test_a_line_far_from_0_has_no_steps(start: float, rises: list[float], size: float) -> None:
    values = [start + size * rise for rise in rises]
    finest = max((max(values) - min(values)) / 1900, 1e-14 * abs(start))
    assert round_coordinates(values) == pytest.approx(values, rel=0, abs=finest)


def test_short_keeps_the_shape() -> None:
    assert round_coordinates([[1.23456, 0.0], [-98765.0, 1e-9]]) == [[1.235, 0.0], [-98760.0, 1e-9]]


@STEADY
@given(st.lists(st.floats(-5, 5), min_size=1, max_size=12), st.floats(0.01, 2))
def test_spread_labels_keep_apart_within_bounds(values: list[float], gap: float) -> None:
    low, high = -5.0, max(5.0, -5 + gap * len(values))
    placed = spread_labels(values, gap, low, high)
    assert len(placed) == len(values)
    assert all(low - 1e-9 <= place <= high + 1e-9 for place in placed)
    ordered = sorted(placed)
    assert all(b - a >= gap - 1e-9 for a, b in pairwise(ordered))


@STEADY
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=12, unique=True))
def test_spread_keeps_the_order(values: list[float]) -> None:
    placed = spread_labels(values, 0.1, -5, 5)
    assert np.argsort(placed, kind="stable").tolist() == np.argsort(values, kind="stable").tolist()


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread_labels([0.5, -0.5, 0.0], 0.4, -1, 1) == [0.5, -0.5, 0.0]


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("last", [0, 1, 7, 500, 1_000_000])
def test_the_axis_runs_from_0_to_the_last_epoch(last: int, log: bool) -> None:
    axis = EpochAxis(last, log)
    assert float(axis.positions(0)) == 0
    places = axis.positions(np.arange(min(last, 1000) + 1))
    assert (np.diff(places) > 0).all()
    assert axis.end == pytest.approx(float(axis.positions(last)), abs=1e-9)
    left, right = axis.layout(palette_for("light"), 0.2)["range"]
    assert left < 0 < axis.end < right


@pytest.mark.parametrize("last", [0, 1, 7, 500, 10_000, 1_000_000])
@pytest.mark.parametrize("room", [0.0, 0.9])
def test_ticks_of_a_log_axis_stand_at_the_epochs_they_name(last: int, room: float) -> None:
    axis = EpochAxis(last, log=True)
    layout = axis.layout(palette_for("dark"), room)
    epochs = {format_epoch(tick): tick for tick in axis.ticks()}
    marked = [epochs[text] for text in layout["ticktext"]]
    assert layout["tickvals"] == pytest.approx(np.log10(1 + np.array(marked)), rel=0.0006)
    assert marked[-1] == last


@pytest.mark.parametrize("last", [1, 3, 500, 10_000, 287_370])
def test_ticks_of_a_linear_axis_are_its_quarters(last: int) -> None:
    ticks = EpochAxis(last, log=False).ticks()
    assert (ticks[0], ticks[-1]) == (0, last)
    assert ticks == sorted(set(ticks))


def test_a_linear_axis_lies_where_the_epochs_are() -> None:
    assert EpochAxis(10, log=False).positions([0, 3, 10]).tolist() == [0, 3, 10]


@STEADY
@given(FINITE, FINITE)
def test_padded_holds_the_data_and_is_never_empty(a: float, b: float) -> None:
    low, high = padded_range(min(a, b), max(a, b))
    assert low < min(a, b)
    assert max(a, b) < high


def test_a_faded_colour() -> None:
    assert with_opacity("#1c5fc4", 0.5) == "rgba(28,95,196,0.5)"


def test_a_ready_figure_without_frames_is_sent_as_it_is() -> None:
    built: Dict = {"data": [], "layout": {}, "frames": []}
    assert PrebuiltFigure(built).to_dict() is built


def test_frames_are_sent_as_columns_of_what_moves() -> None:
    frames = [
        {
            "name": name,
            "traces": [2, 5],
            "data": [{"x": [8, k, k], "ids": [[k], [1]], "text": ["a"] * k}, {"line": {"width": k, "color": "red"}}],
        }
        for k, name in enumerate(("0", "7"))
    ]
    sent = PrebuiltFigure({"data": [{}], "layout": {"meta": {"stage": "a1"}, "height": 9}, "frames": frames}).to_dict()
    assert sent["layout"].pop("meta") == {
        "stage": "a1",
        "frames": {
            "names": [0, 7],
            "traces": [2, 5],
            "data": [
                {
                    "x": {"columns": [8, [0, 1], {"same": 1}]},  # what never moves, what moves, and what moves alike
                    "ids": {"columns": [[[0], [1]], [[1], [1]]]},
                    "text": [[], ["a"]],  # not as many in every frame
                },
                {"line": {"width": [0, 1], "color": ["red", "red"]}},
            ],
        },
    }
    assert sent == {"data": [{}], "layout": {"height": 9}}
