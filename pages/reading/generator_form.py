"""What is typed where a table is made of random points, and the experiment that it makes."""

from dataclasses import dataclass, replace
from typing import Any

from engine import Experiment
from engine.data import GENERATORS, Generator, generate
from pages.reading.cells import read_cell, read_share, read_whole_number


@dataclass(frozen=True, slots=True)
class GeneratorForm:
    """Texts as they were typed, read as every number on the page."""

    kind: str = "circle"  # a name in GENERATORS
    rows: str = "200"
    noise: str = "0"  # the deviation of what is added to the inputs, or to a number that is asked for
    wrong_labels: str = "0%"
    test_share: str = "0%"
    seed: str = "1"
    function: str = "2*sin(x)"  # for the kind that takes one
    keeps_network: bool = False  # whether the settings stay, instead of those that learn such a table
    problem: str = ""  # why the last attempt made no table; "" where it did

    @property
    def generator(self) -> Generator:
        """The record of its kind."""
        return GENERATORS[self.kind]

    def with_changes(self, **fields: str | bool) -> "GeneratorForm":
        """The form with other texts, and no problem left of those before."""
        changes: dict[str, Any] = {"problem": ""} | fields
        return replace(self, **changes)

    def experiment(self) -> Experiment:
        """The table with a network that learns it, or ExperimentError with what is wrong.

        >>> len(GeneratorForm(rows="40").experiment().inputs)
        40
        """
        # what is no number stays the text that it is, which the engine refuses by name
        typed: dict[str, Any] = {
            "rows": read_whole_number(self.rows).cell,
            "noise": read_cell(self.noise).cell,
            "seed": read_whole_number(self.seed).cell,
            "wrong_labels": read_share(self.wrong_labels).cell if self.generator.classes else 0.0,
            "test_share": read_share(self.test_share).cell,
        }
        return generate(self.kind, function=self.function, **typed)
