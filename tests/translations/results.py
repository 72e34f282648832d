"""What a training ends in: read from what a program printed, computed by the engine, compared."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine import Experiment, train
from engine.model.network import forward, loss_over_rows
from engine.model.types import Array
from tests.engine.bare_interpreter import numbers

LOSS = re.compile(r"^Loss: (.*)$", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class Result:
    """Weights and biases after training, the outputs of all rows, and the loss over the rows trained on."""

    weights: Sequence[Array]
    biases: Sequence[Array]
    outputs: Array
    loss: float


def read_result(printed: str) -> Result:
    """The result that an exported program printed; ValueError where it printed none."""
    found = LOSS.search(printed)
    if found is None:
        raise ValueError(printed or "It printed no result.")
    outputs = printed[printed.index("[") : found.start()]
    cells = np.array(outputs.replace("[", " ").replace("]", " ").split(), dtype=float)
    rows = cells.reshape(outputs.count("[") - 1, -1)
    return Result(numbers(printed, "weights"), numbers(printed, "biases"), rows, float(found[1]))


def result_of(e: Experiment, weights: Sequence[Array], biases: Sequence[Array]) -> Result:
    """The result that these weights and biases make."""
    passed = forward(e, list(weights), list(biases), np.array(e.inputs))
    loss = loss_over_rows(e, passed, np.array(e.targets), e.train_rows)
    return Result(weights, biases, passed.outputs[-1], loss)


def engine_result(e: Experiment) -> Result:
    (state,) = train(e, (e.epochs,))
    return result_of(e, state.weights, state.biases)


def largest_difference(found: Result, expected: Result) -> float:
    """Over weights, biases, outputs and loss, each as a part of its largest expected number or of 1.

    ValueError where an array has another shape.
    """
    pairs = [(found.outputs, expected.outputs), (np.array(found.loss), np.array(expected.loss))]
    pairs += [*zip(found.weights, expected.weights, strict=True), *zip(found.biases, expected.biases, strict=True)]
    differences = []
    for one, other in pairs:
        if one.shape != other.shape:
            raise ValueError(f"Shape {one.shape} where {other.shape} is expected.")
        differences.append(float(np.abs(one - other).max()) / max(1.0, float(np.abs(other).max())))
    return math.inf if any(map(math.isnan, differences)) else max(differences)
