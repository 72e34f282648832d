"""Derived inputs in an exported program: a function that computes them, by which another table gets them too."""

from engine.model.experiment import Experiment
from engine.model.formulas.notation import numpy_notation, write_formula
from engine.model.formulas.parser import parse_formula


def derived_lines(e: Experiment) -> list[str]:
    """The lines that add the derived inputs to those of the table; none where nothing is derived.

    A formula was read, and is written anew: nothing that was typed comes into the program as it stands.
    """
    if not e.derived:
        return []
    places = {name: f"X[:, {index}]" for index, name in enumerate(e.input_names)}
    notation = numpy_notation(places.__getitem__)
    texts = [(text, write_formula(parse_formula(text, e.input_names), notation)) for text in e.derived]
    return [
        "def with_derived(X):",
        "    derived = [",
        *(f"        {expression},  # {text!r}" for text, expression in texts),
        "    ]",
        "    return np.column_stack([X, *derived])",
        "",
        "",
        f"features = {derive_expression(e, 'X')}",
    ]


def derive_expression(e: Experiment, inputs: str) -> str:
    """An expression of inputs of the table's columns, with the derived ones where there are any."""
    return f"with_derived({inputs})" if e.derived else inputs
