"""A formula as the browser computes it, in derived.js: a number, or a list of what is done and to which parts."""

from typing import TypeAlias

from engine.model.formulas.formula import (
    Column,
    Formula,
    FunctionOf,
    Negative,
    Operation,
    columns_of,
    constant,
)

Tree: TypeAlias = float | list["str | int | Tree"]


def formula_tree(formula: Formula, columns: tuple[str, ...]) -> Tree:
    """Its tree; a part without columns is the number that NumPy makes of it.

    >>> from engine.model.formulas.formula import Number
    >>> formula_tree(Operation("*", Number(2.0), FunctionOf("sin", Column("b"))), ("a", "b"))
    ['*', 2.0, ['sin', ['column', 1]]]
    """
    if not any(columns_of(formula)):
        return constant(formula)
    match formula:
        case Column(name):
            return ["column", columns.index(name)]
        case FunctionOf(function, argument):
            return [function, formula_tree(argument, columns)]
        case Negative(argument):
            return ["-", formula_tree(argument, columns)]
        case Operation(operator, left, right):
            return [operator, formula_tree(left, columns), formula_tree(right, columns)]
    raise LookupError("what has a column is one of these")
