"""The tables that were trained on before the one of the experiment, each until an epoch."""

from engine.model.validation import (
    LIMITS,
    ExperimentError,
    Rows,
    list_items,
    table_cells,
    table_rows,
    whole_number,
)


def earlier_tables(
    value: object, input_names: tuple[str, ...], target_names: tuple[str, ...], cells: int
) -> tuple[tuple[int, Rows, Rows], ...]:
    """The tables that were trained on before, by their last epochs; ExperimentError where one is none.

    `cells` is how many the table after them has: all of them together have their limit.
    """
    listed = list_items("earlier_tables", value)
    if len(listed) > LIMITS["earlier tables"]:
        raise ExperimentError(
            "earlier_tables", f"{len(listed)} earlier tables, at most {LIMITS['earlier tables']}: remove some."
        )
    tables: dict[int, tuple[int, Rows, Rows]] = {}
    for item in listed:
        parts = list_items("earlier_tables", item)
        if len(parts) != 3:
            raise ExperimentError(
                "earlier_tables",
                "An earlier table is its last epoch, its inputs and its targets: (5000, [[0, 1]], [1]).",
            )
        end = whole_number("earlier_tables", "The last epoch of an earlier table", parts[0], 1, LIMITS["epochs"])
        if end in tables:
            raise ExperimentError("earlier_tables", f"Two earlier tables end at epoch {end:,}: remove one.")
        try:
            tables[end] = (end, *trained_rows(parts[1], parts[2], input_names, target_names))
        except ExperimentError as error:
            raise ExperimentError("earlier_tables", f"The table until epoch {end:,}: {error}") from None
        cells += len(tables[end][1]) * (len(input_names) + len(target_names))
    if tables and cells > LIMITS["cells"]:
        raise ExperimentError(
            "earlier_tables", f"{cells:,} cells in all tables together, at most {LIMITS['cells']:,}: use fewer rows."
        )
    return tuple(tables[end] for end in sorted(tables))


def trained_rows(
    inputs: object, targets: object, input_names: tuple[str, ...], target_names: tuple[str, ...]
) -> tuple[Rows, Rows]:
    """Rows of inputs and of targets under these names, all of them to train on; or ExperimentError."""
    tables = []
    for field, value, names in (("inputs", inputs, input_names), ("targets", targets, target_names)):
        rows = table_rows(field, value)
        if len(rows[0]) != len(names):
            raise ExperimentError(field, f"{len(rows[0])} columns of {field}, but the table after it has {len(names)}.")
        tables.append(table_cells(field, rows, names))
    if len(tables[0]) != len(tables[1]):
        raise ExperimentError(
            "targets", f"{len(tables[0])} rows of inputs but {len(tables[1])} of targets: give every row both."
        )
    return tables[0], tables[1]
