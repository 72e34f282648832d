"""A cell is a number, nothing, a text, or a number of two meanings; and a number is written with every digit it has.

What a cell says beyond doubt is read here; the block that it stands in may say more (`cell_block`).
"""

import math
from dataclasses import dataclass, replace
from numbers import Real
from typing import Literal, TypeAlias

from engine import LIMITS, ExperimentError
from engine.model.validation import short_repr
from engine.serialization.url_values import write_number
from pages.reading.number_spelling import FLOAT_LITERAL, Meanings, is_doubtful, is_missing, number_meanings

Decimal: TypeAlias = Literal["", ".", ","]
"""What parts decimals; "" where nobody has said."""

Cell: TypeAlias = float | str | None
"""A cell as a table has it: a number, a text that is none, or None where there is nothing."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a cell was read as."""

    text: str  # as it was typed, without blanks around it
    kind: Literal["number", "missing", "text", "ambiguous"]
    value: float | None = None  # the number, None in all other kinds; infinite where it has too many digits for a float
    read_as: str = ""  # the number as the page writes it, where it was typed otherwise
    meanings: tuple[float, ...] = ()  # of an ambiguous cell: with a decimal point, and with a decimal comma

    @property
    def cell(self) -> Cell:
        """The cell as a table has it: what is no number, no certain one, or beyond a float, stays as it was typed."""
        if self.is_beyond_float:
            return self.text
        return self.value if self.kind == "number" else None if self.kind == "missing" else self.text

    @property
    def is_beyond_float(self) -> bool:
        """Whether it was typed as a number that no float holds, such as 1e400."""
        return self.kind == "number" and self.value is not None and math.isinf(self.value)

    @property
    def problem(self) -> str:
        """Why its text cannot be used though it reads as a number, or as two, in words; "" for all others."""
        if self.is_beyond_float:
            return f"{short_repr(self.text)} is too large: stay within {LIMITS['number']:,}"
        return self.question

    def refuse_problem(self, field: str, place: str) -> None:
        """ExperimentError with the place, the problem and the way out, if there is a problem."""
        if self.problem:
            raise ExperimentError(field, f"{place}: {self.problem}{f': type {self.answers}' * bool(self.question)}.")

    @property
    def question(self) -> str:
        """An ambiguous cell with its two meanings, in words; "" for all others."""
        return f"{self.text} can be {' or '.join(map(write_number, self.meanings))}" if self.meanings else ""

    @property
    def answers(self) -> str:
        """The two meanings of an ambiguous cell, each as it can be typed so that it is no longer ambiguous."""
        return " or ".join(map(unambiguous_text, self.meanings))


def read_cell(value: object, decimal: Decimal = "") -> CellReading:
    """A cell by itself, or where it is known what parts decimals.

    Nobody says of 2,104 whether it is a thousand: it is ambiguous. In 2.104 the point parts decimals, as everywhere
    on the page, unless a decimal comma is given.

    >>> read_cell("2,104").question, read_cell("2,104", ",").value, read_cell("2.104").value, read_cell("n.a.").kind
    ('2,104 can be 2104 or 2.104', 2.104, 2.104, 'missing')
    """
    text = value.strip() if isinstance(value, str) else "" if value is None else str(value)
    if isinstance(value, Real):
        number = float(value)
        return CellReading(text, "missing") if math.isnan(number) else CellReading(text, "number", number)
    return decide_cell(text, number_meanings(text), decimal)


def read_whole_number(text: str) -> CellReading:
    """What is typed where a whole number belongs: there a mark that may part thousands does, in 10,000 and 10.000.

    >>> read_whole_number("10,000").value, read_whole_number("10.000").value, read_whole_number("1.5").value
    (10000.0, 10000.0, 1.5)
    """
    meanings = number_meanings(text)
    if not is_doubtful(meanings):
        return read_cell(text)
    point, comma = meanings
    return read_cell(text, "." if abs(point) > abs(comma) else ",")


def read_share(text: str) -> CellReading:
    """What is typed where a share of 1 belongs: 20 is 20%.

    >>> read_share("20").value, read_share("20%").value, read_share("0,2").value
    (0.2, 0.2, 0.2)
    """
    reading = read_cell(text)
    if reading.value is not None and reading.value >= 1 and "%" not in text:
        return replace(reading, value=reading.value / 100)
    return reading


def decide_cell(text: str, meanings: Meanings, decimal: Decimal, doubts_points: bool = False) -> CellReading:
    """The reading of a text with these meanings; `doubts_points` is for columns where 2.104 may be a thousand."""
    point, comma = meanings
    if not decimal and is_doubtful(meanings) and ("," in text or doubts_points):
        return CellReading(text, "ambiguous", meanings=meanings)
    value = {".": point, ",": comma, "": comma if point is None else point}[decimal]
    if value is None:
        return CellReading(text, "missing" if is_missing(text) else "text")
    plain = math.isinf(value) or (FLOAT_LITERAL.fullmatch(text) is not None and value == point)
    return CellReading(text, "number", value, "" if plain else write_number(value))


def unambiguous_text(value: float) -> str:
    """A number as it can be typed anywhere: 2.104 gets one zero more, so that nobody takes it for a thousand."""
    text = write_number(value)
    return f"{text}0" if is_doubtful(number_meanings(text)) else text


def cell_text(value: object) -> str:
    """A cell as the grid shows it: every digit that it has."""
    return "" if value is None else write_number(value) if isinstance(value, float) else str(value)
