"""A document is an experiment as text to keep: JSON with every field by name, readable, the same bit for bit again.

It says which version of the format it is in. What one version has written, every later one opens: a field that came
later has its default in an older document, and no field is ever renamed.
"""

import json
from dataclasses import fields
from typing import Any

from engine.model.experiment import Experiment
from engine.model.validation import ExperimentError, short_repr
from engine.serialization.url_format import write_number

JSON_VERSION = 1
VERSION_KEY = "glassbox"
"""The key that holds the version; a file without it is not one of ours."""

LONGEST_TEXT = 500_000
"""A longer text is refused unread; the largest experiment needs half of it."""

MOST_COMMAS = 20_000
"""A text with more commas is refused unread; the largest experiment needs about 12,000."""

FIELDS = tuple(field.name for field in fields(Experiment))


def to_json(experiment: Experiment) -> str:
    """The experiment as JSON, a field a line and a table's row a line; `from_json` gives an equal one.

    >>> to_json(Experiment()).splitlines()[:3]
    ['{', '  "glassbox": 1,', '  "inputs": [']
    """
    values = {VERSION_KEY: JSON_VERSION} | {name: getattr(experiment, name) for name in FIELDS}
    lines = ",\n".join(f"  {json.dumps(name)}: {_json_text(value, '  ')}" for name, value in values.items())
    return f"{{\n{lines}\n}}\n"


def from_json(text: str) -> Experiment:
    """The experiment that a JSON text holds.

    Fields that are left out have their defaults. Raises ExperimentError, whatever the text, and names the field: one
    that is unknown, given twice, of a wrong type or not to be trained. Nothing in the text is ever evaluated.
    """
    if len(text) > LONGEST_TEXT:
        raise ExperimentError(
            VERSION_KEY, f"The file has {len(text):,} characters, an experiment at most {LONGEST_TEXT:,}."
        )
    if text.count(",") > MOST_COMMAS:  # what is to be built is bounded before it is built
        raise ExperimentError(VERSION_KEY, "The file lists more than an experiment may have: use a smaller table.")
    try:
        found = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_unique_fields)
    except json.JSONDecodeError as error:
        raise ExperimentError(
            VERSION_KEY, f"The file is not JSON: line {error.lineno}, column {error.colno}."
        ) from None
    except RecursionError:
        raise ExperimentError(VERSION_KEY, "The file is not an experiment: its brackets are nested too deep.") from None
    except ExperimentError:
        raise
    except ValueError:  # Python refuses to read a whole number of more than 4,300 digits
        raise ExperimentError(VERSION_KEY, "The file holds a number of thousands of digits: shorten it.") from None
    if not isinstance(found, dict):
        raise ExperimentError(VERSION_KEY, f"The file holds {short_repr(found)}, not an experiment.")
    version = found.pop(VERSION_KEY, None)
    if type(version) is not int or version < 1:
        raise ExperimentError(VERSION_KEY, 'This is not an experiment of ours: it does not say "glassbox": 1.')
    if version > JSON_VERSION:
        raise ExperimentError(
            VERSION_KEY,
            f"The file is of version {short_repr(version)}, and this page reads up to {JSON_VERSION}: reload the page.",
        )
    for name in found:
        if name not in FIELDS:
            raise ExperimentError(VERSION_KEY, f"An experiment has no field called {short_repr(name)}: remove it.")
    return Experiment(**found)


def _unique_fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The dict of these pairs; ExperimentError where a name comes twice, of which JSON would quietly keep the last."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ExperimentError(name, f"The field {short_repr(name)} is given twice: remove one.")
        found[name] = value
    return found


def _json_text(value: object, indent: str) -> str:
    """A value as JSON: lists of lists a line each, other lists on one line, numbers by `write_number`."""
    if isinstance(value, float):
        return write_number(value)
    if not isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    inner = [_json_text(item, f"{indent}  ") for item in value]
    if not any(isinstance(item, tuple) for item in value):
        return f"[{', '.join(inner)}]"
    return "[\n" + ",\n".join(f"{indent}  {item}" for item in inner) + f"\n{indent}]"
