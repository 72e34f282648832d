"""How fast one network trains, against the loops people write and the libraries they use. Run by hand:

    python tests/benchmarks/engine_speed.py [--repeats 7] [--only W1]

All contenders train the same network from the same start weights on the same rows, in turns in one process, on one BLAS
thread; times are medians. `train` keeps nothing on the way, like the others; `record` keeps what the pages show, and is
what the bars are for. PyTorch and scikit-learn take part if they are installed; the bar is against PyTorch's modules. A
bar is the smallest ratio that the project wants; missing one is reported, and is no error. Quote ratios: times depend
on the machine. Last, the prices that `engine/model/cost.py` predicts by are held against the clock.
"""

import argparse
import importlib.util
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

# NumPy reads these once, when it is imported.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from engine import ACTIVATIONS, PRESETS, Experiment
from engine.model.types import Array
from tests.benchmarks.contenders import (
    Job,
    deep_loop,
    measure,
    ours,
    ours_with_history,
    scikit_learn,
    tutorial_loop,
    xor_loop,
)
from tests.benchmarks.torch_contenders import torch_sequential, torch_tensors

MOST_RECORDING = 0.05
"""The most that recording may cost, as a share of training."""


@dataclass(frozen=True, slots=True)
class Case:
    """One job: its experiment, the loop people write for it, and the bar for each contender."""

    name: str
    experiment: Experiment
    loop: Callable[[Experiment], Job]
    bars: dict[str, float]


def cases() -> tuple[Case, ...]:
    x = ((0, 0, 1), (1, 1, 1), (1, 0, 1), (0, 1, 1))
    random = np.random.RandomState(0)
    points = random.uniform(-1, 1, (500, 2))
    sides = np.where(np.hypot(*points.T) < 0.7, 0.9, -0.9)
    deep: dict[str, Any] = {
        "inputs": points.tolist(),
        "targets": sides[:, np.newaxis].tolist(),
        "hidden": (8, 8),
        "activations": ("tanh",) * 3,
        "loss": "mean_squared_error",
        "learning_rate": 0.03,
        "bias": True,
        "initializer": "glorot_uniform",
    }
    xor = Experiment(
        inputs=x,
        targets=((0,), (0,), (1,), (1,)),
        hidden=(4,),
        activations=("tanh", "sigmoid"),
        learning_rate=0.5,
        bias=True,
        initializer="uniform_-1_1",
    )
    full, small = Experiment(**deep, epochs=1_000), Experiment(**deep, epochs=100, batch_size=10)
    return (
        Case("W1", Experiment(), tutorial_loop, {"loop": 2.2, "torch": 25, "sklearn": 10}),
        Case("W2", xor, xor_loop, {"loop": 3.3, "torch": 20, "sklearn": 8}),
        Case("W3 full", full, deep_loop, {"loop": 2.2, "torch": 3.5, "sklearn": 3}),
        Case("W3 batch 10", small, deep_loop, {"loop": 3.5, "torch": 20, "sklearn": 7}),
    )


LABELS = {
    "ours": "train",
    "record": "record (with history)",
    "loop": "textbook NumPy loop",
    "torch": "torch autograd + SGD",
    "tensors": "torch, bare tensors",
    "sklearn": "scikit-learn MLP (own loss)",
}


def contenders(case: Case) -> dict[str, Job]:
    e = case.experiment
    jobs = {"ours": ours(e), "record": ours_with_history(e), "loop": case.loop(e)}
    if importlib.util.find_spec("torch"):
        jobs |= {"torch": torch_sequential(e), "tensors": torch_tensors(e)}
    if importlib.util.find_spec("sklearn"):
        jobs["sklearn"] = scikit_learn(e)
    return jobs


def apart(found: list[Array], expected: list[Array]) -> str:
    if not found:
        return "its own"
    difference = max(float(np.abs(a - b).max()) for a, b in zip(found, expected, strict=True))
    return f"{difference:.1e}" if difference else "equal"


def report(case: Case, repeats: int) -> int:
    """Print the results of one job; returns the number of missed bars."""
    seconds, weights = measure(contenders(case), repeats)
    lost = 0
    for name, label in LABELS.items():
        if name not in seconds:
            print(f"{case.name:<12} {label:<28} not installed")
            continue
        micros, total = seconds[name] / case.experiment.epochs * 1e6, seconds[name] * 1e3
        ratio, verdict = seconds[name] / seconds["record"], ""
        if name in case.bars:
            verdict = f"{case.bars[name]:>6g}  {'kept' if ratio >= case.bars[name] else 'LOST'}"
            lost += ratio < case.bars[name]
        same = apart(weights[name], weights["loop"])
        print(f"{case.name:<12} {label:<28}{micros:>12,.2f}{total:>12,.1f}{ratio:>9.2f}  {same:<10}{verdict}".rstrip())
    share = seconds["record"] / seconds["ours"] - 1
    verdict = "kept" if share <= MOST_RECORDING else "LOST"
    print(f"{case.name:<12} {'recording costs':<28}{share:>24.1%}{'':>21}{MOST_RECORDING:>6.0%}  {verdict}")
    return lost + (share > MOST_RECORDING)


def report_prices(repeats: int) -> int:
    """Print what each activation costs in two hidden layers of eight; returns how many predictions are off by 2."""
    names = sorted(set(ACTIVATIONS) - {"softmax"})
    runs = {
        name: replace(PRESETS["xor"], hidden=(8, 8), activations=(name, name, "sigmoid"), epochs=300) for name in names
    }
    lost = 0
    seconds, _ = measure({name: ours(e) for name, e in runs.items()}, repeats)
    for name, e in runs.items():
        measured, predicted = seconds[name] / seconds["tanh"], e.predicted_seconds / runs["tanh"].predicted_seconds
        is_off = not 0.5 < predicted / measured < 2
        lost += is_off
        verdict = "LOST" if is_off else "kept"
        print(f"price of {name:<20} predicted {predicted:>6.2f}, measured {measured:>6.2f} times tanh  {verdict}")
    return lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=7, help="rounds; the median of them counts")
    parser.add_argument("--only", default="", help="jobs whose name begins so")
    asked = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}, one BLAS thread, median of {asked.repeats}")
    print(
        "torch autograd + SGD is nn.Sequential, torch.optim.SGD, zero_grad, backward, step: the bar is held against it"
    )
    print("torch, bare tensors is the same with its layers written out; all contenders in float64 on one thread")
    print(f"{'job':<12} {'contender':<28}{'us/epoch':>12}{'total ms':>12}{'x record':>9}  {'weights':<10}   bar")
    lost = sum(report(case, asked.repeats) for case in cases() if case.name.startswith(asked.only))
    print("weights: the largest difference from the textbook loop's final weights")
    lost += 0 if asked.only else report_prices(asked.repeats)
    print(f"{lost} bars lost" if lost else "every bar kept")


if __name__ == "__main__":
    main()
