"""Which experiments are trained together in one stack, how many at once, and how long that should take."""

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import fields
from operator import attrgetter

import numpy as np

from engine.model.cost import predicted_seconds
from engine.model.experiment import FREE_SETTINGS, Experiment
from engine.model.validation import TargetRows
from engine.stacks.stack_layouts import largest_batch
from engine.stacks.stacked_training import can_be_stacked

MAY_DIFFER = {*FREE_SETTINGS, "initial_weights", "initial_biases"}
"""The settings in which the networks of one stack may differ: each has a start and factors of an update of its own.

Whatever else differs makes another stack, so that a new field of `Experiment` is right before it is thought of here.
"""

TABLE = {"inputs", "targets"}
NAMES = {"input_names", "target_names"}
common_settings = attrgetter(
    *(field.name for field in fields(Experiment) if field.name not in MAY_DIFFER | TABLE | NAMES)
)

FEWEST_NETWORKS = 16
"""Fewer cost more than they save, however large their table."""

CELLS_AT_ONCE = 8_000
"""Outputs of neurons that one step of a stack computes: of more, they leave the processor's cache."""

MOST_NUMBERS = 250_000
"""The longest buffer of a stack, which bounds its memory."""

EPOCH_SECONDS = 0.1
"""The longest epoch of a stack, as predicted for its networks one by one: between two epochs others have their turn."""


def split_into_stacks(experiments: Sequence[Experiment]) -> list[list[int]]:
    """The indices of the experiments of each stack; one that cannot be stacked is alone."""
    numbers: dict[TargetRows, int] = {}
    number_by_id: dict[int, int] = {}  # a table is looked through once, however many experiments share it
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index, e in enumerate(experiments):
        for rows in (e.inputs, e.targets):
            if id(rows) not in number_by_id:
                number_by_id[id(rows)] = numbers.setdefault(rows, len(numbers))
        # a penalty that is 0 costs nothing, and is not to cost because of others
        key = (number_by_id[id(e.inputs)], number_by_id[id(e.targets)], e.l1 > 0, e.l2 > 0)
        groups[key, common_settings(e)].append(index)
    stacks = []
    for group in groups.values():
        parts = math.ceil(len(group) / networks_at_once(experiments[group[0]]))
        stacks += [part.tolist() for part in np.array_split(np.array(group), parts)]
    return sorted(stacks)


def networks_at_once(experiment: Experiment) -> int:
    """How many networks like this one make a stack."""
    e = experiment
    if not can_be_stacked(e):
        return 1
    units = sum(fan_out for _, fan_out in e.shapes)
    size = sum((fan_in + e.bias) * fan_out for fan_in, fan_out in e.shapes)
    wanted = max(FEWEST_NETWORKS, CELLS_AT_ONCE // (largest_batch(e) * units))
    seconds = e.predicted_seconds / e.epochs
    return max(1, min(wanted, MOST_NUMBERS // max(largest_batch(e) * units, size), int(EPOCH_SECONDS / seconds)))


def stack_seconds(experiment: Experiment, networks: int) -> float:
    """How long it should take to train this many networks like this one, in one stack (see `model.cost`)."""
    e = experiment
    if not can_be_stacked(e):
        return e.predicted_seconds
    return predicted_seconds(
        shapes=e.shapes,
        activations=e.activations,
        loss=e.loss,
        optimizer=e.optimizer,
        batch=largest_batch(e) * networks,
        updates=e.epochs * e.batches,
    )
