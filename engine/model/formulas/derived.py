"""Derived columns: inputs that are computed from a table's own, by a formula each, before anything is scaled."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from engine.model.formulas.formula import (
    FUNCTIONS,
    OPERATORS,
    Column,
    Formula,
    FunctionOf,
    Negative,
    Operation,
    columns_of,
    constant,
    exact_number,
)
from engine.model.formulas.notation import TYPED, write_formula
from engine.model.formulas.parser import parse_formula
from engine.model.validation import LIMITS, ExperimentError, list_items, short_repr

Array = npt.NDArray[np.float64]


def derived_formulas(value: object, input_names: tuple[str, ...], other_names: Sequence[str] = ()) -> tuple[str, ...]:
    """These formulas over the columns, each as it is written shortest; ExperimentError for one that is none.

    >>> derived_formulas(["x1 ^ 2", "sin x2"], ("x1", "x2"))
    ('x1^2', 'sin(x2)')
    """
    texts: list[str] = []
    for item in list_items("derived", value):
        if not isinstance(item, str):
            raise ExperimentError("derived", f"Derived: {short_repr(item)} is not a formula, such as x1^2.")
        formula = parse_formula(item, input_names)
        text = write_formula(formula)
        if not any(columns_of(formula)):
            raise ExperimentError("derived", f"The formula {short_repr(text)} has no column in it: name one.")
        if text in texts or text in (*input_names, *other_names):
            raise ExperimentError("derived", f"Two columns are called {text}: remove one.")
        if len(text) > LIMITS["formula"]:
            raise ExperimentError("derived", f"The formula {short_repr(text)} is too long: shorten it.")
        texts.append(text)
    if len(input_names) + len(texts) > LIMITS["inputs"]:
        raise ExperimentError(
            "derived", f"{len(input_names) + len(texts)} inputs with the derived ones, at most {LIMITS['inputs']}."
        )
    return tuple(texts)


def rename_columns(derived: Sequence[str], input_names: tuple[str, ...], new_names: Sequence[str]) -> tuple[str, ...]:
    """The same formulas where the columns are called otherwise.

    >>> rename_columns(["x1^2"], ("x1", "x2"), ("size (cm)", "x2"))
    ('[size (cm)]^2',)
    """
    renamed = {old: TYPED.column(new) for old, new in zip(input_names, new_names, strict=True)}
    notation = replace(TYPED, column=renamed.__getitem__)
    return tuple(write_formula(parse_formula(text, input_names), notation) for text in derived)


def derive(inputs: Array, input_names: tuple[str, ...], derived: Sequence[str]) -> Array:
    """Inputs, (..., inputs), with the derived columns after them; not finite where a formula has no value there."""
    formulas = [parse_formula(text, input_names) for text in derived]
    with np.errstate(all="ignore"):
        columns = [np.broadcast_to(_compute(formula, inputs, input_names), inputs.shape[:-1]) for formula in formulas]
    return np.concatenate([inputs, np.stack(columns, axis=-1)], axis=-1)


def _compute(formula: Formula, inputs: Array, names: tuple[str, ...]) -> Array | float | int:
    if not any(columns_of(formula)):
        return exact_number(constant(formula))
    match formula:
        case Column(name):
            column: Array = inputs[..., names.index(name)]
            return column
        case FunctionOf(function, argument):
            called: Array = FUNCTIONS[function].compute(_compute(argument, inputs, names))
            return called
        case Negative(argument):
            return -_compute(argument, inputs, names)
        case Operation(operator, left, right):
            return OPERATORS[operator](_compute(left, inputs, names), _compute(right, inputs, names))
    raise LookupError("what has a column is one of these")


def require_finite_columns(features: Array, names: Sequence[str], derived: Sequence[str]) -> None:
    """ExperimentError where a derived number is none, or too large; `features` (rows, columns) ends in the derived."""
    with np.errstate(invalid="ignore"):
        wrong = np.argwhere(~(np.abs(features) <= LIMITS["number"]))
    if len(wrong):
        row, column = wrong[0].tolist()
        value = features[row, column]
        found = f"it is {value:.3g}, too large" if np.isfinite(value) else "it has no value there"
        raise ExperimentError(
            "derived", f"Row {row + 1}, derived column {[*names, *derived][column]}: {found}. Change one of the two."
        )
