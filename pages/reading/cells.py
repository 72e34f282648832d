"""A cell of the grid: read as it was typed, and written with every digit that it has."""

import math
import re

from engine.serialization.url_format import write_number

NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", re.IGNORECASE)


def read_cell(value: object) -> object:
    """A cell as an Experiment wants it: a number typed as 1.5, 1,5 or 1e6 is one; nothing at all is an empty cell.

    Whatever else was typed stays as it is, for the Experiment to refuse with its place.
    """
    if isinstance(value, float) and math.isnan(value):
        return None
    if not isinstance(value, str):
        return value
    text = value.strip().replace("\u2212", "-")
    if NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    return text or None


def cell_text(value: object) -> str:
    """A cell as the grid shows it: every digit that it has."""
    return "" if value is None else write_number(value) if isinstance(value, float) else str(value)
