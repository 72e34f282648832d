"""Pinned runs: up to six experiments to be compared, kept in the address, so that a link brings them along."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from engine import Experiment
from engine.serialization.url_format import from_url, to_url

MOST_PINS = 6

PIN_KEYS = tuple(f"pin{number}" for number in range(1, MOST_PINS + 1))
"""The URL parameters, each with the parameters of an experiment in it."""


@dataclass(slots=True)
class Pins:
    """The pinned experiments, in the order in which they were pinned."""

    experiments: tuple[Experiment, ...] = ()
    put_aside: tuple[Experiment, ...] = field(default=(), compare=False)  # which others took the place of

    @property
    def are_full(self) -> bool:
        """Whether there is no room for another."""
        return len(self.experiments) >= MOST_PINS

    def pin(self, experiment: Experiment) -> None:
        """Pin an experiment, unless it is pinned already or there is no room."""
        if experiment not in self.experiments and not self.are_full:
            self.experiments = (*self.experiments, experiment)

    def unpin(self, experiment: Experiment) -> None:
        """Take an experiment away."""
        self.experiments = tuple(pinned for pinned in self.experiments if pinned != experiment)

    def replace(self, experiments: Iterable[Experiment], puts_aside: bool = False) -> None:
        """Pin these, and no others; those that are pinned now can be put aside, to come back."""
        if puts_aside:
            self.put_aside = self.experiments
        self.experiments = tuple(dict.fromkeys(experiments))[:MOST_PINS]

    def take_back(self) -> None:
        """Pin those that were put aside, and put aside those that are pinned now."""
        self.experiments, self.put_aside = self.put_aside, self.experiments

    def parameters(self) -> dict[str, str]:
        """The URL parameters; `take_pins` gives equal pins."""
        return {key: urlencode(to_url(pinned)) for key, pinned in zip(PIN_KEYS, self.experiments, strict=False)}


def take_pins(parameters: dict[str, str]) -> tuple[Pins, tuple[str, ...]]:
    """The pins among URL parameters, which are taken out, and messages about what could not be understood.

    >>> take_pins({"pin1": "seed=7", "n": "5"})[0].experiments == (Experiment(seed=7),)
    True
    """
    pins, problems = Pins(), []
    for key in PIN_KEYS:
        if text := parameters.pop(key, ""):
            experiment, left_out = from_url(dict(parse_qsl(text, keep_blank_values=True)))
            pins.pin(experiment)
            problems += [f"{key}: {message}" for message in left_out]
    return pins, tuple(problems)
