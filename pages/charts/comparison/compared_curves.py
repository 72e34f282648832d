"""Several runs on the same axes: their losses, the output of one row, one weight, a line for each run."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine import History
from engine.model.types import Array
from engine.model.weight_index import WeightIndex
from pages.charts.history.curves import curves_figure
from pages.charts.history.series import Series
from pages.charts.style.base import HEIGHT, Dict, EpochAxis
from pages.charts.style.palette import Palette

LETTERS = "ABCDEFG"
"""The names of the runs."""


def values_at(history: History, epochs: npt.NDArray[np.int64], values: Array) -> Array:
    """The values of a run at other epochs; after its end, its last ones."""
    result: Array = values[[history.frame_at(epoch) for epoch in epochs.tolist()]]
    return result


def compared_curve(
    histories: Sequence[History | None],
    values: Sequence[Array | None],
    longest: History,
    title: str,
    axis: EpochAxis,
    colors: Palette,
    token: str,
    targets: Sequence[float] = (),
    is_loss: bool = False,
    height: int = HEIGHT,
) -> Dict:
    """A line for each run that has values, one per kept epoch; runs keep their letters and colours in every chart.

    A line ends where its run does; its mark and its label go on with the cursor, at the run's last value.
    """
    lines = [
        Series(
            LETTERS[place],
            values_at(history, longest.epochs, own),
            colors.line(place),
            LETTERS[place],
            frames=longest.frame_at(int(history.epochs[-1])) + 1,
        )
        for place, (history, own) in enumerate(zip(histories, values, strict=True))
        if history is not None and own is not None
    ]
    smallest, largest = (float(pick([pick(line.values) for line in lines])) for pick in (np.min, np.max))
    far = is_loss and smallest > 0 and largest / smallest > 100
    title += " (log scale)" * far
    return curves_figure(longest, lines, axis, colors, title, token, targets, far, height=height)


def compared_loss(
    histories: Sequence[History | None],
    longest: History,
    axis: EpochAxis,
    colors: Palette,
    token: str,
    height: int = HEIGHT,
) -> Dict:
    """The losses."""
    values = [None if history is None else history.loss for history in histories]
    return compared_curve(histories, values, longest, "Loss", axis, colors, token, is_loss=True, height=height)


def compared_held_out_loss(
    histories: Sequence[History | None],
    longest: History,
    axis: EpochAxis,
    colors: Palette,
    token: str,
    height: int = HEIGHT,
) -> Dict | None:
    """The losses on held-out rows; None where no run has any."""
    values = [None if history is None else history.test_loss for history in histories]
    if all(own is None for own in values):
        return None
    return compared_curve(
        histories, values, longest, "Loss on held-out rows", axis, colors, token, is_loss=True, height=height
    )


def compared_output(
    histories: Sequence[History | None],
    row: int,
    longest: History,
    axis: EpochAxis,
    colors: Palette,
    token: str,
    height: int = HEIGHT,
) -> Dict:
    """The first output for a row of the table, with its targets dashed."""
    having = [history is not None and row < len(history.experiment.inputs) for history in histories]
    values = [
        history.outputs[:, row, 0] if history is not None and has_row else None
        for history, has_row in zip(histories, having, strict=True)
    ]
    targets = {
        history.experiment.targets[row][0]
        for history, has_row in zip(histories, having, strict=True)
        if history is not None and has_row
    }
    dashes = sorted(target for target in targets if target is not None)
    title = f"Output for row {row + 1}, target dashed"
    return compared_curve(histories, values, longest, title, axis, colors, token, dashes, height=height)


def compared_weight(
    histories: Sequence[History | None],
    weight: WeightIndex,
    longest: History,
    axis: EpochAxis,
    colors: Palette,
    token: str,
    height: int = HEIGHT,
) -> Dict:
    """One weight, of the runs that have it."""
    values = [
        history.values_of(weight) if history is not None and weight.exists_in(history.experiment) else None
        for history in histories
    ]
    named = next(h.experiment for h, own in zip(histories, values, strict=True) if h is not None and own is not None)
    return compared_curve(
        histories, values, longest, f"Weight {weight.name(named)}", axis, colors, token, height=height
    )
