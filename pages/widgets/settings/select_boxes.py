"""Select boxes for the settings, each tied to what it changes."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pages.state.bound_widget import bind
from pages.state.visit import Visit


def select_options(name: str, value: str, options: Iterable[str], take: Callable[[Any], object]) -> dict[str, Any]:
    """Arguments for a select box: options, index of the chosen one, key and callback."""
    listed = list(options)
    return {"options": listed, "index": listed.index(value)} | bind(name, value, take)


def select_record(visit: Visit, field: str, records: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a field of the draft's settings that names a record of the engine."""
    tied = select_options(field, visit.draft.settings[field], records, lambda new: visit.draft.change(**{field: new}))
    return tied | {"format_func": lambda name: records[name].label}
