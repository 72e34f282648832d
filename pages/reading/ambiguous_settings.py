"""Settings that were typed as one of two numbers, of which it is asked which, or as one beyond a float."""

from collections.abc import Iterable, Mapping
from typing import Any

from pages.reading.cells import read_cell

PLACES: dict[str, str] = {
    "learning_rate": "The learning rate",
    "rate_changes": "A learning rate on the way",
    "stop_loss": "The loss to stop below",
    "l1": "The L1 penalty",
    "l2": "The L2 penalty",
    "initial_weights": "A start weight",
    "initial_biases": "A start weight of a bias",
}
"""The settings that may be any number, as messages call them."""


def refuse_ambiguous_settings(settings: Mapping[str, Any]) -> None:
    """ExperimentError where a text among the settings can be two numbers, or is one that no float holds."""
    for field, place in PLACES.items():
        for text in texts_in(settings.get(field)):
            read_cell(text).refuse_problem(field, place)


def texts_in(value: object) -> Iterable[str]:
    """The texts in a setting, however deep in its tuples.

    >>> list(texts_in((((0.5,), ("2,104",)),)))
    ['2,104']
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)
