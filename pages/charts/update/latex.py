"""Numbers and names in LaTeX. Names that a user typed are escaped."""

import math
import re
from collections.abc import Callable, Sequence
from functools import partial

from pages.charts.style.format import format_number

MOST_TERMS = 5
"""The most terms of a sum that are written out."""

HALF_PROJECTOR_LETTERS = 24
"""Characters that fit into half of a projector's screen."""

LINE_LETTERS = 40
"""Characters on a line of a formula, roughly."""

ESCAPED = {
    "%": r"\%",
    "_": r"\_",
    "#": r"\#",
    "&": r"\&",
    "$": r"\$",
    "{": r"\{",
    "}": r"\}",
    "^": r"\^{}",
    "~": r"\~{}",
}


def latex_number(value: float, digits: int = 3) -> str:
    """A number in LaTeX, with the digits of the charts or with more.

    >>> latex_number(0.25), latex_number(12345.0), latex_number(-1.2e-9)
    ('0.25', '12{,}345', '-1.2 \\\\cdot 10^{-9}')
    """
    if math.isnan(value):
        return r"\text{undefined}"
    text = format_number(value, digits).replace(",", "{,}").replace("inf", r"\infty")
    number, e, power = text.partition("e")
    return rf"{number} \cdot 10^{{{power}}}" if e else text


def latex_factor(value: float, digits: int = 3) -> str:
    """A number to write after an operator: in brackets if it is negative."""
    return f"({latex_number(value, digits)})" if value < 0 else latex_number(value, digits)


def with_result(
    text: Callable[[int], str], value: Callable[[Callable[[float], float]], float], result: float, least: int = 3
) -> str:
    """A formula in numbers and its result, with enough digits that calculating it by hand gives that result.

    `text` writes the formula with a number of digits; `value` computes it with a rounding function applied to each of
    its numbers. The result has `least` digits.
    """
    for digits in range(least, 10):
        if format_number(value(partial(rounded_value, digits=digits)), least) == format_number(result, least):
            break
    written, end = text(digits), r" \end{aligned}"
    return f"{written.removesuffix(end)} = {latex_number(result, least)}{end * written.endswith(end)}"


def rounded_value(value: float, digits: int) -> float:
    """The number as rounded by `format_number`.

    >>> rounded_value(0.0365478, 3)
    0.0365
    """
    return float(format_number(value, digits).replace(",", ""))


def latex_text(name: str) -> str:
    """A name as upright text, escaped."""
    plain = name.replace("\\", "")
    return rf"\text{{{re.sub('[%_#&${}^~]', lambda found: ESCAPED[found[0]], plain)}}}"


def latex_sum(terms: Sequence[str], keep: int | None = None) -> str:
    """A sum, wrapped to lines; a long one is shortened, but keeps term number `keep`.

    >>> latex_sum(["a", "b"]), latex_sum(list("abcdefgh"), keep=7)
    ('a + b', 'a + b + c + d + h + \\\\ldots')
    """
    shown = list(range(len(terms)))
    if len(terms) > MOST_TERMS:
        shown = shown[:MOST_TERMS] if keep is None or keep < MOST_TERMS else [*shown[: MOST_TERMS - 1], keep]
    lines = [""]
    for term in [*(terms[index] for index in shown), *[r"\ldots"][: len(terms) - len(shown)]]:
        if lines[-1] and len(re.sub(r"\\[a-z]+|[{}]", "", lines[-1] + term)) > LINE_LETTERS:
            lines.append("")
        lines[-1] += f" + {term}" if lines != [""] else term
    written = [line.strip().replace("+ -", "- ") for line in lines]
    return written[0] if len(written) == 1 else r"\begin{aligned} & " + r" \\ & ".join(written) + r" \end{aligned}"


def stack_formulas(*formulas: str) -> str:
    """Formulas one below the other."""
    return r"\begin{gathered} " + r" \\ ".join(formulas) + r" \end{gathered}"


def first_formula(formula: str) -> str:
    """Of two stacked formulas only the first, if the second does not fit into half of a projector's screen.

    >>> first_formula(stack_formulas("z = W", r"z = " + r"\\text{answer} \\cdot w + " * 3))
    'z = W'
    >>> first_formula(stack_formulas("a", "b"))
    '\\\\begin{gathered} a \\\\\\\\ b \\\\end{gathered}'
    """
    start, end = r"\begin{gathered} ", r" \end{gathered}"
    if not formula.startswith(start):
        return formula
    first, _, second = formula[len(start) : -len(end)].partition(r" \\ ")
    return formula if len(re.sub(r"\\[a-z]+|[{}_^ ]", "", second)) <= HALF_PROJECTOR_LETTERS else first


def sum_of_products(left: Sequence[float], right: Sequence[float], result: float, keep: int | None = None) -> str:
    """A sum of products in numbers, with its result."""
    pairs = list(zip(left, right, strict=True))

    def text(digits: int) -> str:
        return latex_sum([rf"{latex_number(a, digits)} \cdot {latex_factor(b, digits)}" for a, b in pairs], keep)

    return with_result(text, lambda see: sum(see(a) * see(b) for a, b in pairs), result)
