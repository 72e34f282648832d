"""What is done on the pictures and to the table outside the grid: applied in order, each once."""

import streamlit as st

from engine import ExperimentError
from pages.reading.pictures.operations import Operation, read_operations
from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.playground.network_editor import change_network
from pages.widgets.table.drawing import draw_on_table


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
    if operation.subject == "step":
        visit.undo() if operation.kind == "undo" else visit.redo()
    elif operation.subject == "table":
        draw_on_table(visit, operation)
    else:
        change_network(visit, operation)
