"""Validation of the table: rows of equal width under column names, each refusal with its row and column."""

import re

import numpy as np

from engine.model.losses import Loss
from engine.model.scaling import ColumnScale
from engine.model.types import Array
from engine.model.validation import (
    LIMITS,
    ExperimentError,
    TargetRows,
    list_items,
    short_repr,
    table_cells,
    table_rows,
    target_cells,
    whole_number,
)

COLUMN_NAME = re.compile(r"[^\W_][\w .()/%+-]*")


def table_fields(
    inputs: object, targets: object, input_names: object, target_names: object, test_rows: object
) -> dict[str, object]:
    """The fields of a table as an Experiment holds them, by name; ExperimentError where they are no table."""
    input_rows, target_rows = table_rows("inputs", inputs), table_rows("targets", targets)
    input_columns = column_names("input_names", input_names, "x", len(input_rows[0]))
    target_columns = column_names("target_names", target_names, "y", len(target_rows[0]))
    require_different_names(input_columns, target_columns)
    size = len(input_rows) * len(input_columns) + len(target_rows) * len(target_columns)
    if size > LIMITS["cells"]:
        raise ExperimentError(
            "inputs", f"{size:,} cells in the table, at most {LIMITS['cells']:,}: use fewer rows or columns."
        )
    input_cells = table_cells("inputs", input_rows, input_columns)
    answers = target_cells(target_rows, target_columns)
    if len(input_rows) != len(target_rows):
        raise ExperimentError(
            "targets", f"{len(input_rows)} rows of inputs but {len(target_rows)} of targets: give every row both."
        )
    last, listed = len(input_rows) - 1, list_items("test_rows", test_rows)
    held_out = {whole_number("test_rows", "A held-out row", row, 0, last) for row in listed}
    require_rows_to_train_on(answers, held_out)
    return {
        "inputs": input_cells,
        "targets": answers,
        "input_names": input_columns,
        "target_names": target_columns,
        "test_rows": tuple(sorted(held_out)),
    }


def require_rows_to_train_on(targets: TargetRows, test_rows: set[int]) -> None:
    """ExperimentError where a row that is held out has no target, or where all rows with targets are held out."""
    questions = {row for row, cells in enumerate(targets) if cells[0] is None}
    if asked := questions.intersection(test_rows):
        raise ExperimentError(
            "test_rows", f"Row {min(asked) + 1} is held out but has no target to test: type one, or do not hold it out."
        )
    if len(questions) + len(test_rows) == len(targets):
        others = " or has no target" if questions else ""
        raise ExperimentError("test_rows", f"Every row is held out{others}: leave at least one to train on.")


def require_fitting_targets(loss: Loss, rows: TargetRows, names: tuple[str, ...]) -> None:
    """ExperimentError where a loss cannot be asked for a target; questions have none."""
    if loss.fits_any_target:
        return
    for index, row in enumerate(rows, 1):
        targets = [target for target in row if target is not None]
        for name, target in zip(names, targets, strict=False):
            if not loss.target_low <= target <= loss.target_high:
                raise ExperimentError(
                    "targets",
                    f"Row {index}, column {name}: {target:g} is not from {loss.target_low:g} to "
                    f"{loss.target_high:g}, which {loss.label.lower()} needs: change it, or choose a squared "
                    "error.",
                )
        if loss.targets_sum_to_one and targets and abs(sum(targets) - 1) > 1e-9:
            raise ExperimentError(
                "targets",
                f"Row {index}: the targets add up to {sum(targets):g}, and {loss.label.lower()} needs 1: "
                "put 1 in the column of the right class and 0 in the others.",
            )


def require_scalable_targets(scale: ColumnScale | None, loss: Loss) -> None:
    """ExperimentError where targets are to be scaled and a loss does not take any target."""
    if scale and not loss.fits_any_target:
        raise ExperimentError(
            "target_scaling",
            f"{loss.label} needs the targets as they are: do not scale them, or choose a squared error.",
        )


def require_moderate_numbers(field: str, scale: ColumnScale, columns: Array, names: tuple[str, ...]) -> None:
    """ExperimentError where a number, once scaled, is too large to train on."""
    scaled = scale.apply(columns)
    too_large = np.argwhere(np.abs(scaled) > LIMITS["number"])
    if len(too_large):
        row, column = too_large[0].tolist()
        raise ExperimentError(
            field,
            f"Row {row + 1}, column {names[column]}: scaled it would be {scaled[row, column]:.3g}, because the rows "
            "trained on hardly differ there. Choose no scaling, or change the column.",
        )


def column_names(field: str, value: object, prefix: str, width: int) -> tuple[str, ...]:
    """The names given, or `prefix` and a number where there are none; ExperimentError for one that could do harm."""
    names = list_items(field, value) or tuple(f"{prefix}{i + 1}" for i in range(width))
    if len(names) != width:
        raise ExperimentError(field, f"{len(names)} names for {width} columns: give every column one.")
    for index, name in enumerate(names, 1):
        place = f"The name of {'input' if prefix == 'x' else 'target'} column {index}"
        if not isinstance(name, str) or not name.strip():
            raise ExperimentError(field, f"{place} is empty: type one.")
        if len(name) > LIMITS["name"]:
            raise ExperimentError(field, f"{place} has {len(name)} characters, at most {LIMITS['name']}: shorten it.")
        if not COLUMN_NAME.fullmatch(name) or name != name.strip():
            raise ExperimentError(
                field,
                f"{place}, {short_repr(name)}: use letters, digits, spaces and . - + _ ( ) / %, a letter or "
                "digit first.",
            )
    return tuple(map(str, names))


def require_different_names(input_names: tuple[str, ...], target_names: tuple[str, ...]) -> None:
    """ExperimentError where two columns have one name."""
    names = input_names + target_names
    for index, name in enumerate(names):
        if name in names[:index]:
            field = "input_names" if index < len(input_names) else "target_names"
            raise ExperimentError(field, f"Two columns are called {name}: rename one.")
