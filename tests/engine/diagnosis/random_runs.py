"""Random experiments as people make them: tables of any scale, rates too high and too low, networks that suit or not.

By hand, with as many as one likes: python -m tests.engine.diagnosis.random_runs 1000
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import numpy as np

from engine import INITIALIZERS, OPTIMIZERS, Experiment, ExperimentError, History, record
from engine.diagnosis.diagnosis import diagnose_run
from engine.diagnosis.finding import Finding
from tests.engine.strategies import HIDDEN, OUTPUTS

Option = TypeVar("Option")

MARGIN, GOOD_FIT, LINE_SHARE = 0.05, 0.98, 0.01


def pick(random: np.random.RandomState, options: Sequence[Option]) -> Option:
    """One of the options."""
    return options[random.randint(len(options))]


def random_experiment(seed: int) -> Experiment:
    """The experiment of a seed, quick to train; every third has settings that suit most tables."""
    random = np.random.RandomState(seed)
    while True:
        table = random_table(random)
        hidden = tuple(pick(random, (2, 4, 8)) for _ in range(pick(random, (0, 0, 1, 2))))
        output, loss = pick(random, OUTPUTS)
        settings: dict[str, Any] = {
            "hidden": hidden,
            "activations": (*(pick(random, HIDDEN) for _ in hidden), output),
            "loss": loss,
            "optimizer": pick(random, [*sorted(OPTIMIZERS), "sgd", "sgd"]),
            "learning_rate": 10.0 ** random.randint(-3, 2),
            "epochs": pick(random, (20, 200, 1_000)),
            "bias": random.rand() < 0.7,
            "initializer": pick(random, sorted(INITIALIZERS)),
            "batch_size": pick(random, (None, None, 1, 4)),
            "l1": pick(random, (0.0, 0.0, 0.0, 0.01)),
            "l2": pick(random, (0.0, 0.0, 0.0, 0.1)),
            "scaling": pick(random, ("none", "none", "standard", "min_max")),
        }
        if seed % 3 == 0:
            settings |= {"hidden": (8,), "activations": ("tanh", output), "optimizer": "adam", "learning_rate": 0.05}
            settings |= {"epochs": 1_000, "bias": True, "initializer": "glorot_uniform", "batch_size": None}
            settings |= {"l1": 0.0, "l2": 0.0, "scaling": "standard"}
            settings |= {"target_scaling": "standard"} if output == "linear" else {}
        with suppress(ExperimentError):  # a loss and targets that do not go together: throw again
            return Experiment(**table, seed=seed, **settings)


def random_table(random: np.random.RandomState) -> dict[str, Any]:
    """Inputs of any scale and offset, and targets that follow from them: yes or no, one of three, or numbers."""
    rows, columns = random.randint(2, 30), random.randint(1, 4)
    plain = random.uniform(-1, 1, (rows, columns))
    if random.rand() < 0.2:
        plain = plain.round()  # -1, 0 and 1, where rows may contradict each other
    scales = np.array([10.0 ** pick(random, (-3, -1, 0, 0, 0, 1, 2, 4)) for _ in range(columns)])
    offsets = np.array([pick(random, (0.0, 0.0, 1.0, 30.0)) for _ in range(columns)])
    signal = plain @ random.uniform(-1, 1, columns) + pick(random, (0.0, 1.0)) * plain[:, 0] * plain[:, -1]
    signal = signal + pick(random, (0.0, 0.0, 0.0, 0.3)) * random.randn(rows)
    kind = pick(random, ("yes or no", "one of three", "numbers"))
    if kind == "yes or no":
        targets = (signal > np.median(signal)).astype(float)[:, np.newaxis]
    elif kind == "one of three":
        targets = np.eye(3)[np.digitize(signal, np.quantile(signal, [0.33, 0.66]))]
    else:
        targets = (signal * 10.0 ** pick(random, (-2, 0, 1, 3)) + pick(random, (0, 0, 50)))[:, np.newaxis]
    held_out = random.permutation(rows)[: pick(random, (0, 0, rows // 4))].tolist()
    return {"inputs": (plain + offsets) * scales, "targets": targets, "test_rows": held_out}


def ends_badly(history: History) -> bool:
    """Whether a run ends wrong, worse than it began, or far from the best straight line; told without the engine."""
    e, rows = history.experiment, list(history.experiment.train_rows)
    first, last = history.loss[[0, -1]]
    if history.diverged_at is not None or last > max(1.02 * first, 2e-9):
        return True
    outputs, targets = history.outputs[-1][rows], np.array(e.targets, dtype=float)[rows]
    everything = np.array(e.targets, dtype=float)
    if set(np.unique(everything)) <= {0.0, 1.0}:
        if targets.shape[1] > 1:
            lead = outputs[targets == 1] - np.where(targets == 1, -np.inf, outputs).max(axis=1)
            return bool((lead < 2 * MARGIN * 0.99).any())
        return bool((np.where(targets == 1, outputs - 0.5, 0.5 - outputs) < MARGIN * 0.99).any())
    spread = np.square(targets - targets.mean(axis=0)).sum()
    if not spread:
        return False
    design = np.array(e.inputs)[rows]
    sizes = np.abs(design).max(axis=0)
    design = np.column_stack([design / np.where(sizes > 0, sizes, 1), np.ones(len(rows))])
    line = targets - design @ np.linalg.lstsq(design, targets, rcond=None)[0]
    fit, best = (1 - np.square(miss).sum() / spread for miss in (targets - outputs, line))
    near = (np.abs(targets - outputs) <= 0.1 * np.ptp(everything)).all()
    return bool((fit < GOOD_FIT and not near) or fit < best - 1.01 * LINE_SHARE)


def runs(seeds: range) -> Iterator[tuple[History, tuple[Finding, ...]]]:
    """The run of each seed, and what is found of it."""
    for seed in seeds:
        history = record(random_experiment(seed))
        yield history, diagnose_run(history)


def main() -> None:
    """Tell how many ended badly, what was found first, and every run of which nothing was."""
    badly, first, silent, remedies, alarms = 0, Counter[str](), [], Counter[str](), 0
    for seed, (history, findings) in enumerate(runs(range(int(sys.argv[1])))):
        if not ends_badly(history):
            alarms += bool(findings)
            continue
        badly += 1
        first.update([findings[0].key] if findings else [])
        silent += [] if findings else [seed]
        helped = [finding for finding in findings if finding.remedy]
        remedies["learns" if any(f.learns for f in helped) else "gets closer" if helped else "no remedy"] += 1
    print(f"{badly} of {sys.argv[1]} ended badly; the first finding: {dict(first.most_common())}")
    print(f"Remedies: {dict(remedies)}. Findings on runs that did not: {alarms}")
    print(f"Nothing was found of: {silent}")


if __name__ == "__main__":
    main()
