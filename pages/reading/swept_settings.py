"""The settings that can be on an axis of a sweep, and the values that are tried of each."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from engine import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, Experiment, ExperimentError
from engine.serialization.url_values import write_number

COUNTS = (2, 3, 5, 7, 9, 13, 17, 24)
"""How many numbers of a range can be tried."""

Choice: TypeAlias = float | str
"""A number of a range, or the name of an option; a bool is a number."""


@dataclass(frozen=True, slots=True)
class SweptSetting:
    """A setting, and how its values are chosen: a range of numbers, or some of several options."""

    label: str
    field: str  # of Experiment
    span: tuple[float, float] = (0.0, 0.0)  # the range that is offered first
    count: int = 7  # how many values of it are offered first
    is_whole: bool = False  # whether its numbers are whole ones
    options: Mapping[Choice, str] | None = None  # name to label, where values are no numbers
    value: Callable[[Experiment, Any], object] = lambda _, choice: choice  # of the field, from a number or a name
    suits: Callable[[Experiment], bool] = lambda _: True  # whether it means anything to an experiment

    def text(self, choice: Choice) -> str:
        """A number or a name as it stands at the axis."""
        return self.options[choice] if self.options else write_number(float(choice))

    def fitting_options(self, experiment: Experiment) -> tuple[Choice, ...]:
        """The options that can be trained where nothing else of an experiment changes."""
        fitting = []
        for option in self.options or ():
            with suppress(ExperimentError):
                experiment.with_settings(**{self.field: self.value(experiment, option)}, initial_biases=())
                fitting.append(option)
        return tuple(fitting)

    def numbers(self, low: object, high: object, count: int) -> tuple[float, ...]:
        """So many numbers from low to high; ExperimentError where an end is none, by the name of its box."""
        for end, box in ((low, "From"), (high, "To")):
            place = f"{self.label}, {box}:"
            if end is None or end == "":
                raise ExperimentError(self.field, f"{place} nothing is typed: type a number.")
            if not isinstance(end, int | float) or not np.isfinite(end):
                raise ExperimentError(self.field, f"{place} {end!r} is not a number: type another.")
            if self.is_whole and end != int(end):
                raise ExperimentError(self.field, f"{place} {end} is not a whole number: type one.")
        assert isinstance(low, int | float), "refused otherwise"
        assert isinstance(high, int | float), "refused otherwise"
        return spread_numbers(low, high, count, self.is_whole)


def labels(records: Mapping[str, Any]) -> dict[Choice, str]:
    """The names of the engine's records, each with its label."""
    return {name: record.label for name, record in records.items()}


def hidden_layer(_: Experiment, neurons: int) -> tuple[int, ...]:
    return (neurons,) if neurons else ()


def batch_size(experiment: Experiment, rows: int) -> int | None:
    return None if rows >= experiment.most_trained_rows else rows


def with_hidden_activation(experiment: Experiment, name: str) -> tuple[str, ...]:
    return (*[name] * (len(experiment.activations) - 1), experiment.activations[-1])


def with_output_activation(experiment: Experiment, name: str) -> tuple[str, ...]:
    return (*experiment.activations[:-1], name)


ELEMENTWISE = {name: record for name, record in ACTIVATIONS.items() if record.is_elementwise}

SWEPT: dict[str, SweptSetting] = {
    "rate": SweptSetting("Learning rate", "learning_rate", (0.01, 10.0)),
    "neurons": SweptSetting("Hidden neurons", "hidden", (0, 8), 9, True, value=hidden_layer),
    "hidden activation": SweptSetting(
        "Hidden activation",
        "activations",
        options=labels(ELEMENTWISE),
        value=with_hidden_activation,
        suits=lambda e: bool(e.hidden),
    ),
    "output activation": SweptSetting(
        "Output activation", "activations", options=labels(ACTIVATIONS), value=with_output_activation
    ),
    "loss": SweptSetting("Loss", "loss", options=labels(LOSSES)),
    "optimizer": SweptSetting("Optimizer", "optimizer", options=labels(OPTIMIZERS)),
    "initializer": SweptSetting("Start weights", "initializer", options=labels(INITIALIZERS)),
    "bias": SweptSetting("Bias", "bias", options={False: "without", True: "with"}),
    "batch": SweptSetting("Batch size", "batch_size", (1, 64), 7, True, value=batch_size),
    "l1": SweptSetting("L1 penalty", "l1", (0.00001, 0.1), 5),
    "l2": SweptSetting("L2 penalty", "l2", (0.00001, 0.1), 5),
}
"""By name. Where two change the same field, only one of them can be in a sweep."""


def spread_numbers(low: float, high: float, count: int, is_whole: bool) -> tuple[float, ...]:
    """So many numbers from low to high, each to three digits: by equal factors where both are above 0, else by
    equal steps; whole ones by equal steps where there are enough of them, each once.

    >>> spread_numbers(0.01, 10, 4, False), spread_numbers(0, 8, 5, True), spread_numbers(1, 1000, 4, True)
    ((0.01, 0.1, 1.0, 10.0), (0, 2, 4, 6, 8), (1, 10, 100, 1000))
    """
    by_factors = low > 0 and high > 0 and not (is_whole and abs(high - low) < count)
    numbers = np.geomspace(low, high, count) if by_factors else np.linspace(low, high, count)
    if is_whole:
        return tuple(dict.fromkeys(round(number) for number in numbers.tolist()))
    return tuple(dict.fromkeys(float(f"{number:.3g}") for number in numbers.tolist()))
