"""Changes on the way: (5000, 0.1) says that from the network after epoch 5,000 on a setting has another value."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from engine.model.validation import LIMITS, ExperimentError, list_items, whole_number

Value = TypeVar("Value")


def changes_by_epoch(
    field: str, setting: str, example: str, value: object, check: Callable[[str, str, object], Value]
) -> tuple[tuple[int, Value], ...]:
    """The changes of a setting by epoch, or ExperimentError; one after the last epoch is allowed, and never comes.

    `setting` is what messages call it, `example` a change in words and as it is written; `check(field, place, value)`
    gives a new value as an Experiment holds it.
    """
    changes: dict[int, Value] = {}
    listed = list_items(field, value)
    most = LIMITS[field.replace("_", " ")]
    if len(listed) > most:
        raise ExperimentError(field, f"{len(listed):,} changes of the {setting}, at most {most}: remove some.")
    for item in listed:
        pair = list_items(field, item)
        if len(pair) != 2:
            raise ExperimentError(field, f"A change of the {setting} is {example}.")
        epoch = whole_number(field, f"The epoch of a new {setting}", pair[0], 1, LIMITS["epochs"])
        if epoch in changes:
            raise ExperimentError(field, f"The {setting} changes twice at epoch {epoch:,}: remove one.")
        changes[epoch] = check(field, f"The {setting} from epoch {epoch:,} on", pair[1])
    return tuple(sorted(changes.items()))


def value_after(first: Value, changes: Sequence[tuple[int, Value]], epoch: int) -> Value:
    """The value of a setting in the updates that come after this epoch.

    >>> [value_after(1.0, [(5, 0.1)], epoch) for epoch in (0, 4, 5, 6)]
    [1.0, 1.0, 0.1, 0.1]
    """
    return next((value for at, value in reversed(changes) if at <= epoch), first)
