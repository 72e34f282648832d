"""The table in projector mode: as many rows and columns as fit, and a note on those left out."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from engine import History
from engine.explanation.rounded_to_zero import zero_output_size
from engine.model.targets import correct_outputs
from pages.charts.style.format import format_number, omitted_words, shorten
from pages.charts.style.palette import palette_for
from pages.charts.update.matrices import first_indices
from pages.state.projector import Projector
from pages.state.view import View

ROW_HEIGHT, HEAD_HEIGHT, NOTE_HEIGHT = 40, 44, 36
"""Pixels of a row, of the header, and of the note on what is left out."""

MOST_ROWS, MOST_INPUTS, MOST_TARGETS = 5, 4, 2
"""The most rows and columns shown."""

STYLE = """
<style>
.projector-table { border-collapse: collapse; width: 100%;
  font-size: 1.0833rem; line-height: 1.5rem; font-variant-numeric: tabular-nums; }
.projector-table :is(th, td) { padding: 0 0.3333rem; height: 1.6667rem; text-align: right; white-space: nowrap; }
.projector-table th { font-weight: 400; font-size: 1rem; color: MUTED; }
.projector-table thead th { height: 1.8333rem; border-bottom: 0.125rem solid MUTED; }
.projector-table td.output { font-weight: 700; }
.projector-table td.wrong { background: TINT; }
.projector-table tr.lit { outline: 0.1667rem solid TEXT; outline-offset: -0.1667rem; font-weight: 700; }
.note { font-size: 1rem; line-height: 1.5rem; color: MUTED; white-space: nowrap; }
</style>
"""


def table_height(history: History) -> int:
    """The height of the table in pixels."""
    rows = len(history.experiment.inputs)
    return HEAD_HEIGHT + ROW_HEIGHT * min(rows, MOST_ROWS) + NOTE_HEIGHT * bool(omitted_note(history))


def omitted_note(history: History) -> str:
    """The note on rows and columns left out; "" if there are none."""
    e = history.experiment
    beyond = {"row": len(e.inputs) - MOST_ROWS, "input": len(e.input_names) - MOST_INPUTS}
    return omitted_words(beyond | {"target": len(e.target_names) - MOST_TARGETS})


def show_projector_table(view: View, history: History, projector: Projector) -> None:
    """Inputs, targets and outputs at the cursor's epoch, each output with a tick or a cross; covered: neither."""
    e, questions = history.experiment, frozenset(history.experiment.question_rows)
    outputs = history.outputs[history.frame_at(view.cursor)]
    right, covered = correct_outputs(e, outputs), projector.outputs_covered
    row = view.row_of(history)
    inputs, targets = range(min(len(e.input_names), MOST_INPUTS)), range(min(len(e.target_names), MOST_TARGETS))
    alone = len(e.target_names) == 1
    heads = ["row", *(shorten(e.input_names[i], 7) for i in inputs)]
    for j in targets:
        heads += ["target", "output"] if alone else [shorten(e.target_names[j], 7), "output"]
    lines, zero = [], zero_output_size(e)
    for r in first_indices(len(e.inputs), MOST_ROWS, row):
        cells = [f"<th scope='row'>{r + 1}{' test' * (r in e.test_rows)}</th>"]
        cells += [f"<td>{escape(format_number(e.inputs[r][i]))}</td>" for i in inputs]
        for j in targets:
            ok, target = bool(right[r, j]), e.targets[r][j]
            mark = "" if r in questions else " ✓" if ok else " ✗"
            told = "?" if covered else f"{format_number(float(outputs[r, j]), zero_below=zero)}{mark}"
            kind = "output" + " wrong" * (mark == " ✗" and not covered)
            wanted = "" if target is None else format_number(target)
            cells += [f"<td>{escape(wanted)}</td>", f"<td class='{kind}'>{escape(told)}</td>"]
        lit = projector.row_highlighted and r == row
        lines.append(f"<tr{' class=lit' * lit}>{''.join(cells)}</tr>")
    st.html(table_html(heads, lines, omitted_note(history)))


def table_html(heads: Sequence[str], lines: Sequence[str], note: str) -> str:
    """The table as HTML with its style; `heads` are plain text, `lines` HTML."""
    colors = palette_for(st.context.theme.type)
    style = STYLE.replace("MUTED", colors.muted).replace("TINT", colors.wrong_tint).replace("TEXT", colors.text)
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in heads)
    below = f"<div class='note'>{escape(note)}</div>" if note else ""
    table = f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody>"
    return f"{style}<table class='projector-table'>{table}</table>{below}"
