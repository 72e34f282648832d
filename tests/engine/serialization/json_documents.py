"""Documents as the page opens them: soon, or refused in a few words."""

from engine import Experiment, ExperimentError
from engine.serialization.json_format import from_json
from tests.engine.time_limit import timely

SECONDS = 0.05


def opened(text: str) -> Experiment | None:
    """The experiment, or None where it is refused: soon, in little memory, in words."""
    found, words = timely(SECONDS, lambda: tried(text))
    assert len(words) < 500
    return found


def tried(text: str) -> tuple[Experiment | None, str]:
    """The experiment, or why there is none."""
    try:
        return from_json(text), ""
    except ExperimentError as error:
        return None, str(error)
