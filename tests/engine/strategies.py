"""Small experiments for tests, which train at once: with every part of the engine, and random ones for Hypothesis."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from engine import ACTIVATIONS, INITIALIZERS, LIMITS, LOSSES, OPTIMIZERS, Experiment
from engine.model.scaling import SCALINGS

# Hypothesis draws from the constants of the modules that happen to be imported, `derandomize` or not: then what a test
# is given depends on the files that its worker ran before. There is no setting for it (Hypothesis 6.131 and newer,
# https://github.com/HypothesisWorks/hypothesis/pull/4356); a release that renames this function fails here.
pytest.MonkeyPatch().setattr(providers, "_get_local_constants", Constants)

STEADY = settings(deadline=None, derandomize=True, max_examples=200)
"""The same examples on every run, so that a pull request fails only for what it has changed."""
MANY = settings(STEADY, max_examples=2_000)
SEVERAL = settings(STEADY, max_examples=600)  # where an example costs ten milliseconds and more

HIDDEN = sorted(set(ACTIVATIONS) - {"softmax"})
OUTPUTS = [
    (output, name)
    for name, loss in LOSSES.items()
    for output in sorted(ACTIVATIONS)
    if loss.fused_activation in (None, output)
]
"""Every allowed pair of an output activation and a loss."""


def table(seed: int, samples: int, features: int, targets: int) -> tuple[list[list[float]], list[list[float]]]:
    """Inputs of about 1 in size, and targets for any loss: one-hot if there are several, otherwise 0 or 1."""
    random = np.random.RandomState(seed)
    inputs = random.uniform(-1.5, 1.5, (samples, features))
    classes = random.randint(0, max(targets, 2), samples)
    answers = np.eye(targets)[classes] if targets > 1 else classes[:, np.newaxis] * 1.0
    return inputs.tolist(), answers.tolist()


def shallow(
    hidden: str = "tanh", output: str = "sigmoid", loss: str = "mean_squared_error", optimizer: str = "sgd"
) -> Experiment:
    """Two layers with bias and both penalties, and a batch size that does not divide the rows."""
    inputs, targets = table(seed=8, samples=5, features=2, targets=2)
    return Experiment(
        inputs=tuple(map(tuple, inputs)),
        targets=tuple(map(tuple, targets)),
        hidden=(3,),
        activations=(hidden, output),
        loss=loss,
        optimizer=optimizer,
        learning_rate=0.05,
        l1=0.01,
        l2=0.1,
        batch_size=2,
        bias=True,
        initializer="uniform_-1_1",
        epochs=20,
    )


def deep(
    hidden: str = "tanh", output: str = "sigmoid", loss: str = "mean_squared_error", optimizer: str = "sgd"
) -> Experiment:
    """The same with three layers, a larger table and a row held out."""
    inputs, targets = table(seed=5, samples=6, features=3, targets=2)
    return replace(
        shallow(hidden, output, loss, optimizer),
        inputs=tuple(map(tuple, inputs)),
        targets=tuple(map(tuple, targets)),
        input_names=(),
        test_rows=(2,),
        hidden=(4, 3),
        activations=(hidden, hidden, output),
        batch_size=4,
        epochs=10,
    )


RATES, SHARES = st.sampled_from((0.01, 0.1)), (st.sampled_from((0.0, 0.01)), st.sampled_from((0.0, 0.1)))
OUTPUT, INSIDE = st.sampled_from(OUTPUTS), st.sampled_from(HIDDEN)
OPTIMIZER, INITIALIZER = st.sampled_from(sorted(OPTIMIZERS)), st.sampled_from(sorted(INITIALIZERS))
SIZES, BATCHES = st.lists(st.integers(1, 4), max_size=3), st.none() | st.integers(1, 7)
"""Built once, as Hypothesis would otherwise validate each again for every example."""


@st.composite
def experiments(draw: st.DrawFn, most_epochs: int = 4) -> Experiment:
    """A valid experiment with up to 6 rows and 3 hidden layers, and learning rates that keep rounding errors small."""
    samples = draw(st.integers(1, 6))
    output, loss = draw(OUTPUT)
    features, targets = draw(st.integers(1, 3)), draw(st.integers(2 if output == "softmax" else 1, 3))
    hidden = tuple(draw(SIZES))
    inputs, answers = table(draw(st.integers(0, 10**6)), samples, features, targets)
    held_out = draw(st.lists(st.integers(0, samples - 1), max_size=samples - 1, unique=True))
    return Experiment(
        inputs=tuple(map(tuple, inputs)),
        targets=tuple(map(tuple, answers)),
        test_rows=tuple(held_out),
        hidden=hidden,
        activations=(*(draw(INSIDE) for _ in hidden), output),
        loss=loss,
        optimizer=draw(OPTIMIZER),
        learning_rate=draw(RATES),
        l1=draw(SHARES[0]),
        l2=draw(SHARES[1]),
        epochs=draw(st.integers(1, most_epochs)),
        batch_size=draw(BATCHES),
        bias=draw(st.booleans()),
        initializer=draw(INITIALIZER),
        seed=draw(st.integers(0, 2**32 - 1)),
    )


@st.composite
def scaled_experiments(draw: st.DrawFn, most_epochs: int = 4) -> Experiment:
    """A valid experiment whose columns are of any scale, scaled, with rows of one value and questions among them."""
    e = draw(experiments(most_epochs))
    random = np.random.RandomState(draw(st.integers(0, 10**6)))
    width, any_target = len(e.input_names), LOSSES[e.loss].fits_any_target
    scales, offsets = 10.0 ** random.randint(-3, 5, width), random.choice([0.0, 0.0, 1.0, 50.0], width)
    inputs = (np.array(e.inputs) * random.choice([0, 1, 1, 1], width) + offsets) * scales
    targets: list[tuple[float | None, ...]] = list(e.targets)
    if any_target and draw(st.booleans()):
        numbers = random.uniform(-1, 1, (len(targets), len(targets[0]))) * 10.0 ** random.randint(-2, 4)
        targets = [tuple(row) for row in numbers.tolist()]
    for row in draw(st.lists(st.sampled_from(e.train_rows), max_size=len(e.train_rows) - 1, unique=True)):
        targets[row] = (None,) * len(targets[row])
    return replace(
        e,
        inputs=tuple(map(tuple, inputs.tolist())),
        targets=tuple(targets),
        scaling=draw(st.sampled_from(sorted(SCALINGS))),
        target_scaling=draw(st.sampled_from(sorted(SCALINGS))) if any_target else "none",
    )


def is_tame(e: Experiment) -> bool:
    """Whether the network takes numbers of moderate size: of large ones rounding errors grow as large."""
    rows = list(e.labelled_rows)
    return bool(np.abs(e.input_array).max() <= 20 and np.abs(e.target_array[rows]).max() <= 20)


NAMES = st.builds(
    str.__add__, st.sampled_from("xy7Zéß日²"), st.text("ab1 ._()/%+-éß日", max_size=LIMITS["name"] - 1)
).map(str.strip)
"""Names of columns, with every kind of character that a name may have."""


@st.composite
def elaborate(draw: st.DrawFn) -> Experiment:
    """A valid experiment with any names, numbers of any size, and sometimes start weights set by hand."""
    e = draw(experiments())
    random = np.random.RandomState(draw(st.integers(0, 10**6)))

    def row(length: int) -> tuple[float, ...]:
        return tuple((random.choice([-1, 0, 1], length) * 10 ** random.uniform(-300, 9, length)).tolist())

    def rows(height: int, length: int) -> tuple[tuple[float, ...], ...]:
        return tuple(row(length) for _ in range(height))

    width, targets = len(e.inputs[0]), len(e.targets[0])
    names = draw(st.lists(NAMES, min_size=width + targets, max_size=width + targets, unique=True))
    e = replace(
        e,
        inputs=rows(len(e.inputs), width),
        input_names=tuple(names[:width]),
        target_names=tuple(names[width:]),
        learning_rate=abs(row(1)[0]) or 1,
    )
    if draw(st.booleans()):
        biases = tuple(row(n) for _, n in e.shapes) if e.bias else ()
        e = replace(e, initial_weights=tuple(rows(*shape) for shape in e.shapes), initial_biases=biases)
    return e
