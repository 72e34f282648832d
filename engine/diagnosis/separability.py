"""Separable means that a single layer can get every row right: one straight border keeps the answers apart.

The test is exact and what it says comes with a proof. Every row becomes a vector v, turned so that the weights w of a
layer get it right just when v . w > 0; `parting` finds such weights, or shows that there are none.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.diagnosis.separating_plane import (
    Integers,
    SeparationResult,
    WorkLimit,
    find_separating_plane,
    integer_multiples,
)
from engine.model.activations import ACTIVATIONS
from engine.model.experiment import Experiment
from engine.model.targets import correct_outputs, target_kind
from engine.model.types import Flags


@dataclass(frozen=True, slots=True)
class SeparabilityVerdict:
    """What is known of one target column, or of the classes together (`target` None).

    `separable` is None where that would take too long to find out. `plane` are weights that prove a yes, in units of
    their own: the columns are scaled. `clash` are the rows whose vectors cancel, the proof of a no.
    """

    target: int | None
    is_separable: bool | None
    plane: tuple[int, ...] = ()
    inseparable_rows: tuple[int, ...] = ()


def separability(
    experiment: Experiment, bias: bool | None = None, without: frozenset[int] = frozenset()
) -> tuple[SeparabilityVerdict, ...]:
    """Whether one layer, with or without bias, can get every training row right: a verdict a target column.

    `bias` None is the experiment's own; rows in `without` are left aside. Empty where a border is not the question:
    the targets are numbers, or the output does not grow with z.
    """
    e, output = experiment, ACTIVATIONS[experiment.activations[-1]]
    work, rows = WorkLimit(), [row for row in e.train_rows if row not in without]
    has_bias = e.bias if bias is None else bias
    # with a bias scaling moves no border; without one the border goes through the point that is 0 once scaled
    columns = (e.unscaled_features if has_bias else e.input_array)[rows]
    inputs = np.stack([integer_multiples(column) for column in columns.T], axis=1)
    if has_bias:
        inputs = np.hstack([inputs, np.full((len(rows), 1), 1, dtype=object)])
    match target_kind(e):
        case "multiclass" if output.monotone == "strictly" and e.target_scale is None:
            return (_multiclass_verdict(np.argmax(e.unscaled_targets[rows], axis=1), inputs, rows, work),)
        case "binary" if output.is_elementwise and output.monotone != "no":
            resting = float(output.value(np.zeros(1))[0])
            yes, no, at_rest = (_correct_at_level(e, rows, level) for level in (output.high, output.low, resting))
            # a target that not even the far ends get right is out of range, which is another story
            reached = [i for i in range(yes.shape[1]) if np.logical_xor(yes, no)[:, i].all()]
            if e.activations[-1] == "step":  # its border is z = 0 itself, which is a no
                return tuple(
                    _verdict(i, find_separating_plane(_signed_vectors(yes[:, i], inputs), yes[:, i], work), rows)
                    for i in reached
                )
            return tuple(_binary_verdict(i, yes[:, i], at_rest[:, i], inputs, rows, work) for i in reached)
    return ()


def _correct_at_level(experiment: Experiment, rows: list[int], output: float) -> Flags:
    """Which cells would be right if the network put out this number everywhere: (rows, targets)."""
    outputs = experiment.unscale_outputs(np.full(experiment.unscaled_targets.shape, output))
    found: Flags = correct_outputs(experiment, outputs)[rows]
    return found


def _signed_vectors(yes: Flags, inputs: Integers) -> Integers:
    """x where the answer is yes, -x where it is no."""
    return np.where(yes[:, np.newaxis], inputs, -inputs)


def _binary_verdict(
    target: int, yes: Flags, at_rest: Flags, inputs: Integers, rows: list[int], work: WorkLimit
) -> SeparabilityVerdict:
    """The verdict on one yes or no: v = +x or -x, and where z = 0 is not the border, the border is one more weight."""
    vectors = _signed_vectors(yes, inputs)
    if at_rest.any():
        # the border lies at some z = c, above 0 if a resting neuron says no: the weights are (w, t), z = c is w.x = c t
        above = not (at_rest & yes).any()
        level = np.where(yes == above, -1, 1).astype(object)[:, np.newaxis]
        forwards = np.array([[0] * inputs.shape[1] + [1]], dtype=object)  # t > 0
        vectors = np.vstack([np.hstack([vectors, level]), forwards])
    return _verdict(target, find_separating_plane(vectors, np.ones(len(vectors), dtype=bool), work), rows)


def _multiclass_verdict(
    answers: npt.NDArray[np.int64], inputs: Integers, rows: list[int], work: WorkLimit
) -> SeparabilityVerdict:
    """The verdict on one class of several: z of the right class above every other (C. G. Kesler's construction).

    v has x in the right class's place, -x in the other's. Between equals the first class wins, so there 0 will do.
    """
    classes = range(int(answers.max()) + 1)
    vectors, strict, owners = [], [], []
    for index, (row, answer) in enumerate(zip(inputs, answers.tolist(), strict=True)):
        for other in classes:
            if other != answer:
                places = np.full((len(classes), len(row)), 0, dtype=object)
                places[answer], places[other] = row, -row
                vectors.append(places.ravel())
                strict.append(other < answer)
                owners.append(rows[index])
    if not vectors or work.left < len(vectors) * len(vectors[0]):
        return SeparabilityVerdict(None, None if vectors else True)
    return _verdict(None, find_separating_plane(np.array(vectors, dtype=object), np.array(strict), work), owners)


def _verdict(target: int | None, parting: SeparationResult, rows: list[int]) -> SeparabilityVerdict:
    if parting.certificate:
        return SeparabilityVerdict(
            target, False, inseparable_rows=tuple(sorted({rows[i] for i in parting.certificate if i < len(rows)}))
        )
    return SeparabilityVerdict(target, True if parting.weights else None, plane=parting.weights)
