"""Comparisons that are ready to open, each with what to look for."""

from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from engine import PRESETS, Experiment

XOR = PRESETS["xor"]


@dataclass(frozen=True, slots=True)
class ReadyComparison:
    """Some experiments, and the question that they answer."""

    title: str
    about: str
    experiments: tuple[Experiment, ...]


def twins() -> tuple[Experiment, Experiment]:
    """The same network on a rule, the majority of five, and on the same answers shuffled; a quarter is held out."""
    draw = np.random.RandomState(3)
    rows = tuple(product((0.0, 1.0), repeat=5))
    held_out = tuple(sorted(draw.choice(len(rows), 8, replace=False).tolist()))
    answers = [float(sum(row) >= 3) for row in rows]
    rule = Experiment(
        inputs=rows,
        targets=tuple((answer,) for answer in answers),
        input_names=("a", "b", "c", "d", "e"),
        target_names=("answer",),
        test_rows=held_out,
        hidden=(16,),
        activations=("tanh", "sigmoid"),
        bias=True,
        initializer="uniform_-1_1",
        epochs=3_000,
    )
    return rule, replace(rule, targets=tuple((answer,) for answer in draw.permutation(answers).tolist()))


READY = (
    ReadyComparison(
        "Sigmoid against tanh",
        "The same hidden layer with two activations. Which one gets going sooner?",
        tuple(replace(XOR, activations=(name, "sigmoid")) for name in ("sigmoid", "tanh")),
    ),
    ReadyComparison(
        "Learning rates 0.1, 1 and 10",
        "Ten times the rate is ten times the speed, until steps are too long.",
        tuple(replace(XOR, learning_rate=rate) for rate in (0.1, 1.0, 10.0)),
    ),
    ReadyComparison(
        "With and without a hidden layer",
        "XOR is beyond one neuron: its loss falls, and then stays where it is.",
        (XOR, replace(XOR, hidden=(), activations=("sigmoid",))),
    ),
    ReadyComparison(
        "Real answers against random ones",
        "Loss 0 is not knowing. A learns a rule. B has the same answers shuffled: its weights fit "
        "the rows that they were trained on, and none of that helps on those that were held out.",
        twins(),
    ),
)
