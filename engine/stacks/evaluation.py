"""What the networks of a stack come to on their table: their losses, and whether each is right, finite and to stop."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.model.experiment import Experiment
from engine.model.losses import LOSSES
from engine.model.outcome import have_learned
from engine.model.types import Array, Flags
from engine.training.recorder import has_only_finite
from engine.training.stacked_forward import BLOCK_CELLS, stacked_forward, stacked_losses
from engine.training.stopping import single_epoch_rule_flags


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """Of networks of one experiment, (networks,) each. The losses are as they are trained on, by scaled targets."""

    loss: Array
    test_loss: Array | None  # over held-out rows; None where there are none
    right: Flags  # whether it answers as a network that has learned
    stops: Flags  # whether a rule of the experiment holds that asks for one epoch only
    is_finite: Flags  # whether all its numbers are, outputs and losses included

    @classmethod
    def join(cls, parts: Sequence["Evaluation"]) -> "Evaluation":
        """One evaluation of the networks of several."""
        test_losses = [part.test_loss for part in parts if part.test_loss is not None]
        return cls(
            loss=np.concatenate([part.loss for part in parts]),
            test_loss=np.concatenate(test_losses) if test_losses else None,
            right=np.concatenate([part.right for part in parts]),
            stops=np.concatenate([part.stops for part in parts]),
            is_finite=np.concatenate([part.is_finite for part in parts]),
        )


class Evaluator:
    """One experiment's table, on which many networks are evaluated."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._inputs, self._targets = experiment.input_array, experiment.target_array
        self._target_scale = experiment.target_scale

    @property
    def networks_at_once(self) -> int:
        """How many make the most of the processor's cache: fresh memory for more takes longer than the arithmetic."""
        return max(1, BLOCK_CELLS // self._targets.size)

    def evaluate(self, values: Array) -> Evaluation:
        """Evaluate networks, (networks, size): weights and biases of each in the order W1 row by row, b1, W2, ..."""
        e = self._experiment
        logits, outputs = stacked_forward(e, values, self._inputs)
        outputs = with_networks_last(outputs)
        if LOSSES[e.loss].uses_logits:
            logits = with_networks_last(logits)
        loss = stacked_losses(e, logits, outputs, self._targets, e.train_rows)
        test_loss = stacked_losses(e, logits, outputs, self._targets, e.test_rows) if e.test_rows else None
        if self._target_scale:
            outputs = self._target_scale.undo(outputs)
        rules = list(single_epoch_rule_flags(e, outputs, loss).values())
        return Evaluation(
            loss=loss,
            test_loss=test_loss,
            right=have_learned(e, outputs),
            stops=np.logical_or.reduce(rules) if rules else np.zeros(len(values), dtype=bool),
            is_finite=are_finite(values, outputs, loss, test_loss),
        )


def with_networks_last(stack: Array) -> Array:
    """The same stack, (networks, rows, columns), its networks last in memory: to add up few rows takes half as long."""
    return np.ascontiguousarray(stack.transpose(1, 2, 0)).transpose(2, 0, 1)


def are_finite(*arrays: Array | None) -> Flags:
    """Whether all numbers of each network are finite, (networks,), from arrays of (networks, ...); None is left out."""
    given = [array for array in arrays if array is not None]
    if all(map(has_only_finite, given)):
        return np.ones(len(given[0]), dtype=bool)
    every: Flags = np.all([np.isfinite(array).reshape(len(array), -1).all(axis=1) for array in given], axis=0)
    return every
