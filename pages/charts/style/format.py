"""The format of numbers, names and counts on the page and in charts."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from pages.charts.style.palette import LIGHT

MOST_NAMED = LIGHT.sizes.most_named
"""The most things named one by one."""

MOST_NINES = 7
"""The most decimals that tell a number from 1."""


def round_coordinates(values: npt.ArrayLike) -> list[Any]:
    """Numbers rounded to four significant digits or, where they lie closer together, to a thousandth of the way from
    the smallest to the largest: that is finer than a pixel, and halves what is sent. Where all are equal they stay.

    >>> round_coordinates([0.123456, 7.65432]), round_coordinates([149_950.5, 150_050.25])
    ([0.1235, 7.654], [149950.5, 150050.25])
    """
    array = np.asarray(values, dtype=float)
    finite = array[np.isfinite(array)]
    with np.errstate(all="ignore"):  # near the limits of float64 rounding overflows: such numbers stay unrounded
        closest = 3 - np.floor(np.log10(np.ptp(finite) if len(finite) else 0.0))
        digits = np.where(array == 0, 0.0, np.maximum(3 - np.floor(np.log10(np.abs(array))), closest))
        places = 10.0**digits
        rounded = np.round(array * places) / places
    kept: list[Any] = np.where(np.isfinite(rounded), rounded, array).tolist()
    return kept


def format_number(value: float, digits: int = 3, zero_below: float = 0.0) -> str:
    """A number with three significant digits, or `digits`, and an exponent only if it is very large or small.

    Fewer digits are those of an exact number: 5 is 5, and 4.9996 is "5.00". What has not reached 1 or -1 never looks
    as if it had. A number smaller than `zero_below` is 0 up to rounding, "≈0".

    >>> [format_number(value) for value in (0.00966553, -4.6295278, 0.000129, 12345.0, 0.0, 0.5, 0.50001)]
    ['0.00967', '-4.63', '0.000129', '12,345', '0', '0.5', '0.500']
    >>> [format_number(value) for value in (0.99965543, 0.9999996, -0.99999999, 1.0, float("-inf"))]
    ['0.9997', '0.9999996', '≈-1', '1', '-∞']
    >>> format_number(2.2e-16, zero_below=1e-14), format_number(0.0000123), format_number(0.00000123)
    ('≈0', '0.0000123', '1.2e-6')
    """
    if -zero_below < value < zero_below and value != 0:
        return "≈0"
    text = f"{value:.{digits}g}"
    if -999 < value < 999 and "e" not in text:
        if text in ("1", "-1") and abs(value) < 1:
            text = unreached_one(value, digits)
        elif not is_exact(text, value):
            text = f"{value:#.{digits}g}".removesuffix(".")
        elif text == "-0":
            return "0"
    elif not math.isfinite(value):
        return "nan" if math.isnan(value) else "∞" if value > 0 else "-∞"
    else:
        size = abs(float(text))
        if size < 0.00001 or size >= 1_000_000:
            return format_power(value, max(digits - 2, 0))
        text = f"{value:,.{max(digits - 1 - math.floor(math.log10(size)), 0)}f}"
        if "." in text and is_exact(short := text.rstrip("0").rstrip("."), value):
            text = short
    return text


def format_plain(value: float, digits: int = 10) -> str:
    """A number with ten digits and no commas, to be calculated with.

    >>> format_plain(0.1108878127123), format_plain(0.000011469262), format_plain(3.0), format_plain(-1.5e20)
    ('0.1108878127', '0.000011469262', '3', '-1.5e20')
    >>> format_plain(0.99999999999)
    '≈1'
    """
    if 1e-9 <= abs(value) < 1e-4:
        return f"{value:.{digits - 1 - math.floor(math.log10(abs(value)))}f}".rstrip("0")
    text, e, power = f"{value:.{digits}g}".partition("e")
    if abs(value) < 1 and text in ("1", "-1") and not e:
        return f"≈{text}"
    return f"{text}e{int(power)}" if e else text


def format_power(value: float, decimals: int) -> str:
    """A number with an exponent, its mantissa with so many decimals.

    >>> format_power(-2.5e300, 1), format_power(0.00000123, 1), format_power(1e6, 1)
    ('-2.5e300', '1.2e-6', '1e6')
    """
    text = f"{value:.{decimals}e}"
    mantissa, power = text.split("e")
    if "." in mantissa and is_exact(text, value):
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(power)}"


def unreached_one(value: float, digits: int) -> str:
    """A number that `digits` digits would round to 1 or -1: as many nines as tell it apart, at most seven."""
    for places in range(digits + 1, MOST_NINES + 1):
        text = f"{value:.{places}f}"
        if abs(float(text)) < 1:
            return text
    return f"≈{value:.0f}"


def is_exact(text: str, value: float) -> bool:
    """Whether a text says all of a number, up to rounding errors."""
    return abs(float(text.replace(",", "")) - value) <= 1e-12 * abs(value)


def format_epoch(epoch: int) -> str:
    """An epoch in a short form: 500, 1k, 287k, 1M.

    >>> format_epoch(999), format_epoch(2_500), format_epoch(287_370), format_epoch(1_000_000)
    ('999', '2.5k', '287k', '1M')
    """
    if epoch < 1_000:
        return str(epoch)
    return f"{epoch / 1e6:.3g}M" if epoch >= 999_500 else f"{epoch / 1e3:.3g}k"


def shorten(name: str, length: int = 9) -> str:
    """A name cut to a length that fits into a chart."""
    return name if len(name) <= length else f"{name[: length - 1]}…"


def list_first(items: Sequence[str]) -> str:
    """The first MOST_NAMED items, and how many more there are."""
    more = f" and {len(items) - MOST_NAMED:,} more" if len(items) > MOST_NAMED else ""
    return ", ".join(items[:MOST_NAMED]) + more


def omitted_words(beyond: Mapping[str, int]) -> str:
    """The note on what is left out; "" if nothing is.

    >>> omitted_words({"row": 3, "input": 0, "target": 1})
    'and 3 more rows, 1 more target'
    """
    parts = [f"{count} more {what}{'s' * (count > 1)}" for what, count in beyond.items() if count > 0]
    return f"and {', '.join(parts)}" if parts else ""


def count_words(number: int, thing: str) -> str:
    """A count with its noun, in the singular or plural.

    >>> count_words(1, "epoch"), count_words(10_000, "epoch")
    ('1 epoch', '10,000 epochs')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def format_percent(part: float) -> str:
    """A share in per cent; 100 % only if it is exactly that.

    >>> format_percent(1.0), format_percent(399 / 400), format_percent(2 / 3), format_percent(1 / 8)
    ('100%', '99.7%', '67%', '13%')
    """
    text = f"{math.floor(100 * part + 0.5)}%"  # Python would round a half to the even number: 12.5 to 12
    return f"{math.floor(part * 1_000) / 10}%" if text == "100%" and part < 1 else text
