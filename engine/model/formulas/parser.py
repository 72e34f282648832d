"""Formulas read from text. Whatever is typed, it raises ExperimentError or gives a tree, and runs nothing."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

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
)
from engine.model.validation import LIMITS, ExperimentError, short_repr

TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|\[(?P<column>[^\[\]]*)\]|(?P<sign>\S))"
)
MOST_NESTED = 20

Token = tuple[str, str]
"""Its kind, "number", "column", "word", "sign" or "end", and its text."""


@lru_cache(maxsize=512)
def parse_formula(text: str, columns: tuple[str, ...], field: str = "derived") -> Formula:
    """The formula of these columns; ExperimentError of the field, with what is wrong and what can be written."""
    return _Parser(text, columns, field).parse()


class _Parser:
    """Recursive descent, a method a rule of the grammar:

    sum      product ((+ | -) product)*
    product  factor ((* | /) factor)*
    factor   - factor | power | number factor            (2 sin x is 2 * sin(x))
    power    atom [^ factor]                             (to the right: 2^3^2 is 2^(3^2))
    atom     number | column | ( sum ) | |sum| | function ( sum ) | function factor
    """

    def __init__(self, text: str, columns: Sequence[str], field: str) -> None:
        self.text, self.columns, self.field = text, columns, field
        self.at, self.depth = 0, 0
        if len(text) > LIMITS["formula"]:
            raise ExperimentError(
                field, f"A formula has {len(text):,} characters, at most {LIMITS['formula']}: shorten it."
            )
        self.tokens = self._tokens()

    def parse(self) -> Formula:
        if len(self.tokens) == 1:
            raise ExperimentError(self.field, "A formula is empty: write one, such as x1^2.")
        formula = self._sum()
        if self.tokens[self.at][0] != "end":
            raise self._error(f"{self._here()} is not expected there")
        if not any(columns_of(formula)) and not math.isfinite(constant(formula)):
            raise self._error("it comes to no number")
        self._require_finite_parts(formula)
        return formula

    def _error(self, words: str) -> ExperimentError:
        return ExperimentError(self.field, f"The formula {short_repr(self.text)}: {words}.")

    def _here(self) -> str:
        return short_repr(self.tokens[self.at][1])

    def _tokens(self) -> list[Token]:
        text = self.text
        for alias, plain in ALIASES.items():
            text = "".join(
                part if part.startswith("[") else part.replace(alias, plain) for part in _outside_brackets(text)
            )
        tokens: list[Token] = []
        at = 0
        while text[at:].strip():
            start = at + len(text[at:]) - len(text[at:].lstrip())
            if text[start].isalpha() or text[start] == "_":
                at = start
                while at < len(text) and (text[at].isalpha() or text[at].isdecimal() or text[at] == "_"):
                    at += 1
                tokens.append(("word", text[start:at]))
                continue
            match = TOKEN.match(text, at)
            assert match is not None, "whatever is no blank is at least a sign"
            kind = match.lastgroup or "sign"
            tokens.append((kind, match[kind]))
            at = match.end()
        return [*tokens, ("end", "")]

    def _next_is(self, *signs: str) -> bool:
        kind, text = self.tokens[self.at]
        return kind == "sign" and text in signs

    def _take(self) -> Token:
        token = self.tokens[self.at]
        self.at += token[0] != "end"
        return token

    def _require(self, sign: str) -> None:
        if not self._next_is(sign):
            raise self._error(f"a {sign} is missing" + (f" before {self._here()}" if self._here() != "''" else ""))
        self.at += 1

    def _sum(self) -> Formula:
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise self._error(f"it is nested more than {MOST_NESTED} deep")
        formula = self._product()
        while self._next_is("+", "-"):
            formula = Operation(self._take()[1], formula, self._product())
        self.depth -= 1
        return formula

    def _product(self) -> Formula:
        formula = self._factor()
        while self._next_is("*", "/"):
            formula = Operation(self._take()[1], formula, self._factor())
        return formula

    def _factor(self) -> Formula:
        if self._next_is("-", "+"):
            minus = self._take()[1] == "-"
            argument = self._factor()
            return Negative(argument) if minus else argument
        begins_with_number = self.tokens[self.at][0] == "number"
        formula = self._power()
        if begins_with_number and (self.tokens[self.at][0] in ("word", "column") or self._next_is("(")):
            return Operation("*", formula, self._factor())
        return formula

    def _power(self) -> Formula:
        formula = self._atom()
        if self._next_is("^"):
            self.at += 1
            return Operation("^", formula, self._factor())
        return formula

    def _atom(self) -> Formula:
        kind, text = self._take()
        if kind == "number":
            if not math.isfinite(float(text)):
                raise self._error(f"{short_repr(text)} is too large")
            return Number(float(text))
        if kind == "column" or (kind == "word" and text in self.columns and text not in {*FUNCTIONS, *CONSTANTS}):
            return self._column(text.strip())
        if kind == "word" and text in FUNCTIONS:
            return FunctionOf(text, self._argument())
        if kind == "word" and text in CONSTANTS:
            return Constant(text)
        if kind == "word":
            return self._column(text)
        if (kind, text) == ("sign", "("):
            formula = self._sum()
            self._require(")")
            return formula
        if (kind, text) == ("sign", "|"):
            formula = self._sum()
            self._require("|")
            return FunctionOf("abs", formula)
        raise self._error(
            "something is missing at its end" if kind == "end" else f"{short_repr(text)} is not expected there"
        )

    def _argument(self) -> Formula:
        if not self._next_is("("):
            return self._factor()
        self.at += 1
        formula = self._sum()
        self._require(")")
        return formula

    def _column(self, name: str) -> Formula:
        if name not in self.columns:
            known = ", ".join(self.columns[:4]) + (", ..." if len(self.columns) > 4 else "")
            raise self._error(
                f"there is no column {short_repr(name)}. The columns are {known}, in [ ] where a name is not one word; "
                f"the functions {', '.join(FUNCTIONS)}"
            )
        return Column(name)

    def _require_finite_parts(self, formula: Formula) -> None:
        """ExperimentError where a part without columns, such as 1/0, is no number."""
        if not any(columns_of(formula)):
            if not abs(constant(formula)) <= LIMITS["number"]:
                raise self._error("a part of it is no number, or too large")
            return
        match formula:
            case FunctionOf(_, argument) | Negative(argument):
                self._require_finite_parts(argument)
            case Operation(_, left, right):
                self._require_finite_parts(left)
                self._require_finite_parts(right)


def _outside_brackets(text: str) -> list[str]:
    """The text in parts: names in square brackets, and what is between them."""
    return [part for part in re.split(r"(\[[^\[\]]*\])", text) if part]
