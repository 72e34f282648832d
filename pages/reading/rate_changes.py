"""Changes of the learning rate as they are typed: "500: 0.1; 800: 0.01"."""

from collections.abc import Iterable

from pages.reading.cells import cell_text, read_cell, read_whole_number


def read_rate_changes(text: str) -> tuple[object, ...]:
    """Pairs of an epoch and a rate; what is none stays as it was typed, and the experiment refuses it.

    >>> read_rate_changes("1,000: 0,1; 2000: 0.01"), read_rate_changes("soon")
    (((1000.0, 0.1), (2000.0, 0.01)), (('soon',),))
    """
    return tuple(_read_change(part) for part in text.split(";") if part.strip())


def _read_change(text: str) -> object:
    epoch, colon, rate = text.partition(":")
    return (read_whole_number(epoch).cell, read_cell(rate).cell) if colon else (text.strip(),)


def write_rate_changes(changes: Iterable[object]) -> str:
    """The text that is read as these.

    >>> write_rate_changes(((500, 0.1), (800, 0.01)))
    '500: 0.1; 800: 0.01'
    """
    return "; ".join(": ".join(map(cell_text, each)) if isinstance(each, tuple) else str(each) for each in changes)
