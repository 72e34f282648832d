"""Scaling in an exported program: it measures the columns of its table by itself, so another table can take its place.

The lines are the functions of the scaling's record, written out. What is trained on is called X_scaled and y_scaled; a
table that is not scaled keeps its names.
"""

from collections.abc import Callable
from typing import Any, Literal

from engine.export.derived_lines import derive_expression
from engine.export.function_source import FunctionSources
from engine.model.experiment import Experiment
from engine.model.scaling import SCALINGS, Scaling, column_varies

TableName = Literal["X", "y"]


def scaling_of(e: Experiment, table: TableName) -> Scaling:
    """The record of the inputs' scaling, or of the targets'."""
    return SCALINGS[e.scaling if table == "X" else e.target_scaling]


def is_scaled(e: Experiment, table: TableName) -> bool:
    """Whether the inputs, or the targets, are scaled."""
    return bool(scaling_of(e, table).measures)


def scaling_words(e: Experiment) -> str:
    """What is done to which table, in plain words; "" where nothing is scaled."""
    told = [
        f"{table}: {scaling_of(e, table).label.lower()}. {scaling_of(e, table).about}"
        for table in ("X", "y")
        if is_scaled(e, table)
    ]
    if not told:
        return ""
    rows = "first rows" if e.earlier_tables else "rows"
    return " ".join([*told, f"Measured over the {rows} trained on; a column of one value stays as it is."])


def scaling_lines(e: Experiment, sources: FunctionSources) -> list[str]:
    """The lines that measure the columns and scale them; none where nothing is scaled."""
    lines: list[str] = []
    for table in ("X", "y"):
        if not is_scaled(e, table):
            continue
        given = {"columns": measured_array(e, table)}
        varies = sources.inline(column_varies, given, "Whether a column has more than one value.")
        lines.append(f"{table}_varies = {varies}")
        for measure, unmoved in zip(scaling_of(e, table).measures, (0, 1), strict=True):
            found = sources.inline(measure.of, given, f"The {measure.name} of each column.", f"column_{measure.name}")
            lines.append(f"{table}_{measure.name} = np.where({table}_varies, {found}, {unmoved})")
        lines.append(f"{table}_scaled = {scale_expression(e, sources, table, unscaled_array(e, table))}")
    return lines


def measured_array(e: Experiment, table: TableName) -> str:
    """What the program calls the rows that a table's scale is measured over, the first that are trained on."""
    if not e.earlier_tables:
        return f"{unscaled_array(e, table)}{train_rows_index(e)}"
    name = f"{table}_until_{e.earlier_tables[0][0]}"
    return derive_expression(e, name) if table == "X" else name


def train_rows_index(e: Experiment) -> str:
    """The index of the rows trained on, as the program writes it; "" where these are all rows."""
    return "[rows]" if len(e.train_rows) < len(e.inputs) else ""


def unscaled_array(e: Experiment, table: TableName) -> str:
    """What the program calls a table before it is scaled, the derived inputs included."""
    return "features" if table == "X" and e.derived else table


def whole_array(e: Experiment, table: TableName) -> str:
    """What the program calls a table as the network sees it."""
    return f"{table}_scaled" if is_scaled(e, table) else unscaled_array(e, table)


def trained_array(e: Experiment, table: TableName) -> str:
    """What the program calls the rows of a table that are trained on."""
    return whole_array(e, table) + train_rows_index(e)


def earlier_rows(e: Experiment, inputs: str, targets: str) -> tuple[str, str]:
    """The rows of an earlier table as the network sees them, by the names of its arrays; as expressions."""
    sources = FunctionSources()
    seen = scale_expression(e, sources, "X", derive_expression(e, inputs))
    return seen, scale_expression(e, sources, "y", targets)


def scale_expression(e: Experiment, sources: FunctionSources, table: TableName, values: str) -> str:
    """Values in a table's own units, scaled as it is, as an expression."""
    if not is_scaled(e, table):
        return values
    scaling = scaling_of(e, table)
    return _expression(scaling, table, scaling.scale, values, "scale", sources)


def unscale_expression(e: Experiment, sources: FunctionSources, outputs: str) -> str:
    """An expression of what the network puts out, in the table's own units."""
    if not is_scaled(e, "y"):
        return outputs
    scaling = scaling_of(e, "y")
    return _expression(scaling, "y", scaling.unscale, outputs, "unscale", sources)


def _expression(
    scaling: Scaling,
    table: TableName,
    function: Callable[..., Any],
    values: str,
    name: str,
    sources: FunctionSources,
) -> str:
    """A function of values and the two measures of a table, written out."""
    measures = (f"{table}_{measure.name}" for measure in scaling.measures)
    given = dict(zip(function.__code__.co_varnames, (values, *measures), strict=False))
    return sources.inline(function, given, f"{scaling.label} scaling: {name}.", f"{scaling.label.lower()}_{name}")
