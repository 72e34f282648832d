"""Runs the exported PyTorch and Keras programs in an environment of their own, and compares them with the engine.

python -m tests.translations.run fails if a program fails or disagrees, and says so if they cannot be run.
"""

import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine import Experiment
from engine.export.keras import keras_script
from engine.export.pytorch import pytorch_script
from tests.translations import environment
from tests.translations.environment import KERAS, PYTORCH, InstallError, Package
from tests.translations.keras_programs import allowed_difference, expected_result, keras_experiments
from tests.translations.pytorch_programs import whole_trainings
from tests.translations.results import Result, engine_result, largest_difference, read_result


@dataclass(frozen=True)
class Case:
    """A program to run, its expected result, and the allowed difference."""

    experiment: Experiment
    program: str
    expected: Result
    allowed: float


def pytorch_cases() -> Iterator[Case]:
    for e in whole_trainings():
        yield Case(e, pytorch_script(e), engine_result(e), 1e-9)


def keras_cases() -> Iterator[Case]:
    for e in keras_experiments():
        yield Case(e, keras_script(e), expected_result(e), allowed_difference(e))


def check(package: Package, cases: list[Case]) -> int:
    """Run a package's programs and print the outcome; returns the number that failed."""
    failures, largest = 0, 0.0
    for case, printed in zip(cases, environment.run(package, [case.program for case in cases]), strict=True):
        try:
            difference = largest_difference(read_result(printed), case.expected)
            problem = f"It ends {difference:.2g} from the engine, which is more than {case.allowed:g}."
        except ValueError as error:
            difference, problem = math.inf, str(error)
        largest = max(largest, difference)
        if difference > case.allowed:
            failures += 1
            print(f"FAILED: the exported {package.label} program of {case.experiment}\n{problem}")
    print(
        f"{package.label}: ran {len(cases)} exported programs, {failures} failed; the furthest ends {largest:.1g} off."
    )
    return failures


CASES: list[tuple[Package, Callable[[], Iterator[Case]]]] = [(PYTORCH, pytorch_cases), (KERAS, keras_cases)]


def main() -> int:
    """The number of programs that failed; packages that could not be run are named last, where they are noticed."""
    failures, not_run = 0, []
    for package, cases in CASES:
        try:
            environment.install(package)
        except InstallError as error:
            not_run.append(f"NOT RUN: the exported {package.label} programs, because {error}")
        else:
            failures += check(package, list(cases()))
    print(*not_run, sep="\n", end="\n" * bool(not_run))
    return failures


if __name__ == "__main__":
    sys.exit(min(main(), 1))
