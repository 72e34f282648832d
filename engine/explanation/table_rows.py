"""Rows of the table of an update, in the table's own units and as the network takes them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.model.experiment import Experiment
from engine.model.scaling import ColumnScale
from engine.model.types import Array


@dataclass(frozen=True, slots=True, eq=False)
class TableRows:
    """Rows of a table in its own units, and how its columns are scaled; None where they are not."""

    inputs: Array  # (samples, features), the derived ones included
    targets: Array  # (samples, targets)
    input_scale: ColumnScale | None
    target_scale: ColumnScale | None

    @classmethod
    def of(cls, experiment: Experiment) -> "TableRows":
        """The whole table."""
        e = experiment
        return cls(e.unscaled_features, e.unscaled_targets, e.input_scale, e.target_scale)

    def take(self, rows: Sequence[int]) -> "TableRows":
        """Some rows of the table."""
        index = list(rows)
        return replace(self, inputs=self.inputs[index], targets=self.targets[index])

    @property
    def scaled_inputs(self) -> Array:
        """The inputs as the network takes them."""
        return self.input_scale.apply(self.inputs) if self.input_scale else self.inputs

    @property
    def scaled_targets(self) -> Array:
        """The targets as they are trained on."""
        return self.target_scale.apply(self.targets) if self.target_scale else self.targets
