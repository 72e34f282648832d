"""Numbers cut to the circle that they stand in."""

import math

from pages.charts.style.format import format_number, format_power

WIDTHS = {".": 0.25, ",": 0.25, "-": 0.32, "∞": 0.75}
DIGIT_WIDTH, DIGIT_HEIGHT = 0.5, 0.66
"""The widths of Source Sans, and the height of its digits, as multiples of the size."""


def text_width(text: str) -> float:
    """The width of a number, as a multiple of the size that it is written in.

    >>> text_width("-0.92")
    2.07
    """
    return round(sum(WIDTHS.get(letter, DIGIT_WIDTH) for letter in text), 3)


def fit_number(value: float, diameter: float, zero_below: float = 0.0) -> str:
    """A number in a circle, whose diameter is a multiple of the size of the text: as many digits as fit, at most three.

    Where not even one does, which takes an exponent of three digits, there is "…".

    >>> [fit_number(value, 4) for value in (0.92149, -0.000185, 0.9999996, 12345.6)]
    ['0.921', '-0.00018', '≈1', '12,346']
    >>> [fit_number(value, 2.3) for value in (0.92149, -0.92149, -0.000185, 0.9999996, 12345.6, 1e300)]
    ['0.92', '-0.92', '-2e-4', '≈1', '1e4', '…']
    """
    texts = [format_number(value, digits, zero_below) for digits in (3, 2, 1)]
    if 0.99 < abs(value) < 1:
        texts.append(f"≈{value:.0f}")
    elif math.isfinite(value):
        texts += [format_power(value, 1), format_power(value, 0)]
    return next((text for text in texts if math.hypot(text_width(text), DIGIT_HEIGHT) <= diameter), "…")
