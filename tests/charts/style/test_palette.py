"""Text and lines contrast with the background in both schemes (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest

from pages.charts.style.palette import palette_for

SCHEMES = ("light", "dark")


def luminance(color: str) -> float:
    """WCAG's relative luminance of "#rrggbb"."""
    shares = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_can_be_read(scheme: str) -> None:
    colors = palette_for(scheme)
    for color in (colors.text, colors.muted):
        assert contrast(color, colors.background) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_numbers_in_units_can_be_read_whatever_the_tint(scheme: str) -> None:
    colors = palette_for(scheme)
    for tint in (*colors.tints, *colors.amounts):
        assert contrast(colors.text, tint) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_can_be_seen(scheme: str) -> None:
    colors = palette_for(scheme)
    for color in (colors.positive, colors.negative, *colors.series):
        assert contrast(color, colors.background) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_labels_in_a_lines_colour_can_be_read(scheme: str) -> None:
    colors = palette_for(scheme)
    for color in colors.series:
        assert contrast(color, colors.background) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_differ_in_colour_and_repeat_when_colours_run_out(scheme: str) -> None:
    colors = palette_for(scheme)
    assert len(set(colors.series)) == len(colors.series)
    assert colors.line(len(colors.series)) == colors.line(0)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_colours_tell_the_sign(scheme: str) -> None:
    colors = palette_for(scheme)
    assert colors.sign(-0.1) == colors.negative != colors.positive == colors.sign(0.1)


def test_light_where_the_scheme_is_not_known() -> None:
    assert palette_for(None) == palette_for("light") != palette_for("dark")
