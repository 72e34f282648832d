"""Colours that mean different things stay apart with normal eyes and with each of three kinds of colour blindness.

A colour is seen through the matrix of Machado, Oliveira and Fernandes (2009, severity 1.0), which works on linear RGB,
and distances are measured in OKLab (Ottosson 2020), times 100: 2 can just be told apart side by side. The well-known
palette of Okabe and Ito, which may use yellow and black, has 11.2 among its first four colours and 7.6 among all eight.
"""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from pages.charts.history.series import output_series, weight_series
from pages.charts.style.palette import Palette, palette_for
from tests.charts.runs import run
from tests.charts.style.test_palette import SCHEMES, contrast

Numbers = npt.NDArray[np.float64]

VISION: dict[str, Numbers] = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)

FIRST = 4
"""So many classes are common; more have their shapes as well."""


def linear(color: str) -> Numbers:
    """Linear red, green and blue of "#rrggbb"."""
    shares = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def seen(color: str, vision: str) -> Numbers:
    """A colour in OKLab, as somebody with this vision has it."""
    cones: Numbers = TO_CONES @ np.clip(VISION[vision] @ linear(color), 0, 1)
    lab: Numbers = TO_LAB @ np.cbrt(cones)
    return lab


def distance(one: str, other: str) -> float:
    """The smallest distance between two colours, whoever looks at them."""
    return min(100 * float(np.linalg.norm(seen(one, vision) - seen(other, vision))) for vision in VISION)


def closest(ones: tuple[str, ...], others: tuple[str, ...] | None = None) -> float:
    """The smallest distance among colours, or between two groups of them."""
    pairs = combinations(ones, 2) if others is None else ((one, other) for one in ones for other in others)
    return min(distance(*pair) for pair in pairs)


@pytest.fixture(params=SCHEMES)
def colors(request: pytest.FixtureRequest) -> Palette:
    return palette_for(request.param)


def test_distance_is_that_of_the_literature() -> None:
    okabe_ito = ("#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7")
    assert closest(okabe_ito[:4]) == pytest.approx(11.2, abs=0.05)
    assert closest(okabe_ito) == pytest.approx(7.6, abs=0.05)
    assert distance("#ff0000", "#00ff00") < 100 * np.linalg.norm(seen("#ff0000", "normal") - seen("#00ff00", "normal"))


def test_signs_stay_apart(colors: Palette) -> None:
    assert distance(colors.positive, colors.negative) > 20


def test_rows_classes_and_layers_stay_apart(colors: Palette) -> None:
    assert closest(colors.series[:2]) > 20
    assert closest(colors.series[:FIRST]) > 11.2
    assert closest(colors.series[2 : 2 + FIRST]) > 8  # of weights or layers, beside two classes
    assert closest(colors.series) > 7.6


def test_parts_of_a_plane_stay_apart(colors: Palette) -> None:
    """They have borders between them and their classes' marks on top."""
    assert closest(colors.regions[:2]) > 10
    assert closest(colors.regions[:FIRST]) > 6.5


def test_no_row_class_or_layer_looks_like_a_sign(colors: Palette) -> None:
    assert closest(colors.series, (colors.positive, colors.negative)) > 5


def test_wrong_looks_like_nothing_else(colors: Palette) -> None:
    """It has a shape as well: what is wrong is crossed."""
    assert closest((colors.wrong,), (*colors.series, colors.positive, colors.negative)) > 5.5
    assert closest((colors.wrong,), colors.series[:FIRST]) > 9
    assert distance(colors.wrong_tint, colors.background) > 5


def test_wrong_can_be_seen_and_words_on_its_tint_read(colors: Palette) -> None:
    assert contrast(colors.wrong, colors.background) >= 4.5
    assert contrast(colors.text, colors.wrong_tint) >= 4.5


def test_a_class_has_the_same_colour_of_both_kinds(colors: Palette) -> None:
    """A mark is told apart from its own part of the plane by the rim that it has."""
    assert len(colors.regions) == len(colors.series)
    for mark, region in zip(colors.series, colors.regions, strict=True):
        hues = [np.arctan2(*seen(color, "normal")[:0:-1]) for color in (mark, region)]
        assert abs((hues[0] - hues[1] + np.pi) % (2 * np.pi) - np.pi) < 0.35
        assert contrast(mark, colors.background) >= 4.5


@pytest.mark.parametrize("name", ["tutorial", "xor", "fruit", "parity"])
def test_no_weight_has_the_colour_of_a_class(name: str) -> None:
    rows, weights = output_series(run(name), palette_for("light")), weight_series(run(name), palette_for("light"))
    assert {line.color for line in rows} & {line.color for line in weights[:5]} == set()
