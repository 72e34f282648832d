"""The light that whoever presents throws on a picture: on one row, on one weight, and not on the answers yet."""

from dataclasses import dataclass

from engine import Experiment


@dataclass(frozen=True, slots=True)
class Highlight:
    """A row and a weight (layer, source, neuron) to look at, None for all alike; `covered`: the outputs stay hidden."""

    row: int | None = None
    weight: tuple[int, int, int] | None = None
    outputs_covered: bool = False

    def weight_lines(self, experiment: Experiment) -> set[int]:
        """Which of the lines of `weight_lines` the weight is: layer by layer, neuron by neuron, each bias last."""
        if self.weight is None:
            return set()
        layer, source, neuron = self.weight
        before = sum((fan_in + experiment.bias) * fan_out for fan_in, fan_out in experiment.shapes[:layer])
        return {before + neuron * (experiment.shapes[layer][0] + experiment.bias) + source}

    def edge_index(self, experiment: Experiment) -> int | None:
        """Which of the drawing's edges the weight is: layer by layer, source by source; -1 for a bias."""
        if self.weight is None:
            return None
        layer, source, neuron = self.weight
        fan_in, fan_out = experiment.shapes[layer]
        before = sum(fan_in * fan_out for fan_in, fan_out in experiment.shapes[:layer])
        return before + source * fan_out + neuron if source < fan_in else -1

    def output_lines(self, experiment: Experiment) -> set[int]:
        """Which of the lines of `output_lines` the row has; none where no row is chosen."""
        columns = len(experiment.target_names)
        return set() if self.row is None else set(range(self.row * columns, (self.row + 1) * columns))


NO_HIGHLIGHT = Highlight()
