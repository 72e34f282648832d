"""Numbers and names in LaTeX. Names that a user typed are escaped."""

import math
import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from pages.charts.style.format import count_words, format_number
from pages.charts.update.matrices import first_indices

MOST_TERMS = 12
"""The most terms of a sum that are written out; of more, the others are one number."""

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
    text = format_number(value, digits).replace(",", "{,}").replace("∞", r"\infty").replace("≈", r"{\approx}")
    number, e, power = text.partition("e")
    return rf"{number} \cdot 10^{{{power}}}" if e else text


def latex_factor(value: float, digits: int = 3) -> str:
    """A number to write after an operator: in brackets if it is negative."""
    return f"({latex_number(value, digits)})" if value < 0 else latex_number(value, digits)


def with_result(
    text: Callable[[int], str],
    value: Callable[[Callable[[float], float]], float],
    result: float,
    least: int = 3,
    zero_below: float = 0.0,
) -> str:
    """A formula in numbers and its result, with enough digits that calculating it by hand gives that result.

    `text` writes the formula with a number of digits; `value` computes it with a rounding function applied to each of
    its numbers. The result has `least` digits; smaller than `zero_below`, it is 0 up to rounding.
    """
    end = r" \end{aligned}"
    if 0 < abs(result) < zero_below:
        return rf"{text(least).removesuffix(end)} \approx 0{end * text(least).endswith(end)}"
    for digits in range(least, 10):
        if rounded_value(value(partial(rounded_value, digits=digits)), least) == rounded_value(result, least):
            break
    written = text(digits)
    return f"{written.removesuffix(end)} = {latex_number(result, least)}{end * written.endswith(end)}"


def rounded_value(value: float, digits: int) -> float:
    """The number as rounded by `format_number`.

    >>> rounded_value(0.0365478, 3)
    0.0365
    """
    return float(format_number(value, digits).replace(",", "").replace("≈", "").replace("∞", "inf"))


def latex_text(name: str) -> str:
    """A name as upright text, escaped."""
    plain = name.replace("\\", "")
    return rf"\text{{{re.sub('[%_#&${}^~]', lambda found: ESCAPED[found[0]], plain)}}}"


def latex_sum(terms: Sequence[str]) -> str:
    """A sum, wrapped to lines.

    >>> latex_sum(["a", "-b", "c"])
    'a - b + c'
    """
    lines = [""]
    for term in terms:
        if lines[-1] and len(re.sub(r"\\[a-z]+|[{}]", "", lines[-1] + term)) > LINE_LETTERS:
            lines.append("")
        lines[-1] += f" + {term}" if lines != [""] else term
    written = [line.strip().replace("+ -", "- ") for line in lines]
    return written[0] if len(written) == 1 else r"\begin{aligned} & " + r" \\ & ".join(written) + r" \end{aligned}"


def skip_middle(terms: Sequence[str], keep: int, most: int) -> list[str]:
    """The first terms and the last, and number `keep`; dots for those in between.

    >>> skip_middle(list("abcdefgh"), 5, 4), skip_middle(list("abc"), 0, 4)
    (['a', 'b', '\\\\ldots', 'f', '\\\\ldots', 'h'], ['a', 'b', 'c'])
    """
    count = len(terms)
    if count <= most:
        return list(terms)
    shown = sorted({*range(most - 2), keep, count - 1})
    written = []
    for before, index in pairwise([-1, *shown]):
        written += [r"\ldots"] * (index > before + 1) + [terms[index]]
    return written


def split_terms(count: int, keep: int, most: int) -> tuple[list[int], list[int]]:
    """The indices of the terms that are written out, number `keep` among them, and those of the others."""
    shown = first_indices(count, most if count <= most else most - 1, keep)
    return shown, [index for index in range(count) if index not in set(shown)]


def part_sum(
    term: Callable[[int, int], str], values: Sequence[float], keep: int, most: int = MOST_TERMS
) -> Callable[[int], str]:
    """A sum in numbers: `term` writes number `index` with so many digits; the others of a long sum are one number."""
    shown, rest = split_terms(len(values), keep, most)
    others = sum(values[index] for index in rest)

    def text(digits: int) -> str:
        terms = [term(index, digits) for index in shown]
        if rest:
            words = rf"\text{{{count_words(len(rest), 'more term')}}}"
            terms.append(rf"\underbrace{{{latex_factor(others, digits)}}}_{{{words}}}")
        return latex_sum(terms)

    return text


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
    plain = re.sub(r"\\[a-z]+|[{}_^ ]", "", second.replace(r"\ldots", "..."))
    return formula if len(plain) <= HALF_PROJECTOR_LETTERS else first


def sum_of_products(
    left: Sequence[float],
    right: Sequence[float],
    result: float,
    keep: int = 0,
    most: int = MOST_TERMS,
    zero_below: float = 0.0,
) -> str:
    """A sum of products in numbers, with its result, which is 0 up to rounding if it is smaller than `zero_below`."""
    pairs = list(zip(left, right, strict=True))

    def term(index: int, digits: int) -> str:
        a, b = pairs[index]
        return rf"{latex_number(a, digits)} \cdot {latex_factor(b, digits)}"

    shown, rest = split_terms(len(pairs), keep, most)
    others = sum(a * b for a, b in (pairs[index] for index in rest))

    def value(see: Callable[[float], float]) -> float:
        return sum(see(a) * see(b) for a, b in (pairs[index] for index in shown)) + see(others)

    text = part_sum(term, [a * b for a, b in pairs], keep, most)
    return with_result(text, value, result, zero_below=zero_below)
