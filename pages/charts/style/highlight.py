"""The highlight of a chart, for presenting: one row, one weight, and whether outputs are covered."""

from dataclasses import dataclass

from engine import Experiment
from engine.model.weight_index import WeightIndex


@dataclass(frozen=True, slots=True)
class Highlight:
    """The row and the weight to highlight, None for none; `outputs_covered` hides the outputs, to be predicted."""

    row: int | None = None
    weight: WeightIndex | None = None
    outputs_covered: bool = False

    def weight_lines(self, experiment: Experiment) -> set[int]:
        """The index of the weight among the series of `weight_series`, as a set."""
        return set() if self.weight is None else {list(WeightIndex.all_of(experiment)).index(self.weight)}

    def edge_index(self, experiment: Experiment) -> int | None:
        """The index of the weight among the drawing's edges, by layer, source and neuron; -1 for a bias."""
        if self.weight is None:
            return None
        if self.weight.is_bias(experiment):
            return -1
        return sum(not weight.is_bias(experiment) for weight in WeightIndex.all_of(experiment) if weight < self.weight)

    def output_lines(self, experiment: Experiment) -> set[int]:
        """The indices of the row's outputs among the series of `output_series`; none if no row is highlighted."""
        columns = len(experiment.target_names)
        return set() if self.row is None else set(range(self.row * columns, (self.row + 1) * columns))


NO_HIGHLIGHT = Highlight()
