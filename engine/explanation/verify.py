"""Verification of what the ledger shows: the outputs, and the gradient of every weight, computed in another way.

Outputs are recomputed from the shown weights, product by product. Gradients are measured by finite differences: each
weight is moved a little up and a little down, and the change of the loss is (L(w + h) - L(w - h)) / 2h. Both come with
a margin, how far apart two right numbers may be by rounding alone; numbers farther apart are reported as wrong.
"""

import math
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from engine.explanation.change_checks import change_checks
from engine.explanation.check import Check, OutputIndex, discard_imprecise, largest_gap
from engine.explanation.derived_cells import derived_cell_checks
from engine.explanation.finite_differences import LossGradient
from engine.explanation.ledger import Update, with_bias_row
from engine.explanation.rounding_error import RecomputedPass
from engine.explanation.scaled_cells import scaled_cell_checks
from engine.model.experiment import Experiment
from engine.model.weight_index import WeightIndex

MOST_GRADIENTS, FEWEST_GRADIENTS, MOST_WORK = 200, 16, 2e8
"""The most and fewest gradients to measure; in between, as many as keep gradients x weights x rows below MOST_WORK."""

NEGLIGIBLE_OUTPUT = 1e-9
"""Two outputs within this of each other agree, however small all outputs are."""

UNKNOWN = "be measured: the numbers are too large, or the measurement is too imprecise to tell."


@dataclass(frozen=True, slots=True)
class Verification:
    """The checks of one update: every output; the gradients, or of a large network some of its `parameters`.

    Where the table is scaled, `cells` are those of every scaled number that goes in, and `derived` those of every
    derived one. `frozen` are the frozen weights and biases after the update, against what they were before. `changes`
    are what is wrong with the rate and with what it makes of the gradients (see `change_checks`).
    """

    outputs: tuple[Check, ...]
    gradients: tuple[Check, ...]
    parameters: int
    cells: tuple[Check, ...] = ()
    derived: tuple[Check, ...] = ()
    frozen: tuple[Check, ...] = ()
    changes: tuple[Check, ...] = ()

    @property
    def checks(self) -> tuple[Check, ...]:
        """All checks."""
        return (*self.derived, *self.cells, *self.outputs, *self.gradients, *self.frozen, *self.changes)

    @property
    def agrees(self) -> bool:
        """Whether every number that could be measured agrees."""
        return not self.failures

    @property
    def failures(self) -> tuple[Check, ...]:
        """The checks that fail."""
        return tuple(check for check in self.checks if not check.ok)

    @property
    def difference(self) -> float:
        """The largest difference as a share of the largest number of its kind."""
        return max(map(largest_gap, (self.derived, self.cells, self.outputs, self.gradients)))

    @property
    def summary(self) -> str:
        """What was found, in a few sentences."""
        checks = self.checks
        unknown = sum(not check.is_measured for check in checks)
        if unknown == len(checks):
            return f"Nothing could {UNKNOWN}"
        outputs, gradients = (sum(check.is_measured for check in kind) for kind in (self.outputs, self.gradients))
        found = "All that could be measured agree: " if unknown else "All agree: "
        if self.failures:
            found = f"{len(self.failures)} of {len(checks)} numbers do not agree: "
        elif not gradients:
            found = "Only outputs could be measured, and they agree: "
        found += f"{len(self.derived):,} derived numbers and " * bool(self.derived)
        found += f"{len(self.cells):,} scaled numbers and " * bool(self.cells)
        found += f"{outputs:,} outputs, worked out again, and {gradients} "
        found += f"of {self.parameters:,} gradients" if gradients < self.parameters else "gradients"
        found += ", measured."
        found += f" {len(self.frozen):,} frozen {'number has' if len(self.frozen) == 1 else 'numbers have'} stayed." * (
            bool(self.frozen) and all(check.ok for check in self.frozen)
        )
        if math.isfinite(self.difference):
            found += f" The largest difference is {self.difference:.1g} of the largest number."
        if corners := sum(check.corner for check in checks):
            found += f" {corners} lie on a corner, with two slopes; the side that training takes was measured."
        if unknown:
            found += f" {unknown} could not {UNKNOWN}"
        return found


def output_checks(update: Update, experiment: Experiment, again: RecomputedPass) -> tuple[Check, ...]:
    """One check per output."""
    arrays = (update.layers[-1].outputs, again.outputs, again.output_margins)
    shown, found, margins = (values.tolist() for values in arrays)
    return tuple(
        Check(f"row {row + 1}, {name}", OutputIndex(row, j), shown[i][j], found[i][j], margins[i][j])
        for i, row in enumerate(update.rows)
        for j, name in enumerate(experiment.target_names)
    )


def frozen_checks(update: Update, experiment: Experiment) -> tuple[Check, ...]:
    """One check per frozen weight or bias: after the update it is what it was before, to the last bit."""
    flags, checks = experiment.frozen_flags, list[Check]()
    for weight in WeightIndex.all_of(experiment) if flags is not None else ():
        if flags is not None and flags[weight.position(experiment)]:
            layer = update.layers[weight.layer]
            before, after = (
                with_bias_row(weights, biases)[weight.source, weight.neuron]
                for weights, biases in ((layer.weights, layer.biases), (layer.new_weights, layer.new_biases))
            )
            checks.append(Check(f"{weight.name(experiment)}, frozen", weight, float(after), float(before), 0.0))
    return tuple(checks)


def verify(update: Update, experiment: Experiment, chosen: WeightIndex | None = None) -> Verification:
    """Check the numbers shown of an update, in less than a second, without warnings.

    It checks every output, and every gradient (penalty included) unless there are too many: then an evenly spread
    sample, and the chosen one. What follows from a wrong gradient is not told again.
    """
    experiment = experiment.table_after(experiment.epoch_of(update.number))  # as its rows are those of that table
    with np.errstate(all="ignore"):
        again = RecomputedPass.of(update, experiment)
        gradient = LossGradient(update, experiment, again)
        weights = sorted(WeightIndex.all_of(experiment))
        limit = int(min(MOST_GRADIENTS, max(FEWEST_GRADIENTS, MOST_WORK // (len(weights) * len(update.rows)))))
        spread = np.unique(np.linspace(0, len(weights) - 1, min(limit, len(weights))).astype(int)).tolist()
        picked = {weights[index] for index in spread} | ({chosen} if chosen else set())
        layers = groupby(sorted(picked), lambda weight: weight.layer)
        checked = [tuple(gradient.check(weight) for weight in group) for _, group in layers]
        gradients = tuple(check for checks in checked for check in discard_imprecise(checks, gradient.negligible))
        outputs = discard_imprecise(output_checks(update, experiment, again), lambda check: NEGLIGIBLE_OUTPUT)
        cells = discard_imprecise(scaled_cell_checks(update, experiment), lambda check: NEGLIGIBLE_OUTPUT)
        derived = discard_imprecise(tuple(derived_cell_checks(update, experiment)), lambda check: NEGLIGIBLE_OUTPUT)
        frozen = frozen_checks(update, experiment)
        wrong = {check.place for check in (*gradients, *frozen) if not check.ok}
        changes = tuple(check for check in change_checks(update, experiment) if check.place not in wrong)
        return Verification(outputs, gradients, len(weights), cells, derived, frozen, changes)
