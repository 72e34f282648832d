"""The engine's LaTeX formulas as plain HTML, for the worksheet, which has no KaTeX."""

import re

SYMBOLS = {
    r"\sigma": "σ",
    r"\sum": "Σ",
    r"\max": "max",
    r"\tanh": "tanh",
    r"\sin": "sin",
    r"\ln": "ln",
    r"\cos": "cos",
    r"\,": " ",
    r"\quad": " ",
    r"\tfrac12": "½ ",
    r"\cdot": "×",
    r"\leftarrow": "←",
    r"\eta": "η",
    r"\delta": "δ",
    r"\epsilon": "ε",
    r"\textstyle": "",
    r"\sqrt": "√",
}


def latex_to_html(latex: str) -> str:
    """A formula as HTML.

    >>> latex_to_html(r"\\sigma(z) = \\frac{1}{1 + e^{-z}}")
    'σ(z) = 1 / (1 + e<sup>-z</sup>)'
    """
    text = re.sub(r"\\text\{([^}]*)\}", r"\1", latex)
    text = re.sub(r"\^\{([^}]*)\}|\^(\w)", lambda m: f"<sup>{m[1] or m[2]}</sup>", text)
    text = re.sub(r"_\{?(\w)\}?", r"<sub>\1</sub>", text)
    text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", lambda m: f"{in_brackets(m[1])} / {in_brackets(m[2])}", text)
    for sign, written in SYMBOLS.items():
        text = text.replace(sign, written)
    text = re.sub(r"\\([A-Za-z]+)", r"\1", text)  # other commands are written as their names
    return re.sub(" +", " ", text.replace("{", "(").replace("}", ")"))


def in_brackets(text: str) -> str:
    """The text in brackets, unless it is a single symbol or number."""
    return f"({text})" if re.search(r"[ +]", text) else text
