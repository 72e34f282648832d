"""The JSON format of an experiment: every field by name, readable, and read back bit for bit.

A document states its version, and every later version of the app opens it: a field added later has its default in an
older document, and no field is ever renamed.
"""

import json
from dataclasses import fields
from typing import Any

from engine.model.experiment import Experiment
from engine.model.validation import ExperimentError, short_repr
from engine.serialization.url_values import write_number

JSON_VERSION = 1
VERSION_KEY = "glassbox"
"""The key of the version; a file without it is not one of ours."""

LONGEST_TEXT = 500_000
"""A longer text is refused unread; the largest experiment needs half as much."""

MOST_COMMAS = 20_000
"""A text with more commas is refused unread; the largest experiment needs about 12,000."""

FIELDS = tuple(field.name for field in fields(Experiment))


def to_json(experiment: Experiment) -> str:
    """The experiment as JSON, one line per field or row of a table; `from_json` gives an equal one.

    >>> to_json(Experiment()).splitlines()[:3]
    ['{', '  "glassbox": 1,', '  "inputs": [']
    """
    values = {VERSION_KEY: JSON_VERSION} | {name: getattr(experiment, name) for name in FIELDS}
    lines = ",\n".join(f"  {json.dumps(name)}: {_json_text(value, '  ')}" for name, value in values.items())
    return f"{{\n{lines}\n}}\n"


def from_json(text: str) -> Experiment:
    """The experiment in a JSON text; fields left out have their defaults.

    Whatever the text, it raises nothing but ExperimentError, which names the field: unknown, given twice, of a wrong
    type or impossible to train. Nothing in the text is ever evaluated.
    """
    if len(text) > LONGEST_TEXT:
        raise ExperimentError(
            VERSION_KEY, f"The file has {len(text):,} characters, an experiment at most {LONGEST_TEXT:,}."
        )
    if text.count(",") > MOST_COMMAS:  # bounded before it is parsed
        raise ExperimentError(VERSION_KEY, "The file lists more than an experiment may have: use a smaller table.")
    try:
        document = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_unique_fields)
    except json.JSONDecodeError as error:
        raise ExperimentError(
            VERSION_KEY, f"The file is not JSON: line {error.lineno}, column {error.colno}."
        ) from None
    except RecursionError:
        raise ExperimentError(VERSION_KEY, "The file is not an experiment: its brackets are nested too deep.") from None
    except ExperimentError:
        raise
    except ValueError:  # Python reads no integer of more than 4,300 digits (sys.set_int_max_str_digits)
        raise ExperimentError(VERSION_KEY, "The file holds a number of thousands of digits: shorten it.") from None
    if not isinstance(document, dict):
        raise ExperimentError(
            VERSION_KEY, f"The file holds {short_repr(document)}, not an experiment: a table is opened as CSV."
        )
    version = document.pop(VERSION_KEY, None)
    if type(version) is not int or version < 1:
        raise ExperimentError(
            VERSION_KEY, 'This is not an experiment of ours: it does not say "glassbox": 1. A table is opened as CSV.'
        )
    if version > JSON_VERSION:
        raise ExperimentError(
            VERSION_KEY,
            f"The file is of version {short_repr(version)}, and this page reads up to {JSON_VERSION}: reload the page.",
        )
    for name in document:
        if name not in FIELDS:
            raise ExperimentError(VERSION_KEY, f"An experiment has no field called {short_repr(name)}: remove it.")
    return Experiment(**document)


def _unique_fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The dict of these pairs; ExperimentError if a name comes twice: json.loads would quietly keep the last."""
    unique: dict[str, Any] = {}
    for name, value in pairs:
        if name in unique:
            raise ExperimentError(name, f"The field {short_repr(name)} is given twice: remove one.")
        unique[name] = value
    return unique


def _json_text(value: object, indent: str) -> str:
    """A value as JSON: in a list of lists one line per list, any other list on one line, floats by `write_number`."""
    if isinstance(value, float):
        return write_number(value)
    if not isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    inner = [_json_text(item, f"{indent}  ") for item in value]
    if not any(isinstance(item, tuple) for item in value):
        return f"[{', '.join(inner)}]"
    return "[\n" + ",\n".join(f"{indent}  {item}" for item in inner) + f"\n{indent}]"
