"""How wide a column of the grid is: as its longest cell, and its title unless that is very long."""

from collections.abc import Sequence

LONGEST_TITLE = 92
"""Pixels for a title and the place of the sign before it."""

SIGN_WIDTH, LETTER_WIDTH = 31, 7.5
LETTER_WIDTHS = dict.fromkeys("iljtfrI .,:'()", 4.7) | dict.fromkeys("mwMW%", 11.0) | dict.fromkeys("0123456789", 7.0)
"""Pixels before a title, where the grid leaves a sign its place though it has none, and those of a title's letters."""


def column_width(title: str, longest: int, telling: int = 0) -> int:
    """Pixels for a column: its longest cell is not cut off, and neither is its title, unless that is very long.

    Of a long one `telling` letters are seen, by which it is told from the other titles.

    >>> column_width("x1", 1), column_width("x1", 8), column_width("Ana", 1), column_width("breakfast", 1)
    (45, 82, 54, 90)
    >>> column_width("temperature noon", 2), column_width("temperature noon", 2, 13)
    (92, 118)
    """
    seen = max(LONGEST_TITLE, title_width(title[:telling]))
    return max(8 * longest + 18, min(title_width(title), seen))


def title_width(title: str) -> int:
    """Pixels for all letters of a title."""
    letters = sum(LETTER_WIDTHS.get(letter, 8.2 if letter.isupper() else LETTER_WIDTH) for letter in title)
    return SIGN_WIDTH + round(letters)


def telling_letters(name: str, names: Sequence[str]) -> int:
    """How many of the first letters of a name no other of these names begins with.

    >>> telling_letters("Weather sunny", ("Weather sunny", "Weather cloudy", "wind"))
    9
    """
    others = [other for other in names if other != name]
    return next((n for n in range(len(name)) if not any(other.startswith(name[:n]) for other in others)), len(name))
