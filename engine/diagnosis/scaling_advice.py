"""Large or unlike inputs: one learning rate cannot suit them, and scaled they are the first thing to try."""

from collections.abc import Iterator

import numpy as np

from engine.diagnosis.candidates import Changes, calmer_rates, scaling_changes, with_usual_changes
from engine.diagnosis.finding import Finding, make_finding
from engine.diagnosis.fix_search import FixSearch
from engine.diagnosis.learning_rate import has_ended_worse, rise_words
from engine.model.experiment import Experiment
from engine.model.scaling import FAR_FROM_ZERO, LARGE_SIZE, SMALL_SIZE, column_varies
from engine.model.types import Array
from engine.training.history import History


def scaling_finding(history: History, trials: FixSearch) -> Finding | None:
    """Inputs, or targets that are numbers, of sizes that are hard to learn from; None where they are scaled or suit."""
    e = history.experiment
    changes = scaling_changes(e)
    if not changes:
        return None
    rows = list(e.train_rows)
    if "scaling" in changes:
        title, words = "Scale the inputs", _input_words(e.unscaled_features[rows], e.feature_names)
    else:
        title, words = "Scale the targets", _target_words(e.unscaled_targets[rows])
    if history.diverged_at is None and has_ended_worse(history):
        words = f"{rise_words(history)} {words}"
    # a small change that gets clearly closer comes before a larger network that learns by heart
    remedy = trials.remedy(e, _tries(e, changes)) or trials.remedy(e, with_usual_changes(e, [changes]))
    return make_finding(e, "scaling", title, words, remedy)


def _tries(e: Experiment, changes: Changes) -> Iterator[Changes]:
    """Scaling alone, with another rate, with a bias, with Adam: the same network, from the smallest change on."""
    steps = [{"scaling": changes["scaling"]}] if "scaling" in changes and len(changes) > 1 else []
    steps.append(changes)
    with_bias: Changes = {"bias": True}
    for bias in (Changes(),) if e.bias else (Changes(), with_bias):
        for step in steps:
            yield {**step, **bias}
            yield from ({**step, **bias, "learning_rate": rate} for rate in (*calmer_rates(e), 10.0))
    quick: Changes = {**changes, **with_bias, "optimizer": "adam", "epochs": 2_000, "batch_size": None}
    yield from ({**quick, "learning_rate": rate} for rate in (0.1, 1.0))


def _input_words(columns: Array, names: tuple[str, ...]) -> str:
    """What is hard about these inputs, (rows, columns): the largest and the smallest by name, with their sizes."""
    varies = np.flatnonzero(column_varies(columns))
    columns, names = columns[:, varies], tuple(names[at] for at in varies)
    sizes = np.abs(columns).max(axis=0)
    large, small = int(sizes.argmax()), int(sizes.argmin())
    if sizes[large] > LARGE_SIZE * sizes[small]:
        return (
            f"The inputs are unlike: {names[large]} is as large as {sizes[large]:,.6g}, {names[small]} no larger than "
            f"{sizes[small]:,.6g}. A step that is right for the weight of one is far off for the other's. Scaled, all "
            "are about 1 in size."
        )
    if sizes[large] > LARGE_SIZE:
        return (
            f"{names[large]} is as large as {sizes[large]:,.6g}. Every step of a weight is multiplied by its input, so "
            "it overshoots. Scaled, inputs are about 1 in size."
        )
    if sizes[small] < SMALL_SIZE:
        return (
            f"{names[small]} is no larger than {sizes[small]:,.6g}. Every step of a weight is multiplied by its input, "
            "so it hardly moves. Scaled, inputs are about 1 in size."
        )
    means, deviations = columns.mean(axis=0), columns.std(axis=0)
    at = int(np.argmax(np.abs(means) > FAR_FROM_ZERO * deviations))
    return (
        f"{names[at]} is always about {means[at]:,.6g} and differs by {deviations[at]:,.3g} only, which is hard to see "
        "next to that. Scaled, what differs is about 1 in size."
    )


def _target_words(columns: Array) -> str:
    """What is hard about these targets, (rows, columns)."""
    return (
        f"The targets go from {columns.min():,.6g} to {columns.max():,.6g}. The network starts near 0 and has a long "
        "way to go, in steps that soon overshoot. Scaled, targets are about 1 in size, and outputs are scaled back."
    )
