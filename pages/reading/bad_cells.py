"""The cells of a table that stand in the way of training, each with its reason."""

from dataclasses import dataclass

from engine import ExperimentError
from engine.model.validation import finite_number
from pages.reading.edited_table import EditedTable


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that is no number, or one of two: where it is, and what to do about it."""

    row: int
    column: str  # its place: "x1", "y1"
    message: str
    is_empty: bool


def bad_cells(table: EditedTable) -> tuple[BadCell, ...]:
    """All of them, row by row. A row without any target is a question, and its targets may be empty.

    >>> [cell.message for cell in bad_cells(EditedTable(("a",), ("b",), (("one", None), (None, 1.0)), (False, False)))]
    ["Row 1, column a: 'one' is not a number.", 'Row 2, column a is empty: type a number.']
    """
    problems = {cell: reading.problem for cell, reading in table.readings().items()}
    names, width = table.inputs + table.targets, len(table.inputs)
    found = []
    for row, cells in enumerate(table.rows):
        is_question = all(cell is None for cell in cells[width:])
        for at, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            if cell is None and is_question and at >= width:
                continue
            place = f"Row {row + 1}, column {names[at]}"
            message = cell_problem(place, cell, problems.get((row, column), ""))
            if message:
                found.append(BadCell(row, column, message, cell is None))
    return tuple(found)


def cell_problem(place: str, cell: object, of_its_text: str) -> str:
    """Why a cell cannot be trained on, in the words of the engine unless its text says it; "" where it can."""
    if of_its_text:
        return f"{place}: {of_its_text}."
    try:
        finite_number("inputs", place, cell)
    except ExperimentError as error:
        return str(error)
    return ""
