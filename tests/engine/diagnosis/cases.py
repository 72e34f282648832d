"""What keeps a network from learning: for each finding what earns it, and a near miss; and whether a remedy learns."""

from dataclasses import replace
from typing import Any

import numpy as np

from engine import PRESETS, Experiment, record
from engine.diagnosis.diagnosis import Finding
from engine.model.targets import r_squared, target_kind
from engine.training.milestones import epoch_all_correct

AND, XOR, ONE, LINE, SINE = (PRESETS[name] for name in ("and", "xor", "xor_one_neuron", "line", "sine"))
TUTORIAL = PRESETS["tutorial"]

BITS = ((0, 0), (0, 1), (1, 0), (1, 1))
TWICE: dict[str, Any] = {"inputs": (*BITS, (1, 1)), "targets": ((0,), (0,), (0,), (1,), (0,))}
BUMPY = tuple((round(y + (0.4 if i % 3 == 0 else -0.3), 3),) for i, (y,) in enumerate(SINE.labelled_targets))
BY_HEART = replace(SINE, hidden=(16,), test_rows=tuple(range(1, 25, 2)), targets=BUMPY)
TWINS = (((0.5, 0.5), (-0.5, -0.5)), ((0.3,), (0.3,)))
NEARLY_TWINS = (((0.5, -0.5), (-0.5, 0.6)), ((0.3,), (0.3,)))
PAIR: dict[str, Any] = {"hidden": (2,), "initial_biases": ((0.0, 0.0), (0.0,))}
STEEP = (((50, 50, 50), (50, 50, 50.5)), ((1,), (1,), (1,)))
RELU = ("relu", "sigmoid")
HARD = np.random.RandomState(0)
LARGE = Experiment(
    inputs=HARD.randn(60, 24).round(3).tolist(), targets=HARD.randint(0, 2, (60, 1)).tolist(), bias=True, epochs=3
)

# key, what earns it, the near miss, what the words must name
CASES: list[tuple[str, Experiment, Experiment, str]] = [
    ("not_separable", ONE, AND, "rows 1, 2, 3 and 4"),
    (
        "not_separable",
        replace(ONE, hidden=(3,), activations=("linear", "sigmoid")),
        XOR,
        "hidden layers are all linear",
    ),
    (
        "not_separable",
        Experiment(inputs=((1,), (2,)), targets=((0,), (1,))),
        Experiment(inputs=((-1,), (2,)), targets=((0,), (1,))),
        "Without a bias",
    ),
    (
        "contradiction",
        replace(AND, **TWICE),
        replace(AND, inputs=TWICE["inputs"], targets=((0,), (0,), (0,), (1,), (1,))),
        "Rows 4 and 5",
    ),
    ("contradiction", replace(ONE, **{**TWICE, "targets": ((0,), (1,), (1,), (0,), (1,))}), ONE, "answer is 0 in one"),
    (
        "contradiction",
        replace(LINE, inputs=(*LINE.inputs, (5,)), targets=(*LINE.targets, (1,))),
        replace(LINE, inputs=(*LINE.inputs, (5,)), targets=(*LINE.targets, (9,))),
        "Rows 10 and 11",
    ),
    ("out_of_range", replace(LINE, activations=("sigmoid",)), LINE, "Row 1, column mark"),
    ("out_of_range", replace(AND, targets=((-1,), (-1,), (-1,), (1,))), AND, "Row 1, column answer, asks for -1"),
    ("no_bias_zero_row", replace(AND, bias=False), replace(AND, bias=False, inputs=((0.1, -3), *BITS[1:])), "row 1 "),
    ("no_bias_zero_row", replace(XOR, bias=False), replace(XOR, bias=False, activations=("sigmoid",) * 2), "at 0.5"),
    ("symmetry", replace(XOR, initializer="zeros"), replace(AND, initializer="zeros"), "All 3 neurons"),
    (
        "symmetry",
        replace(XOR, **PAIR, initial_weights=TWINS),
        replace(XOR, **PAIR, initial_weights=NEARLY_TWINS),
        "hidden layer 1",
    ),
    (
        "saturation",
        replace(XOR, initial_weights=STEEP, initial_biases=((9, 9, 9), (0,))),
        XOR,
        "h1, h2 and h3",
    ),
    (
        "dead_units",
        replace(XOR, activations=RELU, seed=3),
        replace(XOR, activations=("leaky_relu", "sigmoid")),
        "neuron",
    ),
    (
        "dead_units",
        replace(PRESETS["parity"], activations=RELU),
        replace(PRESETS["parity"], activations=("leaky_relu", "sigmoid")),
        "neuron",
    ),
    ("rate_too_high", replace(LINE, learning_rate=1), replace(LINE, learning_rate=0.03), "At epoch 119"),
    ("rate_too_high", replace(XOR, learning_rate=1000), replace(XOR, learning_rate=3), "learning rate of 1000"),
    ("rate_too_low", replace(LINE, learning_rate=1e-5), replace(LINE, learning_rate=1e-2), "learning rate of 1e-05"),
    ("rate_too_low", replace(XOR, learning_rate=1e-3), replace(XOR, learning_rate=0.1), "learning rate of 0.001"),
    ("few_epochs", replace(XOR, epochs=20), replace(XOR, epochs=200), "epoch 20"),
    ("step_slope", replace(AND, activations=("step",)), AND, "reaches any weight"),
    ("step_slope", replace(XOR, activations=("step", "sigmoid")), XOR, "weights of layer 1"),
    ("overfitting", BY_HEART, replace(BY_HEART, epochs=200), "lowest at epoch"),
    ("penalty", replace(XOR, l2=0.5), replace(XOR, l2=0.0001), "penalty"),
    ("small_network", replace(XOR, hidden=(1,)), XOR, "more neurons"),
    ("small_network", replace(SINE, hidden=(), activations=("linear",)), SINE, "more neurons"),
    ("unlucky_start", replace(XOR, hidden=(2,), seed=3), replace(XOR, hidden=(2,), seed=5), "start"),
    ("no_bias", replace(LINE, bias=False), LINE, "A bias lets it move"),
    ("unknown", LARGE, replace(LARGE, hidden=(8,), activations=("tanh", "sigmoid")), "too large to tell"),
]


def of(key: str, findings: tuple[Finding, ...]) -> Finding | None:
    return next((finding for finding in findings if finding.key == key), None)


def assert_learns(remedy: Experiment, instead_of: Experiment) -> None:
    """All training rows right or, for numbers, at most half as much left unexplained as before."""
    history = record(remedy)
    if target_kind(remedy) != "regression":
        assert epoch_all_correct(history) is not None
        return
    fit = r_squared(remedy, history.outputs[-1], remedy.train_rows)
    old = r_squared(instead_of, record(instead_of).outputs[-1], instead_of.train_rows)
    assert fit is not None
    assert old is not None
    assert fit > 0.5
    assert 1 - fit <= (1 - old) / 2
