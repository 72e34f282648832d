"""A sweep trains an experiment anew for every value of one or two settings, from several seeds each.

Without a setting on its axes it is a fan of seeds: one cell.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from engine.comparison.run_statistics import epochs_needed, quantile
from engine.model.experiment import FIELDS, TABLE_FIELDS, Experiment
from engine.model.types import Array
from engine.model.validation import ExperimentError
from engine.stacks.record_many import Runs, plan_stacks, require_memory
from engine.training.train import kept_epochs

NOT_SWEPT = {*TABLE_FIELDS, "seed", "epochs", "initial_weights", "initial_biases"}
REDRAWS_WEIGHTS = {"hidden", "initializer", "derived"}
"""Settings with which start weights given by hand no longer go."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A setting by the name of its field, and the values that it takes."""

    field: str
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """The experiments of a sweep: cell by cell, the last axis first, and in each cell one a seed."""

    axes: tuple[Axis, ...]
    seeds: tuple[int, ...]
    experiments: tuple[Experiment, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of values of each axis."""
        return tuple(len(axis.values) for axis in self.axes)

    def networks_in(self, *cell: int) -> slice:
        """Where the networks of a cell stand among the experiments."""
        place = 0
        for index, length in zip(cell, self.shape, strict=True):
            place = place * length + index
        return slice(place * len(self.seeds), (place + 1) * len(self.seeds))


@dataclass(frozen=True, slots=True, eq=False)
class SweepCells:
    """What came of each cell of a sweep, all in the sweep's shape; NaN in cells where nothing has begun."""

    learned: Array  # the share of its networks that has learned
    loss: Array  # the median of their last losses; infinite where most have diverged
    epochs: Array  # the median of the epochs they needed; infinite where most have not learned
    done: Array  # the share whose training has ended


def make_sweep(experiment: Experiment, axes: Sequence[Axis], seeds: Sequence[int]) -> Sweep:
    """All experiments of a sweep; a median of an even number is the lower of the two in the middle.

    Where the number of hidden layers changes, the activations change with it: a further layer has that of the one
    before it, or tanh. Without a bias, start biases given by hand go. Raises ExperimentError for what cannot be swept,
    or cannot be trained in one of the cells.
    """
    require_axes(axes, seeds)
    networks = len(seeds) * math.prod(len(axis.values) for axis in axes)
    require_memory(networks, len(kept_epochs(experiment.epochs)), bool(experiment.test_rows))
    drawn: dict[str, object] = {}
    if len(seeds) > 1 or REDRAWS_WEIGHTS & {axis.field for axis in axes}:
        drawn = {"initial_weights": (), "initial_biases": ()}
    experiments = []
    for values in product(*(axis.values for axis in axes)):
        changes = {axis.field: value for axis, value in zip(axes, values, strict=True)}
        hidden = changes.get("hidden")
        names = changes.get("activations", experiment.activations)
        if isinstance(hidden, list | tuple) and isinstance(names, tuple):
            changes["activations"] = activations_for(names, len(hidden))
        if not changes.get("bias", True):
            changes["initial_biases"] = ()
        cell = experiment.with_settings(**drawn | changes)
        experiments += [cell.with_settings(seed=seed) for seed in seeds]
    plan_stacks(tuple(experiments))  # refuses what would take too long
    return Sweep(tuple(axes), tuple(seeds), tuple(experiments))


def require_axes(axes: Sequence[Axis], seeds: Sequence[int]) -> None:
    """ExperimentError where the axes or the seeds make no sweep."""
    if len(axes) > 2:
        raise ExperimentError("axes", f"A sweep has at most two settings on its axes, not {len(axes)}.")
    for axis in axes:
        if axis.field in NOT_SWEPT or axis.field not in FIELDS:
            raise ExperimentError(axis.field, f"{axis.field} is not a setting that a sweep can change: choose another.")
        if not axis.values:
            raise ExperimentError(axis.field, f"There is no value of {axis.field} to try: give at least one.")
    if len({axis.field for axis in axes}) < len(axes):
        raise ExperimentError(axes[0].field, f"Both axes are {axes[0].field}: choose another setting for one of them.")
    if not seeds:
        raise ExperimentError("seed", "There is no seed to start from: give at least one.")


def activations_for(names: tuple[str, ...], layers: int) -> tuple[str, ...]:
    """An activation for each of so many hidden layers, and the output's.

    >>> activations_for(("relu", "sigmoid"), 2), activations_for(("relu", "sigmoid"), 0)
    (('relu', 'relu', 'sigmoid'), ('sigmoid',))
    """
    *hidden, output = names
    further = hidden[-1] if hidden else "tanh"
    return (*(*hidden, *[further] * layers)[:layers], output)


def fold(sweep: Sweep, runs: Runs) -> SweepCells:
    """What came of each cell, from the runs of the sweep's experiments, which may have been stopped."""
    shape = (*sweep.shape, len(sweep.seeds))
    begun = np.where(runs.frames > 0, 1.0, np.nan).reshape(shape)
    with np.errstate(invalid="ignore"):
        learned = np.nansum(runs.learned.reshape(shape) * begun, axis=-1) / np.nansum(begun, axis=-1)
    return SweepCells(
        learned=learned,
        loss=quantile(runs.final_loss.reshape(shape), 0.5, axis=-1),
        epochs=quantile(epochs_needed(runs).reshape(shape), 0.5, axis=-1),
        done=runs.is_done.reshape(shape).mean(axis=-1),
    )
