"""An experiment or a history as a file for other programs, with every digit that the page has.

Numbers are written by `repr`, which every language reads back to the same bits. A file is safe in a spreadsheet: names
begin with a letter or a digit, so nothing but a number can begin with a sign and be taken for a formula.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from engine import Experiment, History
from engine.model.weight_index import WeightIndex
from engine.serialization.url_values import write_number
from pages.reading.number_spelling import number_meanings
from pages.reading.sheets.columns import HELD_OUT_NAME


def table_csv(experiment: Experiment, decimal_comma: bool = False) -> bytes:
    """The table: inputs, targets, empty for a question, and where rows are held out a column with 1 for them."""
    e, held = experiment, frozenset(experiment.test_rows)
    rows: Iterable[Sequence[float | None]] = (
        (*inputs, *targets, *((float(row in held),) if held else ()))
        for row, (inputs, targets) in enumerate(zip(e.inputs, e.targets, strict=True))
    )
    return _csv((*e.input_names, *e.target_names, *((HELD_OUT_NAME,) if held else ())), rows, decimal_comma)


def history_csv(history: History, decimal_comma: bool = False) -> bytes:
    """Every kept epoch a row: the epoch, the losses, every output, every weight and every bias."""
    e = history.experiment
    names, columns = ["epoch", "loss"], [history.epochs, history.loss]
    if history.test_loss is not None:
        names.append("held-out loss")
        columns.append(history.test_loss)
    for row in range(len(e.inputs)):
        for at, target in enumerate(e.target_names):
            names.append(f"row {row + 1}: {target}")
            columns.append(history.outputs[:, row, at])
    weights = list(WeightIndex.all_of(e))
    labels = [index.name(e) for index in weights]
    if len(set(labels)) < len(labels):  # a column is called like a hidden neuron
        labels = [f"layer {index.layer + 1}: {label}" for index, label in zip(weights, labels, strict=True)]
    names += labels
    columns += [history.values_of(index) for index in weights]
    listed = [column.tolist() for column in columns]
    return _csv(names, zip(*listed, strict=True), decimal_comma)


def _csv(names: Sequence[str], rows: Iterable[Sequence[float | None]], decimal_comma: bool) -> bytes:
    """The bytes of a CSV; a mark in front where there are letters that spreadsheets would otherwise take for others."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if decimal_comma else ",")
    writer.writerow(names)
    for row in rows:
        cells = ["" if cell is None else write_number(cell) for cell in row]
        writer.writerow(map(_with_comma, cells) if decimal_comma else cells)
    whole = text.getvalue()
    return whole.encode("utf-8" if whole.isascii() else "utf-8-sig")


def _with_comma(cell: str) -> str:
    """A number with a decimal comma; 2,104 gets one zero more, so that nobody takes it for a thousand."""
    cell = cell.replace(".", ",")
    return f"{cell}0" if "," in cell and None not in number_meanings(cell) else cell
