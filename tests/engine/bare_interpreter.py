"""Runs exported programs in a bare interpreter, with none of our folders on its path and only the allowed packages."""

import json
import math
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from engine import Experiment, record, train
from engine.model.types import Array

RUNNER = """
import contextlib, importlib.abc, io, json, sys

class Only(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] not in sys.stdlib_module_names | set(asked["allowed"]):
            raise ImportError(f"not allowed: {name}", name=name)

asked = json.load(sys.stdin)
sys.path[:0] = asked["folders"]
sys.meta_path.insert(0, Only())
printed = []
for program in asked["programs"]:
    space, out = {"__name__": "__main__"}, io.StringIO()
    with contextlib.redirect_stdout(out):
        for cell in program:
            exec(compile(cell, "program", "exec"), space)
    printed.append(out.getvalue())
json.dump(printed, sys.stdout)
"""


def run_cells(
    programs: Sequence[Sequence[str]], allowed: tuple[str, ...] = ("numpy",), folders: Iterable[Path] = ()
) -> list[str]:
    """The output of each program. Cells of a program share a namespace, programs do not; warnings are errors."""
    asked = {"programs": programs, "allowed": allowed, "folders": list(map(str, folders))}
    command = [sys.executable, "-I", "-W", "error", "-c", RUNNER]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    printed: list[str] = json.loads(done.stdout)
    return printed


def run_bare(sources: Iterable[str]) -> list[str]:
    """The output of each source."""
    return run_cells([[source] for source in sources])


def numbers(printed: str, name: str) -> list[Array]:
    """The arrays printed by a program as `name = ...` or `name_1 = ...`, in order."""
    lines = (line.partition(" = ") for line in printed.splitlines() if line.startswith((f"{name} = ", f"{name}_")))
    return [np.array(eval(text, {"nan": math.nan, "inf": math.inf})) for _, _, text in lines]


def last_epoch(experiment: Experiment) -> int:
    """The epoch at which its training ends, by one of its rules or as its last."""
    stopped = record(experiment).stopped_at if experiment.has_stop_rules else None
    return stopped or experiment.epochs


def learned(experiment: Experiment) -> tuple[list[Array], list[Array]]:
    """The engine's final weights and biases."""
    (step,) = train(experiment, (last_epoch(experiment),))
    return list(step.weights), list(step.biases)


def apart(experiment: Experiment, printed: str) -> float:
    """The largest difference of printed weights and biases from the engine's, relative to the largest one or to 1.

    It is 0.0 only if all bits are the same.
    """
    furthest = 0.0
    for name, expected in zip(("weights", "biases"), learned(experiment), strict=True):
        for found, array in zip(numbers(printed, name), expected, strict=True):
            assert found.shape == array.shape
            if not np.array_equal(found, array, equal_nan=True):
                largest = max(1.0, float(np.abs(array).max()))
                furthest = max(furthest, float(np.abs(found - array).max()) / largest)
                furthest = math.inf if math.isnan(furthest) else furthest
            elif found.tobytes() != array.tobytes() and np.isfinite(array).all():
                furthest = math.inf  # 0 and -0 are equal, but different bits
    return furthest
