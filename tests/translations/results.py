"""The result of a training: read from a program's output, computed by the engine, and compared."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine import Experiment, train
from engine.model.network import forward, loss_over_rows
from engine.model.types import Array
from tests.engine.bare_interpreter import last_epoch, numbers

LOSS = re.compile(r"^Loss: (.*)$", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class Result:
    """Weights and biases after training, the loss over the rows trained on, and the outputs of all rows.

    Of the outputs those of rows with targets come first, then the answers to questions.
    """

    weights: Sequence[Array]
    biases: Sequence[Array]
    outputs: Array
    loss: float


def read_result(printed: str) -> Result:
    """The result printed by an exported program; ValueError if it printed none."""
    found = LOSS.search(printed)
    if found is None:
        raise ValueError(printed or "It printed no result.")
    outputs = read_rows(printed[printed.index("[") : found.start()])
    _, asked, answers = printed.partition("Answers to the questions:")
    outputs = np.vstack([outputs, read_rows(answers)]) if asked else outputs
    return Result(numbers(printed, "weights"), numbers(printed, "biases"), outputs, float(found[1]))


def read_rows(text: str) -> Array:
    """An array of rows as NumPy prints it."""
    cells = np.array(text.replace("[", " ").replace("]", " ").split(), dtype=float)
    return cells.reshape(text.count("[") - 1, -1)


def result_of(e: Experiment, weights: Sequence[Array], biases: Sequence[Array]) -> Result:
    """The result that these weights and biases make."""
    passed = forward(e, list(weights), list(biases), e.input_array)
    loss = loss_over_rows(e, passed, e.target_array, e.train_rows)
    outputs = e.unscale_outputs(passed.outputs[-1])
    return Result(weights, biases, outputs[[*e.labelled_rows, *e.question_rows]], loss)


def engine_result(e: Experiment) -> Result:
    (state,) = train(e, (last_epoch(e),))
    return result_of(e, state.weights, state.biases)


def largest_difference(found: Result, expected: Result) -> float:
    """The largest difference over weights, biases, outputs and loss, relative to the largest expected number or to 1.

    ValueError if an array has another shape.
    """
    pairs = [(found.outputs, expected.outputs), (np.array(found.loss), np.array(expected.loss))]
    pairs += [*zip(found.weights, expected.weights, strict=True), *zip(found.biases, expected.biases, strict=True)]
    differences = []
    for one, other in pairs:
        if one.shape != other.shape:
            raise ValueError(f"Shape {one.shape} where {other.shape} is expected.")
        differences.append(float(np.abs(one - other).max()) / max(1.0, float(np.abs(other).max())))
    return math.inf if any(map(math.isnan, differences)) else max(differences)
