"""A formula written: as it is typed, and in NumPy."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.model.formulas.formula import (
    ALIASES,
    CONSTANTS,
    FUNCTIONS,
    Column,
    Constant,
    Formula,
    FunctionOf,
    Negative,
    Number,
    Operation,
    columns_of,
    constant,
    exact_number,
)

PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4}
NEGATIVE, ATOM = 3, 5


@dataclass(frozen=True, slots=True)
class Notation:
    """How a language writes formulas."""

    number: Callable[[float], str]
    column: Callable[[str], str]
    function: Callable[[str], str]
    operators: dict[str, str]
    folds: bool = True  # whether a part without columns is written as the number it comes to


def write_number(value: float) -> str:
    return repr(value).removesuffix(".0")


def is_plain(name: str) -> bool:
    """Whether a column's name can stand in a formula without square brackets."""
    words = all(c.isalpha() or c.isdecimal() or c == "_" for c in name)
    has_other_meaning = name in FUNCTIONS or name in CONSTANTS or any(sign in name for sign in ALIASES)
    return words and name[:1].isalpha() and not has_other_meaning


TYPED = Notation(
    number=write_number,
    column=lambda name: name if is_plain(name) else f"[{name}]",
    function=str,
    operators={"+": "+", "-": "-", "*": "*", "/": "/", "^": "^"},
    folds=False,
)


def numpy_notation(column: Callable[[str], str]) -> Notation:
    """NumPy's, with this expression of each column."""
    return Notation(
        number=lambda value: str(exact_number(value)),
        column=column,
        function=lambda name: f"np.{FUNCTIONS[name].compute.__name__}",
        operators={"+": " + ", "-": " - ", "*": " * ", "/": " / ", "^": " ** "},
    )


def write_formula(formula: Formula, notation: Notation = TYPED) -> str:
    """The formula with as few brackets as it takes.

    >>> write_formula(Operation("*", Number(2.0), Operation("+", Column("x"), Column("a b"))))
    '2*(x+[a b])'
    """
    text, _ = _write(formula, notation)
    return text


def _write(formula: Formula, notation: Notation) -> tuple[str, int]:
    """The text, and how tightly it binds."""
    if notation.folds and not any(columns_of(formula)):
        value = constant(formula)
        return notation.number(value), ATOM if value >= 0 else NEGATIVE
    match formula:
        case Number(value):
            return notation.number(value), ATOM
        case Constant(name):
            return name, ATOM
        case Column(name):
            return notation.column(name), ATOM
        case FunctionOf(function, argument):
            return f"{notation.function(function)}({_write(argument, notation)[0]})", ATOM
        case Negative(argument):
            text = _bracket_if_weaker(argument, NEGATIVE, notation)
            return f"-({text})" if text.startswith("-") else f"-{text}", NEGATIVE
        case Operation(operator, left, right):
            binds = PRECEDENCE[operator]
            # a power is of what is on its left alone, and takes a minus on its right
            before = _bracket_if_weaker(left, binds + (operator == "^"), notation)
            after = _bracket_if_weaker(right, NEGATIVE if operator == "^" else binds + 1, notation)
            return f"{before}{notation.operators[operator]}{after}", binds


def _bracket_if_weaker(formula: Formula, least: int, notation: Notation) -> str:
    """The text, in brackets where it binds less tightly."""
    text, binds = _write(formula, notation)
    return text if binds >= least else f"({text})"
