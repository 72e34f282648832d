"""The experiment: everything that decides a training, as one value. The table, the network, the settings.

Two equal experiments give the same numbers, bit for bit. What cannot be trained is refused at construction.
"""

import math
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from engine.model.cost import predicted_seconds
from engine.model.formulas.derived import derived_formulas, require_finite_columns
from engine.model.losses import LOSSES
from engine.model.network_validation import (
    SETTINGS,
    hidden_units,
    layer_activations,
    require_few_weights,
    require_fitting_loss,
    require_rows_to_wait_for,
    start_biases,
    start_weights,
)
from engine.model.plan.changes import value_after
from engine.model.plan.frozen import flag_parts, frozen_parts
from engine.model.table import Table
from engine.model.table_validation import require_fitting_targets, require_moderate_numbers, require_scalable_targets
from engine.model.types import Flags
from engine.model.validation import LIMITS, ExperimentError, Rows

TABLE_FIELDS = ("inputs", "targets", "input_names", "target_names", "test_rows", "earlier_tables")
FREE_SETTINGS = {"learning_rate", "l1", "l2", "initializer", "seed"}
"""Whatever else an experiment holds, they are right or wrong by themselves, and train for as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment(Table):
    """A table, a network and how to train it; `Experiment()` is the tutorial this project grew from.

    Lists, tuples and NumPy arrays are taken as they come and become tuples, floats and ints. Raises ExperimentError
    for whatever cannot be trained, with the field at fault and words that a page can show as they are.

    >>> Experiment().shapes
    ((3, 1),)
    """

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
    frozen: tuple[str, ...] = ()  # weights and biases that stay as they start (see `plan.frozen`)
    rate_changes: tuple[tuple[int, float], ...] = ()  # (5000, 0.1): after epoch 5,000 the learning rate is 0.1
    # (5000, "adam"): after epoch 5,000 the optimizer is Adam, which begins there with an empty memory and counts its
    # updates from 1, also where it was Adam before.
    optimizer_changes: tuple[tuple[int, str], ...] = ()
    # Training stops at the first kept epoch after `table_start` at which one of these holds, else after `epochs`.
    stop_loss: float | None = None  # the loss over the rows trained on is below this
    stop_when_right: bool = False  # all rows trained on are right
    patience: int | None = None  # the loss over held-out rows has not been lowest for so many kept epochs

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

    def with_settings(self, **changes: object) -> "Experiment":
        """`dataclasses.replace` for all but the table, which is shared and not checked again: for sweeps of thousands.

        >>> Experiment().with_settings(seed=3) == Experiment(seed=3)
        True
        """
        changed, is_free = self._copy(), changes.keys() <= FREE_SETTINGS
        for name, value in changes.items():
            if name in TABLE_FIELDS or name not in FIELDS:
                raise TypeError(f"{name} is not a setting")
            changed._set(name, SETTINGS[name](value) if is_free else value)
        if not is_free:
            changed._check_all_but_table()
        return changed

    def _check_network(self) -> None:
        self._set("derived", derived_formulas(self.derived, self.input_names, self.target_names))
        self._set("hidden", hidden_units(self.hidden))
        self._set("activations", layer_activations(self.activations, len(self.hidden) + 1))
        require_few_weights(self.shapes)

    def _check_settings(self) -> None:
        for field, check in SETTINGS.items():
            self._set(field, check(getattr(self, field)))
        require_rows_to_wait_for(self.patience, self.test_rows)
        require_fitting_loss(LOSSES[self.loss], self.activations[-1], len(self.target_names))
        require_scalable_targets(self.target_scale, LOSSES[self.loss])
        for (end, _, _), table in zip(self.earlier_tables, self.tables, strict=False):
            try:
                self._check_numbers(table)
            except ExperimentError as error:
                raise ExperimentError("earlier_tables", f"The table until epoch {end:,}: {error}") from None
        self._check_numbers(self)

    def _check_numbers(self, table: Table) -> None:
        """ExperimentError where the numbers of a table do not go with the loss, the formulas or the scales."""
        if self.derived:
            require_finite_columns(table.unscaled_features, self.input_names, self.derived)
        require_fitting_targets(LOSSES[self.loss], table.targets, self.target_names)
        if scale := self.input_scale:
            require_moderate_numbers("scaling", scale, table.unscaled_features, self.feature_names)
        if scale := self.target_scale:
            require_moderate_numbers("target_scaling", scale, table.unscaled_targets, self.target_names)

    def _check_start(self) -> None:
        self._set("initial_weights", start_weights(self.initial_weights, self.shapes))
        self._set("initial_biases", start_biases(self.initial_biases, self.shapes, self.bias))
        self._set("frozen", frozen_parts(self.frozen, self.shapes, self.bias))

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """(fan_in, fan_out) of every layer, the output's last."""
        sizes = (len(self.feature_names), *self.hidden, len(self.target_names))
        return tuple(pairwise(sizes))

    @property
    def frozen_flags(self) -> Flags | None:
        """Whether each weight and bias is frozen, (size,), in the order W1 row by row, b1, W2, ...; None: none is."""
        return flag_parts(self.frozen, self.shapes, self.bias) if self.frozen else None

    @property
    def has_stop_rules(self) -> bool:
        """Whether training may stop before its last epoch."""
        return self.stop_loss is not None or self.stop_when_right or self.patience is not None

    def rate_after(self, epoch: int) -> float:
        """The learning rate of the updates that come after an epoch."""
        return value_after(self.learning_rate, self.rate_changes, epoch)

    def optimizer_after(self, epoch: int) -> str:
        """The optimizer of the updates that come after an epoch."""
        return value_after(self.optimizer, self.optimizer_changes, epoch)

    def optimizer_start(self, epoch: int) -> int:
        """The epoch after which that optimizer began, with an empty memory: 0, or that of the last change."""
        return next((at for at, _ in reversed(self.optimizer_changes) if at <= epoch), 0)

    @property
    def optimizer_spans(self) -> tuple[tuple[str, int, int], ...]:
        """The optimizers one after the other: each with the epoch after which it begins, and its last one.

        >>> Experiment(optimizer_changes=((5_000, "adam"),)).optimizer_spans
        (('sgd', 0, 5000), ('adam', 5000, 10000))
        """
        changes = [change for change in self.optimizer_changes if change[0] < self.epochs]
        begins = pairwise([(0, self.optimizer), *changes, (self.epochs, "")])
        return tuple((name, start, end) for (start, name), (end, _) in begins)

    def updates_before(self, epoch: int) -> int:
        """How many updates come before the end of an epoch: of each table as many an epoch as it has batches."""
        ends = pairwise((0, *(end for end, _, _ in self.earlier_tables), max(epoch, self.table_start)))
        spans = zip(self.tables, ends, strict=True)
        return sum(max(0, min(last, epoch) - first) * table.batches for table, (first, last) in spans)

    def epoch_of(self, update: int) -> int:
        """The epoch after which an update comes, of all updates from 1 on."""
        return bisect_left(range(self.epochs + 1), update, key=self.updates_before) - 1

    @property
    def batches(self) -> int:
        """Updates in an epoch on this table: how many batches the rows that are trained on make."""
        rows = len(self.train_rows)
        return math.ceil(rows / (self.batch_size or rows))

    @property
    def predicted_seconds(self) -> float:
        """How long training should take (see `cost`)."""
        return sum(seconds for _, _, seconds in self.table_seconds)

    @property
    def table_seconds(self) -> tuple[tuple[int, int, float], ...]:
        """How long it should take on each of the tables: from the end of an epoch to the end of another, in seconds."""
        ends, spans = [end for end, _, _ in self.earlier_tables if end < self.epochs], self.optimizer_spans
        return tuple(
            (first, last, sum(self._seconds(name, max(start, first), min(end, last)) for name, start, end in spans))
            for first, last in pairwise((0, *ends, self.epochs))
        )

    def _seconds(self, optimizer: str, first: int, last: int) -> float:
        """How long one optimizer should take on one table, from the end of an epoch to the end of another."""
        table = self.table_after(first)
        rows = len(table.train_rows)
        return predicted_seconds(
            shapes=self.shapes,
            activations=self.activations,
            loss=self.loss,
            optimizer=optimizer,
            batch=min(self.batch_size or rows, rows),
            updates=max(0, last - first) * table.batches,
        )


FIELDS = tuple(Experiment.__dataclass_fields__)  # the table's first
