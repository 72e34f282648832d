"""Changes of the learning rate: (5000, 0.1) says that from the network after epoch 5,000 on the rate is 0.1."""

from collections.abc import Callable, Sequence

from engine.model.validation import LIMITS, ExperimentError, list_items, whole_number

RateChanges = tuple[tuple[int, float], ...]
"""(epoch, rate), by epoch."""


def rate_changes(value: object, check_rate: Callable[[str, str, object], float]) -> RateChanges:
    """The changes by epoch, or ExperimentError; one after the last epoch is allowed, and never comes."""
    changes: dict[int, float] = {}
    listed = list_items("rate_changes", value)
    if len(listed) > LIMITS["rate changes"]:
        raise ExperimentError(
            "rate_changes",
            f"{len(listed):,} changes of the learning rate, at most {LIMITS['rate changes']}.",
        )
    for item in listed:
        pair = list_items("rate_changes", item)
        if len(pair) != 2:
            raise ExperimentError("rate_changes", "A change of the learning rate is an epoch and a rate: (5000, 0.1).")
        epoch = whole_number("rate_changes", "The epoch of a new learning rate", pair[0], 1, LIMITS["epochs"])
        if epoch in changes:
            raise ExperimentError("rate_changes", f"The learning rate changes twice at epoch {epoch:,}: remove one.")
        changes[epoch] = check_rate("rate_changes", f"The learning rate from epoch {epoch:,} on", pair[1])
    return tuple(sorted(changes.items()))


def rate_after(learning_rate: float, changes: Sequence[tuple[int, float]], epoch: int) -> float:
    """The learning rate of the updates that come after this epoch.

    >>> [rate_after(1.0, [(5, 0.1)], epoch) for epoch in (0, 4, 5, 6)]
    [1.0, 1.0, 0.1, 0.1]
    """
    return next((rate for at, rate in reversed(changes) if at <= epoch), learning_rate)
