"""A slide is what projector mode knows of one visitor: which picture is up, what is in the light, what is covered."""

from dataclasses import dataclass

from engine import Experiment
from pages.charts.style.highlight import Highlight
from pages.charts.style.sizes import PROJECTOR, Sizes

CURVES = {"outputs": "Outputs", "weights": "Weights", "loss": "Loss"}
"""The curves that take turns on the Playground's screen."""


@dataclass(slots=True)
class Projector:
    """`picture` is the curve on the screen; `row` and `weight` say whether the chosen ones are in the light.

    `covered` is true while the outputs are to be predicted, `part` is the part of a lesson on the screen, `answered`
    whether its question is, and `keys` is true while the list of keys is open. The window is `factor` times as large as
    1280x720.
    """

    curve: str = "outputs"
    row_highlighted: bool = False
    weight_highlighted: bool = False
    outputs_covered: bool = False
    lesson_part: int = 0
    answer_shown: bool = False
    keys_shown: bool = False
    scale: float = 1.0

    @property
    def sizes(self) -> Sizes:
        """How large the pictures are."""
        return PROJECTOR.scaled_by(self.scale)

    def highlight(self, row: int, weight: tuple[int, int, int]) -> Highlight:
        """The light on the pictures, where this row and this weight are the chosen ones."""
        return Highlight(
            row if self.row_highlighted else None, weight if self.weight_highlighted else None, self.outputs_covered
        )


def weights_of(experiment: Experiment) -> list[tuple[int, int, int]]:
    """Every weight and bias as layer, source and neuron, in the order in which the light goes from one to the next.

    >>> weights_of(Experiment())
    [(0, 0, 0), (0, 1, 0), (0, 2, 0)]
    """
    return [
        (layer, source, neuron)
        for layer, (fan_in, fan_out) in enumerate(experiment.shapes)
        for neuron in range(fan_out)
        for source in range(fan_in + experiment.bias)
    ]
