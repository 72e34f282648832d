"""A cell of a file is a number, a text, or nothing; how decimals are written differs from file to file."""

import re
from collections.abc import Iterable

MISSING_WORDS = {"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "?"}
"""How programs write that there is nothing."""

PLAIN_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
GROUPED_NUMBER = {mark: re.compile(rf"[+-]?[0-9]{{1,3}}([{mark}][0-9]{{3}})+") for mark in ",."}
DECIMAL_NUMBER = {mark: re.compile(rf"[+-]?[0-9,.]*[{mark}][0-9]+(e[+-]?[0-9]+)?", re.IGNORECASE) for mark in ",."}
"""1,234,567 and 12,5 with either mark."""

LAST_MARK = re.compile(r"(?<=[0-9])([.,])[0-9]+(?![0-9.,])")
"""The last mark in a number."""

Cell = float | str | None


def read_value(text: str, decimal: str) -> Cell:
    """A cell: a number where it is one (1.234,5 has a grouping mark), None where it is empty, else its text.

    >>> read_value("1.234,5", ","), read_value("-2e3", "."), read_value("NA", "."), read_value("setosa", ".")
    (1234.5, -2000.0, None, 'setosa')
    """
    text = text.strip()
    plain = text if decimal == "." else "" if "." in text else text.replace(",", ".")
    if PLAIN_NUMBER.fullmatch(plain):  # as most cells are
        return float(plain)
    if text.lower() in MISSING_WORDS:
        return None
    grouping = "." if decimal == "," else ","
    digits = text.replace("\u2212", "-").replace("\u202f", "").replace("\xa0", "")
    whole, mark, rest = digits.partition(decimal)
    if GROUPED_NUMBER[grouping].fullmatch(whole):
        whole = whole.replace(grouping, "")
    digits = f"{whole}{'.' if mark else ''}{rest}"
    return float(digits) if PLAIN_NUMBER.fullmatch(digits) and (mark or "." not in digits) else text


def guess_decimal_mark(text: str) -> str:
    """What separates decimals in a text whose cells are not separated by commas, names on its first line aside."""
    marks = LAST_MARK.findall(text, max(text.find("\n"), 0))
    return "," if marks.count(",") > 0 and marks.count(",") >= marks.count(".") else "."


def guess_decimal_mark_between_commas(rows: Iterable[Iterable[str]]) -> str:
    """The same for cells between commas, of which one with a comma was in quotes; 1,234 is taken for a thousand."""
    cells = [cell.strip() for row in rows for cell in row]
    commas = [cell for cell in cells if DECIMAL_NUMBER[","].fullmatch(cell) and not GROUPED_NUMBER[","].fullmatch(cell)]
    return "," if len(commas) > sum(bool(DECIMAL_NUMBER["."].fullmatch(cell)) for cell in cells) else "."
