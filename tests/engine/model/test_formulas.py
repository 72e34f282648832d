"""Formulas: what is typed is read as meant or refused in words, and nothing in it ever runs."""

import math
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine import LIMITS, ExperimentError
from engine.model.formulas.derived import derive, rename_columns
from engine.model.formulas.formula import FUNCTIONS, Formula, FunctionOf, Negative, Operation, columns_of, constant
from engine.model.formulas.notation import numpy_notation, write_formula
from engine.model.formulas.parser import parse_formula
from tests.engine.changed_experiments import formulas
from tests.engine.strategies import MANY, STEADY
from tests.engine.time_limit import timely

NAMES = ("x1", "x2", "größe (cm)", "2", "sin", "π", "x²", "a+b", "_")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("x1 ^ 2", "x1^2"),
        ("x1**2", "x1^2"),
        ("x1²", "x1^2"),
        ("x1·x2", "x1*x2"),
        ("sin x1", "sin(x1)"),
        ("sin x1^2", "sin(x1^2)"),
        ("sin(x1)^2", "sin(x1)^2"),
        ("|x1|", "abs(x1)"),
        ("||x1|-2|", "abs(abs(x1)-2)"),
        ("2x1", "2*x1"),
        ("2 sin 2x1", "2*sin(2*x1)"),
        ("2(x1+1)", "2*(x1+1)"),
        ("2π*x1", "2*pi*x1"),
        ("-x1^2", "-x1^2"),
        ("(-x1)^2", "(-x1)^2"),
        ("x1^-2", "x1^-2"),
        ("2^x1^3", "2^x1^3"),
        ("(2^x1)^3", "(2^x1)^3"),
        ("x1-(x2-3)", "x1-(x2-3)"),
        ("(x1-x2)-3", "x1-x2-3"),
        ("x1/(x2*x2)", "x1/(x2*x2)"),
        ("+x1", "x1"),
        ("--x1", "-(-x1)"),
        ("[größe (cm)]*[2]", "[größe (cm)]*[2]"),
        ("sin[sin]", "sin([sin])"),
        ("[π]+π*x1", "[π]+pi*x1"),
        ("[x²]²", "[x²]^2"),
        ("[x1]", "x1"),
        ("1.50e1 x1", "15*x1"),
        (".5x1", "0.5*x1"),
    ],
)
def test_a_formula_is_read_as_it_is_meant(typed: str, written: str) -> None:
    formula = parse_formula(typed, NAMES)
    assert write_formula(formula) == written
    assert parse_formula(written, NAMES) == formula


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("x1+", "something is missing at its end"),
        ("sin", "something is missing at its end"),
        ("(x1", "a ) is missing"),
        ("|x1", "a | is missing"),
        ("x1)", "')' is not expected"),
        ("x1 x2", "'x2' is not expected"),
        ("x1,x2", "',' is not expected"),
        ("x3", "no column 'x3'. The columns are x1, x2, größe (cm), 2, ..., in [ ]"),
        ("log(x1)", "no column 'log'"),
        ("[foo]", "no column 'foo'"),
        ("1/0*x1", "a part of it is no number"),
        ("9^9^9^9*x1", "a part of it is no number"),
        ("ln(-1)+x1", "a part of it is no number"),
        ("1e999*x1", "'1e999' is too large"),
        ("(" * 25 + "x1" + ")" * 25, "nested more than 20 deep"),
        ("x1+" * 30 + "x1", "at most 60"),
        ("x1.__class__", "'.' is not expected"),
        ("__import__('os').system('id')", "no column '__import__'"),
        ("lambda: x1", "no column 'lambda'"),
        ("x1 if x2 else 1", "'if' is not expected"),
        ("<b>x1</b>", "'<' is not expected"),
        ("$x1$", "'$' is not expected"),
        ("x1\x00", "is not expected"),
    ],
)
def test_what_is_no_formula_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(ExperimentError) as error:
        parse_formula(typed, NAMES)
    assert words in str(error.value)
    assert error.value.field == "derived"


SIGNS = "x12.+-*/^()|[] sincoexpabtqrl²³π·×−eE,;_'\"\\<>$\n\x00\ud800é∑"


@settings(MANY)
@given(st.text(st.sampled_from(SIGNS), max_size=LIMITS["formula"] + 5) | st.text(max_size=LIMITS["formula"]))
@example("(" * 60)
@example("-" * 60)
@example("|" * 60)
@example("9^" * 29 + "9")
@example("sin " * 15)
@example("[" * 60)
def test_whatever_is_typed_it_is_read_at_once_or_refused(typed: str) -> None:
    def read() -> Formula | str:
        try:
            return parse_formula(typed, NAMES)
        except ExperimentError as error:
            return str(error)

    found = timely(0.05, read)
    if isinstance(found, str):
        assert len(found) < 400
    else:
        assert parse_formula(write_formula(found), NAMES) == found


def has_no_value(formula: Formula) -> bool:
    """Whether a part without columns is no number, or a large one."""
    if not any(columns_of(formula)):
        return not abs(constant(formula)) <= LIMITS["number"]
    match formula:
        case FunctionOf(_, argument) | Negative(argument):
            return has_no_value(argument)
        case Operation(_, left, right):
            return has_no_value(left) or has_no_value(right)
    return False


@STEADY
@given(formulas(NAMES))
def test_every_formula_is_read_back_and_python_agrees(formula: Formula) -> None:
    typed = write_formula(formula)
    if len(typed) > LIMITS["formula"]:
        return
    if not any(columns_of(formula)) or has_no_value(formula):
        with suppress(ExperimentError):
            parse_formula(typed, NAMES)
        return
    assert parse_formula(typed, NAMES) == formula
    inputs = np.random.RandomState(1).uniform(-2, 2, (5, len(NAMES)))
    found = derive(inputs, NAMES, [typed])[:, -1]
    places = {name: f"X[:, {index}]" for index, name in enumerate(NAMES)}
    space: dict[str, Any] = {"np": np, "X": inputs}
    with np.errstate(all="ignore"):
        expected = eval(write_formula(formula, numpy_notation(places.__getitem__)), space)
    assert found.tobytes() == np.ascontiguousarray(np.broadcast_to(expected, 5)).tobytes() or (
        np.array_equal(found, expected, equal_nan=True)
    )


def test_functions_are_what_they_are_called() -> None:
    inputs = np.array([[0.7]])
    for name in FUNCTIONS:
        expected = 0.7 if name == "abs" else getattr(math, "log" if name == "ln" else name)(0.7)
        assert derive(inputs, ("x",), [f"{name}(x)"])[0, 1] == pytest.approx(expected, rel=1e-15)


def test_columns_are_renamed_and_nothing_else() -> None:
    assert rename_columns(["x1^2", "1/3*x1-x2", "sin([a b])"], ("x1", "x2", "a b"), ("x2", "x 1", "sin")) == (
        "x2^2",
        "1/3*x2-[x 1]",
        "sin([sin])",
    )
