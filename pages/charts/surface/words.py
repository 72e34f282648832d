"""The loss surface in words."""

import numpy as np

from engine.training.surface import LossSurface
from pages.charts.style.format import format_number, format_percent


def surface_words(surface: LossSurface, names: tuple[str, ...]) -> str:
    """The alt text: over what, where it is lowest, and where the training went."""
    words = f"The loss over {' and '.join(names)}, the rest of the network as at epoch {surface.epoch:,}."
    finite = np.where(np.isfinite(surface.loss), surface.loss, np.inf)
    lowest = np.unravel_index(int(finite.argmin()), finite.shape)
    at = place_words(tuple(float(axis[index]) for axis, index in zip(surface.axes, lowest, strict=True)), names)
    start, end = (place_words(tuple(surface.path[k].tolist()), names) for k in (0, -1))
    least = format_number(float(finite[lowest]))
    return f"{words} Lowest in the picture: {least} at {at}. The training went from {start} to {end}."


def place_words(place: tuple[float, ...], names: tuple[str, ...]) -> str:
    """A place: "x1 → y1 = 0.5, x2 → y1 = -3"."""
    return ", ".join(f"{name} = {format_number(value)}" for name, value in zip(names, place, strict=True))


def shares_words(surface: LossSurface) -> str:
    """How much of the way of the weights two main directions show, if any moved; "" where the axes are weights."""
    if surface.shares is None:
        return ""
    if not surface.shares.any():
        return "No weight has moved, so these two directions are as good as any."
    return (
        f"Of all that the weights moved, these two directions show {format_percent(float(surface.shares.sum()))}: "
        "each is a mixture of all weights, the first the one along which they moved most."
    )
