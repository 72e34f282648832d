"""The format of numbers, names and counts on the page and in charts."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from pages.charts.style.palette import LIGHT

MOST_NAMED = LIGHT.sizes.most_named
"""The most things named one by one."""


def round_coordinates(values: npt.ArrayLike) -> list[Any]:
    """Numbers rounded to four significant digits, which is finer than a pixel and halves what is sent."""
    array = np.asarray(values, dtype=float)
    with np.errstate(all="ignore"):  # near the limits of float64 rounding overflows: such numbers stay unrounded
        places = np.where(array == 0, 1.0, 10.0 ** (3 - np.floor(np.log10(np.abs(array)))))
        rounded = np.round(array * places) / places
    kept: list[Any] = np.where(np.isfinite(rounded), rounded, array).tolist()
    return kept


def format_number(value: float, digits: int = 3) -> str:
    """A number with three significant digits, or `digits`, and an exponent only if it is very large or small.

    >>> [format_number(value) for value in (0.00966553, -4.6295278, 0.000129, 12345.0, 0.0)]
    ['0.00967', '-4.63', '0.000129', '12,345', '0']
    >>> format_number(0.99965543, 5)
    '0.99966'
    """
    text = f"{value:.{digits}g}"
    if -999 < value < 999 and "e" not in text:
        return "0" if text == "-0" else text
    size = abs(float(text))
    if math.isnan(size):
        return "nan"
    if size < 0.00001 or size >= 1_000_000:
        return f"{value:.{digits - 2}e}".replace("e+", "e").replace("e0", "e").replace("e-0", "e-")
    text = f"{value:,.{max(digits - 1 - math.floor(math.log10(size)), 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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


def format_any_number(value: float) -> str:
    """`format_number`, also for numbers that are not finite."""
    return format_number(value) if np.isfinite(value) else "-∞" if value < 0 else "∞"


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

    >>> format_percent(1.0), format_percent(399 / 400), format_percent(2 / 3)
    ('100%', '99.7%', '67%')
    """
    text = f"{part:.0%}"
    return f"{math.floor(part * 1_000) / 10}%" if text == "100%" and part < 1 else text
