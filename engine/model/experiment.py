"""The experiment: everything that decides a training, as one value. The table, the network, the settings.

Two equal experiments give the same numbers, bit for bit. What cannot be trained is refused at construction.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.model.activations import ACTIVATIONS
from engine.model.cost import predicted_seconds
from engine.model.initializers import INITIALIZERS
from engine.model.losses import LOSSES
from engine.model.optimizers import OPTIMIZERS
from engine.model.table_validation import column_names, require_different_names, start_values, table_cells, table_rows
from engine.model.types import Array
from engine.model.validation import (
    LIMITS,
    ExperimentError,
    Rows,
    boolean,
    list_items,
    non_negative_number,
    registry_name,
    whole_number,
)

TABLE_FIELDS = ("inputs", "targets", "input_names", "target_names", "test_rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """A table, a network and how to train it; `Experiment()` is the tutorial this project grew from.

    Lists, tuples and NumPy arrays are taken as they come and become tuples, floats and ints. Raises ExperimentError
    for whatever cannot be trained, with the field at fault and words that a page can show as they are.

    >>> Experiment().shapes
    ((3, 1),)
    """

    inputs: Rows = ((0, 0, 1), (1, 1, 1), (1, 0, 1), (0, 1, 1))  # (samples, features)
    targets: Rows = ((0,), (1,), (1,), (0,))  # (samples, targets); a flat list is one column
    input_names: tuple[str, ...] = ()  # x1, x2, ... where none are given
    target_names: tuple[str, ...] = ()  # y1, y2, ...
    test_rows: tuple[int, ...] = ()  # indices of the rows held out of training
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
        self._check_loss()
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
        if changes.keys() == {"seed"}:  # on which nothing else depends
            changed._check_seed()
        else:
            changed._check_all_but_table()
        return changed

    def _check_table(self) -> None:
        inputs, targets = table_rows("inputs", self.inputs), table_rows("targets", self.targets)
        self._set("input_names", column_names("input_names", self.input_names, "x", len(inputs[0])))
        self._set("target_names", column_names("target_names", self.target_names, "y", len(targets[0])))
        require_different_names(self.input_names, self.target_names)
        size = len(inputs) * len(inputs[0]) + len(targets) * len(targets[0])
        if size > LIMITS["cells"]:
            raise ExperimentError(
                "inputs", f"{size:,} cells in the table, at most {LIMITS['cells']:,}: use fewer rows or columns."
            )
        self._set("inputs", table_cells("inputs", inputs, self.input_names))
        self._set("targets", table_cells("targets", targets, self.target_names))
        if len(inputs) != len(targets):
            raise ExperimentError(
                "targets", f"{len(inputs)} rows of inputs but {len(targets)} of targets: give every row both."
            )
        last = len(inputs) - 1
        rows = {
            whole_number("test_rows", "A held-out row", row, 0, last) for row in list_items("test_rows", self.test_rows)
        }
        self._set("test_rows", tuple(sorted(rows)))
        if len(rows) == len(inputs):
            raise ExperimentError("test_rows", "Every row is held out: leave at least one to train on.")

    def _check_network(self) -> None:
        units = tuple(
            whole_number("hidden", "The units of a hidden layer", n, 1, LIMITS["units"])
            for n in list_items("hidden", self.hidden)
        )
        self._set("hidden", units)
        if len(units) > LIMITS["hidden layers"]:
            raise ExperimentError(
                "hidden", f"{len(units)} hidden layers, at most {LIMITS['hidden layers']}: remove some."
            )
        names = list_items("activations", self.activations)
        self._set("activations", tuple(registry_name("activations", "activation", name, ACTIVATIONS) for name in names))
        if len(names) != len(units) + 1:
            raise ExperimentError(
                "activations",
                f"{len(names)} activations for {len(units) + 1} layers: give one a layer, the output's last.",
            )
        for name in self.activations[:-1]:
            if not ACTIVATIONS[name].is_elementwise:
                label = ACTIVATIONS[name].label
                raise ExperimentError(
                    "activations", f"{label} is for the output layer: choose another for the hidden ones."
                )
        weights = sum((fan_in + 1) * fan_out for fan_in, fan_out in self.shapes)
        if weights > LIMITS["weights"]:
            raise ExperimentError(
                "hidden", f"{weights:,} weights, at most {LIMITS['weights']:,}: use fewer units, layers or columns."
            )

    def _check_settings(self) -> None:
        self._set("loss", registry_name("loss", "loss", self.loss, LOSSES))
        self._set("optimizer", registry_name("optimizer", "optimizer", self.optimizer, OPTIMIZERS))
        self._set("initializer", registry_name("initializer", "initializer", self.initializer, INITIALIZERS))
        self._set("bias", boolean("bias", "The bias", self.bias))
        self._check_seed()
        self._set("epochs", whole_number("epochs", "The number of epochs", self.epochs, 1, LIMITS["epochs"]))
        if self.batch_size is not None:
            self._set("batch_size", whole_number("batch_size", "The batch size", self.batch_size, 1, LIMITS["rows"]))
        self._set("learning_rate", non_negative_number("learning_rate", "The learning rate", self.learning_rate))
        self._set("l1", non_negative_number("l1", "The L1 penalty", self.l1))
        self._set("l2", non_negative_number("l2", "The L2 penalty", self.l2))
        if not self.learning_rate:
            raise ExperimentError("learning_rate", "The learning rate is 0, so nothing would change: try 0.1 or 1.")

    def _check_seed(self) -> None:
        self._set("seed", whole_number("seed", "The seed", self.seed, 0, LIMITS["seed"]))

    def _check_loss(self) -> None:
        loss, output = LOSSES[self.loss], self.activations[-1]
        if output == "softmax" and len(self.target_names) == 1:
            raise ExperimentError(
                "activations", "Softmax with one target always gives 1: add a target column, or choose sigmoid."
            )
        if loss.fused_activation not in (None, output):
            raise ExperimentError(
                "loss",
                f"{loss.label} needs the {loss.fused_activation} output, and yours is {output}: change one of the two.",
            )
        if loss.fits_any_target:
            return
        for index, row in enumerate(self.targets, 1):
            for name, target in zip(self.target_names, row, strict=True):
                if not loss.target_low <= target <= loss.target_high:
                    raise ExperimentError(
                        "targets",
                        f"Row {index}, column {name}: {target:g} is not from {loss.target_low:g} to "
                        f"{loss.target_high:g}, which {loss.label.lower()} needs: change it, or choose a squared "
                        "error.",
                    )
            if loss.targets_sum_to_one and abs(sum(row) - 1) > 1e-9:
                raise ExperimentError(
                    "targets",
                    f"Row {index}: the targets add up to {sum(row):g}, and {loss.label.lower()} needs 1: "
                    "put 1 in the column of the right class and 0 in the others.",
                )

    def _check_start(self) -> None:
        if list_items("initial_weights", self.initial_weights):
            self._set("initial_weights", start_values("initial_weights", self.initial_weights, self.shapes))
        else:
            self._set("initial_weights", ())
        if not list_items("initial_biases", self.initial_biases):
            self._set("initial_biases", ())
            return
        if not self.bias:
            raise ExperimentError("initial_biases", "Start biases are given, but the bias is off: switch it on.")
        layers = tuple((row,) for row in list_items("initial_biases", self.initial_biases))
        rows = start_values("initial_biases", layers, tuple((1, fan_out) for _, fan_out in self.shapes))
        self._set("initial_biases", tuple(row for (row,) in rows))

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """(fan_in, fan_out) of every layer, the output's last."""
        sizes = (len(self.input_names), *self.hidden, len(self.target_names))
        return tuple(pairwise(sizes))

    @property
    def input_array(self) -> Array:
        """The inputs, (samples, features), as a new array."""
        return np.array(self.inputs)

    @property
    def target_array(self) -> Array:
        """The targets, (samples, targets), as a new array."""
        return np.array(self.targets)

    @property
    def train_rows(self) -> tuple[int, ...]:
        """Indices of the rows that are trained on, in the table's order."""
        held_out = frozenset(self.test_rows)
        return tuple(row for row in range(len(self.inputs)) if row not in held_out)

    @property
    def batches(self) -> int:
        """Updates in an epoch: how many batches the rows that are trained on make."""
        return math.ceil(len(self.train_rows) / (self.batch_size or len(self.train_rows)))

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
