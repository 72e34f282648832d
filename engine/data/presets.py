"""The presets: example tables, each with a network that learns it, or visibly cannot."""

import math
from itertools import product

from engine.model.experiment import Experiment
from engine.model.validation import Rows

BITS_2: Rows = tuple(product((0.0, 1.0), repeat=2))
BITS_3: Rows = tuple(product((0.0, 1.0), repeat=3))

FRUIT: tuple[tuple[float, float, str], ...] = (
    (0.80, 7.5, "apple"),
    (0.95, 8.0, "apple"),
    (0.70, 7.0, "apple"),
    (0.85, 8.5, "apple"),
    (0.15, 6.5, "lemon"),
    (0.05, 7.0, "lemon"),
    (0.20, 6.0, "lemon"),
    (0.10, 7.5, "lemon"),
    (0.75, 4.0, "plum"),
    (0.60, 3.5, "plum"),
    (0.90, 4.5, "plum"),
    (0.65, 4.0, "plum"),
)
KINDS = ("apple", "lemon", "plum")

STUDY: tuple[tuple[float, float], ...] = (
    (0.5, 2.1),
    (1.0, 3.2),
    (1.5, 3.4),
    (2.0, 4.6),
    (2.5, 4.8),
    (3.0, 6.1),
    (3.5, 6.3),
    (4.0, 7.4),
    (4.5, 8.1),
    (5.0, 8.6),
)


def _gate(
    answers: tuple[float, ...], hidden: tuple[int, ...] = (), activations: tuple[str, ...] = ("sigmoid",)
) -> Experiment:
    """The truth table of a logic gate: two switches, with the answers for 00, 01, 10 and 11."""
    return Experiment(
        inputs=BITS_2,
        targets=tuple((answer,) for answer in answers),
        input_names=("switch 1", "switch 2"),
        target_names=("answer",),
        hidden=hidden,
        activations=activations,
        bias=True,
        initializer="uniform_-1_1",
        epochs=5_000,
    )


# Not symmetric about 0: on a symmetric wave a gradient cancels to rounding error, which Adam scales up to full steps.
WAVE: Rows = tuple((round(-2.5 + step * 0.25, 2),) for step in range(25))

PRESETS: dict[str, Experiment] = {
    "tutorial": Experiment(),
    "and": _gate((0, 0, 0, 1)),
    "or": _gate((0, 1, 1, 1)),
    "nand": _gate((1, 1, 1, 0)),
    "xor_one_neuron": _gate((0, 1, 1, 0)),
    "xor": _gate((0, 1, 1, 0), hidden=(3,), activations=("tanh", "sigmoid")),
    "parity": Experiment(
        inputs=BITS_3,
        targets=tuple((sum(bits) % 2,) for bits in BITS_3),
        input_names=("switch 1", "switch 2", "switch 3"),
        target_names=("odd",),
        hidden=(4,),
        activations=("tanh", "sigmoid"),
        loss="binary_cross_entropy",
        bias=True,
        initializer="uniform_-1_1",
        epochs=5_000,
    ),
    "majority": Experiment(
        inputs=BITS_3,
        targets=tuple((float(sum(bits) >= 2),) for bits in BITS_3),
        input_names=("Ana", "Ben", "Cleo"),
        target_names=("passed",),
        bias=True,
        initializer="uniform_-1_1",
        epochs=2_000,
    ),
    "fruit": Experiment(
        inputs=tuple((redness, size) for redness, size, _ in FRUIT),
        targets=tuple(tuple(float(kind == k) for k in KINDS) for _, _, kind in FRUIT),
        input_names=("redness", "size (cm)"),
        target_names=KINDS,
        activations=("softmax",),
        loss="categorical_cross_entropy",
        learning_rate=0.05,
        bias=True,
        initializer="uniform_-1_1",
        epochs=5_000,
    ),
    "line": Experiment(
        inputs=tuple((hours,) for hours, _ in STUDY),
        targets=tuple((mark,) for _, mark in STUDY),
        input_names=("hours",),
        target_names=("mark",),
        test_rows=(3, 7),
        activations=("linear",),
        loss="mean_squared_error",
        learning_rate=0.05,
        bias=True,
        epochs=500,
    ),
    "sine": Experiment(
        inputs=WAVE,
        targets=tuple((round(math.sin(x), 4),) for (x,) in WAVE),
        input_names=("x",),
        target_names=("sin x",),
        hidden=(6,),
        activations=("tanh", "linear"),
        loss="mean_squared_error",
        optimizer="adam",
        learning_rate=0.02,
        bias=True,
        initializer="uniform_-1_1",
        epochs=1_000,
    ),
}

STORIES: dict[str, tuple[str, str]] = {
    "tutorial": ("The lesson: copy x1", "The answer is simply the first column, and one neuron can learn that."),
    "and": ("AND", "Yes only when both switches are on."),
    "or": ("OR", "Yes when at least one switch is on."),
    "nand": ("NAND", "Yes unless both switches are on."),
    "xor_one_neuron": ("XOR, one neuron", "Yes when the switches differ. One neuron alone can never learn it: watch."),
    "xor": ("XOR, hidden layer", "The same question with three hidden neurons: now it works."),
    "parity": ("Odd or even", "Are an odd number of three switches on? One flip always changes the answer."),
    "majority": ("Majority vote", "Three friends vote; two are enough."),
    "fruit": ("Fruit", "Apple, lemon or plum, by colour and size: one output for each."),
    "line": ("Study hours", "Hours of study and the mark that came of them: a straight line, two rows held out."),
    "sine": ("Sine wave", "Six hidden neurons bend a line into a wave."),
}


def preset_of(experiment: Experiment) -> str:
    """The name of the preset that an experiment equals, else of one with the same table; "" if there is none."""
    table = (experiment.inputs, experiment.targets)
    same = [name for name, preset in PRESETS.items() if preset == experiment]
    like = [name for name, preset in PRESETS.items() if (preset.inputs, preset.targets) == table]
    return next(iter((*same, *like, "")))
