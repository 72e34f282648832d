"""Numbers, names and counts as they are written on the page and in the pictures."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from pages.charts.style.palette import LIGHT

MOST_NAMED = LIGHT.sizes.most_named
"""Up to so many things are named one by one."""


def round_coordinates(values: npt.ArrayLike) -> list[Any]:
    """Numbers rounded to four significant digits: half of what would be sent, and finer than a pixel."""
    array = np.asarray(values, dtype=float)
    with np.errstate(all="ignore"):  # at the ends of what a float can hold there is no rounding: those stay as they are
        places = np.where(array == 0, 1.0, 10.0 ** (3 - np.floor(np.log10(np.abs(array)))))
        rounded = np.round(array * places) / places
    kept: list[Any] = np.where(np.isfinite(rounded), rounded, array).tolist()
    return kept


def format_number(value: float, digits: int = 3) -> str:
    """A number as it is written in pictures: three significant digits, or more, plain where that is readable.

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
    """An epoch in little room: 500, 1k, 287k, 1M.

    >>> format_epoch(999), format_epoch(2_500), format_epoch(287_370), format_epoch(1_000_000)
    ('999', '2.5k', '287k', '1M')
    """
    if epoch < 1_000:
        return str(epoch)
    return f"{epoch / 1e6:.3g}M" if epoch >= 999_500 else f"{epoch / 1e3:.3g}k"


def shorten(name: str, length: int = 9) -> str:
    """A name that fits into a picture."""
    return name if len(name) <= length else f"{name[: length - 1]}…"


def format_any_number(value: float) -> str:
    """A number as it is written in pictures, also one that is beyond all bounds."""
    return format_number(value) if np.isfinite(value) else "-∞" if value < 0 else "∞"


def list_first(items: Sequence[str]) -> str:
    """Up to `NAMED` things; how many more there are."""
    more = f" and {len(items) - MOST_NAMED:,} more" if len(items) > MOST_NAMED else ""
    return ", ".join(items[:MOST_NAMED]) + more


def omitted_words(beyond: Mapping[str, int]) -> str:
    """What there was no room for; "" where all is there.

    >>> omitted_words({"row": 3, "input": 0, "target": 1})
    'and 3 more rows, 1 more target'
    """
    parts = [f"{count} more {what}{'s' * (count > 1)}" for what, count in beyond.items() if count > 0]
    return f"and {', '.join(parts)}" if parts else ""


def count_words(number: int, thing: str) -> str:
    """So many of something.

    >>> count_words(1, "epoch"), count_words(10_000, "epoch")
    ('1 epoch', '10,000 epochs')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def format_percent(part: float) -> str:
    """A share in per cent; 100 % only where it is all.

    >>> format_percent(1.0), format_percent(399 / 400), format_percent(2 / 3)
    ('100%', '99.7%', '67%')
    """
    text = f"{part:.0%}"
    return f"{math.floor(part * 1_000) / 10}%" if text == "100%" and part < 1 else text
