"""Where a run's learning rate changes, marked in the loss curve."""

from engine import History
from pages.charts.style.base import Dict, EpochAxis
from pages.charts.style.format import round_coordinates
from pages.charts.style.palette import Palette

MOST_RATES_WRITTEN = 4


def rates_on_the_way(history: History) -> list[tuple[int, float]]:
    """The changes of the learning rate that the run has come to, (epoch, rate) each."""
    return [(epoch, rate) for epoch, rate in history.experiment.rate_changes if epoch < history.epochs[-1]]


def rate_marks(history: History, axis: EpochAxis, colors: Palette) -> Dict:
    """For the layout, a line where the learning rate changes; of few changes the new rate is beside it."""
    changes = rates_on_the_way(history)
    places = round_coordinates(axis.positions([epoch for epoch, _ in changes]))
    line = {"color": colors.muted, "width": colors.sizes.thin_line, "dash": "dot"}
    marks: Dict = {
        "shapes": [{"type": "line", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": line} for x in places]
    }
    if len(changes) <= MOST_RATES_WRITTEN:
        font = {"color": colors.muted, "size": colors.sizes.small_text}
        place = {"yref": "paper", "y": 1, "xanchor": "left", "yanchor": "top", "showarrow": False, "font": font}
        marks["annotations"] = [
            {"x": x, "text": f"rate {rate:g}", **place} for x, (_, rate) in zip(places, changes, strict=True)
        ]
    return marks if changes else {}
