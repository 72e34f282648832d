"""The link a visitor came by: what it opened, what could not be understood, what it hides, locks and plays."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from engine import Experiment
from pages.state.restrictions import Restrictions


@dataclass(slots=True)
class Link:
    """What the visitor's link said, and the parameters of a link to the current experiment."""

    opened: Experiment  # the experiment the link opened
    notices: tuple[str, ...] = ()  # what was wrong with it, until something else is loaded
    restrictions: Restrictions = field(default_factory=Restrictions)
    lost_fingerprint: str = ""  # the fingerprint in place of an experiment too large for a link
    is_restoring: bool = False  # until the tab has said whether it kept that experiment
    opened_query: tuple[dict[str, str], dict[str, str]] | None = None  # the query as it came, and as the app writes it
    written: tuple[str, dict[str, str]] | None = None  # the page and the parameters written into its address last
    cached_parameters: tuple[Experiment, dict[str, str]] | None = None  # the last experiment and its parameters

    def keep_address(self, query: dict[str, str], parameters: dict[str, str]) -> None:
        """Keep the query that opened the page, and the parameters that the app would have written for it."""
        self.opened_query = query, parameters

    def is_written(self, page: str, query: dict[str, str], parameters: dict[str, str]) -> bool:
        """Whether the address of a page is as these parameters, or is the one that it was opened by and means the same.

        It is not where others may still be on their way to the browser: a run that is asked for meanwhile comes with
        the address of before.
        """
        differs_from_written = self.written is not None and self.written[0] == page and self.written[1] != parameters
        is_as_it_came = (query, parameters) == self.opened_query
        return not differs_from_written and (query == parameters or is_as_it_came)

    def note_written(self, page: str, parameters: dict[str, str]) -> None:
        """These parameters were written into the address of a page."""
        self.written = page, parameters

    def dismiss_notices(self) -> None:
        """Something else was loaded, so what was wrong with the link no longer matters."""
        self.notices = ()

    def stop_restoring(self) -> None:
        """Go on without the table that the link could not hold."""
        self.is_restoring = False

    def stop_playing(self) -> None:
        """The link has played, or the visitor has used the player."""
        self.restrictions = replace(self.restrictions, plays=False)

    def parameters(self, experiment: Experiment, write: Callable[[Experiment], dict[str, str]]) -> dict[str, str]:
        """An experiment's parameters, cached: writing a thousand rows takes 3 ms, and every run of the page asks."""
        if self.cached_parameters is None or self.cached_parameters[0] is not experiment:
            self.cached_parameters = experiment, write(experiment)
        return dict(self.cached_parameters[1])
