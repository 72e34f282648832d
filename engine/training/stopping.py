"""Where a training stops before its last epoch: the first kept epoch, later than 0, at which one of its rules holds.

Where other tables were trained on before, no rule asks until the last of them has been left.
"""

import numpy as np
import numpy.typing as npt

from engine.model.experiment import Experiment
from engine.model.targets import correct_rows
from engine.model.types import Array, Flags


def rule_flags(
    experiment: Experiment, epochs: npt.NDArray[np.int64], outputs: Array, loss: Array, test_loss: Array | None
) -> dict[str, Flags]:
    """Each rule of the experiment by its field, and whether it holds at each of these kept epochs, (F,).

    They are all kept epochs up to some, epoch 0 first, at which no training stops: `outputs` is (F, samples, targets)
    in the table's own units, the losses (F,).
    """
    e, later = experiment, np.greater(epochs, experiment.table_start)
    rules = single_epoch_rule_flags(e, outputs, loss)
    if e.patience is not None and test_loss is not None:
        # in epoch 0, too, it may be lowest, but not on the way to another table
        asked = later if e.earlier_tables else np.ones_like(later)
        rules["patience"] = np.zeros_like(later)
        rules["patience"][asked] = np.greater_equal(epochs_since_lowest(test_loss[asked]), e.patience)
    return {field: holds & later for field, holds in rules.items()}


def single_epoch_rule_flags(experiment: Experiment, outputs: Array, loss: Array) -> dict[str, Flags]:
    """The rules that ask only for one epoch, whichever it is, and whether they hold: (F,), or of F networks at one."""
    rules: dict[str, Flags] = {}
    if experiment.stop_loss is not None:
        rules["stop_loss"] = np.less(loss, experiment.stop_loss)
    if experiment.stop_when_right:
        right = correct_rows(experiment, outputs)[:, list(experiment.train_rows)]
        rules["stop_when_right"] = np.logical_and.reduce(right, axis=1)
    return rules


def first_stop(
    experiment: Experiment, epochs: npt.NDArray[np.int64], outputs: Array, loss: Array, test_loss: Array | None
) -> int | None:
    """The first of these kept epochs at which the training stops, by its index; None where it goes on."""
    rules = rule_flags(experiment, epochs, outputs, loss, test_loss)
    holds = np.logical_or.reduce(list(rules.values())) if rules else np.zeros(len(loss), dtype=bool)
    return int(np.argmax(holds)) if holds.any() else None


def epochs_since_lowest(losses: Array) -> npt.NDArray[np.int64]:
    """For each kept epoch how many there are since the loss was lower than ever before, (F,).

    >>> epochs_since_lowest(np.array([3.0, 2.0, 2.0, 4.0, 1.0])).tolist()
    [0, 0, 1, 2, 0]
    """
    falls = np.concatenate([np.ones_like(losses[:1], dtype=bool), losses[1:] < np.minimum.accumulate(losses)[:-1]])
    places = np.arange(len(losses))
    since: npt.NDArray[np.int64] = places - np.maximum.accumulate(np.where(falls, places, 0))
    return since
