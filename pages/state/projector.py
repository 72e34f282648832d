"""A slide is what projector mode knows of one visitor: which picture is up, what is in the light, what is covered."""

from dataclasses import dataclass

from engine.model.weight_index import WeightIndex
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

    def highlight(self, row: int, weight: WeightIndex) -> Highlight:
        """The light on the pictures, where this row and this weight are the chosen ones."""
        return Highlight(
            row if self.row_highlighted else None, weight if self.weight_highlighted else None, self.outputs_covered
        )
