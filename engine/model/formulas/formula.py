"""A formula as a tree.

Numbers, columns, + - * / ^, brackets, |x| and functions of one argument are all there is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Function:
    """A function of one argument, in NumPy and in JavaScript."""

    compute: np.ufunc
    javascript: str


FUNCTIONS: dict[str, Function] = {
    "sin": Function(np.sin, "Math.sin"),
    "cos": Function(np.cos, "Math.cos"),
    "tan": Function(np.tan, "Math.tan"),
    "tanh": Function(np.tanh, "Math.tanh"),
    "exp": Function(np.exp, "Math.exp"),
    "ln": Function(np.log, "Math.log"),
    "sqrt": Function(np.sqrt, "Math.sqrt"),
    "abs": Function(np.abs, "Math.abs"),
}
CONSTANTS = {"pi": float(np.pi)}
ALIASES = {"−": "-", "\u2013": "-", "·": "*", "×": "*", "÷": "/", "π": "pi", "²": "^2", "³": "^3", "**": "^"}
"""Other ways to type a sign, and the one that is written."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, which is not negative."""

    value: float


@dataclass(frozen=True, slots=True)
class Constant:
    """A number by its name in `CONSTANTS`."""

    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class FunctionOf:
    """A function of `FUNCTIONS` of something."""

    function: str
    argument: "Formula"


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus something."""

    argument: "Formula"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two things joined by one of + - * / ^."""

    operator: str
    left: "Formula"
    right: "Formula"


Formula: TypeAlias = Number | Constant | Column | FunctionOf | Negative | Operation


def columns_of(formula: Formula) -> Iterator[str]:
    """The names of its columns, from left to right, as often as they occur."""
    match formula:
        case Column(name):
            yield name
        case FunctionOf(_, argument) | Negative(argument):
            yield from columns_of(argument)
        case Operation(_, left, right):
            yield from columns_of(left)
            yield from columns_of(right)


def exact_number(value: float) -> float | int:
    """A whole number as an int, so that NumPy squares where it is told ** 2, in the engine as in a script."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def constant(formula: Formula) -> float:
    """What a formula without columns comes to; inf or nan where it is undefined."""
    with np.errstate(all="ignore"):
        match formula:
            case Number(value):
                return value
            case Constant(name):
                return CONSTANTS[name]
            case FunctionOf(function, argument):
                return float(FUNCTIONS[function].compute(constant(argument)))
            case Negative(argument):
                return -constant(argument)
            case Operation(operator, left, right):
                return float(OPERATORS[operator](np.float64(constant(left)), np.float64(constant(right))))
    raise LookupError("a formula with columns is no constant")


OPERATORS: dict[str, Callable[..., npt.NDArray[np.float64]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": lambda a, b: a**b,
}
"""Python's operators and not NumPy's functions, which square another way: a script has the operators."""
