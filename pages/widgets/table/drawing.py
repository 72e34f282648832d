"""Points drawn on the map, moved or deleted there: done to the table."""

from engine import ExperimentError
from pages.reading.pictures.operations import Operation
from pages.reading.pictures.table_operations import table_edits
from pages.state.visit import Visit

LOCKED = "The table is fixed in this lesson, so nothing was drawn."


def draw_on_table(visit: Visit, operation: Operation) -> None:
    """Apply an operation to the table; ExperimentError says why it cannot be."""
    if "table" in visit.link.restrictions.fixed_parts:
        raise ExperimentError("inputs", LOCKED)
    visit.record_draft()
    table = visit.draft.table
    visit.draft.put(table.with_edits(table_edits(operation, table)))
