"""Every spelling of a number means the same by itself, in a block, in a file and in the grid's table."""

import csv
import io

import pytest

from engine import Experiment, ExperimentError
from pages.reading.cell_block import read_block
from pages.reading.cells import CellReading, read_cell
from pages.reading.edited_table import EditedTable, settings_of
from pages.reading.sheets.columns import read_sheet
from pages.reading.sheets.layout import Layout
from tests.reading.spellings import SPELLINGS, Meaning, Spelling

EVERY = pytest.mark.parametrize("spelling", SPELLINGS, ids=range(len(SPELLINGS)))
PLAIN = Experiment(activations=("linear",), epochs=1)


def meaning_of(cell: CellReading) -> Meaning:
    match cell.kind:
        case "number":
            assert cell.value is not None
            return cell.value
        case "missing" | "text" as kind:
            return kind
    return "ask"


def test_the_table_is_long_and_names_nothing_twice() -> None:
    assert len(SPELLINGS) >= 60
    assert len({(each.text, each.beside, each.decimal) for each in SPELLINGS}) == len(SPELLINGS)


@EVERY
def test_a_cell_and_its_block(spelling: Spelling) -> None:
    block = read_block([[spelling.text, *spelling.beside]], decimal=spelling.decimal)
    assert meaning_of(block.columns[0][0]) == spelling.meaning
    if not spelling.beside:
        assert meaning_of(read_cell(spelling.text, spelling.decimal)) == spelling.meaning


@EVERY
def test_a_file(spelling: Spelling) -> None:
    lines = io.StringIO()
    rows = [(spelling.text, 1), *((text, 2) for text in spelling.beside), ("1/2", 3), ("1/2", 4)]
    csv.writer(lines, delimiter=";").writerows([("a", "b"), *rows])
    sheet = read_sheet(lines.getvalue(), Layout(";", spelling.decimal, header=True))
    cell = sheet.columns[0].cells[0]
    if spelling.meaning == "ask":
        assert sheet.question is not None
        assert sheet.question[0] == "a"
    elif spelling.meaning == "missing":
        assert cell is None
    elif spelling.meaning == "text":  # in a column of numbers it counts as an empty cell, and is told
        assert cell is None
        assert any(note.startswith("Column a, row 1: ") for note in sheet.notes)
    else:
        assert cell == spelling.meaning


@EVERY
def test_the_grid(spelling: Spelling) -> None:
    if spelling.decimal:
        return
    texts = [spelling.text, *spelling.beside]
    start = EditedTable.from_experiment(Experiment(inputs=((5000,),) * len(texts), targets=((0,),) * len(texts)))
    edits = {"edited_rows": {str(row): {"x1": text} for row, text in enumerate(texts)}}
    table = start.with_edits(edits)
    cell = table.rows[0][0]
    settings = settings_of(PLAIN)
    match spelling.meaning:
        case "ask":
            with pytest.raises(ExperimentError, match=r"Row 1, column x1: .* can be .* or .*: type .* or "):
                table.experiment(settings)
            assert meaning_of(table.readings()[0, "x1"]) == "ask"
        case "text":
            with pytest.raises(ExperimentError, match=r"Row 1, column x1: .* is not a number"):
                table.experiment(settings)
            assert cell == spelling.text.strip()
        case "missing":
            assert cell is None
        case number:
            assert cell == number
            read_as = start.with_texts(edits).readings()[0, "x1"].read_as
            assert not read_as or float(read_as) == number
