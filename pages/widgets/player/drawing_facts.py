"""What the map needs to know to be drawn on: how far the table is, what new points may be, whether there may be any."""

import math
from typing import Any

import numpy as np

from engine import Experiment, History
from engine.model.targets import target_kind
from pages.charts.style.format import format_number
from pages.reading.edited_table import EditedTable
from pages.reading.pictures.table_operations import most_rows
from pages.state.visit import Visit
from pages.widgets.player.player import run_token

MOST_CHOICES = 12
"""So many different rows of targets are offered for a new point; where there are more, the most common ones."""


def drawing_facts(visit: Visit, history: History) -> dict[str, Any]:
    """The facts of drawing.js. `rows` and `held` are those of a table that is further than the run; else None."""
    draft, run, table, e = visit.draft, visit.run, visit.draft.table, history.experiment
    is_of_table = not run.is_refused and run.wanted == e
    has_columns = (table.inputs, table.targets) == (e.input_names, e.target_names)
    locked = visit.link.restrictions.refusal("table")
    if not locked and not has_columns:
        locked = "The map is of a table with other columns: train the new one first."
    is_further = has_columns and not is_of_table
    return {
        "run": run_token(history),
        "applied": draft.last_operation,
        "locked": locked or "",
        "rows": number_cells(table) if is_further else None,
        "held": table.held_out if is_further else None,
        "most": most_rows(table),
        "choices": target_choices(e),
        "values": [[name, value] for name, value in zip(e.target_names, middles(e), strict=True)],
    }


def number_cells(table: EditedTable) -> list[list[float | None]]:
    """The cells of the rows; None where there is no number, or none that JSON has: 1e400 is infinite."""
    return [[cell if isinstance(cell, float) and math.isfinite(cell) else None for cell in row] for row in table.rows]


def target_choices(e: Experiment) -> list[tuple[str, list[float]]]:
    """The targets that a new point may have, each with its name; none where targets are numbers."""
    labelled, kind = np.array(e.labelled_targets), target_kind(e)
    if kind == "multiclass":
        return [(name, row.tolist()) for name, row in zip(e.target_names, np.eye(len(e.target_names)), strict=True)]
    if kind == "regression":
        return []
    if len(e.target_names) == 1:
        low = min(float(labelled.min()), 0.0)  # as `decision_middles` has it, where all rows have the same answer
        rows = np.array([[low], [max(float(labelled.max()), low + 1)]])
    else:
        kinds, counts = np.unique(labelled, axis=0, return_counts=True)
        rows = kinds[np.sort(np.argsort(-counts, kind="stable")[:MOST_CHOICES])]
    return [(name_targets(e.target_names, row.tolist()), row.tolist()) for row in rows]


def name_targets(names: tuple[str, ...], targets: list[float]) -> str:
    """A row of targets in words.

    >>> name_targets(("y1", "y2"), [0.0, 1.0])
    'y1 = 0, y2 = 1'
    """
    return ", ".join(f"{name} = {format_number(value)}" for name, value in zip(names, targets, strict=True))


def middles(e: Experiment) -> list[float]:
    """A first value of each target for a new point: halfway between the smallest and the largest, in few digits."""
    labelled = np.array(e.labelled_targets)
    return [float(f"{value:.2g}") for value in (labelled.min(axis=0) + labelled.max(axis=0)) / 2]
