"""Where a run's optimizer, learning rate or table changes, marked in the loss curve."""

from engine import History
from engine.training.milestones import changes_of
from pages.charts.style.base import Dict, EpochAxis
from pages.charts.style.format import round_coordinates
from pages.charts.style.palette import Palette

MOST_CHANGES_WRITTEN, MOST_LETTERS_BEHIND, LINE_HEIGHT = 4, 16, 1.2


def change_marks(history: History, axis: EpochAxis, colors: Palette) -> Dict:
    """For the layout, a line where one of them changes; of few changes what is new is beside it.

    Each is a line of text below the one before: those that follow closely on each other would lie in each other. A long
    one in the second half stands before its line: behind it, it would be cut off on a phone.
    """
    changes = changes_of(history)
    places = round_coordinates(axis.positions([change.epoch for change in changes]))
    line = {"color": colors.muted, "width": colors.sizes.thin_line, "dash": "dot"}
    marks: Dict = {
        "shapes": [{"type": "line", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": line} for x in places]
    }
    if len(changes) <= MOST_CHANGES_WRITTEN:
        font = {"color": colors.muted, "size": colors.sizes.small_text}
        place = {"yref": "paper", "y": 1, "yanchor": "top", "showarrow": False, "font": font}
        step = -colors.sizes.small_text * LINE_HEIGHT
        marks["annotations"] = [
            {
                "x": x,
                "text": change.words,
                "xanchor": "right" if x > axis.end / 2 and len(change.words) > MOST_LETTERS_BEHIND else "left",
                "yshift": number * step,
                **place,
            }
            for number, (x, change) in enumerate(zip(places, changes, strict=True))
        ]
    return marks if changes else {}
