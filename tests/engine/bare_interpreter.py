"""Runs exported programs in a bare interpreter: no folder of ours on its path, no package but those allowed."""

import json
import math
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from engine import Experiment, train
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
    """What each program prints; its cells share one namespace, the programs share none. Warnings are errors."""
    asked = {"programs": programs, "allowed": allowed, "folders": list(map(str, folders))}
    command = [sys.executable, "-I", "-W", "error", "-c", RUNNER]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    printed: list[str] = json.loads(done.stdout)
    return printed


def run_bare(sources: Iterable[str]) -> list[str]:
    """What each source prints."""
    return run_cells([[source] for source in sources])


def numbers(printed: str, name: str) -> list[Array]:
    """The arrays that a program printed as `name = ...` or `name_1 = ...`, in order."""
    lines = (line.partition(" = ") for line in printed.splitlines() if line.startswith((f"{name} = ", f"{name}_")))
    return [np.array(eval(text, {"nan": math.nan, "inf": math.inf})) for _, _, text in lines]


def learned(experiment: Experiment) -> tuple[list[Array], list[Array]]:
    """The engine's final weights and biases."""
    (step,) = train(experiment, (experiment.epochs,))
    return list(step.weights), list(step.biases)


def apart(experiment: Experiment, printed: str) -> float:
    """How far printed weights and biases are from the engine's, of the largest or of 1; 0.0 for the very same bits."""
    furthest = 0.0
    for name, expected in zip(("weights", "biases"), learned(experiment), strict=True):
        for found, array in zip(numbers(printed, name), expected, strict=True):
            assert found.shape == array.shape
            if not np.array_equal(found, array, equal_nan=True):
                largest = max(1.0, float(np.abs(array).max()))
                furthest = max(furthest, float(np.abs(found - array).max()) / largest)
                furthest = math.inf if math.isnan(furthest) else furthest
            elif found.tobytes() != array.tobytes() and np.isfinite(array).all():
                furthest = math.inf  # 0 and -0 are equal, and not the same bits
    return furthest
