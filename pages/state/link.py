"""The link that brought a visitor: what it opened, what of it was not understood, what it hides, locks and plays."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from engine import Experiment
from pages.state.restrictions import Restrictions


@dataclass(slots=True)
class Link:
    """What is known of the link, and the parameters of the link to what is wanted now."""

    opened: Experiment  # what the link opened
    notices: tuple[str, ...] = ()  # what was wrong with it, until something else is loaded
    restrictions: Restrictions = field(default_factory=Restrictions)
    lost: str = ""  # the mark in place of an experiment that was too large for the link
    is_restoring: bool = False  # until the visitor's tab has said whether it kept that experiment
    address: tuple[dict[str, str], dict[str, str]] | None = (
        None  # the query as it came, and as we would have written it
    )
    written: tuple[Experiment, dict[str, str]] | None = None  # the last experiment and its parameters

    def keep_address(self, query: dict[str, str], parameters: dict[str, str]) -> None:
        """Take down the query that opened the page, and the parameters that we would have written for the same."""
        self.address = query, parameters

    def is_same_address(self, query: dict[str, str], parameters: dict[str, str]) -> bool:
        """Whether the address is still the one that opened the page, and opens what these parameters do."""
        return (query, parameters) == self.address

    def dismiss_notices(self) -> None:
        """Something else was loaded: what was wrong with the link matters no more."""
        self.notices = ()

    def stop_restoring(self) -> None:
        """Go on with what is there in place of a table that the link could not hold."""
        self.is_restoring = False

    def stop_playing(self) -> None:
        """The link has played, or the visitor took the player in hand."""
        self.restrictions = replace(self.restrictions, plays=False)

    def parameters(self, experiment: Experiment, write: Callable[[Experiment], dict[str, str]]) -> dict[str, str]:
        """An experiment's parameters, written once: for a thousand rows that takes 3 ms, and every run asks."""
        if self.written is None or self.written[0] is not experiment:
            self.written = experiment, write(experiment)
        return dict(self.written[1])
