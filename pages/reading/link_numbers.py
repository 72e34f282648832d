"""The numbers in a link, however they are spelled: links are typed by hand too, and lr=0,05 is what it is in a box.

What programs write is left as it is, to the last bit, so that every link of ours opens to what it was made of.
"""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from engine import LIMITS
from engine.model.validation import short_repr
from engine.serialization.url_format import FIELD_KEYS, LONGEST_PARAMETER
from engine.serialization.url_values import write_number
from pages.reading.cell_block import read_block
from pages.reading.cells import CellReading, read_cell, read_whole_number
from pages.reading.number_spelling import FLOAT_LITERAL

TABLE_KEYS = {FIELD_KEYS[name]: empty for name, empty in (("inputs", "nan"), ("targets", ""))}
"""The tables of a link, and how an empty cell is written there."""

LAYER_KEYS = {FIELD_KEYS[name]: "nan" for name in ("initial_weights", "initial_biases")}
EARLIER_KEY = FIELD_KEYS["earlier_tables"]
NUMBER_KEYS = {FIELD_KEYS[name] for name in ("learning_rate", "l1", "l2", "stop_loss")}
WHOLE_NUMBER_KEYS = {FIELD_KEYS[name] for name in ("epochs", "batch_size", "seed", "patience")}


def read_link_numbers(parameters: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The parameters with every number as programs write it, and for each left out why: a cell is none, or can be two.

    >>> read_link_numbers({"x": "1/2,0_25%,1", "lr": "0,05"})
    ({'x': '0.5,0_0.25,1', 'lr': '0.05'}, ())
    >>> read_link_numbers({"lr": "2,104"})
    ({}, ('lr: 2,104 can be 2104 or 2.104: write 2104 or 2.1040.',))
    """
    read, questions = {}, []
    for key, text in parameters.items():
        result, question = _read_parameter(key, text)
        if question:
            questions.append(f"{key}: {question}.")
        else:
            read[key] = result
    return read, tuple(questions)


def _read_parameter(key: str, text: str) -> tuple[str, str]:
    """A parameter's text with its numbers as programs write them, and the reason where it is left out."""
    if len(text) > LONGEST_PARAMETER:
        return text, ""
    if key in NUMBER_KEYS:
        cell = read_cell(text)
        return _write_cell(cell, text), _ask(cell)
    if key in WHOLE_NUMBER_KEYS:
        cell = read_whole_number(text)
        if cell.is_beyond_float:
            return "", cell.problem
        return text if cell.value is None or text.isdecimal() else write_number(cell.value), ""
    if key in TABLE_KEYS:
        return _read_tables([text], TABLE_KEYS[key])
    if key in LAYER_KEYS:
        return _read_tables(text.split(";"), LAYER_KEYS[key])
    if key == EARLIER_KEY:
        return _read_earlier_tables(text)
    return text, ""


def _read_earlier_tables(text: str) -> tuple[str, str]:
    """Tables as texts, parted by ";", each with its last epoch, its inputs and its targets, parted by ":"."""
    written, tables = [], text.split(";")
    if len(tables) > LIMITS["earlier tables"] or any(table.count(":") != 2 for table in tables):
        return text, ""  # unread: it is refused
    for table in tables:
        end, *blocks = table.split(":")
        cells, question = _read_tables(blocks, "nan")
        if question:
            return "", question
        written.append(":".join([end, *cells.split(";")]))
    return ";".join(written), ""


def _read_tables(tables: Sequence[str], empty: str) -> tuple[str, str]:
    """Tables as texts, parted by ";": the columns of each decide together."""
    written = []
    for text in tables:
        if text.startswith("~") or text.count(",") + text.count("_") >= LIMITS["cells"]:
            written.append(text)
            continue
        rows = [row.split(",") for row in text.split("_")]
        if all(FLOAT_LITERAL.fullmatch(cell) for row in rows for cell in row):
            written.append(text)
            continue
        block = read_block(list(zip_longest(*rows)))
        if block.question:
            return "", _ask(block.question[2])
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if block.columns[column][at].kind == "text":
                    return "", f"{short_repr(cell)} in row {at + 1}, column {column + 1} is not a number"
                if block.columns[column][at].is_beyond_float:
                    return "", f"row {at + 1}, column {column + 1}: {block.columns[column][at].problem}"
        for at, row in enumerate(rows):
            cells = [column[at] for column in block.columns]
            row[:] = [
                empty if cell.kind == "missing" else _write_cell(cell, text)
                for text, cell in zip(row, cells, strict=False)  # rows may be of different lengths: the engine says so
            ]
        written.append("_".join(map(",".join, rows)))
    return ";".join(written), ""


def _write_cell(cell: CellReading, text: str) -> str:
    """A number as programs write it; what is none stays as it was typed."""
    return text if cell.value is None or not cell.read_as else write_number(cell.value)


def _ask(cell: CellReading) -> str:
    """What is asked of a number that can be two, and said of one that no float holds; "" of every other cell."""
    return f"{cell.question}: write {cell.answers}" if cell.question else cell.problem
