"""The table in projector mode: as many rows and columns as fit, and a note on those left out."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import streamlit as st

from engine import History
from engine.explanation.rounded_to_zero import zero_output_size
from engine.model.targets import correct_outputs
from pages.charts.style.format import format_number, omitted_words, shorten
from pages.charts.style.palette import palette_for
from pages.charts.update.matrices import first_indices
from pages.state.projector import Projector
from pages.state.view import View

ROW_HEIGHT, LOW_ROW_HEIGHT, HEAD_HEIGHT, NOTE_HEIGHT = 40, 36, 44, 36
"""Pixels of a row, of one of many (35, and one for the rounding on larger screens), of the header, and of the note."""

MOST_HIGH_ROWS, MOST_ROWS, MOST_INPUTS, MOST_TARGETS = 5, 8, 4, 2
"""The most rows that are not low, and the most rows and columns shown; the note on more takes the last one's place."""

WIDTH, NAME_LETTER, CELL_LETTER, PADDING, SHORTEST_NAME = 632, 11, 12.5, 16, 4
"""Pixels of the table, of a letter above and in it, and beside each; the fewest letters that are left of a name."""

STYLE = """
<style>
.projector-table { border-collapse: collapse; width: 100%;
  font-size: 1.0833rem; line-height: 1.5rem; font-variant-numeric: tabular-nums; }
.projector-table :is(th, td) { padding: 0 0.3333rem; height: 1.6667rem; text-align: right; white-space: nowrap; }
.projector-table th { font-weight: 400; font-size: 1rem; color: MUTED; }
.projector-table.low tbody :is(th, td) { height: 1.4583rem; line-height: 1.4583rem; }
.projector-table thead th { height: 1.8333rem; border-bottom: 0.125rem solid MUTED; }
.projector-table td.output { font-weight: 700; }
.projector-table td.wrong { background: TINT; }
.projector-table tr.lit { outline: 0.1667rem solid TEXT; outline-offset: -0.1667rem; font-weight: 700; }
.note { font-size: 1rem; line-height: 1.5rem; color: MUTED; white-space: nowrap; }
</style>
"""


class Cell(NamedTuple):
    """A cell of the table."""

    text: str
    kind: str = ""  # its class
    output: str = ""  # "row target", counted from 0, of an output that follows the player (pictures.js)


def table_height(history: History) -> int:
    """The height of the table in pixels."""
    shown = rows_shown(history)
    row = ROW_HEIGHT if shown <= MOST_HIGH_ROWS else LOW_ROW_HEIGHT
    return HEAD_HEIGHT + row * shown + NOTE_HEIGHT * bool(omitted_note(history))


def rows_shown(history: History) -> int:
    """How many rows are shown: all, or where they are too many one fewer than fit, for the note."""
    rows = len(history.experiment.inputs)
    return rows if rows <= MOST_ROWS else MOST_ROWS - 1


def omitted_note(history: History) -> str:
    """The note on rows and columns left out; "" if there are none."""
    e = history.experiment
    beyond = {"row": len(e.inputs) - rows_shown(history), "input": len(e.input_names) - MOST_INPUTS}
    return omitted_words(beyond | {"target": len(e.target_names) - MOST_TARGETS})


def show_projector_table(view: View, history: History, projector: Projector) -> None:
    """Inputs, targets and outputs at the cursor's epoch, each output with a tick or a cross; covered: neither."""
    e, questions = history.experiment, frozenset(history.experiment.question_rows)
    outputs = history.outputs[history.frame_at(view.cursor)]
    right, covered = correct_outputs(e, outputs), projector.outputs_covered
    row = view.row_of(history)
    inputs, targets = range(min(len(e.input_names), MOST_INPUTS)), range(min(len(e.target_names), MOST_TARGETS))
    alone = len(e.target_names) == 1
    heads = ["row", *(e.input_names[i] for i in inputs)]
    for j in targets:
        heads += ["target" if alone else e.target_names[j], "output"]
    lines, zero = [], zero_output_size(e)
    for r in first_indices(len(e.inputs), rows_shown(history), row):
        lit = "lit" * (projector.row_highlighted and r == row)
        cells = [Cell(f"{r + 1}{' ○' * (r in e.test_rows)}{' ?' * (r in questions)}", lit)]
        cells += [Cell(format_number(e.inputs[r][i])) for i in inputs]
        for j in targets:
            ok, target = bool(right[r, j]), e.targets[r][j]
            mark = "" if r in questions else " ✓" if ok else " ✗"
            told = "?" if covered else f"{format_number(float(outputs[r, j]), 3, zero)}{mark}"
            cells += [Cell("" if target is None else format_number(target))]
            kind = "output" + " wrong" * (mark == " ✗" and not covered)
            cells += [Cell(told, kind, "" if covered else f"{r} {j}")]
        lines.append(cells)
    st.html(table_html(heads, lines, omitted_note(history)))


def fit_names(names: Sequence[str], cells: Sequence[int]) -> list[str]:
    """The names above the columns, the longest shortened until all fit; `cells` are the letters that each column needs.

    >>> fit_names(["row", "breakfast", "hours slept", "target", "output"], [1, 1, 3, 1, 11])
    ['row', 'breakfast', 'hours slept', 'target', 'output']
    >>> fit_names(["row", "temperature of water", "x", "hours slept at home", "target", "output"], [1, 5, 5, 5, 5, 11])
    ['row', 'temperatu…', 'x', 'hours sle…', 'target', 'output']
    """

    def width(length: int) -> float:
        letters = zip(names, cells, strict=True)
        return sum(PADDING + max(NAME_LETTER * min(len(name), length), CELL_LETTER * cell) for name, cell in letters)

    length = max(map(len, names))
    while length > SHORTEST_NAME and width(length) > WIDTH:
        length -= 1
    return [shorten(name, length) for name in names]


def table_html(heads: Sequence[str], lines: Sequence[Sequence[Cell]], note: str) -> str:
    """The table as HTML with its style; each line is a list of cells, the first one the row's own."""
    colors = palette_for(st.context.theme.type)
    style = STYLE.replace("MUTED", colors.muted).replace("TINT", colors.wrong_tint).replace("TEXT", colors.text)
    names = fit_names(heads, [max(len(cell.text) for cell in column) for column in zip(*lines, strict=True)])
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in names)
    body = ""
    for own, *cells in lines:
        columns = "".join(
            f"<td class='{cell.kind}' data-output='{cell.output}'>{escape(cell.text)}</td>"
            if cell.output
            else f"<td class='{cell.kind}'>{escape(cell.text)}</td>"
            for cell in cells
        )
        body += f"<tr{' class=lit' * bool(own.kind)}><th scope='row'>{own.text}</th>{columns}</tr>"
    below = f"<div class='note'>{escape(note)}</div>" if note else ""
    low = " low" * (len(lines) > MOST_HIGH_ROWS)
    table = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f"{style}<table class='projector-table{low}'>{table}</table>{below}"
