"""How fast hundreds of networks train at once, against one at a time and against JAX and PyTorch. Run by hand:

    python tests/benchmarks/stack_speed.py [--repeats 7] [--only W4a]

256 networks of the lesson (W4a) and of XOR (W4b), seeds 0 to 255, each with a rate of its own, 10,000 epochs, in
float64. All contenders start from the same weights, in one process on one core, taking turns; medians, and from the
quickest to the slowest round. What goes one at a time is timed for a few of the networks, PyTorch for a few of the
epochs. JAX and PyTorch take part where they are installed. `record_many` keeps the losses that the pages show, and the
bars are held against that. Quote the ratios: the times are this machine's.
"""

import argparse
import importlib.util
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

# NumPy reads these once, when it is imported.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from engine import Experiment, ManyRecorder
from engine.comparison.sweep import Axis, make_sweep
from engine.model.types import Array
from tests.benchmarks.contenders import Job, ours_with_history, tutorial_loop, xor_loop
from tests.benchmarks.stack_contenders import (
    Contender,
    jax_vmap,
    many,
    one_at_a_time,
    stack,
    torch_vmap,
)

NETWORKS = 256
MOST_SECONDS = 1.0
"""What 256 seeds of an experiment may take on the page."""

FIRST_SECONDS = 0.3
"""When a sweep of 24 x 24 cells with 16 seeds each must show progress."""


@dataclass(frozen=True, slots=True)
class Case:
    """One job: its networks, the loop people write for one of them, and the ratios wanted against each contender."""

    name: str
    experiments: Sequence[Experiment]
    loop: Callable[[Experiment], Job]
    bars: dict[str, float]


XOR = Experiment(
    targets=((0,), (0,), (1,), (1,)),
    inputs=((0, 0, 1), (1, 1, 1), (1, 0, 1), (0, 1, 1)),
    hidden=(4,),
    activations=("tanh", "sigmoid"),
    learning_rate=0.5,
    bias=True,
    initializer="uniform_-1_1",
)


def cases() -> tuple[Case, ...]:
    def networks(e: Experiment, low: float, high: float) -> list[Experiment]:
        rates = np.linspace(low, high, NETWORKS).tolist()
        return [replace(e, seed=seed, learning_rate=rate) for seed, rate in enumerate(rates)]

    return (
        Case("W4a", networks(Experiment(), 0.1, 2), tutorial_loop, {"loop": 250, "torch": 50, "jax": 0.8}),
        Case("W4b", networks(XOR, 0.05, 0.8), xor_loop, {"loop": 130, "torch": 20, "jax": 0.75}),
    )


def contenders(case: Case) -> dict[str, Contender]:
    # the tutorial's loop is written for a rate of 1, which costs it one product less than the others
    networks = case.experiments
    result = {
        "many": many(networks),
        "stack": stack(networks),
        "loop": one_at_a_time("textbook loop, one at a time", networks, case.loop),
        "record": one_at_a_time("record, one at a time", networks, ours_with_history),
    }
    if importlib.util.find_spec("jax"):
        result["jax"] = jax_vmap(networks)
    if importlib.util.find_spec("torch"):
        result["torch"] = torch_vmap(networks)
    return result


def measure(contenders: dict[str, Contender], repeats: int) -> tuple[dict[str, list[float]], dict[str, list[Array]]]:
    """Seconds of each, as for all the work, and the weights it gave.

    They take turns, and each round begins with another. What counts is the time that the core worked for them, which
    is the time they take on a machine that does nothing else.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    weights = {name: contender.run() for name, contender in contenders.items()}  # a round to warm up, not counted
    names = list(contenders)
    for turn in range(repeats):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            began = time.process_time()
            contenders[name].run()
            seconds[name].append((time.process_time() - began) / contenders[name].share)
    return seconds, weights


def timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def report(case: Case, repeats: int) -> int:
    """Print the rows of one job; the number of bars lost."""
    those, lost = contenders(case), 0
    seconds, weights = measure(those, repeats)
    ours, epochs = statistics.median(seconds["many"]), case.experiments[0].epochs
    for name, contender in those.items():
        median = statistics.median(seconds[name])
        spread = f"{min(seconds[name]) * 1e3:,.0f} to {max(seconds[name]) * 1e3:,.0f}"
        ratio, verdict = median / ours, ""
        if name in case.bars:
            verdict = f"{case.bars[name]:>6g}  {'kept' if ratio >= case.bars[name] else 'LOST'}"
            lost += ratio < case.bars[name]
        rate = NETWORKS * epochs / median / 1e6
        columns = f"{median * 1e3:>11,.1f}  {spread:<18}{rate:>8.2f}{ratio:>9.2f} {verdict}"
        print(f"{case.name:<5} {contender.label:<31}{columns}")
    for name in ("record", "jax"):
        if name in those:
            difference = max(float(np.abs(a - b).max()) for a, b in zip(weights["stack"], weights[name], strict=True))
            print(f"{case.name:<5} largest difference of a final weight from {those[name].label}: {difference:.1e}")
    for name in {"jax", "torch"} - those.keys():
        print(f"{case.name:<5} {name} is not installed")
    return lost


def report_seeds(label: str, e: Experiment, repeats: int) -> int:
    """Print how long the seeds that a page shows take; the number of bars lost."""
    job = many([replace(e, seed=seed) for seed in range(NETWORKS)])
    seconds = sorted(timed(job.run) for _ in range(repeats))
    median = statistics.median(seconds)
    spread = f"{median:.2f} s, {seconds[0]:.2f} to {seconds[-1]:.2f}"
    print(f"{NETWORKS} seeds of {label}, {e.epochs:,} epochs: {spread}  {'kept' if median <= MOST_SECONDS else 'LOST'}")
    return int(median > MOST_SECONDS)


def report_sweep(label: str, e: Experiment) -> int:
    """Print how long a sweep takes from the call on, and when it first shows progress; the number of bars lost."""
    began = time.perf_counter()
    axes = (
        Axis("learning_rate", tuple(np.linspace(0.1, 2, 24).tolist())),
        Axis("l2", tuple(np.linspace(0, 0.01, 24).tolist())),
    )
    recorder = ManyRecorder(make_sweep(e, axes, range(16)).experiments)
    ends = [time.perf_counter() - began for _ in recorder]
    first, longest = ends[1], float(np.diff(ends).max())
    print(
        f"24 x 24 cells of 16 seeds of {label}: {ends[-1]:.1f} s, predicted {recorder.predicted_seconds:.1f}; first "
        f"progress after {first:.2f} s, longest turn {longest:.2f}  {'kept' if first <= FIRST_SECONDS else 'LOST'}"
    )
    return int(first > FIRST_SECONDS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=7, help="rounds; the median of them counts")
    parser.add_argument("--only", default="", help="jobs whose name begins so")
    asked = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):  # one core for all, whatever threads they would start
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}, one core, median of {asked.repeats}")
    print(f"{'job':<5} {'contender':<31}{'total ms':>11}  {'spread':<18}{'M net-ep/s':>8}{'x ours':>9}   bar")
    lost = sum(report(case, asked.repeats) for case in cases() if case.name.startswith(asked.only))
    for label, e in (("the lesson", Experiment()), ("XOR", replace(XOR, epochs=5_000))):
        lost += report_seeds(label, e, asked.repeats) + report_sweep(label, e)
    print(f"{lost} bars lost" if lost else "every bar kept")


if __name__ == "__main__":
    main()
