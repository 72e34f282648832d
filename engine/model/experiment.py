"""An experiment is everything that decides a training, as one value: the table, the network, the settings.

Two equal experiments give the same numbers, bit for bit. Whatever cannot be trained is refused as it is made.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

from engine.model.activations import ACTIVATIONS
from engine.model.initializers import INITIALIZERS
from engine.model.losses import LOSSES
from engine.model.optimizers import OPTIMIZERS
from engine.model.table_validation import column_names, require_different_names, start_values, table_cells, table_rows
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

CALLED_AS_IT_STANDS = (40, 0.016)
"""What a layer costs more where a plan has no calls of its own for its activation: calls, microseconds a cell."""

ACTIVATION_PRICES: dict[str, tuple[int, float]] = {
    **dict.fromkeys(("sigmoid", "tanh", "relu", "linear"), (0, 0.0)),
    "sine": (8, 0.016),
    "step": (15, 0.0),
    "elu": (17, 0.003),
    "leaky_relu": (20, 0.001),
    "softplus": (20, 0.016),
    "silu": (36, 0.003),
    "softmax": (50, 0.003),
}
"""The same for each activation, as measured; what is not listed costs what the dearest do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """A table, a network and how to train it; `Experiment()` is the tutorial this project grew from.

    `inputs` is (samples, features), `targets` (samples, targets); `test_rows` are indices held out of training.
    `hidden` is the units a hidden layer, `activations` one name a layer, the output's last. `batch_size` None is full
    batch; smaller batches are taken in the table's order. `initial_weights`, where given, is one (fan_in, fan_out) a
    layer, `initial_biases` one (fan_out,) a layer. All values become floats, ints and tuples; raises ExperimentError.

    >>> Experiment().shapes
    ((3, 1),)
    """

    inputs: Rows = ((0, 0, 1), (1, 1, 1), (1, 0, 1), (0, 1, 1))
    targets: Rows = ((0,), (1,), (1,), (0,))
    input_names: tuple[str, ...] = ()
    target_names: tuple[str, ...] = ()
    test_rows: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()
    activations: tuple[str, ...] = ("sigmoid",)
    loss: str = "half_squared_error"
    optimizer: str = "sgd"
    learning_rate: float = 1.0
    l1: float = 0.0
    l2: float = 0.0
    epochs: int = 10_000
    batch_size: int | None = None
    bias: bool = False
    initializer: str = "uniform_0_1"
    seed: int = 1
    initial_weights: tuple[Rows, ...] = ()
    initial_biases: Rows = ()

    def __post_init__(self) -> None:
        self._check_table()
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
        if "softmax" in names[:-1]:
            raise ExperimentError("activations", "Softmax is for the output layer: choose another for the hidden ones.")
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
        self._set("seed", whole_number("seed", "The seed", self.seed, 0, LIMITS["seed"]))
        self._set("epochs", whole_number("epochs", "The number of epochs", self.epochs, 1, LIMITS["epochs"]))
        if self.batch_size is not None:
            self._set("batch_size", whole_number("batch_size", "The batch size", self.batch_size, 1, LIMITS["rows"]))
        self._set("learning_rate", non_negative_number("learning_rate", "The learning rate", self.learning_rate))
        self._set("l1", non_negative_number("l1", "The L1 penalty", self.l1))
        self._set("l2", non_negative_number("l2", "The L2 penalty", self.l2))
        if not self.learning_rate:
            raise ExperimentError("learning_rate", "The learning rate is 0, so nothing would change: try 0.1 or 1.")

    def _check_loss(self) -> None:
        loss, output = LOSSES[self.loss], self.activations[-1]
        if output == "softmax" and len(self.target_names) == 1:
            raise ExperimentError(
                "activations", "Softmax with one target always gives 1: add a target column, or choose sigmoid."
            )
        if loss.fused_activation is None:
            return
        if output != loss.fused_activation:
            raise ExperimentError(
                "loss",
                f"{loss.label} needs the {loss.fused_activation} output, and yours is {output}: change one of the two.",
            )
        for index, row in enumerate(self.targets, 1):
            for name, target in zip(self.target_names, row, strict=True):
                if not 0 <= target <= 1:
                    raise ExperimentError(
                        "targets",
                        f"Row {index}, column {name}: {target:g} is not from 0 to 1, "
                        f"which {loss.label.lower()} needs: change it, or choose a squared error.",
                    )
            if loss.fused_activation == "softmax" and abs(sum(row) - 1) > 1e-9:
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
        """How long training should take, from the prices of NumPy's calls and of the arithmetic within them."""
        rows = len(self.train_rows)
        batch = min(self.batch_size or rows, rows)
        calls = 5 + 8 * len(self.shapes) + 6 * OPTIMIZERS[self.optimizer].slots
        products = batch * sum(fan_in * fan_out for fan_in, fan_out in self.shapes)
        units = batch * sum(fan_out for _, fan_out in self.shapes)
        microseconds = 0.35 * calls + 0.0006 * products + 0.006 * units
        for name, (_, fan_out) in zip(self.activations, self.shapes, strict=True):
            more, each = ACTIVATION_PRICES.get(name, CALLED_AS_IT_STANDS)
            # a fused output goes forward only: its slope cancels
            part = 0.3 if name == LOSSES[self.loss].fused_activation else 1.0
            microseconds += part * (0.35 * more + each * batch * fan_out)
        return self.epochs * self.batches * microseconds * 1e-6
