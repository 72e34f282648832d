"""The values of fields as texts of a URL, and back."""

import base64
import math
import zlib
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from engine.model.validation import LIMITS, Rows, TargetRows

Cell = TypeVar("Cell")

LONGEST_READABLE = 1_500
"""Longest table, in characters, that is written as plain numbers; a longer one is packed."""


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


def write_earlier_tables(tables: tuple[tuple[int, Rows, Rows], ...]) -> str:
    """ "5000:0,1_1,1:0_1": the last epoch, inputs and targets of each, one from the other by ";"."""
    return ";".join(f"{end}:{write_rows(inputs)}:{write_rows(targets)}" for end, inputs, targets in tables)


def read_earlier_tables(text: str) -> tuple[tuple[int, Rows, Rows], ...]:
    tables = text.split(";")
    if len(tables) > LIMITS["earlier tables"]:
        raise ValueError("more tables than an experiment may have")
    parts = (table.split(":") for table in tables)
    return tuple((int(end), read_rows(inputs), read_rows(targets)) for end, inputs, targets in parts)


def write_flag(on: bool) -> str:
    return str(int(on))


def read_flag(text: str) -> bool:
    return {"1": True, "0": False}[text]


def write_changes(changes: tuple[tuple[int, float | str], ...]) -> str:
    """ "5000:0.1,8000:0.01", "5000:adam"."""
    return ",".join(f"{epoch}:{v if isinstance(v, str) else write_number(v)}" for epoch, v in changes)


def read_rates(text: str) -> tuple[tuple[int, float], ...]:
    pairs = (change.split(":") for change in text.split(","))
    return tuple((int(epoch), float(rate)) for epoch, rate in pairs)


def read_optimizers(text: str) -> tuple[tuple[int, str], ...]:
    pairs = (change.split(":") for change in text.split(","))
    return tuple((int(epoch), name) for epoch, name in pairs)


def write_frozen(parts: tuple[str, ...]) -> str:
    """ "W1,b2,W2.0.1": W2[0,1] without brackets, which a URL would have to quote."""
    return ",".join(part.replace("[", ".").replace(",", ".").removesuffix("]") for part in parts)


def read_frozen(text: str) -> tuple[str, ...]:
    names = (part.partition(".") for part in text.split(","))
    return tuple(f"{array}[{place.replace('.', ',')}]" if dot else array for array, dot, place in names)
