"""The formulas of derived inputs as they are typed, offered, and carried along when columns change."""

from collections.abc import Sequence
from itertools import combinations

from engine import ExperimentError
from engine.model.formulas.derived import rename_columns
from engine.model.formulas.formula import Column, Formula, FunctionOf, Number, Operation
from engine.model.formulas.notation import write_formula
from engine.model.formulas.parser import parse_formula

MOST_COLUMNS = 3
"""Formulas of so many columns are offered; those of all others can be typed."""


def suggest_formulas(columns: Sequence[str]) -> tuple[str, ...]:
    """The formulas that are offered.

    >>> suggest_formulas(("x1", "x2", "x3"))[:7]
    ('x1^2', 'x2^2', 'x3^2', 'x1*x2', 'x1*x3', 'x2*x3', 'sin(x1)')
    """
    first = [Column(name) for name in columns[:MOST_COLUMNS]]
    trees: list[Formula] = [Operation("^", column, Number(2.0)) for column in first]
    trees += [Operation("*", left, right) for left, right in combinations(first, 2)]
    trees += [FunctionOf("sin", column) for column in first]
    return tuple(map(write_formula, trees))


def read_formula(text: str, columns: tuple[str, ...]) -> str:
    """A formula as it is written shortest; what is none stays as it was typed, and the experiment refuses it.

    >>> read_formula("sin x1", ("x1",)), read_formula("sin x9", ("x1",))
    ('sin(x1)', 'sin x9')
    """
    try:
        return write_formula(parse_formula(text, columns))
    except ExperimentError:
        return text


def rename_formulas(formulas: Sequence[str], before: tuple[str, ...], after: Sequence[str]) -> tuple[str, ...]:
    """The same formulas where columns are called otherwise.

    >>> rename_formulas(("x1^2", "oops("), ("x1",), ("size",))
    ('size^2', 'oops(')
    """
    renamed: list[str] = []
    for text in formulas:
        try:
            renamed += rename_columns([text], before, after)
        except ExperimentError:
            renamed.append(text)
    return tuple(renamed)


def formulas_over(formulas: Sequence[str], columns: tuple[str, ...]) -> tuple[str, ...]:
    """Those that need no other columns.

    >>> formulas_over(("x1^2", "x1*x2"), ("x1",))
    ('x1^2',)
    """

    def fits(text: str) -> bool:
        try:
            parse_formula(text, columns)
        except ExperimentError:
            return False
        return True

    return tuple(filter(fits, formulas))
