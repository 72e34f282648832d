"""The derived columns: each number with its formula filled in, and worked out in another way, in plain Python.

The margin of a number is a running error bound: what rounding may add at each step, carried through the steps after it.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from engine.explanation.check import CellIndex, Check
from engine.explanation.ledger import Update
from engine.explanation.rounding_error import EPS
from engine.model.experiment import Experiment
from engine.model.formulas.formula import Column, Formula, FunctionOf, Negative, Operation, constant
from engine.model.formulas.notation import TYPED, write_formula
from engine.model.formulas.parser import parse_formula

FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "tanh": math.tanh,
    "exp": math.exp,
    "ln": math.log,
    "sqrt": math.sqrt,
    "abs": abs,
}
UNITS = 4
"""Units in the last place by which two libraries may differ in a function."""


@dataclass(frozen=True, slots=True)
class DerivedCell:
    """One number of a derived column."""

    row: int  # of the table, counted from 0
    column: int  # among all that goes into the network, counted from 0
    name: str  # the formula: "x1*x2"
    filled_in: str  # with the row's numbers: "0.5*(-2)"
    value: float


def derived_cells(experiment: Experiment, write_number: Callable[[float], str] = "{:.6g}".format) -> list[DerivedCell]:
    """Every number of the derived columns, row by row; none where nothing is derived."""
    e = experiment
    formulas = [parse_formula(text, e.input_names) for text in e.derived]
    values, cells = e.unscaled_features.tolist(), list[DerivedCell]()
    for row, inputs in enumerate(e.inputs if formulas else ()):
        texts = [write_number(value) for value in inputs]
        by_name = {
            name: f"({text})" if text.startswith(("-", "−")) else text
            for name, text in zip(e.input_names, texts, strict=True)
        }
        notation = replace(TYPED, column=by_name.__getitem__)
        for column, (name, formula) in enumerate(zip(e.derived, formulas, strict=True), len(e.input_names)):
            filled_in = write_formula(formula, notation)
            cells.append(DerivedCell(row, column, name, filled_in, values[row][column]))
    return cells


def derived_cell_checks(update: Update, experiment: Experiment) -> Iterator[Check]:
    """A check of every derived number of the update; none where nothing is derived."""
    e = experiment
    formulas = [parse_formula(text, e.input_names) for text in e.derived]
    shown = update.table.inputs.tolist()
    for index, row in enumerate(update.rows if formulas else ()):
        numbers = dict(zip(e.input_names, e.inputs[row], strict=True))
        for column, (name, formula) in enumerate(zip(e.derived, formulas, strict=True), len(e.input_names)):
            value, margin = work_out(formula, numbers)
            is_known = math.isfinite(value) and math.isfinite(margin)
            yield Check(
                f"row {row + 1}, {name}",
                CellIndex(row, column),
                shown[index][column],
                value if is_known else math.nan,
                margin if is_known else math.inf,
            )


def work_out(formula: Formula, numbers: dict[str, float]) -> tuple[float, float]:
    """What the formula comes to, and how far rounding may put it off; nan where it has no value."""
    match formula:
        case Column(name):
            return numbers[name], 0.0
        case Negative(argument):
            value, margin = work_out(argument, numbers)
            return -value, margin
        case FunctionOf(function, argument):
            return _value_and_margin(FUNCTIONS[function], work_out(argument, numbers))
        case Operation("^", left, right):
            return _value_and_margin(math.pow, work_out(left, numbers), work_out(right, numbers))
        case Operation(operator, left, right):
            return _arithmetic(operator, work_out(left, numbers), work_out(right, numbers))
    return constant(formula), EPS * abs(constant(formula))


def _arithmetic(operator: str, left: tuple[float, float], right: tuple[float, float]) -> tuple[float, float]:
    (a, off_a), (b, off_b) = left, right
    match operator:
        case "*":
            value, margin = a * b, abs(a) * off_b + abs(b) * off_a
        case "/":
            least = abs(b) - off_b
            value = a / b if b else math.nan
            margin = (off_a + abs(value) * off_b) / least if least > 0 else math.inf
        case _:
            value, margin = a + b if operator == "+" else a - b, off_a + off_b
    return value, margin + EPS * abs(value)


def _value_and_margin(function: Callable[..., float], *arguments: tuple[float, float]) -> tuple[float, float]:
    """The function's value, and how far it moves where one of its arguments is off by its margin."""
    places = [value for value, _ in arguments]
    value, margin = _value_or_nan(function, *places), 0.0
    for index, (place, off) in enumerate(arguments):
        ends = [
            _value_or_nan(function, *places[:index], place + sign * off, *places[index + 1 :])
            for sign in (1, -1)
            if off
        ]
        margin += max((abs(end - value) for end in ends if math.isfinite(end)), default=math.inf if ends else 0.0)
    return value, 2 * margin + UNITS * EPS * abs(value)


def _value_or_nan(function: Callable[..., float], *arguments: float) -> float:
    try:
        return function(*arguments)
    except ValueError:
        return math.nan
    except OverflowError:
        return math.inf
