"""The experiment: everything that decides a training, as one value. The table, the network, the settings.

Two equal experiments give the same numbers, bit for bit. What cannot be trained is refused at construction.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.model.cost import predicted_seconds
from engine.model.losses import LOSSES
from engine.model.network_validation import (
    SETTINGS,
    hidden_units,
    layer_activations,
    require_few_weights,
    require_fitting_loss,
    start_biases,
    start_weights,
)
from engine.model.scaling import SCALINGS, ColumnScale
from engine.model.table_validation import (
    require_fitting_targets,
    require_moderate_numbers,
    require_scalable_targets,
    table_fields,
)
from engine.model.types import Array
from engine.model.validation import LIMITS, ExperimentError, Rows, TargetRows

TABLE_FIELDS = ("inputs", "targets", "input_names", "target_names", "test_rows")
FREE_SETTINGS = {"learning_rate", "l1", "l2", "initializer", "seed"}
"""Whatever else an experiment holds, they are right or wrong by themselves, and train for as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """A table, a network and how to train it; `Experiment()` is the tutorial this project grew from.

    Lists, tuples and NumPy arrays are taken as they come and become tuples, floats and ints. Raises ExperimentError
    for whatever cannot be trained, with the field at fault and words that a page can show as they are.

    >>> Experiment().shapes
    ((3, 1),)
    """

    inputs: Rows = ((0, 0, 1), (1, 1, 1), (1, 0, 1), (0, 1, 1))  # (samples, features)
    targets: TargetRows = ((0,), (1,), (1,), (0,))  # (samples, targets); a flat list is one column; None: a question
    input_names: tuple[str, ...] = ()  # x1, x2, ... where none are given
    target_names: tuple[str, ...] = ()  # y1, y2, ...
    test_rows: tuple[int, ...] = ()  # indices of the rows held out of training
    scaling: str = "none"  # of the inputs, a column at a time, measured over the rows trained on
    target_scaling: str = "none"  # of the targets of a regression; what the network puts out is scaled back
    hidden: tuple[int, ...] = ()  # the units of each hidden layer
    activations: tuple[str, ...] = ("sigmoid",)  # one a layer, the output's last
    loss: str = "half_squared_error"
    optimizer: str = "sgd"
    learning_rate: float = 1.0
    l1: float = 0.0  # penalties: l1 * sum |w| and l2/2 * sum w^2, over weights and never over biases
    l2: float = 0.0
    epochs: int = 10_000
    batch_size: int | None = None  # None is full batch; smaller batches are taken in the table's order
    bias: bool = False
    initializer: str = "uniform_0_1"
    seed: int = 1
    initial_weights: tuple[Rows, ...] = ()  # given by hand: one (fan_in, fan_out) a layer
    initial_biases: Rows = ()  # given by hand: one (fan_out,) a layer

    def __post_init__(self) -> None:
        self._check_table()
        self._check_all_but_table()

    def _check_all_but_table(self) -> None:
        self._check_network()
        self._check_settings()
        self._check_start()
        if self.predicted_seconds > LIMITS["seconds"]:
            minutes = self.predicted_seconds / 60
            raise ExperimentError(
                "epochs",
                f"This would train for about {minutes:,.0f} minutes, at most {LIMITS['seconds'] // 60}: "
                "use fewer epochs, rows or units, or a larger batch.",
            )

    def _set(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)

    def with_settings(self, **changes: object) -> "Experiment":
        """`dataclasses.replace` for all but the table, which is shared and not checked again: for sweeps of thousands.

        >>> Experiment().with_settings(seed=3) == Experiment(seed=3)
        True
        """
        changed = object.__new__(Experiment)
        for name in self.__slots__:
            changed._set(name, getattr(self, name))
        for name, value in changes.items():
            if name in TABLE_FIELDS or name not in self.__slots__:
                raise TypeError(f"{name} is not a setting")
            changed._set(name, value)
        if changes.keys() <= FREE_SETTINGS:
            for name, value in changes.items():
                changed._set(name, SETTINGS[name](value))
        else:
            changed._check_all_but_table()
        return changed

    def _check_table(self) -> None:
        table = table_fields(self.inputs, self.targets, self.input_names, self.target_names, self.test_rows)
        for field, value in table.items():
            self._set(field, value)

    def _check_network(self) -> None:
        self._set("hidden", hidden_units(self.hidden))
        self._set("activations", layer_activations(self.activations, len(self.hidden) + 1))
        require_few_weights(self.shapes)

    def _check_settings(self) -> None:
        for field, check in SETTINGS.items():
            self._set(field, check(getattr(self, field)))
        require_fitting_loss(LOSSES[self.loss], self.activations[-1], len(self.target_names))
        require_fitting_targets(LOSSES[self.loss], self.targets, self.target_names)
        require_scalable_targets(self.target_scale, LOSSES[self.loss])
        require_moderate_numbers("scaling", self.input_scale, self.inputs, self.input_names)
        require_moderate_numbers("target_scaling", self.target_scale, self.targets, self.target_names)

    def _check_start(self) -> None:
        self._set("initial_weights", start_weights(self.initial_weights, self.shapes))
        self._set("initial_biases", start_biases(self.initial_biases, self.shapes, self.bias))

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """(fan_in, fan_out) of every layer, the output's last."""
        sizes = (len(self.input_names), *self.hidden, len(self.target_names))
        return tuple(pairwise(sizes))

    @property
    def unscaled_inputs(self) -> Array:
        """The inputs as they stand in the table, (samples, features), as a new array."""
        return np.array(self.inputs)

    @property
    def unscaled_targets(self) -> Array:
        """The targets as they stand in the table, (samples, targets), as a new array; nan for questions."""
        return np.array(self.targets, dtype=float)

    @property
    def input_array(self) -> Array:
        """The inputs as the network takes them, scaled, (samples, features), as a new array."""
        return self.scale_inputs(self.unscaled_inputs)

    @property
    def target_array(self) -> Array:
        """The targets as they are trained on, scaled, (samples, targets), as a new array; nan for questions."""
        scale = self.target_scale
        return scale.apply(self.unscaled_targets) if scale else self.unscaled_targets

    @property
    def input_scale(self) -> ColumnScale | None:
        """How the inputs are scaled, measured over the rows trained on; None where they are not."""
        scaling = SCALINGS[self.scaling]
        return ColumnScale.measure(scaling, self.inputs, self.train_rows) if scaling.measures else None

    @property
    def target_scale(self) -> ColumnScale | None:
        """How the targets are scaled, measured over the rows trained on; None where they are not."""
        scaling = SCALINGS[self.target_scaling]
        return ColumnScale.measure(scaling, self.targets, self.train_rows) if scaling.measures else None

    def scale_inputs(self, inputs: Array) -> Array:
        """Inputs in the table's own units, (..., features), as the network takes them."""
        scale = self.input_scale
        return scale.apply(inputs) if scale else inputs

    def unscale_outputs(self, outputs: Array) -> Array:
        """What the network puts out, (..., targets), in the table's own units."""
        scale = self.target_scale
        return scale.undo(outputs) if scale else outputs

    @property
    def question_rows(self) -> tuple[int, ...]:
        """Indices of the rows without targets: the network answers them, and nothing is learned from them."""
        return tuple(row for row, targets in enumerate(self.targets) if targets[0] is None)

    @property
    def labelled_rows(self) -> tuple[int, ...]:
        """Indices of the rows with targets, held out or not, in the table's order."""
        return tuple(row for row, targets in enumerate(self.targets) if targets[0] is not None)

    @property
    def labelled_targets(self) -> Rows:
        """The targets of these rows, in the table's own units."""
        return tuple(cells for row in self.targets if (cells := tuple(cell for cell in row if cell is not None)))

    @property
    def train_rows(self) -> tuple[int, ...]:
        """Indices of the rows that are trained on, in the table's order."""
        held_out = frozenset(self.test_rows)
        return tuple([i for i, row in enumerate(self.targets) if row[0] is not None and i not in held_out])

    @property
    def batches(self) -> int:
        """Updates in an epoch: how many batches the rows that are trained on make."""
        rows = len(self.train_rows)
        return math.ceil(rows / (self.batch_size or rows))

    @property
    def predicted_seconds(self) -> float:
        """How long training should take (see `cost`)."""
        rows = len(self.train_rows)
        return predicted_seconds(
            shapes=self.shapes,
            activations=self.activations,
            loss=self.loss,
            optimizer=self.optimizer,
            batch=min(self.batch_size or rows, rows),
            updates=self.epochs * self.batches,
        )
