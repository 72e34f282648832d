"""The URL format of an experiment: its fields as URL parameters, read back bit for bit.

URL_FIELDS has one row per field. To keep links short, a field with its default value is left out, except for the seed.
Numbers are written by `repr`, which Python reads back exactly. A large table is packed: "~columns~" and the base64 of
its compressed float64s.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from engine.model.experiment import Experiment
from engine.model.validation import ExperimentError, short_repr
from engine.serialization.url_values import (
    read_earlier_tables,
    read_flag,
    read_frozen,
    read_layers,
    read_list,
    read_optimizers,
    read_rates,
    read_rows,
    read_targets,
    write_changes,
    write_earlier_tables,
    write_flag,
    write_frozen,
    write_layers,
    write_list,
    write_number,
    write_rows,
)

URL_VERSION = 1
"""The version of the format, in the parameter "v"; a link without it has version 1."""

LONGEST_PARAMETER = 100_000
"""A longer parameter is refused unread; the largest experiment needs 60,000 characters for its table."""


@dataclass(frozen=True, slots=True)
class UrlField:
    """One field of Experiment in a URL: its key, and how its value is written and read."""

    name: str
    key: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]


URL_FIELDS: tuple[UrlField, ...] = (
    UrlField("inputs", "x", write_rows, read_rows),
    UrlField("targets", "y", write_rows, read_targets),
    UrlField("input_names", "xn", write_list, read_list),
    UrlField("target_names", "yn", write_list, read_list),
    UrlField("test_rows", "test", write_list, lambda text: tuple(map(int, text.split(",")))),
    UrlField("derived", "xd", write_list, read_list),
    UrlField("scaling", "scale", str, str),
    UrlField("target_scaling", "yscale", str, str),
    UrlField("hidden", "h", write_list, lambda text: tuple(map(int, text.split(",")))),
    UrlField("activations", "a", write_list, read_list),
    UrlField("loss", "loss", str, str),
    UrlField("optimizer", "opt", str, str),
    UrlField("learning_rate", "lr", write_number, float),
    UrlField("l1", "l1", write_number, float),
    UrlField("l2", "l2", write_number, float),
    UrlField("epochs", "n", str, int),
    UrlField("batch_size", "batch", str, int),
    UrlField("bias", "bias", write_flag, read_flag),
    UrlField("initializer", "init", str, str),
    UrlField("seed", "seed", str, int),
    UrlField("initial_weights", "w", write_layers, read_layers),
    UrlField(
        "initial_biases",
        "b",
        lambda rows: write_layers(tuple((row,) for row in rows)),
        lambda text: tuple(rows[0] for rows in read_layers(text)),
    ),
    UrlField("frozen", "frozen", write_frozen, read_frozen),
    UrlField("rate_changes", "rates", write_changes, read_rates),
    UrlField("optimizer_changes", "opts", write_changes, read_optimizers),
    UrlField("earlier_tables", "before", write_earlier_tables, read_earlier_tables),
    UrlField("stop_loss", "stop", write_number, float),
    UrlField("stop_when_right", "right", write_flag, read_flag),
    UrlField("patience", "wait", str, int),
)

FIELD_KEYS = {field.name: field.key for field in URL_FIELDS}
DEFAULTS = {field.name: field.default for field in fields(Experiment)}
TABLE_FIELDS = ("inputs", "targets", "input_names", "target_names", "test_rows")
"""Fields that only make sense together: if one of them is wrong, all are left out."""


def to_url(experiment: Experiment) -> dict[str, str]:
    """The experiment as URL parameters; `from_url` gives an equal one.

    >>> to_url(Experiment())
    {'seed': '1'}
    """
    e = experiment
    defaults = DEFAULTS | {
        "inputs": Experiment().inputs,
        "targets": Experiment().targets,
        "input_names": tuple(f"x{i + 1}" for i in range(len(e.input_names))),
        "target_names": tuple(f"y{i + 1}" for i in range(len(e.target_names))),
    }
    return {
        field.key: field.write(value)
        for field in URL_FIELDS
        if (value := getattr(e, field.name)) != defaults[field.name] or field.name == "seed"
    }


def from_url(parameters: Mapping[str, str]) -> tuple[Experiment, tuple[str, ...]]:
    """The experiment in URL parameters, and a message for each parameter that could not be understood.

    Never raises: whatever is wrong is left out, at worst everything. Of a link of a later version, what this version
    understands is opened, with a message.
    """
    problems = version_problems(parameters.get("v", str(URL_VERSION)))
    values: dict[str, Any] = {}
    for field in URL_FIELDS:
        if field.key in parameters:
            text = parameters[field.key]
            try:
                if len(text) > LONGEST_PARAMETER:
                    raise ValueError("too long")
                values[field.name] = field.read(text)
            except (ValueError, KeyError, IndexError, OverflowError, zlib.error):
                problems.append(f"{field.key}={short_repr(text)} cannot be read.")
    known = {"v", *(field.key for field in URL_FIELDS)}
    problems += [f"{short_repr(key)} is not known here." for key in parameters if key not in known]
    while True:
        try:
            return Experiment(**values), tuple(problems)
        except ExperimentError as error:
            at_fault = TABLE_FIELDS if error.field in TABLE_FIELDS else (error.field,)
            dropped = [name for name in at_fault if name in values] or list(values)
            problems.append(f"{', '.join(FIELD_KEYS[name] for name in dropped)}: {error}")
            for name in dropped:
                del values[name]


def version_problems(text: str) -> list[str]:
    """Messages about a link's version; none if it is this one."""
    if text == str(URL_VERSION):
        return []
    if text.isascii() and text.isdigit() and len(text) < 5 and int(text) > URL_VERSION:
        return [f"v={text}: a later version of Glassbox made this link. What it says that is new was left out."]
    return [f"v={short_repr(text)} is not a version of our links."]
