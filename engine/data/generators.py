"""Generators: tables of points drawn at random, each with a network that learns it.

Most are those of TensorFlow Playground, on the same square from -6 to 6
(https://github.com/tensorflow/playground/blob/master/src/dataset.ts). To add one, add an entry to `GENERATORS`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.random import RandomState

from engine.data.held_out import choose_test_rows
from engine.model.experiment import Experiment
from engine.model.formulas.derived import derive
from engine.model.formulas.parser import parse_formula
from engine.model.types import Array
from engine.model.validation import LIMITS, ExperimentError, finite_number, registry_name, short_repr, whole_number

REACH, DECIMALS = 6.0, 3
"""Inputs go from -REACH to REACH, and are rounded to so many decimals, so that tables and links stay short."""

GAP = 0.25
"""How far the points keep from the curve of a function."""

HUMPS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))
"""The place and the height of each hump of the multi-hump regression."""

Points = tuple[Array, npt.NDArray[Any]]
"""Inputs, (rows, 2), and what is asked for: a class as its number, or a number, (rows,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """One kind of table."""

    label: str  # as the page writes it
    about: str  # one sentence for a learner
    points: Callable[[RandomState, int, str], Points]  # from the rows that are wanted, and a function's formula
    classes: int = 2  # 0 where numbers are asked for
    takes_function: bool = False  # whether the formula matters
    network: tuple[int, ...] = (8,)  # hidden units that learn it
    epochs: int = 500


def blobs(random: RandomState, rows: int, function: str) -> Points:
    answers = np.arange(rows) % 2
    return random.randn(rows, 2) * 0.7 + np.where(answers[:, np.newaxis] == 1, 2.0, -2.0), answers * 1.0


def circle(random: RandomState, rows: int, function: str) -> Points:
    answers = np.arange(rows) % 2
    radius = np.where(answers == 1, random.uniform(0, 2.5, rows), random.uniform(3.5, 5, rows))
    return on_circle(radius, random.uniform(0, 2 * math.pi, rows)), answers * 1.0


def exclusive_or(random: RandomState, rows: int, function: str) -> Points:
    inputs = random.uniform(0.3, 5, (rows, 2)) * random.choice([-1, 1], (rows, 2))
    return inputs, (inputs.prod(axis=1) < 0) * 1.0


def spiral(random: RandomState, rows: int, function: str) -> Points:
    answers, place = np.arange(rows) % 2, (np.arange(rows) // 2) / math.ceil(rows / 2)
    return on_circle(0.5 + 4.5 * place, 3.5 * math.pi * place + math.pi * answers), answers * 1.0


def moons(random: RandomState, rows: int, function: str) -> Points:
    answers, angle = np.arange(rows) % 2, random.uniform(0, math.pi, rows)
    inputs = on_circle(np.full(rows, 3.0), angle + math.pi * answers)
    return inputs + np.where(answers[:, np.newaxis] == 1, (0.75, 1.5), (-0.75, -1.5)), answers * 1.0


def rings(random: RandomState, rows: int, function: str) -> Points:
    answers = np.arange(rows) % 3
    radius = 2.0 * answers + random.uniform(0.2, 1.4, rows)
    return on_circle(radius, random.uniform(0, 2 * math.pi, rows)), answers * 1.0


def plane(random: RandomState, rows: int, function: str) -> Points:
    inputs = random.uniform(-REACH, REACH, (rows, 2))
    return inputs, inputs.sum(axis=1) / 10


def humps(random: RandomState, rows: int, function: str) -> Points:
    inputs = random.uniform(-REACH, REACH, (rows, 2))
    heights = [sign * np.maximum(0, 1 - np.hypot(*(inputs - (x, y)).T) / 2) for x, y, sign in HUMPS]
    return inputs, np.sum(heights, axis=0)


def above_function(random: RandomState, rows: int, function: str) -> Points:
    """Points above the curve y = f(x) are 1, those below 0; x where f has no value are left out."""
    if not isinstance(function, str):
        raise ExperimentError("function", f"The curve {short_repr(function)} is not a formula, such as 2*sin(x).")
    text = function.strip().removeprefix("y").lstrip().removeprefix("=") if "=" in function else function
    parse_formula(text, ("x",), "function")
    x = random.uniform(-REACH, REACH, (20 * rows, 1)).round(DECIMALS)
    heights = derive(x, ("x",), (text,))[:, 1]
    usable = np.flatnonzero(np.abs(heights) <= LIMITS["number"])[:rows]
    if len(usable) < rows:
        raise ExperimentError(
            "function", f"The formula {short_repr(function)} has no value for most x from -6 to 6: write another."
        )
    x, heights = x[usable, 0], heights[usable]
    y = float(np.median(heights)) + random.uniform(-REACH, REACH, rows)
    is_above = y > heights
    return np.column_stack([x, y + np.where(is_above, GAP, -GAP)]), is_above * 1.0


def on_circle(radius: Array, angle: Array) -> Array:
    """The points of these polar coordinates, (rows, 2)."""
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


GENERATORS: dict[str, Generator] = {
    "blobs": Generator(label="Two blobs", about="One straight border is enough.", points=blobs, network=()),
    "circle": Generator(label="Circle", about="The inside against the outside.", points=circle),
    "exclusive_or": Generator(
        label="Exclusive or", about="Yes where exactly one of the two is positive.", points=exclusive_or
    ),
    "spiral": Generator(
        label="Spiral", about="Two arms wound round each other: hard.", points=spiral, network=(8, 8), epochs=3_000
    ),
    "moons": Generator(label="Moons", about="Two half moons that reach into each other.", points=moons, epochs=1_500),
    "rings": Generator(label="Rings", about="Three rings, a class each.", points=rings, classes=3, network=(12,)),
    "plane": Generator(label="Plane", about="A number that rises evenly.", points=plane, classes=0, network=()),
    "humps": Generator(
        label="Hills", about="Six hills and hollows.", points=humps, classes=0, network=(12, 12), epochs=2_000
    ),
    "function": Generator(
        label="Above a curve",
        about="Is a point above the curve of a function, or below?",
        points=above_function,
        takes_function=True,
        epochs=2_000,
    ),
}


def generate(
    name: str,
    rows: int = 200,
    noise: float = 0.0,
    seed: int = 1,
    *,
    wrong_labels: float = 0.0,
    test_share: float = 0.0,
    function: str = "2*sin(x)",
) -> Experiment:
    """A table of so many points, in random order, with a network that learns it.

    `noise` is the deviation of what is added to the inputs, or to a number that is asked for; `wrong_labels` the share
    of rows with another class than theirs, `test_share` the share held out of training. `function` is a formula of x
    for the generator that takes one: read, never run. ExperimentError for what cannot be drawn.

    >>> generate("circle", rows=4).targets
    ((1.0,), (0.0,), (0.0,), (1.0,))
    """
    generator = GENERATORS[registry_name("generator", "generator", name, GENERATORS)]
    rows = whole_number("rows", "The number of points", rows, max(4, 2 * generator.classes), LIMITS["rows"])
    seed = whole_number("seed", "The seed", seed, 0, LIMITS["seed"])
    noise = share("noise", "The noise", noise, REACH)
    wrong_labels = share("wrong_labels", "The share of wrong labels", wrong_labels, 1.0)
    random = RandomState(seed)
    inputs, answers = generator.points(random, rows, function)
    if generator.classes:
        inputs = inputs + noise * random.randn(*inputs.shape)
        wrong = random.permutation(rows)[: round(wrong_labels * rows)]
        answers[wrong] = (answers[wrong] + 1) % generator.classes
    elif wrong_labels:
        raise ExperimentError("wrong_labels", f"{generator.label} has numbers, not labels: use noise instead.")
    else:
        answers = (answers + noise * random.randn(rows)).round(DECIMALS)
    order = random.permutation(rows)
    inputs, answers = inputs[order].round(DECIMALS) + 0.0, answers[order] + 0.0
    targets = np.eye(3)[answers.astype(int)] if generator.classes > 2 else answers[:, np.newaxis]
    cells = tuple(map(tuple, targets.tolist()))
    held_share = share("test_share", "The share held out", test_share, 1.0)
    return Experiment(
        inputs=tuple(map(tuple, inputs.tolist())),
        targets=cells,
        input_names=("x", "y") if generator.takes_function else (),
        target_names=("above",) if generator.takes_function else (),
        test_rows=choose_test_rows(cells, held_share, seed) if held_share else (),
        seed=seed,
        **network_for(generator),
    )


def network_for(generator: Generator) -> dict[str, Any]:
    """Settings with which a generator's tables are learned."""
    output, loss = {
        0: ("linear", "mean_squared_error"),
        2: ("sigmoid", "binary_cross_entropy"),
        3: ("softmax", "categorical_cross_entropy"),
    }[generator.classes]
    return {
        "hidden": generator.network,
        "activations": (*("tanh",) * len(generator.network), output),
        "loss": loss,
        "optimizer": "adam",
        "learning_rate": 0.03,
        "epochs": generator.epochs,
        "bias": True,
        "initializer": "glorot_uniform",
    }


def share(field: str, place: str, value: object, most: float) -> float:
    """A number from 0 to the most, or ExperimentError."""
    result = finite_number(field, place, value)
    if not 0 <= result <= most:
        raise ExperimentError(field, f"{place} is {result:g}: it must be from 0 to {most:g}.")
    return result
