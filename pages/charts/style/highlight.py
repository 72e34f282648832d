"""What whoever presents points at in a picture: one row, one weight, and outputs that are still to be predicted."""

from dataclasses import dataclass

from engine import Experiment
from engine.model.weight_index import WeightIndex


@dataclass(frozen=True, slots=True)
class Highlight:
    """A row and a weight to look at, None for all alike; `outputs_covered`: the outputs stay hidden."""

    row: int | None = None
    weight: WeightIndex | None = None
    outputs_covered: bool = False

    def weight_lines(self, experiment: Experiment) -> set[int]:
        """Which of the series of `weight_series` the weight is."""
        return set() if self.weight is None else {list(WeightIndex.all_of(experiment)).index(self.weight)}

    def edge_index(self, experiment: Experiment) -> int | None:
        """Which of the drawing's edges the weight is, layer by layer, source by source; -1 for a bias."""
        if self.weight is None:
            return None
        if self.weight.is_bias(experiment):
            return -1
        return sum(not weight.is_bias(experiment) for weight in WeightIndex.all_of(experiment) if weight < self.weight)

    def output_lines(self, experiment: Experiment) -> set[int]:
        """Which of the series of `output_series` the row has; none where no row is chosen."""
        columns = len(experiment.target_names)
        return set() if self.row is None else set(range(self.row * columns, (self.row + 1) * columns))


NO_HIGHLIGHT = Highlight()
