"""A weight that is typed at the drawing."""

from engine.model.validation import finite_number
from pages.reading.cells import read_cell


def read_weight(text: str) -> float:
    """The number that a text means; ExperimentError says why it means none.

    >>> read_weight("0,5"), read_weight("-1/4")
    (0.5, -0.25)
    """
    reading = read_cell(text)
    reading.refuse_problem("initial_weights", "The weight")
    return finite_number("initial_weights", "The weight", reading.cell)
