"""Changes on the way as they are typed: of the learning rate "500: 0.1; 800: 0.01", of the optimizer "500: Adam"."""

from collections.abc import Callable, Iterable

from engine import OPTIMIZERS
from pages.reading.cells import cell_text, read_cell, read_whole_number


def read_rate_changes(text: str) -> tuple[object, ...]:
    """Pairs of an epoch and a rate; what is none stays as it was typed, and the experiment refuses it.

    >>> read_rate_changes("1,000: 0,1; 2000: 0.01"), read_rate_changes("soon")
    (((1000.0, 0.1), (2000.0, 0.01)), (('soon',),))
    """
    return _read_changes(text, lambda rate: read_cell(rate).cell)


def read_optimizer_changes(text: str) -> tuple[object, ...]:
    """Pairs of an epoch and an optimizer, which is told by its name or its label.

    >>> read_optimizer_changes("500: adam; 800: gradient descent; 900: fast")
    ((500.0, 'adam'), (800.0, 'sgd'), (900.0, 'fast'))
    """
    names = {key.casefold(): name for name, record in OPTIMIZERS.items() for key in (record.label, name)}
    return _read_changes(text, lambda typed: names.get(" ".join(typed.split()).casefold(), typed.strip()))


def _read_changes(text: str, read_value: Callable[[str], object]) -> tuple[object, ...]:
    parts = (part.partition(":") for part in text.split(";") if part.strip())
    return tuple(
        (read_whole_number(epoch).cell, read_value(value)) if colon else (epoch.strip(),)
        for epoch, colon, value in parts
    )


def write_rate_changes(changes: Iterable[object]) -> str:
    """The text that is read as these.

    >>> write_rate_changes(((500, 0.1), (800, 0.01)))
    '500: 0.1; 800: 0.01'
    """
    return "; ".join(": ".join(map(cell_text, each)) if isinstance(each, tuple) else str(each) for each in changes)


def write_earlier_tables(tables: Iterable[object]) -> str:
    """Which tables were trained on until when, in words; what is none, as a tab may have kept it, as it stands.

    >>> write_earlier_tables(((500, ((0, 1), (1, 1)), ((0,), (1,))), (1_000, ((0, 1),), ((1,),))))
    '2 rows until epoch 500, then 1 row until epoch 1,000'
    """
    return ", then ".join(map(_write_earlier_table, tables))


def _write_earlier_table(table: object) -> str:
    match table:
        case (int(end), tuple(rows), tuple()):
            return f"{len(rows):,} row{'s' * (len(rows) != 1)} until epoch {end:,}"
    return str(table)


def write_optimizer_changes(changes: Iterable[object]) -> str:
    """The text that is read as these, with the labels of the optimizers.

    >>> write_optimizer_changes(((500, "adam"), (800, "fast")))
    '500: Adam; 800: fast'
    """
    labels = {name: record.label for name, record in OPTIMIZERS.items()}
    return write_rate_changes(
        (each[0], *(labels.get(str(value), value) for value in each[1:])) if isinstance(each, tuple) else each
        for each in changes
    )
