"""Operations on the table from outside the grid: points drawn on the map, and Undo in its place among them."""

import streamlit as st

from engine import ExperimentError
from pages.reading.pictures.table_operations import Operation, read_operations
from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown

LOCKED = "The table is fixed in this lesson, so nothing was drawn."


def take_operations(visit: Visit, told: object) -> None:
    """Apply the operations that have not been applied yet, each a step of Undo; what cannot be done is said.

    What the grid has told until now comes before them: its report is the earlier message.
    """
    visit.draft.read_grid()
    for operation in read_operations(told, visit.draft.last_operation):
        visit.draft.count_operation(operation.number)
        try:
            apply_operation(visit, operation)
        except ExperimentError as error:
            st.toast(escape_markdown(str(error)), icon=":material/info:")


def apply_operation(visit: Visit, operation: Operation) -> None:
    """Apply one; ExperimentError says why it cannot be."""
    if operation.kind == "undo":
        visit.undo()
    elif operation.kind == "redo":
        visit.redo()
    elif "table" in visit.link.restrictions.fixed_parts:
        raise ExperimentError("inputs", LOCKED)
    else:
        visit.record_draft()
        table = visit.draft.table
        visit.draft.put(table.with_edits(operation.edits(table)))
