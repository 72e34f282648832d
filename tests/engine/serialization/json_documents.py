"""JSON documents as the page opens them: read quickly, or refused with a short message."""

from engine import Experiment, ExperimentError
from engine.serialization.json_format import from_json
from tests.engine.time_limit import timely

SECONDS = 0.05


def opened(text: str) -> Experiment | None:
    """The experiment, or None if it is refused; fails unless that is quick, in little memory, and with a message."""
    found, words = timely(SECONDS, lambda: tried(text))
    assert len(words) < 500
    return found


def tried(text: str) -> tuple[Experiment | None, str]:
    """The experiment, or why there is none."""
    try:
        return from_json(text), ""
    except ExperimentError as error:
        return None, str(error)
