"""The URL format of an experiment: its fields as URL parameters, read back bit for bit.

URL_FIELDS has one row per field. To keep links short, a field with its default value is left out, except for the seed.
Numbers are written by `repr`, which Python reads back exactly. A large table is packed: "~columns~" and the base64 of
its compressed float64s.
"""

import base64
import math
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np

from engine.model.experiment import Experiment
from engine.model.validation import LIMITS, ExperimentError, Rows, TargetRows, short_repr

Cell = TypeVar("Cell")

LONGEST_READABLE = 1_500
"""Longest table, in characters, that is written as plain numbers; a longer one is packed."""

URL_VERSION = 1
"""The version of the format, in the parameter "v"; a link without it has version 1."""

LONGEST_PARAMETER = 100_000
"""A longer parameter is refused unread; the largest experiment needs 60,000 characters for its table."""


def write_number(value: float) -> str:
    """The shortest text that reads back as the same number; whole numbers without a point."""
    return repr(float(value)).removesuffix(".0")


def write_rows(rows: TargetRows) -> str:
    """ "0,0,1_1,1,1": rows by "_", cells by ",", empty where there is no target; packed where that would be long."""
    plain = "_".join(",".join("" if cell is None else write_number(cell) for cell in row) for row in rows)
    if len(plain) <= LONGEST_READABLE:
        return plain
    packed = zlib.compress(np.array(rows, dtype="<f8").tobytes(), 9)
    return f"~{len(rows[0])}~{base64.urlsafe_b64encode(packed).decode()}"


def read_targets(text: str) -> TargetRows:
    """Rows in which a cell may be empty: in packed ones that is nan."""
    if text.startswith("~"):
        return tuple(tuple(None if math.isnan(cell) else cell for cell in row) for row in read_rows(text))
    return split_rows(text, lambda cell: float(cell) if cell else None)


def split_rows(text: str, read: Callable[[str], Cell]) -> tuple[tuple[Cell, ...], ...]:
    """The cells of rows that were written to be read."""
    if text.count(",") + text.count("_") >= LIMITS["cells"]:
        raise ValueError("more numbers than an experiment may have")
    return tuple(tuple(map(read, row.split(","))) for row in text.split("_"))


def read_rows(text: str) -> Rows:
    if not text.startswith("~"):
        return split_rows(text, float)
    _, width, packed = text.split("~")
    bound = 8 * LIMITS["cells"]
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(base64.urlsafe_b64decode(packed), bound + 1)
    if len(data) > bound or not unpacker.eof:
        raise ValueError("more numbers than an experiment may have, or a link that was cut off")
    values = np.frombuffer(data, dtype="<f8").reshape(-1, int(width))
    return tuple(tuple(row) for row in values.tolist())


def write_list(values: tuple[object, ...]) -> str:
    return ",".join(map(str, values))


def read_list(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def write_layers(layers: tuple[Rows, ...]) -> str:
    return ";".join(map(write_rows, layers))


def read_layers(text: str) -> tuple[Rows, ...]:
    layers = text.split(";")
    if len(layers) > LIMITS["hidden layers"] + 1:
        raise ValueError("more layers than an experiment may have")
    return tuple(map(read_rows, layers))


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
    UrlField("bias", "bias", lambda on: str(int(on)), lambda text: {"1": True, "0": False}[text]),
    UrlField("initializer", "init", str, str),
    UrlField("seed", "seed", str, int),
    UrlField("initial_weights", "w", write_layers, read_layers),
    UrlField(
        "initial_biases",
        "b",
        lambda rows: write_layers(tuple((row,) for row in rows)),
        lambda text: tuple(rows[0] for rows in read_layers(text)),
    ),
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
