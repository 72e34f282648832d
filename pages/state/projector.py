"""Projector mode of one visitor: which curve is on the screen, what is highlighted, what is covered."""

from dataclasses import dataclass

from engine.model.weight_index import WeightIndex
from pages.charts.style.highlight import Highlight
from pages.charts.style.sizes import PROJECTOR, Sizes
from pages.state.view import View

CURVES = {"outputs": "Outputs", "weights": "Weights", "loss": "Loss", "answer": "Answer"}
"""What to choose from beside the network on the Playground in projector mode: a curve, or the answer's picture."""


@dataclass(slots=True)
class Projector:
    """What is on the projector."""

    curve: str = "outputs"  # what is beside the drawing, a key of CURVES
    row_highlighted: bool = False  # whether the view's row is highlighted
    weight_highlighted: bool = False  # whether the view's weight is highlighted
    outputs_covered: bool = False  # whether the outputs are hidden, to be predicted
    lesson_part: int = 0  # which part of a lesson is on the screen
    answer_shown: bool = False  # whether its question is answered
    scale: float = 1.0  # the window's size, 1 for 1280x720

    @property
    def sizes(self) -> Sizes:
        """The sizes of words, lines and marks at this scale."""
        return PROJECTOR.scaled_by(self.scale)

    def highlight(self, row: int, weight: WeightIndex) -> Highlight:
        """The highlight of the charts, when this row and this weight are the chosen ones."""
        return Highlight(
            row if self.row_highlighted else None, weight if self.weight_highlighted else None, self.outputs_covered
        )

    def choose_curve(self, curve: str) -> None:
        """Put this curve on the screen."""
        self.curve = curve

    def cover_or_reveal_outputs(self) -> None:
        """Cover the outputs, or show them again."""
        self.outputs_covered = not self.outputs_covered

    def show_or_hide_answer(self) -> None:
        """Show the answer to a lesson's question, or hide it again."""
        self.answer_shown = not self.answer_shown

    def turn_to_part(self, part: int) -> None:
        """Turn to a part of a lesson, its answer hidden."""
        self.lesson_part, self.answer_shown = part, False

    def set_scale(self, scale: object) -> None:
        """Set the scale from the window's size; values that no window has are ignored."""
        if isinstance(scale, int | float) and 0.5 <= scale <= 8:
            self.scale = float(scale)

    def highlight_next_row(self, view: View, rows: int) -> None:
        """Highlight the next row; after the last one, none."""
        following = view.row + 1 if self.row_highlighted else 0
        self.row_highlighted = following < rows
        view.choose_row(following if self.row_highlighted else 0)

    def highlight_next_weight(self, view: View, weights: list[WeightIndex]) -> None:
        """Highlight the next weight; after the last one, none."""
        following = weights.index(view.weight) + 1 if self.weight_highlighted and view.weight in weights else 0
        self.weight_highlighted = following < len(weights)
        view.choose_weight(weights[following] if self.weight_highlighted else WeightIndex())
