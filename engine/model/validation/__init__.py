"""What an experiment may hold: the limits, the error that names a place, the checks. It imports nothing of ours."""

from engine.model.validation.checks import (
    LIMITS,
    LONGEST_LIST,
    ExperimentError,
    HasToList,
    Rows,
    TargetRows,
    boolean,
    finite_number,
    list_items,
    non_negative_number,
    registry_name,
    short_repr,
    whole_number,
)
from engine.model.validation.table_rows import table_cells, table_rows, target_cells

__all__ = [
    "LIMITS",
    "LONGEST_LIST",
    "ExperimentError",
    "HasToList",
    "Rows",
    "TargetRows",
    "boolean",
    "finite_number",
    "list_items",
    "non_negative_number",
    "registry_name",
    "short_repr",
    "table_cells",
    "table_rows",
    "target_cells",
    "whole_number",
]
