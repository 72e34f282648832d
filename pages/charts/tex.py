"""Numbers and names as they are written in formulas (LaTeX). Whatever a user typed comes out as plain letters."""

import math
import re
from collections.abc import Sequence

from pages.charts.figure import label

TERMS = 5
"""So many terms of a sum are written out."""

LINE = 40
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


def tex(value: float) -> str:
    """A number as it stands in the pictures.

    >>> tex(0.25), tex(12345.0), tex(-1.2e-9)
    ('0.25', '12{,}345', '-1.2 \\\\cdot 10^{-9}')
    """
    if math.isnan(value):
        return r"\text{undefined}"
    text = label(value).replace(",", "{,}").replace("inf", r"\infty")
    digits, e, power = text.partition("e")
    return rf"{digits} \cdot 10^{{{power}}}" if e else text


def factor(value: float) -> str:
    """A number that stands behind an operator: in brackets if it is negative."""
    return f"({tex(value)})" if value < 0 else tex(value)


def word(name: str) -> str:
    """A name as upright letters."""
    plain = name.replace("\\", "")
    return rf"\text{{{re.sub('[%_#&${}^~]', lambda found: ESCAPED[found[0]], plain)}}}"


def total(terms: Sequence[str], keep: int | None = None, result: str = "") -> str:
    """A sum, shortened where it is long, on as many lines as it takes; term number `keep` is among those written.

    >>> total(["a", "b"], result="c"), total(list("abcdefgh"), keep=7)
    ('a + b = c', 'a + b + c + d + h + \\\\ldots')
    """
    shown = list(range(len(terms)))
    if len(terms) > TERMS:
        shown = shown[:TERMS] if keep is None or keep < TERMS else [*shown[: TERMS - 1], keep]
    lines = [""]
    for term in [*(terms[index] for index in shown), *[r"\ldots"][: len(terms) - len(shown)]]:
        if len(re.sub(r"\\[a-z]+|[{}]", "", lines[-1] + term)) > LINE:
            lines.append("")
        lines[-1] += f" + {term}" if lines != [""] else term
    lines[-1] += f" = {result}" if result else ""
    written = [line.strip().replace("+ -", "- ") for line in lines]
    return written[0] if len(written) == 1 else r"\begin{aligned} & " + r" \\ & ".join(written) + r" \end{aligned}"


def products(left: Sequence[float], right: Sequence[float], result: float, keep: int | None = None) -> str:
    """A sum of products and what it comes to, in numbers."""
    return total([rf"{tex(a)} \cdot {factor(b)}" for a, b in zip(left, right, strict=True)], keep, tex(result))
